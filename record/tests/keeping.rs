//! What is kept comes back as it was, once, however often it is kept.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod hand;

use demarche_engine::events::Kind;
use demarche_record::{Record, Tally};

fn fresh() -> (tempfile::TempDir, Record) {
    let folder = tempfile::tempdir().unwrap();
    let record = Record::create_or_open(folder.path().join("r.demarche")).unwrap();
    (folder, record)
}

/// Everything in the file, table by table, in order.
fn dump(record: &Record) -> String {
    let db = rusqlite::Connection::open(record.path()).unwrap();
    let mut out = String::new();
    let tables: Vec<String> = db
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    for table in tables {
        let mut query = db
            .prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2"))
            .unwrap_or_else(|_| db.prepare(&format!("SELECT * FROM {table}")).unwrap());
        let columns = query.column_count();
        let mut rows = query.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            out.push_str(&table);
            for at in 0..columns {
                out.push_str(&format!("\t{:?}", row.get_ref(at).unwrap()));
            }
            out.push('\n');
        }
    }
    out
}

#[test]
fn a_reading_comes_back_as_it_was() {
    let (_folder, mut record) = fresh();
    let reading = hand::meeting();
    record.keep(&reading, &hand::source("a.html")).unwrap();
    let kept = record.article(&reading.article.hash[..10]).unwrap().unwrap();
    assert_eq!(kept.reading, reading);
    assert_eq!(kept.printings.len(), 1);
    assert_eq!(kept.printings[0].source.as_deref(), Some("a.html"));
    let id = &reading.reports[0].id;
    assert_eq!(record.report(id).unwrap().as_ref(), Some(&reading.reports[0]));
    assert_eq!(record.event(id).unwrap().unwrap().reports, vec![id.clone()]);
    assert!(record.article("ffffffff").unwrap().is_none());
    assert!(record.article("").unwrap().is_none());
    assert!(record.report("3f9a2c81d0-9999").unwrap().is_none());
}

#[test]
fn keeping_twice_changes_nothing() {
    let (_folder, mut record) = fresh();
    assert_eq!(
        record.keep(&hand::meeting(), &hand::source("a.html")).unwrap(),
        Tally { new: 1, ..Tally::default() }
    );
    let before = dump(&record);
    assert_eq!(
        record.keep(&hand::meeting(), &hand::source("a.html")).unwrap(),
        Tally { unchanged: 1, ..Tally::default() }
    );
    assert_eq!(dump(&record), before);
}

#[test]
fn the_same_text_elsewhere_adds_only_the_place() {
    let (_folder, mut record) = fresh();
    record.keep(&hand::meeting(), &hand::source("a.html")).unwrap();
    let before = record.counts().unwrap();
    let mut again = hand::meeting();
    again.article.outlet = Some("Atlas Wire".into());
    again.article.url = None;
    again.engine = "99.0.0".into();
    assert_eq!(
        record.keep(&again, &hand::source("b.html")).unwrap(),
        Tally { found_again: 1, ..Tally::default() }
    );
    let after = record.counts().unwrap();
    assert_eq!(
        (after.articles, after.reports, after.events),
        (before.articles, before.reports, before.events)
    );
    assert_eq!(after.outlets, 2);
    let event = record.event(&again.reports[0].id).unwrap().unwrap();
    assert_eq!(event.outlets, ["Atlas Wire", "Gulf Courier"]);
    let kept = record.article(&again.article.hash).unwrap().unwrap();
    assert_eq!(kept.reading.engine, hand::meeting().engine, "a kept coding stays under its version");
    assert_eq!(kept.printings.len(), 2);
}

#[test]
fn a_dyad_is_found_from_either_side() {
    let (_folder, mut record) = fresh();
    record.keep(&hand::meeting(), &hand::source("a.html")).unwrap();
    record.keep(&hand::readout(), &hand::source("b.html")).unwrap();
    let events = record.events_between("USA", "PAK").unwrap();
    assert_eq!(events, record.events_between("PAK", "USA").unwrap());
    assert!(!events.is_empty());
    assert_eq!(record.events_of(&["PAK", "CHN"]).unwrap(), events);
    assert!(record.events_between("PAK", "CHN").unwrap().is_empty());
    let dyads = record.dyads().unwrap();
    assert_eq!((dyads[0].a.as_str(), dyads[0].b.as_str(), dyads[0].events), ("PAK", "USA", events.len()));
    assert_eq!(record.last_day().unwrap().unwrap().to_string(), "2024-03-06");
    let contacts = record.latest(Kind::Contact, 10).unwrap();
    assert!(contacts.iter().all(|e| e.kind == Kind::Contact) && !contacts.is_empty());
    assert_eq!(record.headlines(10).unwrap()[0].outlets, ["Embassy of the United States"]);
}

#[test]
fn a_batch_is_kept_whole_or_not_at_all() {
    let (_folder, mut record) = fresh();
    let good = hand::meeting();
    // Two reports with one id: the second cannot be kept.
    let mut bad = hand::readout();
    bad.reports.push(bad.reports[0].clone());
    let source = hand::source("a.html");
    assert!(record.add([(&good, &source), (&bad, &source)]).is_err());
    assert_eq!(record.counts().unwrap().articles, 0);
    record.add([(&good, &source)]).unwrap();
    assert_eq!(record.counts().unwrap().events, 0, "not merged yet");
    let path = record.path().to_owned();
    drop(record);
    let mut record = Record::open(path).unwrap();
    record.settle().unwrap();
    assert_eq!(record.counts().unwrap().events, 2, "what a crash left is picked up");
}

#[test]
fn two_processes_queue() {
    let (_folder, record) = fresh();
    let path = record.path().to_owned();
    std::thread::scope(|scope| {
        for writer in 0..4_u64 {
            let path = &path;
            scope.spawn(move || {
                let mut record = Record::open(path).unwrap();
                for i in 0..10 {
                    let reading =
                        hand::article(writer * 1000 + i, "Atlas Wire", "2024-01-01", "Title", &["Words."]);
                    record.keep(&reading, &hand::source("x")).unwrap();
                }
            });
        }
    });
    assert_eq!(record.counts().unwrap().articles, 40);
}
