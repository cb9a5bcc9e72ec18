//! A check finds what is wrong with a record and says what to do; a backup is one moment of it; a dump is the same for records
//! that hold the same.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod hand;

use demarche_engine::actors::World;
use demarche_record::{From, Import, Later, Record};
use jiff::civil::date;
use rusqlite::Connection;

#[test]
fn a_sound_record_has_no_faults() {
    let (_folder, record) = hand::kept();
    let checked = record.check().unwrap();
    assert_eq!((checked.articles, checked.reports, checked.faults), (2, 3, vec![]));
    assert_eq!(checked.events, 2);
}

/// Each way to spoil a record with another program, and what the check says of it.
#[test]
fn what_others_spoil_is_found() {
    for (spoil, words, remedy) in [
        ("UPDATE articles SET text = substr(text, 1, 20)", "no part of its article’s text", "reread --all"),
        ("UPDATE events SET body = json_set(body, '$.cameo', '190')", "not what its reports make", "reread --all"),
        ("DELETE FROM event_reports WHERE position = 1", "filed under it", "reread --all"),
        ("PRAGMA foreign_keys = OFF; DELETE FROM articles WHERE id = 1", "not there", "backup"),
        (
            "INSERT INTO datasets (name, version, format) VALUES ('icews', '', 'icews');
             INSERT INTO imports (dataset, file, rows, kept, repeated, heads, refused) VALUES (1, 'x.tab', 3, 3, 0, 0, 0)",
            "kept 3 rows, and 0 are there",
            "import the files again",
        ),
    ] {
        let (folder, record) = hand::kept();
        Connection::open(folder.path().join("r.demarche")).unwrap().execute_batch(spoil).unwrap();
        let faults = record.check().unwrap().faults;
        assert!(faults.iter().any(|f| f.what.contains(words) && f.remedy.contains(remedy)), "{spoil}: {faults:?}");
    }
}

#[test]
fn a_damaged_file_is_told() {
    let (folder, record) = hand::kept();
    let path = folder.path().join("r.demarche");
    let copy = folder.path().join("copy.demarche");
    record.backup(&copy).unwrap();
    drop(record);
    let mut bytes = std::fs::read(&copy).unwrap();
    // Past the first page and the schema: in the midst of the tables.
    for at in (bytes.len() / 2)..(bytes.len() / 2 + 9000) {
        bytes[at] ^= 0x5a;
    }
    std::fs::write(&path, bytes).unwrap();
    for leftover in ["r.demarche-wal", "r.demarche-shm"] {
        std::fs::remove_file(folder.path().join(leftover)).ok();
    }
    let said = match Record::open(&path) {
        Ok(record) => match record.check() {
            Ok(checked) => checked.faults.iter().map(|f| f.what.clone()).collect::<Vec<_>>().join("; "),
            Err(error) => error.to_string(),
        },
        Err(error) => error.to_string(),
    };
    assert!(said.contains("damaged"), "{said}");
}

#[test]
fn a_backup_is_one_moment_while_others_write() {
    let (folder, mut record) = hand::kept();
    let copy = folder.path().join("copy.demarche");
    let other = Record::open(record.path()).unwrap();
    let before = hand::dump(&record);
    other.backup(&copy).unwrap();
    record.keep(&hand::versions()[1], &hand::source("c.html")).unwrap();
    assert_eq!(hand::dump(&Record::open(&copy).unwrap()), before);
    assert!(other.backup(&copy).unwrap_err().what().contains("already"));
    let nowhere = folder.path().join("no/folder/copy.demarche");
    assert!(other.backup(&nowhere).is_err());
    assert_eq!(
        std::fs::read_dir(folder.path())
            .unwrap()
            .filter(|e| e.as_ref().unwrap().path().to_string_lossy().contains(".part"))
            .count(),
        0
    );
}

#[test]
fn records_that_hold_the_same_dump_the_same() {
    let (_folder, one) = hand::kept();
    let folder = tempfile::tempdir().unwrap();
    let mut other = Record::create_or_open(folder.path().join("r.demarche")).unwrap();
    for (reading, name) in [(hand::readout(), "b.html"), (hand::meeting(), "a.html")] {
        other.keep(&reading, &hand::source(name)).unwrap();
    }
    assert_eq!(hand::dump(&one), hand::dump(&other));
}

/// What a snapshot knows is what a record knows that nothing later ever reached.
#[test]
fn a_snapshot_has_no_hindsight() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let pages = [(hand::meeting(), "a.html"), (hand::readout(), "b.html"), (hand::hostile(), "c.html")];
    let events =
        "id,date,actor_state,recipient_state,code\na,2024-03-05,PAK,USA,040\nb,2024-03-09,PAK,USA,112\n";
    let made = |name: &str, pages: &[(demarche_engine::Reading, &str)]| {
        let mut record = Record::create_or_open(at(name)).unwrap();
        for (reading, page) in pages {
            record.keep(reading, &hand::source(page)).unwrap();
        }
        record
    };
    let mut whole = made("whole.demarche", &pages);
    whole.import("x.csv".as_ref(), events.as_bytes(), &Import::default(), &World::shipped(), |_| {}).unwrap();
    let later = whole.snapshot(&at("then.demarche"), date(2024, 3, 6)).unwrap();
    assert_eq!(later, Later { articles: 1, imported: 1 });
    let then = Record::open(at("then.demarche")).unwrap();
    assert_eq!(then.check().unwrap().faults, []);
    let own = |record: &Record| {
        let lines: Vec<String> = hand::dump(record).lines().map(str::to_owned).collect();
        lines
            .into_iter()
            .filter(|line| !line.contains("dataset") && !line.contains("imported"))
            .collect::<Vec<_>>()
    };
    assert_eq!(own(&then), own(&made("early.demarche", &pages[..2])));
    assert_eq!(
        then.span(&From::Dataset("table".into())).unwrap(),
        Some((date(2024, 3, 5), date(2024, 3, 5)))
    );
    assert!(whole.snapshot(&at("then.demarche"), date(2024, 3, 6)).is_err(), "what is there is left alone");
    assert_eq!(whole.snapshot(&at("all.demarche"), date(2030, 1, 1)).unwrap(), Later::default());
    assert_eq!(own(&Record::open(at("all.demarche")).unwrap()), own(&whole));
}
