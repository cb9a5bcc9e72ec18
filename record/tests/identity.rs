//! Near copies are one text with many outlets, and a later version of a page replaces the earlier one: in whatever order
//! they come, and in records of the first schema as well.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod hand;

use std::collections::BTreeSet;

use demarche_engine::Reading;
use demarche_engine::events::{Kind, merge};
use demarche_engine::page::ArticleKind;
use demarche_engine::time::Stamp;
use demarche_record::{Counts, Record, Settled};

const MET: &str = "Foreign Minister Sara Iqbal met US Ambassador John Reed in Islamabad on Tuesday to discuss textile tariffs.";
const CLAIM: &str = "Iqbal told the ambassador that all tariffs on textiles would fall within a month.";
const CONTEXT: &str = "The two countries have argued about cotton yarn since the spring, when a shipment from Karachi was \
    held in Savannah for nine weeks over papers that both customs services had signed and then disowned.";
const MORE: &str = "Mill owners in Faisalabad said that they had let four hundred weavers go in that time and that orders \
    from three American chains had gone to Vietnam, where a new port opened in the same week.";

fn fresh() -> (tempfile::TempDir, Record) {
    let folder = tempfile::tempdir().unwrap();
    let record = Record::create_or_open(folder.path().join("r.demarche")).unwrap();
    (folder, record)
}

/// An article that tells of the meeting if it prints `MET`, and of the claim if it prints `CLAIM`.
fn page(seed: u64, outlet: &str, published: &str, title: &str, paragraphs: &[&str]) -> Reading {
    let mut reading = hand::article(seed, outlet, published, title, paragraphs);
    let (iqbal, reed) = (hand::iqbal(), hand::reed());
    if paragraphs.contains(&MET) {
        let parties = [(&iqbal, "Foreign Minister Sara Iqbal"), (&reed, "US Ambassador John Reed")];
        hand::report(&mut reading, Kind::Contact, MET, "met", &parties, &[]);
    }
    if paragraphs.contains(&CLAIM) {
        hand::report(
            &mut reading,
            Kind::Statement,
            CLAIM,
            "told",
            &[(&iqbal, "Iqbal")],
            &[(&reed, "the ambassador")],
        );
    }
    reading
}

/// The same at an address of one's choice.
fn at(url: &str, mut reading: Reading) -> Reading {
    reading.article.url = Some(url.to_owned());
    reading
}

fn add(record: &mut Record, readings: &[Reading]) -> Settled {
    let source = hand::source("pages/x.html");
    record.add(readings.iter().map(|r| (r, &source))).unwrap();
    record.settle().unwrap()
}

/// `n` printings of one agency story, each under its own title and with its own last words.
fn printings(n: u64) -> Vec<Reading> {
    let last = |i| format!("Read more of it in the {i} o'clock news.");
    (0..n)
        .map(|i| {
            let title = format!("Headline number {i}");
            let seed = 0x1111_0000_0000_0000 + (i << 24);
            page(
                seed,
                &format!("Outlet {i:02}"),
                "2024-03-05",
                &title,
                &[MET, CLAIM, CONTEXT, MORE, &last(i)],
            )
        })
        .collect()
}

#[test]
fn what_forty_outlets_print_is_one_text_with_forty_outlets() {
    let (_folder, mut record) = fresh();
    let copies = printings(40);
    assert_eq!(add(&mut record, &copies), Settled { copies: 39, replaced: 0 });
    assert_eq!(add(&mut record, &copies), Settled::default(), "once more changes nothing");
    let Counts { articles, texts, events, reports, outlets, .. } = record.counts().unwrap();
    assert_eq!((articles, texts, events, reports, outlets), (40, 1, 2, 80, 40));

    let event = record.event(&copies[7].reports[0].id).unwrap().unwrap();
    assert_eq!((event.outlets.len(), event.reports.len(), event.texts), (40, 40, 1));
    assert_eq!(event.id, copies[0].reports[0].id);
    let lines = record.headlines(10).unwrap();
    assert_eq!((lines.len(), lines[0].outlets.len()), (1, 40));
    assert_eq!(lines[0].title.as_deref(), Some("Headline number 0"));
    let kept = record.article(&copies[7].article.hash).unwrap().unwrap();
    assert_eq!((kept.copies.len(), kept.versions.len()), (39, 0));
    assert_eq!(kept.copies[0].outlets, ["Outlet 00"]);

    assert_eq!(add(&mut record, &[hand::readout()]), Settled::default());
    let event = record.event(&copies[0].reports[0].id).unwrap().unwrap();
    assert_eq!((event.texts, event.reports.len()), (2, 41), "another text tells of the meeting too");
}

