//! The engine: bytes of a news page in, an auditable reading out. One line runs through all rooms:
//!
//! `page` → `Article` → `language` → `Document` → `actors` → `Cast` → `events` → `Report`, `Event` → `series` → `Verdict`.

pub mod actors;
pub mod events;
pub mod language;
pub mod page;
pub mod series;
pub mod text;
pub mod time;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::actors::{Actor, Layer, World};
use crate::events::{Event, Filed, Knowledge, Scope};
use crate::language::{Analyser, Document, Order, Register, Segment, Setting};
use crate::page::{Article, BlockKind, Page, Source};
use crate::text::{Problem, Span};

/// The engine's version, and a mark of its code and data: codings are kept under both, since a frame more codes otherwise.
pub const ENGINE_VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "+", env!("ENGINE_MARK"));

/// One article, read through all rooms.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// The version of the engine that read it.
    pub engine: String,
    /// The page.
    pub article: Article,
    /// Who is on it, in order of first mention.
    pub seen: Vec<Seen>,
    /// What it reports, in order of text.
    pub reports: Vec<Filed>,
    /// The happenings behind the reports.
    pub events: Vec<Event>,
    /// What could not be read as it should; spans count bytes of the article's text.
    pub problems: Vec<Problem>,
}

/// An actor on a page, with every stretch of the text that means it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Who.
    pub actor: Actor,
    /// Where.
    pub mentions: Vec<Span>,
}

/// What came of one input: an article each, or the reasons why there is none.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Readings {
    /// The articles, in order of the input.
    pub readings: Vec<Reading>,
    /// Problems of the input as a whole.
    pub problems: Vec<Problem>,
}

/// Everything that reading needs, loaded once and shared by all threads.
#[derive(Debug)]
pub struct Reader {
    version: String,
    analyser: Analyser,
    world: World,
    knowledge: Knowledge,
}

impl Reader {
    /// Loads the models and tables that ship with the engine.
    #[allow(clippy::new_without_default, reason = "loading is work, not a default")]
    pub fn new() -> Self {
        Self::with(&[])
    }

    /// Loads the same, and lays rows of users over the world tables, the last layer on top.
    pub fn with(layers: &[Layer]) -> Self {
        Self {
            version: version(layers),
            analyser: Analyser::new(),
            world: World::with(layers),
            knowledge: Knowledge::shipped(),
        }
    }

    /// Reads one saved page. It cannot fail: what is wrong with the input comes back as problems.
    pub fn read(&self, bytes: &[u8], source: &Source) -> Readings {
        self.page(page::read(bytes, source))
    }

    /// Reads the articles of a page that the page room has read already.
    pub fn page(&self, page: Page) -> Readings {
        let readings = page.articles.into_iter().map(|article| self.article(article)).collect();
        Readings { readings, problems: page.problems }
    }

    /// Reads an article again that was read before.
    pub fn again(&self, article: Article) -> Reading {
        self.article(article)
    }

    /// The version that codings of this reader are kept under: the engine's, and where users brought rows, a mark of what
    /// they say.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Reads a passage without a page around it, as published on `date`: a quotation, an example of a frame.
    pub fn passage(&self, text: &str, date: Option<Date>) -> Reading {
        self.article(page::passage(text, date))
    }

    /// The grammatical analysis of an article, as far as the language room goes.
    pub fn document(&self, article: &Article) -> Document {
        let segments: Vec<Segment> =
            article.blocks.iter().map(|b| Segment { span: b.span, register: register(b.kind) }).collect();
        let date = article.published.or(article.updated).map(|stamp| stamp.date);
        let outlet = article.outlet.as_deref().and_then(|outlet| self.world.state_named_in(outlet));
        self.analyser.analyse(&article.text, &segments, Setting { date, order: outlet.map(order) })
    }

    /// Ids of the issues that a passage raises, sorted.
    pub fn raised(&self, text: &str) -> Vec<String> {
        let doc = self.analyser.analyse(text, &[], Setting::default());
        let mut raised: Vec<String> =
            doc.sentences.iter().flat_map(|s| self.knowledge.issues.raised(&doc, s)).collect();
        raised.sort();
        raised.dedup();
        raised
    }

