//! Turns a few words into a `Reading` by hand: what the engine would say of pages of our own making, with every span
//! found in the text, so that the record and the faces are tested without the reader.
#![allow(dead_code, reason = "each test file uses a part of it")]

use demarche_engine::actors::{Actor, ActorKind, Post, Rank, Sector, Settled};
use demarche_engine::events::{
    Act, ContactKind, Evidence, Filed, Kind, Party, Place, Plover, Report, Role, RoleSpan, Statement,
    Through, Told, merge,
};
use demarche_engine::page::{
    Article, ArticleKind, Block, BlockKind, Byline, BylineKind, MarketQuote, Origins, Source,
};
use demarche_engine::text::Span;
use demarche_engine::time::{Period, Stamp};
use demarche_engine::{ENGINE_VERSION, Reading, Seen};
use demarche_record::Record;

/// A record that holds the meeting and its readout.
pub(crate) fn kept() -> (tempfile::TempDir, Record) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut record = Record::create_or_open(folder.path().join("r.demarche")).expect("a record");
    for (reading, name) in [(meeting(), "a.html"), (readout(), "b.html")] {
        record.keep(&reading, &source(name)).expect("it is kept");
    }
    (folder, record)
}

/// All that a record holds, in one order.
pub(crate) fn dump(record: &Record) -> String {
    let mut out = Vec::new();
    record.dump(&mut out).expect("it is dumped");
    String::from_utf8(out).expect("JSON is UTF-8")
}

/// A source with this file name.
pub(crate) fn source(name: &str) -> Source {
    Source { name: name.to_owned(), url: None }
}

/// An article of these blocks. Its hash is made from `seed`, sixteen hex digits four times.
pub(crate) fn article(seed: u64, outlet: &str, day: &str, title: &str, paragraphs: &[&str]) -> Reading {
    let mut text = String::new();
    let mut blocks = Vec::new();
    for (i, words) in std::iter::once(&title).chain(paragraphs).enumerate() {
        if i > 0 {
            text.push_str("\n\n");
        }
        let kind = if i == 0 { BlockKind::Title } else { BlockKind::Paragraph };
        blocks.push(Block { kind, span: Span::new(text.len(), text.len() + words.len()), source: None });
        text.push_str(words);
    }
    Reading {
        engine: ENGINE_VERSION.to_owned(),
        article: Article {
            hash: format!("{seed:016x}").repeat(4),
            text,
            blocks,
            byline: vec![Byline { name: "Our Staff".into(), kind: BylineKind::Desk }],
            dateline: None,
            agency: None,
            section: None,
            origins: Origins::default(),
            published: Stamp::parse(day),
            updated: None,
            outlet: Some(outlet.to_owned()),
            url: Some(format!("https://{}.example/{seed}", outlet.to_lowercase().replace(' ', "-"))),
            language: Some("en".into()),
            kind: ArticleKind::News,
            doubts: vec![],
            fetched: None,
            quotes: vec![],
        },
        seen: vec![],
        reports: vec![],
        events: vec![],
        problems: vec![],
    }
}

/// Someone with a post, by name: the page said so.
pub(crate) fn person(name: &str, state: &str, sector: Sector, post: &str, rank: Rank) -> Actor {
    Actor {
        kind: ActorKind::Person,
        name: name.into(),
        state: Some(state.into()),
        code: format!("{state}{}", sector.as_str()),
        sector: Some(sector),
        post: Some(Post { title: post.into(), office: None, rank: Some(rank), manner: vec![] }),
        wikidata: None,
        settled: vec![
            Settled { rule: "title before the name".into(), by: post.into() },
            Settled { rule: "state of the title".into(), by: state.into() },
        ],
    }
}

