//! What the record says to files that are none, that are too new, and that another program made.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use demarche_record::Record;
use rusqlite::Connection;

#[test]
fn a_missing_file_says_how_to_make_one() {
    let folder = tempfile::tempdir().unwrap();
    let error = Record::open(folder.path().join("none.demarche")).unwrap_err();
    assert!(error.what().contains("no such record"), "{error}");
    assert!(error.remedy().contains("demarche read"), "{error}");
}

#[test]
fn what_is_not_a_record_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("notes.txt");
    std::fs::write(&text, "These are notes, longer than a page header of SQLite. ".repeat(40)).unwrap();
    let empty = folder.path().join("empty");
    std::fs::write(&empty, "").unwrap();
    let other = folder.path().join("other.sqlite");
    Connection::open(&other).unwrap().execute_batch("CREATE TABLE t (x); INSERT INTO t VALUES (1)").unwrap();
    for path in [&text, &other] {
        let before = std::fs::read(path).unwrap();
        for opened in [Record::open(path), Record::create_or_open(path)] {
            let error = opened.unwrap_err();
            assert!(error.what().contains("not a demarche record"), "{error}");
            assert!(error.to_string().starts_with(path.to_str().unwrap()), "{error}");
        }
        assert_eq!(std::fs::read(path).unwrap(), before);
    }
    assert!(Record::open(&empty).unwrap_err().what().contains("it is empty"));
    assert!(Record::open(folder.path()).unwrap_err().what().contains("it is a folder"));
    let error = Record::create_or_open(folder.path().join("no/such/folder/r.demarche")).unwrap_err();
    assert!(error.remedy().contains("folder exists"), "{error}");
}

#[test]
fn a_newer_schema_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new.demarche");
    drop(Record::create_or_open(&path).unwrap());
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    for opened in [Record::open(&path), Record::create_or_open(&path)] {
        let error = opened.unwrap_err();
        assert!(error.what().contains("schema 99"), "{error}");
        assert!(error.remedy().contains("update demarche"), "{error}");
    }
    let version: i32 =
        Connection::open(&path).unwrap().query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
    assert_eq!(version, 99);
}

#[test]
fn a_new_record_carries_its_marks() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.demarche");
    drop(Record::create_or_open(&path).unwrap());
    drop(Record::create_or_open(&path).unwrap());
    let db = Connection::open(&path).unwrap();
    let text = |sql: &str| db.query_row(sql, [], |row| row.get::<_, String>(0)).unwrap();
    assert_eq!(text("PRAGMA journal_mode"), "wal");
    let id: i32 = db.query_row("PRAGMA application_id", [], |row| row.get(0)).unwrap();
    assert_eq!(&id.to_be_bytes(), b"DMRC");
    let loose: i32 = db
        .query_row(
            "SELECT count(*) FROM pragma_table_list WHERE type = 'table' AND NOT strict AND name NOT LIKE 'sqlite_%'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(loose, 0, "every table is STRICT");
}

#[test]
fn many_may_make_the_same_record_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.demarche");
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| Record::create_or_open(&path).unwrap().counts().unwrap());
        }
    });
}
