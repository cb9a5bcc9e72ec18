//! What people say against a coding holds for the events, is signed, can be taken back, and never touches what was read.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod hand;

use demarche_engine::events::Told;
use demarche_engine::time::Period;
use demarche_record::{By, Change, Correction, Record, Selection};

fn by(author: &str) -> By {
    By {
        author: author.into(),
        at: "2024-03-07T10:00:00Z".into(),
        reason: "checked with the ministry".into(),
    }
}

/// The dump without the overrides themselves.
fn rest(record: &Record) -> Vec<String> {
    let lines = hand::dump(record).lines().map(str::to_owned).collect::<Vec<_>>();
    lines.into_iter().filter(|line| !line.contains(r#""table":"overrides""#)).collect()
}

const MEETING: &str = "3f9a2c81d0-66";

#[test]
fn a_correction_changes_the_event_and_leaves_the_report() {
    let (_folder, mut record) = hand::kept();
    let before = rest(&record);
    let reports = record.event(MEETING).unwrap().unwrap().reports;
    assert_eq!(reports.len(), 2, "both outlets tell the meeting");
    let to = Correction {
        cameo: Some("042".into()),
        date: Period::parse("2024-03-04"),
        told: Some(Told::Recalled),
        actors: Some(vec![hand::iqbal()]),
        recipients: Some(vec![hand::reed()]),
    };
    let id = record.override_with(&Change::Correct { reports: reports.clone(), to }, &by("Ada")).unwrap();
    let event = record.event(MEETING).unwrap().unwrap();
    assert_eq!((event.cameo.as_deref(), event.told), (Some("042"), Told::Recalled));
    assert_eq!(event.plover.unwrap().mode.as_deref(), Some("visit"));
    assert_eq!(event.date.unwrap().to_string(), "2024-03-04");
    assert_eq!((event.actors.len(), event.recipients.len(), event.reports), (1, 1, reports));
    assert_eq!(
        record.report(MEETING).unwrap().unwrap().report.cameo.as_deref(),
        Some("040"),
        "as it was read"
    );
    let entry = record.entry(MEETING).unwrap().unwrap();
    assert_eq!(entry.overridden, [id]);
    let dated = Selection { until: "2024-03-04".parse().ok(), ..Selection::of(9) };
    assert_eq!(record.select(&dated).unwrap().entries.len(), 1);

    record.revert(id, &by("Ben")).unwrap();
    assert_eq!(rest(&record), before);
    let held = record.overrides().unwrap();
    assert_eq!(held[0].by.author, "Ada");
    assert_eq!(held[0].reverted.as_ref().unwrap().author, "Ben");
    assert!(record.revert(id, &by("Ben")).unwrap_err().what().contains("taken back by Ben"));
}

#[test]
fn what_is_rejected_is_no_event_and_what_is_split_is_one_of_its_own() {
    let (_folder, mut record) = hand::kept();
    let events = |record: &Record| record.counts().unwrap().events;
    let all = events(&record);
    let readout = hand::readout().reports[0].id.clone();
    let split = record.override_with(&Change::Split { reports: vec![readout.clone()] }, &by("Ada")).unwrap();
    assert_eq!(events(&record), all + 1);
    assert_eq!(record.event(&readout).unwrap().unwrap().outlets, ["Embassy of the United States"]);
    let merged = Change::Merge { reports: vec![readout.clone(), MEETING.into()] };
    record.override_with(&merged, &by("Ada")).unwrap();
    assert_eq!(events(&record), all, "the later word holds");
    let reject = Change::Reject { reports: vec![readout.clone(), MEETING.into()] };
    record.override_with(&reject, &by("Ada")).unwrap();
    assert_eq!(events(&record), all - 1);
    assert!(record.event(MEETING).unwrap().is_none());
    assert!(record.check().unwrap().faults.is_empty());
    record.revert(split, &by("Ada")).unwrap();
    assert!(record.event(MEETING).unwrap().is_none());
}

#[test]
fn near_copies_follow_the_one_that_is_corrected() {
    let folder = tempfile::tempdir().unwrap();
    let mut record = Record::create_or_open(folder.path().join("r.demarche")).unwrap();
    let printed = hand::printed(&["Atlas Wire", "Bay Post", "Cape Times"]);
    for reading in &printed {
        record.keep(reading, &hand::source("p.html")).unwrap();
    }
    let last = printed[2].reports[0].id.clone();
    let to = Correction { cameo: Some("046".into()), ..Correction::default() };
    record.override_with(&Change::Correct { reports: vec![last.clone()], to }, &by("Ada")).unwrap();
    let event = record.event(&last).unwrap().unwrap();
    assert_eq!((event.cameo.as_deref(), event.outlets.len()), (Some("046"), 3));
    record.override_with(&Change::Reject { reports: vec![last] }, &by("Ada")).unwrap();
    let event = record.event(&printed[0].reports[0].id).unwrap().unwrap();
    assert_eq!((event.cameo.as_deref(), event.reports.len()), (Some("040"), 2));
}

#[test]
fn an_override_needs_a_report_an_author_a_reason_and_a_code_of_cameo() {
    let (_folder, mut record) = hand::kept();
    let reject = |id: &str| Change::Reject { reports: vec![id.into()] };
    let coded = |code: &str| Change::Correct {
        reports: vec![MEETING.into()],
        to: Correction { cameo: Some(code.into()), ..Correction::default() },
    };
    let nothing = Change::Correct { reports: vec![MEETING.into()], to: Correction::default() };
    let unsigned = By { reason: " ".into(), ..by("Ada") };
    for (change, by, words) in [
        (reject("3f9a2c81d0-9"), by("Ada"), "no report 3f9a2c81d0-9"),
        (reject(MEETING), by(""), "needs an author"),
        (reject(MEETING), unsigned, "needs a reason"),
        (coded("999"), by("Ada"), "code 999"),
        (nothing, by("Ada"), "nothing is corrected"),
        (Change::Merge { reports: vec![MEETING.into()] }, by("Ada"), "needs two"),
    ] {
        let error = record.override_with(&change, &by).unwrap_err();
        assert!(error.what().contains(words), "{error}");
    }
    assert!(record.revert(7, &by("Ada")).unwrap_err().what().contains("no override 7"));
    assert_eq!(record.overrides().unwrap(), []);
}