/// Adds a report: `words` are its parties, trigger and place as they stand in the sentence.
pub(crate) fn report(
    reading: &mut Reading,
    kind: Kind,
    sentence: &str,
    trigger: &str,
    actors: &[(&Actor, &str)],
    recipients: &[(&Actor, &str)],
) {
    let text = reading.article.text.clone();
    let sentence = find(&text, sentence, Span::new(0, text.len()));
    let trigger = find(&text, trigger, sentence);
    let party = |(actor, words): &(&Actor, &str)| Party {
        actor: (*actor).clone(),
        span: find(&text, words, sentence),
    };
    let actors: Vec<Party> = actors.iter().map(party).collect();
    let recipients: Vec<Party> = recipients.iter().map(party).collect();
    let role = |role, path: &str, party: &Party| RoleSpan { role, span: party.span, path: path.into() };
    let mut roles: Vec<RoleSpan> = actors.iter().map(|p| role(Role::Actor, "nsubj", p)).collect();
    roles.extend(recipients.iter().map(|p| role(Role::Recipient, "obj", p)));
    for p in actors.iter().chain(&recipients) {
        match reading.seen.iter_mut().find(|s| s.actor == p.actor) {
            Some(seen) => seen.mentions.push(p.span),
            None => reading.seen.push(Seen { actor: p.actor.clone(), mentions: vec![p.span] }),
        }
    }
    let contact = kind == Kind::Contact;
    let report = Report {
        kind,
        actors,
        recipients,
        cameo: Some(if contact { "040" } else { "010" }.into()),
        plover: contact.then(|| Plover {
            event_type: "CONSULT".into(),
            mode: Some("meet".into()),
            context: vec!["diplomatic".into()],
        }),
        date: reading.article.published.map(|s| Period::day(s.date)),
        claimant: None,
        told: Told::Current,
        place: contact.then(|| Place { name: "Islamabad".into(), state: Some("PAK".into()) }),
        issues: vec!["trade".into()],
        contact: contact.then_some(ContactKind::Meeting),
        statement: (kind == Kind::Statement).then(|| Statement {
            act: Act::Optimism,
            through: Through::Reporter,
            content: Some(Span::new(trigger.end + 1, sentence.end)),
            direct: false,
        }),
        evidence: Evidence {
            frame: "CONSULT/meet".into(),
            detail: None,
            sentence,
            trigger,
            roles,
            likelihood: None,
        },
    };
    let filed = Filed {
        id: format!("{}-{}", &reading.article.hash[..10], trigger.start),
        article: reading.article.hash.clone(),
        outlet: reading.article.outlet.clone(),
        published: reading.article.published,
        report,
    };
    reading.reports.push(filed);
    reading.events = merge(&reading.reports);
}

fn find(text: &str, words: &str, within: Span) -> Span {
    let at =
        within.of(text).find(words).unwrap_or_else(|| panic!("{words:?} stands in {:?}", within.of(text)));
    Span::new(within.start + at, within.start + at + words.len())
}

/// The Pakistani minister of our pages.
pub(crate) fn iqbal() -> Actor {
    person("Sara Iqbal", "PAK", Sector::Gov, "Foreign Minister", Rank::Minister)
}

/// The American ambassador of our pages.
pub(crate) fn reed() -> Actor {
    person("John Reed", "USA", Sector::Gov, "Ambassador", Rank::Ambassador)
}

/// A wire story: a meeting, and a statement by one side.
pub(crate) fn meeting() -> Reading {
    let mut reading = article(
        0x3f9a_2c81_d0aa_bb01,
        "Gulf Courier",
        "2024-03-05T18:30",
        "Pakistan, US talk trade in Islamabad",
        &[
            "Foreign Minister Sara Iqbal met US Ambassador John Reed in Islamabad on Tuesday to discuss textile tariffs.",
            "Iqbal told the ambassador that trade between the two countries had “turned a corner” this year.",
        ],
    );
    let (iqbal, reed) = (iqbal(), reed());
    let first = "Foreign Minister Sara Iqbal met US Ambassador John Reed in Islamabad on Tuesday to discuss textile tariffs.";
    let parties = [(&iqbal, "Foreign Minister Sara Iqbal"), (&reed, "US Ambassador John Reed")];
    report(&mut reading, Kind::Contact, first, "met", &parties, &[]);
    let second =
        "Iqbal told the ambassador that trade between the two countries had “turned a corner” this year.";
    report(&mut reading, Kind::Statement, second, "told", &[(&iqbal, "Iqbal")], &[(&reed, "the ambassador")]);
    reading.article.quotes.push(MarketQuote {
        symbol: "KTX".into(),
        value: 41.2,
        change: Some(-0.3),
        percent: Some(-0.72),
        date: None,
    });
    reading
}

