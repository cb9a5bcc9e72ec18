//! People, issues, outlets and passages of a record, as its pages are found by.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod hand;

use demarche_record::{By, Change, From};
use hand::kept;

#[test]
fn people_are_found_by_parts_of_their_names() {
    let (_folder, record) = kept();
    let names = |words: &str| -> Vec<String> {
        record.people(words, 10).unwrap().into_iter().map(|face| face.name).collect()
    };
    assert_eq!(names("IQBAL sara"), ["Sara Iqbal"]);
    assert!(names("").len() >= 2 && names("nobody").is_empty());
    let face = &record.people("iqbal", 1).unwrap()[0];
    assert_eq!((face.states.as_slice(), face.articles), (&["PAK".to_owned()][..], 2));
    assert!(record.people_of("PAK", 10).unwrap().contains(face));
    let standings = record.standings("Sara Iqbal").unwrap();
    assert_eq!(standings.iter().map(|standing| standing.articles).sum::<usize>(), 2);
    assert_eq!(standings[0].state.as_deref(), Some("PAK"));
    assert!(standings[0].published.is_some());
    assert!(record.standings("Sara").unwrap().is_empty(), "whole names only");
}

#[test]
fn issues_and_outlets_are_counted() {
    let (_folder, record) = kept();
    let issues = record.issues().unwrap();
    assert_eq!(issues[0].of, "trade");
    let months = record.months_of_issue("trade").unwrap();
    assert!(months.iter().all(|month| month.of.len() == 7) && months.is_sorted_by_key(|month| &month.of));
    assert!(record.sides_of_issue("trade").unwrap().iter().any(|side| side.of == "PAK"));
    assert!(record.months_of_issue("none").unwrap().is_empty());
    let outlets = record.outlets().unwrap();
    assert_eq!(outlets.iter().map(|outlet| outlet.articles).sum::<usize>(), 2);
    assert!(outlets.iter().all(|outlet| outlet.events > 0 && outlet.published.is_some()));
}

#[test]
fn outlets_are_known_by_their_names() {
    let (_folder, record) = kept();
    let names = record.outlet_names(&From::Own).unwrap();
    assert!(names.len() == 2 && names.is_sorted(), "{names:?}");
    assert!(record.has_outlet(&From::Own, &names[0]).unwrap());
    assert!(
        !record.has_outlet(&From::Own, "gulf courier").unwrap()
            && !record.has_outlet(&From::All, "x").unwrap()
    );
    assert!(record.outlet_names(&From::All).unwrap() == names);
}

#[test]
fn an_edition_is_the_same_until_something_changes() {
    let (folder, mut record) = kept();
    let before = record.edition().unwrap();
    let other = demarche_record::Record::open(folder.path().join("r.demarche")).unwrap();
    assert_eq!(other.edition().unwrap(), before, "whoever asks");
    let by = By { author: "Ada".into(), at: "2024-03-07T10:00:00Z".into(), reason: "satire".into() };
    let change = Change::Reject { reports: vec!["3f9a2c81d0-66".into()] };
    let id = record.override_with(&change, &by).unwrap();
    let overridden = other.edition().unwrap();
    assert_ne!(overridden, before);
    record.revert(id, &by).unwrap();
    assert_ne!(other.edition().unwrap(), overridden);
}

#[test]
fn words_lead_to_articles_and_events() {
    let (_folder, record) = kept();
    let passages = record.passages("\"turned a corner\"", 10).unwrap();
    assert_eq!(passages.len(), 1);
    assert!(passages[0].stretches.iter().any(|(words, found)| *found && words.contains("corner")));
    assert!(record.passages("no such words", 10).unwrap().is_empty());
    assert!(record.passages("?", 10).unwrap().is_empty(), "no word, no find");
    assert!(!record.events_saying("Iqbal", 10).unwrap().is_empty());
    assert_eq!(record.dyads_with("USA").unwrap(), record.dyads().unwrap());
    assert!(record.dyads_with("FRA").unwrap().is_empty());
    assert!(!record.latest_with("PAK", 5).unwrap().is_empty());
}
