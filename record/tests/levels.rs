//! The level of a contact is the same whether the record selects by it or the event says it.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod hand;

use demarche_engine::actors::{Manner, Rank, Sector};
use demarche_engine::events::Kind;
use demarche_record::{Level, Record, Selection};

#[test]
fn events_are_selected_by_the_level_that_they_have() {
    let folder = tempfile::tempdir().unwrap();
    let mut record = Record::create_or_open(folder.path().join("r.demarche")).unwrap();
    let ranks = [
        Some(Rank::HeadOfState),
        Some(Rank::Minister),
        Some(Rank::Ambassador),
        Some(Rank::Spokesperson),
        None,
    ];
    let mut all = 0;
    for rank in ranks {
        for left in [false, true] {
            all += 1;
            // Texts of their own, so that none is a near copy of another.
            let filler: Vec<String> = (0..40).map(|word| format!("word{}", word * 7 + all * 1000)).collect();
            let (day, filler) = (format!("2024-{:02}-05", all), filler.join(" "));
            let words = format!("Sara Iqbal met John Reed in Islamabad for round {all} of their talks.");
            let words = words.as_str();
            let seed = 0x1234_0000_0000 + (all << 32);
            let mut reading = hand::article(seed, "Dawn", &day, &day, &[words, &filler]);
            let mut reed = hand::person("John Reed", "USA", Sector::Gov, "x", Rank::Official);
            let post = reed.post.as_mut().unwrap();
            post.rank = rank;
            post.manner = if left { vec![Manner::Former] } else { vec![] };
            let mut iqbal = hand::iqbal();
            iqbal.post = None;
            let parties = [(&iqbal, "Sara Iqbal"), (&reed, "John Reed")];
            hand::report(&mut reading, Kind::Contact, words, "met", &parties, &[]);
            record.keep(&reading, &hand::source(&day)).unwrap();
        }
    }
    let events = record.events_between("PAK", "USA").unwrap();
    assert_eq!(events.len(), 10);
    for level in Level::ALL {
        let actors = |e: &demarche_engine::events::Event| {
            Level::of(e.actors.iter().chain(&e.recipients).map(|party| &party.actor)) == level
        };
        let mut told: Vec<&str> = events.iter().filter(|e| actors(e)).map(|e| e.id.as_str()).collect();
        told.sort_unstable();
        let page = record.select(&Selection { level: Some(level), ..Selection::of(50) }).unwrap();
        let mut selected: Vec<&str> = page.entries.iter().map(|entry| entry.id.as_str()).collect();
        selected.sort_unstable();
        assert_eq!(selected, told, "{level:?}");
        assert_eq!(told.len(), if level == Level::Unsaid { 6 } else { 1 }, "{level:?}");
    }
}