/// A report without a date joins only reports of its own article, and "on Tuesday" is another Tuesday a week later: copies
/// still tell of one happening.
#[test]
fn copies_tell_once_whatever_their_dates() {
    let (_folder, mut record) = fresh();
    let mut copies = printings(3);
    for copy in &mut copies {
        copy.reports[1].report.date = None;
    }
    copies[2].article.published = Stamp::parse("2024-03-14");
    for filed in &mut copies[2].reports {
        filed.published = Stamp::parse("2024-03-14");
    }
    copies[2].reports[0].report.date = demarche_engine::time::Period::parse("2024-03-12");
    add(&mut record, &copies);
    assert_eq!(record.counts().unwrap().events, 2);
    let event = record.event(&copies[2].reports[0].id).unwrap().unwrap();
    assert_eq!(event.date.unwrap().to_string(), "2024-03-05");
    assert_eq!(event.reports.last(), Some(&copies[2].reports[0].id));
}

/// A copy under a title that leads the reader astray still prints the sentence; one that cut it does not.
#[test]
fn outlets_are_those_that_print_the_sentence() {
    let (_folder, mut record) = fresh();
    let mut copies = printings(3);
    copies[1].reports.clear();
    copies.push(page(0x7777_0000_0000, "Bay Post", "2024-03-06", "Iqbal speaks", &[CLAIM, CONTEXT, MORE]));
    add(&mut record, &copies);
    assert_eq!(record.counts().unwrap().texts, 1);
    let outlets = |id: &str| record.event(id).unwrap().unwrap().outlets;
    assert_eq!(outlets(&copies[0].reports[0].id), ["Outlet 00", "Outlet 01", "Outlet 02"]);
    assert_eq!(outlets(&copies[0].reports[1].id), ["Bay Post", "Outlet 00", "Outlet 01", "Outlet 02"]);
}

#[test]
fn a_corrected_claim_does_not_stand() {
    let (_folder, mut record) = fresh();
    let first = at(
        "https://www.gulf-courier.example/yarn/?utm_source=feed",
        page(0x2000, "Gulf Courier", "2024-03-05T10:00Z", "Tariffs to fall", &[MET, CLAIM, CONTEXT]),
    );
    let mut second = at(
        "http://gulf-courier.example/yarn",
        page(
            0x3000_0000_0000,
            "Gulf Courier",
            "2024-03-05T10:00Z",
            "Tariffs discussed",
            &[MET, CONTEXT, MORE],
        ),
    );
    second.article.updated = Stamp::parse("2024-03-05T14:00+02:00");
    for readings in [[&first, &second], [&second, &first]] {
        let (_folder, mut record) = fresh();
        let mut replaced = 0;
        for reading in readings {
            replaced += add(&mut record, std::slice::from_ref(reading)).replaced;
        }
        let counts = record.counts().unwrap();
        assert_eq!((replaced, counts.replaced, counts.articles, counts.texts), (1, 1, 2, 1));
        assert_eq!((counts.reports, counts.events), (1, 1));
        assert_eq!(record.headlines(9).unwrap().len(), 1);
        let old = record.article(&first.article.hash).unwrap().unwrap();
        let versions: Vec<(&str, bool)> = old.versions.iter().map(|v| (v.hash.as_str(), v.current)).collect();
        assert_eq!(versions, [(first.article.hash.as_str(), false), (second.article.hash.as_str(), true)]);
        assert_eq!(old.replaced_by().unwrap().hash, second.article.hash);
        assert!(old.printings[0].replaced && old.reading.events.is_empty() && old.reading.reports.len() == 2);
        let new = record.article(&second.article.hash).unwrap().unwrap();
        assert_eq!(new.versions, old.versions);
        assert!(new.copies.is_empty() && old.copies.is_empty(), "versions are no copies");
        assert!(new.replaced_by().is_none());
        // What the page still says leads on; what it does not say any more leads nowhere.
        let event = record.event(&first.reports[0].id).unwrap().unwrap();
        assert_eq!(event.reports, [second.reports[0].id.clone()]);
        assert!(record.event(&first.reports[1].id).unwrap().is_none());
        assert!(record.quote(&first.reports[1].id).unwrap().is_some());
    }
    // Who prints the first version elsewhere still says it; the outlet that corrected it does not.
    add(&mut record, &[first.clone(), second.clone()]);
    let mut elsewhere = at("https://atlas.example/yarn", first.clone());
    elsewhere.article.outlet = Some("Atlas Wire".into());
    add(&mut record, &[elsewhere]);
    let event = record.event(&first.reports[1].id).unwrap().unwrap();
    assert_eq!(event.outlets, ["Atlas Wire"]);
    assert_eq!(record.counts().unwrap().replaced, 0);
}

