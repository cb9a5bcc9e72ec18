//! `/d/PAK-USA`: the verdict on two states, its course and its evidence, who met, who speaks about what; and lists of the
//! events behind all that, one address for each.

mod asked;
mod charts;
mod filters;
mod lists;
mod pair;
mod sections;
mod tallies;
mod verdict;

use demarche_engine::events::Event;
use demarche_engine::series::{Robustness, Series, Variant};
use demarche_record::{From, Record};
use maud::{Markup, html};
use serde::Serialize;

use crate::bundle;
use crate::fault::Fault;
use crate::picture::{self, Look};
use crate::telling::{Account, Answer, Ladder, Readouts, Voices, count, day_words};
use crate::web::citation::Citation;
use crate::web::dyad::asked::{Asked, Period};
use crate::web::dyad::charts::Numbered;
use crate::web::dyad::filters::Field;
use crate::web::dyad::pair::Pair;
use crate::web::query::Query;
use crate::web::reply::{Form, Reply};
use crate::web::server::Shared;
use crate::web::state::Named;
use crate::web::{chart, table, tables};

pub(crate) use lists::list;

/// Contacts whose accounts stand side by side.
const CONTACTS: usize = 3;

#[derive(Serialize)]
struct Dyad<'p> {
    states: &'p [Named; 2],
    #[serde(flatten)]
    found: Option<Found>,
}

/// What a record says of two states, where there is a day to answer for.
#[derive(Serialize)]
struct Found {
    answer: Answer,
    /// Steps of the course, and the weeks of change.
    series: Series,
    /// Whether anything of either state is on record.
    heard: bool,
    /// What only our own events say; none for those of a dataset.
    own: Option<Own>,
}

#[derive(Serialize)]
struct Own {
    ladder: Ladder,
    voices: Vec<Voices>,
    readouts: Vec<Readouts>,
}

/// Two states in any spelling, as the form sends them: leads to their page.
pub(crate) fn lead(shared: &Shared, a: &str, b: &str) -> Result<Reply, Fault> {
    match Pair::find(&shared.states, a, b) {
        Ok(pair) => Ok(Reply::Moved(pair.at(""))),
        Err(reply) => Ok(*reply),
    }
}

/// The page, or the same as data or as a file. `address` is the pair with the ending of a file.
pub(crate) fn dyad(
    shared: &Shared,
    record: &Record,
    address: &str,
    query: &Query,
    site: &str,
) -> Result<Reply, Fault> {
    let (slug, ending) = address.split_once('.').unwrap_or((address, ""));
    let pair = match Pair::of(&shared.states, slug) {
        Ok(pair) => pair,
        Err(reply) => return Ok(*reply),
    };
    if !["", "json", "svg", "png", "csv", "parquet", "bib"].contains(&ending) {
        return Ok(Reply::missing(
            format!("There is no {ending} of this page"),
            "It can be had as json, svg, png, csv, parquet or bib.",
        ));
    }
    if slug != pair.slug() {
        let dot = if ending.is_empty() { "" } else { "." };
        return Ok(Reply::Moved(format!("{}{dot}{ending}{query}", pair.at(""))));
    }
    let asked = Asked::read(record, pair.codes(), query)?;
    let Some(asked) = asked else {
        let dyad = Dyad { states: &pair.0, found: None };
        let words = || html! { (head(&pair, query)) (nothing_read(record, &pair)) };
        return Reply::found(form(ending), &pair.title(), data_at(&pair, query), &dyad, |_| words());
    };
    let observations = shared.heard.of(record, &asked.inquiry)?;
    let citation = citation(shared, &pair, &asked, query, site);
    if ending == "bib" {
        return Ok(Reply::bib(format!("{}.bib", pair.slug()), citation.bibtex()));
    }
    if !["", "json"].contains(&ending) {
        return charts::file(&pair, &asked, &observations, ending);
    }
    let by = if ending.is_empty() { charts::fitting(&asked) } else { asked.by };
    let own = match asked.inquiry.from {
        From::Dataset(_) => None,
        From::Own | From::All => Some(Own::find(record, &pair, asked.period)?),
    };
    let found = Found {
        series: charts::course(&asked, &observations, by)?,
        answer: Answer::of(record, &asked.inquiry, &observations)?,
        heard: !observations.is_empty(),
        own,
    };
    let dyad = Dyad { states: &pair.0, found: Some(found) };
    let datasets = record.dataset_names()?;
    let strongest = match &dyad.found {
        Some(found) if ending.is_empty() => Numbered::all(record, &found.series)?,
        _ => Vec::new(),
    };
    Reply::found(form(ending), &pair.title(), data_at(&pair, query), &dyad, |dyad| match &dyad.found {
        Some(found) => html! {
            (content(&pair, &asked, found, query, &datasets, &strongest))
            (taken_along(&pair, query, &citation))
        },
        None => html! {},
    })
}

