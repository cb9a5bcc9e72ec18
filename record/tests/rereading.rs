//! A newer engine's coding takes the place of the earlier one, which is kept; what changed can be told event by event.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod hand;

use demarche_engine::Reading;
use demarche_engine::events::merge;
use demarche_record::{By, Change, Changed};

/// What another engine reads on the page of the meeting: the meeting with another code, and no statement.
fn otherwise() -> Reading {
    let mut reading = hand::meeting();
    reading.engine = "9.0.0".into();
    reading.reports.truncate(1);
    reading.reports[0].report.cameo = Some("046".into());
    reading.events = merge(&reading.reports);
    reading
}

#[test]
fn the_later_coding_counts_and_the_earlier_one_comes_back() {
    let (_folder, mut record) = hand::kept();
    let before = hand::dump(&record);
    let first = hand::meeting();
    assert_eq!(record.stale("9.0.0").unwrap(), 2);
    assert_eq!(record.articles_after(None, Some("9.0.0"), 9).unwrap()[0], first.article);
    record.recode([&otherwise()]).unwrap();
    record.settle().unwrap();
    assert_eq!(record.stale("9.0.0").unwrap(), 1);
    let kept = record.article(&first.article.hash[..10]).unwrap().unwrap();
    assert_eq!((kept.reading.engine.as_str(), kept.reading.reports.len()), ("9.0.0", 1));
    assert!(record.report(&first.reports[1].id).unwrap().is_none());
    assert!(record.check().unwrap().faults.is_empty());
    let codings = record.codings().unwrap();
    assert_eq!((codings[0].now, codings[0].before), (1, 1));

    record.recode([&first]).unwrap();
    record.settle().unwrap();
    let after: Vec<String> = hand::dump(&record).lines().map(str::to_owned).collect();
    let gone = |line: &&String| !line.contains("9.0.0");
    assert_eq!(after.iter().filter(gone).cloned().collect::<Vec<_>>(), before.lines().collect::<Vec<_>>());
    assert_eq!(after.len(), before.lines().count() + 2, "the other engine and its coding are kept");
}

#[test]
fn what_changed_is_told_event_by_event() {
    let (_folder, mut record) = hand::kept();
    record.recode([&otherwise()]).unwrap();
    record.settle().unwrap();
    let old = hand::meeting().engine;
    let diff = record.diff(&old, "9.0.0").unwrap();
    assert_eq!((diff.articles, diff.same, diff.changes.len()), (1, 0, 2), "{diff:?}");
    let Changed::Differs { fields, sentence, .. } = &diff.changes[0] else { panic!("{diff:?}") };
    let field = &fields[0];
    assert_eq!((field.name, field.before.as_str(), field.after.as_str()), ("cameo", "040", "046"));
    assert!(sentence.contains("met US Ambassador John Reed"));
    assert!(
        matches!(&diff.changes[1], Changed::Removed { sentence, .. } if sentence.contains("turned a corner"))
    );
    let back = record.diff("9.0.0", &old).unwrap();
    assert!(back.changes.iter().any(|change| matches!(change, Changed::Added { .. })));
    assert_eq!(record.diff(&old, &old).unwrap().changes, []);
    assert!(record.diff(&old, "8").unwrap_err().what().contains("engine 8"));
}

#[test]
fn overrides_hold_on_and_wait_for_reports_that_have_gone() {
    let (_folder, mut record) = hand::kept();
    let reports: Vec<String> = hand::meeting().reports.into_iter().map(|filed| filed.id).collect();
    let by = By { author: "Ada".into(), at: "2024-03-07T10:00:00Z".into(), reason: "satire".into() };
    for report in &reports {
        record.override_with(&Change::Reject { reports: vec![report.clone()] }, &by).unwrap();
    }
    record.recode([&otherwise()]).unwrap();
    record.settle().unwrap();
    let overrides = record.overrides().unwrap();
    assert!(overrides[0].waiting.is_empty());
    assert_eq!(overrides[1].waiting, [reports[1].clone()]);
    assert_eq!(record.counts().unwrap().events, 1, "only the readout’s");
    record.recode([&hand::meeting()]).unwrap();
    record.settle().unwrap();
    assert!(record.overrides().unwrap()[1].waiting.is_empty());
    assert_eq!(record.counts().unwrap().events, 1);
}
