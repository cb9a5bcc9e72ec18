//! Every example of every frame and issue, run through the whole engine.

use demarche_engine::Reader;
use demarche_engine::events::{Kind, Party};
use jiff::civil::date;

/// The day on which the examples are read: a Wednesday.
const TODAY: jiff::civil::Date = date(2024, 6, 12);

#[test]
fn frames_fire_on_their_yes_examples_and_not_on_their_no_examples() {
    let reader = Reader::new();
    let mut failures = Vec::new();
    for frame in reader.knowledge().frames.iter() {
        for yes in &frame.yes {
            let reading = reader.passage(&yes.text, Some(TODAY));
            let found: Vec<_> =
                reading.reports.iter().filter(|f| f.report.evidence.frame == frame.name).collect();
            let right = found.iter().any(|f| {
                names(&f.report.actors) == sorted(&yes.actor) && {
                    // A statement's addressee may be left out of an example.
                    let recipients = names(&f.report.recipients);
                    recipients == sorted(&yes.recipient)
                        || (frame.kind == Kind::Statement && yes.recipient.is_empty())
                }
            });
            if !right {
                let told: Vec<String> = reading
                    .reports
                    .iter()
                    .map(|f| {
                        let r = &f.report;
                        format!(
                            "{} {:?} -> {:?} ({:?})",
                            r.evidence.frame,
                            names(&r.actors),
                            names(&r.recipients),
                            r.told
                        )
                    })
                    .collect();
                failures.push(format!(
                    "{} YES {:?}\n    wanted {:?} -> {:?}\n    got    {}",
                    frame.name,
                    yes.text,
                    sorted(&yes.actor),
                    sorted(&yes.recipient),
                    if told.is_empty() { "nothing".to_owned() } else { told.join("\n           ") }
                ));
            }
        }
        for no in &frame.no {
            let reading = reader.passage(&no.text, Some(TODAY));
            if reading.reports.iter().any(|f| f.report.evidence.frame == frame.name) {
                failures.push(format!("{} NO {:?}\n    fired, but {}", frame.name, no.text, no.why));
            }
        }
    }
    assert!(failures.is_empty(), "{} examples fail:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn issues_are_raised_by_their_yes_sentences_and_not_by_their_no_sentences() {
    let reader = Reader::new();
    let mut failures = Vec::new();
    for issue in reader.knowledge().issues.iter() {
        for (text, expected) in issue.yes.iter().map(|t| (t, true)).chain(issue.no.iter().map(|t| (t, false)))
        {
            let raised = reader.raised(text);
            if raised.contains(&issue.id) != expected {
                failures.push(format!("{}: {text:?} raises {raised:?}", issue.id));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn details_narrow_the_codes_of_their_yes_sentences_and_not_of_their_no_sentences() {
    let reader = Reader::new();
    let mut failures = Vec::new();
    for detail in reader.knowledge().details.iter() {
        let codes = |text: &str| -> Vec<String> {
            let reports = reader.passage(text, Some(TODAY)).reports;
            reports.into_iter().filter_map(|filed| filed.report.cameo).collect()
        };
        for yes in &detail.yes {
            let found = codes(&yes.text);
            if !found.contains(&yes.code) {
                failures.push(format!("{} YES {:?} is {found:?}, not {}", detail.name, yes.text, yes.code));
            }
        }
        for no in &detail.no {
            let found = codes(&no.text);
            if found.iter().any(|code| detail.codes.contains(code)) {
                failures.push(format!("{} NO {:?} is {found:?}, but {}", detail.name, no.text, no.why));
            }
        }
    }
    assert!(failures.is_empty(), "{} examples fail:\n{}", failures.len(), failures.join("\n"));
}

fn names(parties: &[Party]) -> Vec<String> {
    sorted(&parties.iter().map(|p| p.actor.name.clone()).collect::<Vec<_>>())
}

fn sorted(names: &[String]) -> Vec<String> {
    let mut names = names.to_vec();
    names.sort();
    names
}
