//! What counts for series: of two states, of several, within some days, by whoever coded it.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod hand;

use std::path::Path;

use demarche_engine::actors::World;
use demarche_engine::series::{Direction, Observation, State};
use demarche_record::{From, Import, Record};
use jiff::civil::date;
use rusqlite::Connection;

/// Two versions of a dataset of invented events, in the columns of our own tables.
fn imported(folder: &Path) -> Record {
    let mut record = Record::create_or_open(folder.join("r.demarche")).unwrap();
    let head = "id,date,actor_state,recipient_state,code\n";
    for (version, rows) in [
        (
            "1",
            "a,2020-01-06,ISL,NOR,040\nb,2020-01-06,NOR,ISL,040\nc,2020-01-07,NOR,SWE,111\nd,2020-02-01,FIN,SWE,040\n",
        ),
        ("2", "a,2020-01-06,ISL,NOR,040\ne,2020-03-01,SWE,ISL,057\n"),
    ] {
        let import =
            Import { layout: None, dataset: Some("fish".to_owned()), version: version.to_owned(), map: None };
        let text = format!("{head}{rows}");
        let done = record.import(Path::new("fish.csv"), text.as_bytes(), &import, &World::shipped(), |_| {});
        assert_eq!(done.unwrap().refused, 0);
    }
    record
}

fn lines(observations: &[Observation]) -> Vec<String> {
    let mut lines: Vec<String> =
        observations.iter().map(|o| format!("{} {} {} {}", o.date, o.dyad, o.code, &*o.event)).collect();
    lines.sort();
    lines
}

fn states(codes: &[&str]) -> Vec<State> {
    codes.iter().map(|code| code.parse().unwrap()).collect()
}

#[test]
fn what_a_dataset_tells_of_states_is_each_thing_once() {
    let folder = tempfile::tempdir().unwrap();
    let record = imported(folder.path());
    let fish = From::Dataset("fish".to_owned());
    let between = record.observations_between(&fish, "NOR", "ISL").unwrap();
    assert_eq!(lines(&between), ["2020-01-06 ISL–NOR 040 #1"], "told from both ends, and by both versions");
    assert_eq!(between[0].direction, Direction::Mutual);
    let of = |codes: &[&str]| lines(&record.observations_of(&fish, &states(codes)).unwrap());
    let norway = ["2020-01-06 ISL–NOR 040 #1", "2020-01-07 NOR–SWE 111 #3"];
    assert_eq!(of(&["NOR"]), norway);
    let all = [norway[0], norway[1], "2020-02-01 FIN–SWE 040 #4", "2020-03-01 ISL–SWE 057 #6"];
    assert_eq!(of(&["NOR", "SWE"]), all, "what lies between the two is there once");
    assert_eq!(of(&["USA"]), [""; 0]);
    let within = |first, last| lines(&record.observations_within(&fish, first, last).unwrap());
    assert_eq!(within(date(2020, 1, 1), date(2020, 12, 31)), all);
    assert_eq!(within(date(2020, 1, 7), date(2020, 2, 1)), all[1..3]);
    assert_eq!(record.span(&fish).unwrap(), Some((date(2020, 1, 6), date(2020, 3, 1))));
    assert!(record.span(&From::Dataset("cod".to_owned())).unwrap_err().to_string().contains("it holds fish"));
    assert_eq!(record.entry("#3").unwrap().unwrap().id, "fish@1:c");
}

#[test]
fn a_record_of_an_older_schema_gets_its_courses_and_a_spoilt_one_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let fish = From::Dataset("fish".to_owned());
    let all = |record: &Record| record.observations_within(&fish, date(2020, 1, 1), date(2020, 12, 31));
    let record = imported(folder.path());
    let before = all(&record).unwrap();
    let path = record.path().to_owned();
    drop(record);
    let other = Connection::open(&path).unwrap();
    other
        .execute_batch(
            "DROP TABLE courses;
             CREATE INDEX imported_dyads_by_b ON imported_dyads (b, a, date, event);
             PRAGMA user_version = 6;",
        )
        .unwrap();
    let record = Record::open(&path).unwrap();
    assert_eq!(all(&record).unwrap(), before);
    assert_eq!(record.check().unwrap().faults, []);
    for (spoil, words) in [
        ("DELETE FROM courses WHERE a = 'FIN'", "the course of FIN–SWE in 2020 is not what its events make"),
        (
            "UPDATE courses SET year = 2019 WHERE a = 'NOR'",
            "1 courses are of dyads without events in their year",
        ),
        ("UPDATE courses SET told = x'00' WHERE a = 'ISL'", "the course of ISL–NOR in 2020 is not what"),
    ] {
        other.execute_batch(spoil).unwrap();
        let faults = record.check().unwrap().faults;
        assert!(faults.iter().any(|fault| fault.what.contains(words)), "{spoil}: {faults:?}");
    }
    assert!(all(&record).unwrap_err().to_string().contains("cut short"));
}

#[test]
fn our_own_events_are_apart_from_them() {
    let (_folder, record) = hand::kept();
    let of = |codes: &[&str]| record.observations_of(&From::Own, &states(codes)).unwrap();
    let both = of(&["PAK", "USA"]);
    assert!(!both.is_empty());
    assert_eq!(record.observations_between(&From::Own, "USA", "PAK").unwrap().len(), both.len());
    assert_eq!(of(&["ISL"]), []);
    let (first, last) = record.span(&From::Own).unwrap().unwrap();
    assert_eq!((first, last), (date(2024, 3, 5), date(2024, 3, 6)));
    assert_eq!(record.observations_within(&From::Own, first, last).unwrap().len(), both.len());
    assert_eq!(record.observations_within(&From::Own, date(2024, 4, 1), date(2024, 5, 1)).unwrap(), []);
}