/// The corrected sentence is another one; the engine takes it for the same happening.
#[test]
fn a_report_in_other_words_is_taken_up() {
    let (_folder, mut record) = fresh();
    let url = "https://gulf-courier.example/yarn";
    let old = at(url, page(0x2000, "Gulf Courier", "2024-03-05T10:00", "Talks", &[MET, CONTEXT]));
    let sentence = "US Ambassador John Reed saw Foreign Minister Sara Iqbal for an hour.";
    let mut new = at(
        url,
        hand::article(0x3000_0000_0000, "Gulf Courier", "2024-03-05T11:00", "Talks", &[sentence, CONTEXT]),
    );
    let (iqbal, reed) = (hand::iqbal(), hand::reed());
    let parties = [(&reed, "US Ambassador John Reed"), (&iqbal, "Foreign Minister Sara Iqbal")];
    hand::report(&mut new, Kind::Contact, sentence, "saw", &parties, &[]);
    add(&mut record, &[old.clone(), new.clone()]);
    assert_eq!(record.event(&old.reports[0].id).unwrap().unwrap().id, new.reports[0].id);
}

#[test]
fn versions_follow_each_other_by_what_the_pages_say() {
    let url = "https://gulf-courier.example/yarn";
    let full = at(url, page(0x10, "Gulf Courier", "2024-03-05T10:00", "Talks", &[MET, CONTEXT, MORE]));
    let mut stub = at(url, page(0x20, "Gulf Courier", "2024-03-05T12:00", "TALKS", &["They talked."]));
    stub.article.kind = ArticleKind::FeedStub;
    let silent = at(url, page(0x30, "Gulf Courier", "2024-03-05T10:00", "Talks held", &[MET, CONTEXT]));
    let (_folder, mut record) = fresh();
    add(&mut record, &[full.clone(), stub.clone()]);
    let current = |record: &Record| {
        let kept = record.article(&full.article.hash).unwrap().unwrap();
        kept.versions.iter().map(|v| (v.hash[14..16].to_owned(), v.current)).collect::<Vec<_>>()
    };
    assert_eq!(current(&record), [("20".to_owned(), false), ("10".to_owned(), true)]);
    // A silent change shows only in the order in which the two were kept.
    add(&mut record, &[silent]);
    assert_eq!(current(&record), [("20".into(), false), ("10".into(), false), ("30".into(), true)]);
}

#[test]
fn one_address_on_all_pages_makes_no_versions() {
    for url in ["https://gulf-courier.example/", "https://gulf-courier.example/world"] {
        let (_folder, mut record) = fresh();
        let a = at(url, page(0x1000_0000, "Gulf Courier", "2024-03-05", "Talks", &[MET]));
        let b = at(url, page(0x2000_0000, "Gulf Courier", "2024-03-06", "Yarn", &[CONTEXT]));
        let c = at(url, page(0x3000_0000, "Gulf Courier", "2024-03-07", "", &[MORE]));
        let d = at(url, page(0x4000_0000, "Gulf Courier", "2024-03-08", "", &["Short words."]));
        assert_eq!(add(&mut record, &[a, b, c, d]), Settled::default(), "{url}");
    }
}