    /// The line through the rooms.
    fn article(&self, article: Article) -> Reading {
        if let Some(code) = article.language.as_deref().filter(|code| !is_english(code)) {
            let problem =
                Problem::new(format!("the text is in another language ({code}): demarche reads English"));
            return Reading {
                engine: self.version.clone(),
                article,
                seen: Vec::new(),
                reports: Vec::new(),
                events: Vec::new(),
                problems: vec![problem],
            };
        }
        let date = article.published.or(article.updated).map(|stamp| stamp.date);
        let mut doc = self.document(&article);
        let home = article
            .dateline
            .as_deref()
            .filter(|place| !SEATS.contains(place))
            .and_then(|place| self.world.state_of_place(place))
            .or_else(|| article.outlet.as_deref().and_then(|outlet| self.world.state_named_in(outlet)));
        let cast = actors::cast(&doc, &self.world, date, home);
        let reports = events::reports(&doc, &cast, &self.knowledge, date, Scope::Interstate);
        let reports = file(reports, &article);
        let events = events::merge(&reports);
        let mut seen: Vec<Seen> =
            cast.actors.into_iter().map(|actor| Seen { actor, mentions: Vec::new() }).collect();
        for mention in cast.mentions.iter().chain(&cast.within) {
            for &actor in &mention.actors {
                seen[actor].mentions.push(mention.span);
            }
        }
        for one in &mut seen {
            one.mentions.sort_by_key(|span| span.start);
        }
        let problems = std::mem::take(&mut doc.problems);
        Reading { engine: self.version.clone(), article, seen, reports, events, problems }
    }

    /// States, bodies, offices and people that the engine knows.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// The frames, details and issues, with their reasons.
    pub fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }
}

/// The version that codings are kept under: the engine's, and where users brought rows, a mark of what they say.
fn version(layers: &[Layer]) -> String {
    if layers.is_empty() {
        return ENGINE_VERSION.to_owned();
    }
    let mut hash = Sha256::new();
    for layer in layers {
        for (table, rows) in &layer.rows {
            hash.update(table.name());
            for cell in rows.iter().flatten() {
                hash.update(cell);
                hash.update([0]);
            }
        }
    }
    let mark: String = hash.finalize().iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    format!("{ENGINE_VERSION}.world.{mark}")
}

/// Puts the reports of `article` on file: each gets its name for good.
fn file(reports: Vec<events::Report>, article: &Article) -> Vec<Filed> {
    let hash = article.hash.get(..10).unwrap_or(&article.hash);
    let mut filed: Vec<Filed> = Vec::with_capacity(reports.len());
    for report in reports {
        let base = format!("{hash}-{}", report.evidence.trigger.start);
        // A trigger rarely tells more than one thing; the second gets a "b", and so on.
        let twins = filed.iter().filter(|f| f.report.evidence.trigger == report.evidence.trigger).count();
        let id = match u8::try_from(twins) {
            Ok(0) => base,
            Ok(n) if n < 25 => format!("{base}{}", char::from(b'a' + n)),
            _ => format!("{base}x{twins}"),
        };
        filed.push(Filed {
            id,
            article: article.hash.clone(),
            outlet: article.outlet.clone(),
            published: article.published.or(article.updated),
            report,
        });
    }
    filed
}

/// Whether a BCP 47 code names English of any country.
fn is_english(code: &str) -> bool {
    code.split('-')
        .next()
        .is_some_and(|primary| primary.eq_ignore_ascii_case("en") || primary.eq_ignore_ascii_case("eng"))
}

/// How outlets of a state write dates in figures: the United States and those that took it over from them put the month
/// first, and so does nobody else.
fn order(iso3: &str) -> Order {
    match iso3 {
        "USA" | "PHL" | "FSM" | "MHL" | "PLW" => Order::MonthFirst,
        _ => Order::DayFirst,
    }
}

/// Datelines of places where the whole world meets: whoever speaks there may be anybody's.
const SEATS: &[&str] = &["BRUSSELS", "GENEVA", "NEW YORK", "THE HAGUE", "UNITED NATIONS", "VIENNA"];

/// How a block of a page is written.
fn register(kind: BlockKind) -> Register {
    match kind {
        BlockKind::Title | BlockKind::Subhead => Register::Headline,
        BlockKind::Caption => Register::Caption,
        BlockKind::Highlight | BlockKind::Paragraph | BlockKind::Quote => Register::Prose,
    }
}