/// The same meeting in another outlet's words.
pub(crate) fn readout() -> Reading {
    let mut reading = article(
        0x77b0_4412_9cde_ff02,
        "Embassy of the United States",
        "2024-03-06",
        "Readout of Ambassador Reed’s meeting",
        &["Ambassador Reed met Foreign Minister Iqbal on March 5."],
    );
    reading.article.kind = ArticleKind::Readout;
    let (iqbal, reed) = (iqbal(), reed());
    let parties = [(&reed, "Ambassador Reed"), (&iqbal, "Foreign Minister Iqbal")];
    report(
        &mut reading,
        Kind::Contact,
        "Ambassador Reed met Foreign Minister Iqbal on March 5.",
        "met",
        &parties,
        &[],
    );
    reading.reports[0].report.date = Period::parse("2024-03-05");
    reading.events = merge(&reading.reports);
    reading
}

/// Two versions of one page: the second takes the statement of the first back.
pub(crate) fn versions() -> [Reading; 2] {
    let old = meeting();
    let mut new = article(
        0x88aa_0000_1111_2222,
        "Gulf Courier",
        "2024-03-05T18:30",
        "Pakistan, US talk trade in Islamabad",
        &[
            "Foreign Minister Sara Iqbal met US Ambassador John Reed in Islamabad on Tuesday to discuss textile tariffs.",
            "An earlier version said that trade had “turned a corner”: her office denies that she said so.",
        ],
    );
    new.article.url.clone_from(&old.article.url);
    new.article.updated = Stamp::parse("2024-03-05T20:00");
    let (iqbal, reed) = (iqbal(), reed());
    let first = "Foreign Minister Sara Iqbal met US Ambassador John Reed in Islamabad on Tuesday to discuss textile tariffs.";
    let parties = [(&iqbal, "Foreign Minister Sara Iqbal"), (&reed, "US Ambassador John Reed")];
    report(&mut new, Kind::Contact, first, "met", &parties, &[]);
    [old, new]
}

/// A text as these outlets print it, each under a title of its own.
pub(crate) fn printed(outlets: &[&str]) -> Vec<Reading> {
    let print = |(i, outlet): (usize, &&str)| {
        let text = "Foreign Minister Sara Iqbal met US Ambassador John Reed in Islamabad on Tuesday to discuss textile tariffs.";
        let title = format!("{outlet}: Iqbal meets Reed");
        let mut reading =
            article(0x9100_0000_0000 + ((i as u64) << 28), outlet, "2024-03-05", &title, &[text]);
        let (iqbal, reed) = (iqbal(), reed());
        let parties = [(&iqbal, "Foreign Minister Sara Iqbal"), (&reed, "US Ambassador John Reed")];
        report(&mut reading, Kind::Contact, text, "met", &parties, &[]);
        reading
    };
    outlets.iter().enumerate().map(print).collect()
}

/// A page whose every printed word tries to become markup.
pub(crate) fn hostile() -> Reading {
    let mut reading = article(
        0x0bad_c0de_0bad_c0de,
        "<img src=x onerror=alert(1)>",
        "2024-03-07",
        "<script>alert('title')</script> Iqbal met Reed",
        &["<script>alert(2)</script> Iqbal & \"Reed\" met</script><svg onload=alert(3)> again."],
    );
    reading.article.url = Some("javascript:alert(4)".into());
    let iqbal =
        person("Iqbal<script>alert(5)</script>", "PAK", Sector::Gov, "<b>Minister</b>", Rank::Minister);
    let reed = reed();
    let sentence = "<script>alert(2)</script> Iqbal & \"Reed\" met</script><svg onload=alert(3)> again.";
    report(&mut reading, Kind::Contact, sentence, "met", &[(&iqbal, "Iqbal"), (&reed, "\"Reed\"")], &[]);
    let report = &mut reading.reports[0].report;
    report.issues = vec!["<i>".into()];
    report.claimant = report.actors.first().cloned();
    reading.events = merge(&reading.reports);
    reading
}