/// Groups, versions and events of a record, in the articles' own names.
fn told(record: &Record, readings: &[Reading]) -> String {
    let articles = readings.iter().map(|r| record.article(&r.article.hash).unwrap().unwrap());
    let akin: Vec<_> =
        articles.map(|kept| (kept.copies, kept.versions, kept.reading.events, kept.printings)).collect();
    format!("{akin:#?} {:#?} {:#?}", record.headlines(99).unwrap(), record.counts().unwrap())
}

#[test]
fn the_order_of_files_does_not_matter() {
    let mut readings = printings(3);
    // The second is near to the first and to the third, which are not near to each other, and is replaced by a last one.
    let long = format!("{CONTEXT} {MORE}");
    let words: Vec<&str> = long.split(' ').collect();
    let chain: Vec<String> = [0, 7, 14].map(|from| words[from..from + 45].join(" ")).into();
    let url = "https://gulf-courier.example/chain";
    for (i, body) in chain.iter().enumerate() {
        let reading = page(0x5000 + i as u64, "Gulf Courier", "2024-03-09", &format!("Chain {i}"), &[body]);
        readings.push(if i == 1 { at(url, reading) } else { reading });
    }
    readings.push(at(url, page(0x6000, "Gulf Courier", "2024-03-10", "Chain 1", &[MET])));
    let mut seen = BTreeSet::new();
    for turn in 0..30 {
        // A fixed shuffle: step through the list by a number that has no factor in common with its length.
        let n = readings.len();
        let order: Vec<Reading> =
            (0..n).map(|i| readings[(turn + i * (1 + turn % (n - 1))) % n].clone()).collect();
        let (_folder, mut record) = fresh();
        for batch in order.chunks(1 + turn % 3) {
            add(&mut record, batch);
        }
        seen.insert(told(&record, &readings));
    }
    assert_eq!(seen.len(), 1, "{}", seen.into_iter().collect::<Vec<_>>().join("\n\n"));
    let told = seen.pop_first().unwrap();
    assert!(told.contains("texts: 3") && told.contains("replaced: 1"), "{told}");
}

/// A record of the first schema is brought forward as it is opened, with its near copies and versions found.
#[test]
fn an_older_record_is_brought_forward_whole() {
    let (folder, mut record) = fresh();
    let url = "https://gulf-courier.example/yarn";
    let mut readings = printings(3);
    readings
        .push(at(url, page(0x2000_0000_0000, "Gulf Courier", "2024-03-05T10:00", "Tariffs", &[MET, CLAIM])));
    readings.push(at(
        url,
        page(0x3000_0000_0000, "Gulf Courier", "2024-03-05T11:00", "Tariffs", &[MET, CONTEXT]),
    ));
    add(&mut record, &readings);
    let now = told(&record, &readings);
    let old = folder.path().join("old.demarche");
    let db = rusqlite::Connection::open(&old).unwrap();
    db.execute_batch(include_str!("../src/migrations/0001.sql")).unwrap();
    db.execute("ATTACH ?1 AS new", [record.path().to_str().unwrap()]).unwrap();
    db.execute_batch(
        "INSERT INTO engines SELECT * FROM new.engines;
         INSERT INTO articles SELECT * FROM new.articles;
         INSERT INTO printings SELECT article, outlet, url, source FROM new.printings;
         INSERT INTO actors_seen SELECT * FROM new.actors_seen;
         INSERT INTO reports SELECT id, article, position, engine, kind, cameo, event_type, mode, date_start, date_end,
                                    told, frame, body FROM new.reports;
         INSERT INTO events SELECT id, kind, cameo, event_type, mode, date_start, date_end, told,
                                   json_remove(body, '$.texts') FROM new.events;
         INSERT INTO event_reports SELECT * FROM new.event_reports;
         INSERT INTO event_dyads SELECT a, b, event FROM new.event_dyads;
         DETACH new;
         PRAGMA application_id = 0x444D5243;
         PRAGMA user_version = 1;",
    )
    .unwrap();
    drop(db);
    assert_eq!(told(&Record::open(&old).unwrap(), &readings), now);
    assert_eq!(merge(&readings[0].reports)[0].texts, 1);
}
