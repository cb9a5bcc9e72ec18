//! scratch
#![allow(clippy::unwrap_used, missing_docs)]
#[path = "../../record/tests/hand/mod.rs"]
mod hand;
use demarche_engine::actors::*;
use demarche_engine::events::*;
use demarche_record::Record;
use jiff::ToSpan;
#[test]
fn demo() {
    let path = "/tmp/demo.demarche";
    for p in [path.to_string(), format!("{path}-wal"), format!("{path}-shm")] {
        let _ = std::fs::remove_file(p);
    }
    let mut record = Record::create_or_open(path).unwrap();
    record.keep(&hand::meeting(), &hand::source("pages/a.html")).unwrap();
    record.keep(&hand::readout(), &hand::source("pages/b.html")).unwrap();
    record.keep(&hand::hostile(), &hand::source("pages/<c>.html")).unwrap();
    let li = hand::person("Li Wen", "CHN", Sector::Gov, "Vice Foreign Minister", Rank::DeputyMinister);
    let rao = hand::person("Asha Rao", "IND", Sector::Gov, "External Affairs Minister", Rank::Minister);
    let people = [hand::iqbal(), hand::reed(), li, rao];
    let start = jiff::civil::date(2023, 1, 3);
    let outlets = ["Gulf Courier", "Atlas Wire", "Delta Herald", "The Northern Post"];
    let mut batch = vec![];
    for i in 0..220u64 {
        let day = start.checked_add((i as i64 * 2).days()).unwrap();
        let a = &people[(i % 4) as usize];
        let b = &people[((i / 4 + 1 + i) % 4) as usize];
        if a.name == b.name {
            continue;
        }
        let first = format!(
            "{} received {} on {} for talks on border trade and visas.",
            a.name,
            b.name,
            day.strftime("%A")
        );
        let second = format!(
            "{} warned {} that the dispute over fishing rights was “far from settled”.",
            b.name, a.name
        );
        let mut r = hand::article(
            0x1000_0000_0000_0000 + i * 0x0123_4567_89ab,
            outlets[(i % 4) as usize],
            &day.to_string(),
            &format!(
                "{} hosts {} for talks on trade, visas and what remains of the fishing dispute",
                a.name, b.name
            ),
            &[
                &first,
                &second,
                "Officials of both delegations spoke of a constructive atmosphere, and of more rounds to come before the summer.",
            ],
        );
        hand::report(&mut r, Kind::Contact, &first, "received", &[(a, &a.name), (b, &b.name)], &[]);
        if i % 3 == 0 {
            hand::report(&mut r, Kind::Statement, &second, "warned", &[(b, &b.name)], &[(a, &a.name)]);
            let last = r.reports.last_mut().unwrap();
            last.report.cameo = Some("130".into());
            last.report.statement.as_mut().unwrap().act = Act::Warn;
        }
        if i % 7 == 0 {
            r.reports[0].report.told = Told::Recalled;
        }
        batch.push((r, hand::source("pages/x.html")));
    }
    record.add(batch.iter().map(|(r, s)| (r, s))).unwrap();
    record.settle().unwrap();
    drop(hand::meeting());
}