/// The answer with one thing changed, as a row.
pub(crate) struct Held {
    pub(crate) changed: &'static str,
    pub(crate) of: String,
    pub(crate) answer: &'static str,
}

impl Held {
    fn all(robustness: &Robustness) -> Vec<Self> {
        let rows = |changed, variants: &[Variant]| {
            let row = |v: &Variant| Self { changed, of: v.of.clone(), answer: v.label.as_str() };
            variants.iter().map(row).collect::<Vec<_>>()
        };
        let Robustness { windows, without_outlet, without_issue, .. } = robustness;
        let changed =
            [("window", windows), ("without_outlet", without_outlet), ("without_issue", without_issue)];
        changed.into_iter().flat_map(|(changed, variants)| rows(changed, variants)).collect()
    }
}

/// How one text tells a contact, as a row.
pub(crate) struct Side {
    pub(crate) event: String,
    pub(crate) account: Account,
}

impl Side {
    fn all(readouts: Vec<Readouts>) -> Vec<Self> {
        let sides = |Readouts { event, accounts }: Readouts| {
            accounts.into_iter().map(move |account| Self { event: event.id.clone(), account })
        };
        readouts.into_iter().flat_map(sides).collect()
    }
}

/// A table of the page as a file.
fn table(
    shared: &Shared,
    record: &Record,
    pair: &Pair,
    asked: &table::Asked<'_>,
    query: &Query,
) -> Result<Reply, Fault> {
    let Some(question) = Asked::read(record, pair.codes(), query)? else {
        return Ok(Reply::missing("There is no day to answer for", "The record holds no dated article."));
    };
    let slug = pair.slug();
    if ["robustness", "left-out"].contains(&asked.name) {
        let observations = shared.heard.of(record, &question.inquiry)?;
        let answer = Answer::of(record, &question.inquiry, &observations)?;
        return match asked.name {
            "left-out" => asked.reply(&tables::LEFT_OUT, &answer.left_out, &slug),
            _ => asked.reply(&tables::ROBUSTNESS, &Held::all(&answer.verdict.robustness), &slug),
        };
    }
    if let Some(name) = question.inquiry.from.dataset() {
        let words = format!("{name} gives neither posts nor speakers; leave from={name} away.");
        return Ok(Reply::missing("That is read off our own pages", words));
    }
    let own = Own::find(record, pair, question.period)?;
    match asked.name {
        "ladder" => asked.reply(&tables::LADDER, &own.ladder.months, &slug),
        "readouts" => asked.reply(&tables::READOUTS, &Side::all(own.readouts), &slug),
        _ => asked.reply(&tables::VOICES, &own.voices, &slug),
    }
}

/// The odds ratios of both axes as a file.
fn odds(shared: &Shared, record: &Record, pair: &Pair, query: &Query, look: Look) -> Result<Reply, Fault> {
    let Some(asked) = Asked::read(record, pair.codes(), query)? else {
        return Ok(Reply::missing("There is no day to answer for", "The record holds no dated article."));
    };
    let observations = shared.heard.of(record, &asked.inquiry)?;
    let verdict = Answer::of(record, &asked.inquiry, &observations)?.verdict;
    let window = count(usize::try_from(verdict.question.window).unwrap_or(0), "day");
    let about = format!("{}, {window} to {}", pair.title(), verdict.question.on);
    let axes = [("Engagement", &verdict.engagement), ("Tone", &verdict.tone)];
    let drawn = chart::drawn(&axes, &about, look).into_string();
    Ok(match look {
        Look::Screen => Reply::svg(drawn),
        Look::Picture => Reply::png(picture::png(&drawn)?),
    })
}

/// The evidence for the verdict, as one page or as data.
pub(crate) fn evidence(
    shared: &Shared,
    record: &Record,
    slug: &str,
    form: Form,
    query: &Query,
) -> Result<Reply, Fault> {
    let pair = match Pair::of(&shared.states, slug) {
        Ok(pair) => pair,
        Err(reply) => return Ok(*reply),
    };
    let Some(asked) = Asked::read(record, pair.codes(), query)? else {
        return Ok(Reply::missing("There is no day to answer for", "The record holds no dated article."));
    };
    let observations = shared.heard.of(record, &asked.inquiry)?;
    let answer = Answer::of(record, &asked.inquiry, &observations)?;
    let bundle = bundle::behind(record, &answer)?;
    if form == Form::Data {
        return Ok(Reply::Data(bundle::data(&bundle, Some(&answer))?));
    }
    let heading = format!("{}, as of {}", pair.title(), day_words(answer.verdict.question.on));
    Ok(Reply::document(bundle::page(&bundle, &heading, Some(&answer.sentence)).into_string()))
}

/// The page as it can be cited: with the day that it answers for, whichever the record's last one will be.
fn citation(shared: &Shared, pair: &Pair, asked: &Asked, query: &Query, site: &str) -> Citation {
    let day = asked.inquiry.question.on;
    let query = query.with("on", day.to_string().as_str());
    Citation {
        title: format!("{}: whether the relationship gains or loses momentum", pair.title()),
        key: pair.slug(),
        record: shared.name.clone(),
        as_of: Some(day),
        address: format!("{site}{}{query}", pair.at("")),
        file: format!("{}.bib{query}", pair.at("")),
    }
}

/// What a reader takes along.
fn taken_along(pair: &Pair, query: &Query, citation: &Citation) -> Markup {
    html! {
        section {
            h2 { "To take along" }
            p {
                "The evidence for and against, with quotes, hashes and places in the texts, for an annex: "
                a href={ (pair.at("evidence.html")) (query) } { "one page" } " · " a href={ (pair.at("evidence.json")) (query) } { "JSON" }
            }
            (citation.disclosure())
        }
    }
}

fn form(ending: &str) -> Form {
    if ending == "json" { Form::Data } else { Form::Page }
}

fn data_at(pair: &Pair, query: &Query) -> String {
    format!("{}.json{query}", pair.at(""))
}

impl Own {
    fn find(record: &Record, pair: &Pair, period: Period) -> Result<Self, Fault> {
        let [a, b] = pair.codes();
        let mut events = record.events_between(a, b)?;
        events.retain(|event| period.has(event));
        Ok(Self {
            ladder: Ladder::of(&events),
            voices: pair.dyad().map(|dyad| Voices::of(&events, dyad)).unwrap_or_default(),
            readouts: Readouts::of(record, &events, pair.codes(), CONTACTS)?,
        })
    }
}

impl Period {
    /// Whether an event falls into it.
    fn has(self, event: &Event) -> bool {
        self.holds(event.date.map(|date| (date.start, date.end)))
    }
}

fn head(pair: &Pair, query: &Query) -> Markup {
    html! {
        div .hero {
            p .kicker { (pair.codes().join("–")) }
            h1 { (pair.title()) }
            (pair.tabs("", query))
        }
    }
}

fn content(
    pair: &Pair,
    asked: &Asked,
    found: &Found,
    query: &Query,
    datasets: &[String],
    strongest: &[Numbered],
) -> Markup {
    let answer = &found.answer;
    html! {
        (head(pair, query))
        section {
            (verdict::verdict(answer))
            (table::links_to(&pair.at("odds"), &query.to_string(), &["svg", "png"]))
            @if let Some(day) = answer.last_between {
                p .facts {
                    a href={ (pair.at("")) (query.with("on", day.to_string().as_str())) } { "Ask as of " (day_words(day)) }
                    ", the day of the last event between the two that counts."
                }
            }
            (unheard(pair, found))
            (questions(pair, query, &asked.inquiry.from, datasets))
        }
        (charts::section(pair, asked, &found.series, query, strongest))
        (verdict::evidence(answer))
        @match (&found.own, &answer.dataset) {
            (Some(own), _) => {
                (sections::ladder(pair, &own.ladder, asked.period))
                (sections::voices(pair, &own.voices, asked.period))
                (sections::readouts(pair, &own.readouts, asked.period))
            }
            (None, name) => section {
                h2 { "Who met, who speaks, how it is told" }
                p {
                    "That is read off posts, speakers and texts, which " (name.as_deref().unwrap_or("a dataset")) " does not give. "
                    a href={ (pair.at("")) "?from=own" } { "What demarche read itself between the two" }
                }
            }
        }
        (verdict::holds_up(answer, &table::links(&pair.at("robustness"), &query.to_string())))
        (verdict::coverage(answer, &table::links(&pair.at("left-out"), &query.to_string())))
    }
}

/// What to think of a pair, or of two states, that the record does not speak of.
fn unheard(pair: &Pair, found: &Found) -> Markup {
    let [a, b] = [&pair.0[0].name, &pair.0[1].name];
    html! {
        @if !found.heard {
            p .note { "Nothing on record is about either state: " (a) " and " (b) " are not monitored here. That says nothing of how they get on." }
        } @else if found.answer.verdict.coverage.between.is_none() {
            p .note {
                "Nothing that counts is on record between the two, though there is something of one of them with others: the pair is "
                "not monitored, or has been silent. That is not the same as no relations."
            }
        }
    }
}

/// The form for all that can be asked.
fn questions(pair: &Pair, query: &Query, from: &From, datasets: &[String]) -> Markup {
    let [a, b] = &pair.0;
    let fields = [
        ("on", "As of", Field::Day),
        ("window", "Days that are compared (90)", Field::Days),
        ("baseline", "With so many before (365)", Field::Days),
        ("since", "Course from", Field::Day),
        ("until", "Course to", Field::Day),
        (
            "by",
            "In steps of",
            Field::Choice(vec![
                ("", "what fits"),
                ("day", "a day"),
                ("week", "a week"),
                ("month", "a month"),
            ]),
        ),
        (
            "directed",
            "Whose acts",
            Field::Choice(vec![("", "both sides’"), (&a.code, &a.name), (&b.code, &b.name)]),
        ),
        ("from", "Coded by", Field::Choice(filters::origins(from, datasets))),
        ("without", "Without a kind, such as CONSULT or 04", Field::Several),
        ("outlet", "Only what this outlet told", Field::Several),
        ("issue", "Only about this issue", Field::Several),
    ];
    filters::form("Ask about other days, outlets, issues …", &pair.at(""), query, false, &fields)
}

/// What a record says that has no day to answer for.
fn nothing_read(record: &Record, pair: &Pair) -> Markup {
    let datasets = record.dataset_names().unwrap_or_default();
    html! {
        section {
            p .lede { "The record holds no dated article, so there is no day to answer for." }
            @if datasets.is_empty() {
                p { "Read some pages into it, or import a dataset; the " a href="/" { "front page" } " says how." }
            } @else {
                p { "Datasets were imported into it. See the two as it is coded by:" }
                ul { @for name in &datasets { li { a href={ (pair.at("")) (Query::default().with("from", name.as_str())) } { (name) } } } }
            }
        }
    }
}
