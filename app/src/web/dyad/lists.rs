//! `/d/PAK-USA/contacts` and its like: the events between two states with facets, a page at a time, and as files.

use demarche_engine::events::{Kind, Told};
use demarche_record::{Entry, Frequency, From, Key, Level, Page, Record, Selection, Whole};
use maud::{Markup, html};
use serde::Serialize;

use crate::fault::Fault;
use crate::picture::Look;
use crate::telling::{by_name, level_words, outlet_known, plain};
use crate::web::dyad::asked::{Period, origin, value};
use crate::web::dyad::filters::{self, Field};
use crate::web::dyad::pair::{Pair, TABS};
use crate::web::dyad::tallies;
use crate::web::query::Query;
use crate::web::reply::{Form, Reply};
use crate::web::server::Shared;
use crate::web::{entries, files, table};

/// Events of a page.
const ROWS: usize = 50;
/// Lines of people and issues on a page; the data holds all.
const LINES: usize = 200;

/// Tables of the overview, which are files alone.
const OF_OVERVIEW: [&str; 5] = ["ladder", "voices", "readouts", "robustness", "left-out"];

const TELLINGS: [Told; 6] =
    [Told::Current, Told::Recalled, Told::Planned, Told::Requested, Told::Hypothetical, Told::Denied];

/// A page of events as data: the key is what the next one is asked for with.
#[derive(Serialize)]
struct Listed<'p> {
    events: &'p [Entry],
    next: Option<String>,
}

/// A tab of a pair. `address` is the tab with the ending of a file.
pub(crate) fn list(
    shared: &Shared,
    record: &Record,
    slug: &str,
    address: &str,
    query: &Query,
) -> Result<Reply, Fault> {
    let pair = match Pair::of(&shared.states, slug) {
        Ok(pair) => pair,
        Err(reply) => return Ok(*reply),
    };
    if let Some(asked) = table::Asked::of(address).filter(|asked| OF_OVERVIEW.contains(&asked.name)) {
        return super::table(shared, record, &pair, &asked, query);
    }
    match address {
        "odds.svg" => return super::odds(shared, record, &pair, query, Look::Screen),
        "odds.png" => return super::odds(shared, record, &pair, query, Look::Picture),
        _ => {}
    }
    let (tab, ending) = address.split_once('.').unwrap_or((address, ""));
    let Some((tab, heading)) = TABS.into_iter().find(|(name, _)| *name == tab && !tab.is_empty()) else {
        let tabs: Vec<&str> = TABS.iter().map(|(name, _)| *name).filter(|name| !name.is_empty()).collect();
        return Ok(Reply::missing("There is no such list", format!("The lists are {}.", tabs.join(", "))));
    };
    if slug != pair.slug() {
        return Ok(Reply::Moved(format!("{}{query}", pair.at(address))));
    }
    let from = origin(record, query)?;
    let view = View { pair: &pair, tab, heading, query, from: &from };
    match (tab, ending) {
        ("issues" | "people", "" | "json" | "csv" | "parquet") => view.tallies(record, ending),
        (_, "" | "json") => view.events(record, ending),
        (_, "csv" | "parquet") => match table::Asked::of(address) {
            Some(asked) => files::events(shared, record, view.selection(record, ROWS)?, &asked, &pair.slug()),
            None => Ok(table::unknown(&[tab])),
        },
        _ => Ok(Reply::missing(
            format!("There is no {ending} of this list"),
            "It can be had as json, csv or parquet.",
        )),
    }
}

/// What is asked to be seen.
struct View<'v> {
    pair: &'v Pair,
    tab: &'static str,
    heading: &'static str,
    query: &'v Query,
    from: &'v From,
}

impl View<'_> {
    fn kind(&self) -> Option<Kind> {
        match self.tab {
            "contacts" => Some(Kind::Contact),
            "statements" => Some(Kind::Statement),
            "actions" => Some(Kind::Action),
            _ => None,
        }
    }

    fn selection(&self, record: &Record, limit: usize) -> Result<Selection, Fault> {
        let (query, [a, b]) = (self.query, self.pair.codes());
        let words = |name: &str| query.get(name).map(str::to_owned);
        let code: Option<String> = words("code");
        if code.as_ref().is_some_and(|code| code.len() > 4 || !code.bytes().all(|b| b.is_ascii_digit())) {
            return Err(Fault::usage("code has one to four digits of CAMEO, such as 04 or 0431"));
        }
        let told = words("told").map(|told| {
            let all = "current, recalled, planned, requested, hypothetical or denied";
            by_name(&told).ok_or_else(|| Fault::usage(format!("told is {all}, not “{told}”")))
        });
        let level = words("level").map(|level| {
            let all = "leaders, ministers, deputies, officials or unsaid";
            by_name(&level).ok_or_else(|| Fault::usage(format!("level is {all}, not “{level}”")))
        });
        // Who acts stands first.
        let (first, second) = match query.get("side") {
            None => (a, b),
            Some(side) if side.eq_ignore_ascii_case(a) => (a, b),
            Some(side) if side.eq_ignore_ascii_case(b) => (b, a),
            Some(side) => return Err(Fault::usage(format!("side is {a} or {b}, not “{side}”"))),
        };
        let Period { since, until } = Period::read(query)?;
        if let (Some(since), Some(until)) = (since, until)
            && since > until
        {
            return Err(Fault::usage(format!("since {since} lies after until {until}")));
        }
        if let Some(outlet) = query.get("outlet") {
            outlet_known(record, self.from, outlet)?;
        }
        Ok(Selection {
            from: self.from.clone(),
            dyad: Some((first.to_owned(), second.to_owned())),
            directed: query.get("side").is_some(),
            actor: words("actor"),
            code,
            since,
            until,
            kind: self.kind(),
            outlet: words("outlet"),
            issue: words("issue"),
            told: told.transpose()?,
            level: level.transpose()?,
            words: words("words"),
            after: value::<Key>(query, "after", "the key that a page ends with")?,
            ..Selection::of(limit)
        })
    }

    fn events(&self, record: &Record, ending: &str) -> Result<Reply, Fault> {
        let Page { entries, next } = record.select(&self.selection(record, ROWS)?)?;
        let datasets = record.dataset_names()?;
        let listed = Listed { events: &entries, next: next.map(|key| key.to_string()) };
        self.reply(ending, &listed, |listed| {
            html! {
                (self.facets(&datasets))
                @if listed.events.is_empty() { (self.nothing()) }
                ol .list {
                    @for entry in listed.events { li data-row { (entries::one(entry)) } }
                }
                (self.paging(listed.next.as_deref()))
                (self.files(true))
            }
        })
    }

    fn tallies(&self, record: &Record, ending: &str) -> Result<Reply, Fault> {
        let [a, b] = self.pair.codes();
        let period = Period::read(self.query)?;
        let mut events = if self.from == &From::Own { record.events_between(a, b)? } else { Vec::new() };
        events.retain(|event| period.has(event));
        let people = self.tab == "people";
        let all = if people { Frequency::of_persons(&events) } else { Frequency::of_issues(&events) };
        let address = format!("{}.{ending}", self.tab);
        if let Some(asked) = table::Asked::of(&address).filter(|asked| asked.format != Whole::Json) {
            return asked.reply(&Frequency::SHEET, &all, &self.pair.slug());
        }
        let days = [("since", "Not before", Field::Day), ("until", "Not after", Field::Day)];
        self.reply(ending, &all, |all: &Vec<Frequency>| {
            let facet = if people { "actor" } else { "issue" };
            html! {
                (filters::form("Only some days", &self.pair.at(self.tab), self.query, self.is_filtered(), &days))
                @if all.is_empty() { (self.nothing()) }
                @else { (tallies::table(self.pair, &all[..all.len().min(LINES)], facet, self.query)) }
                @if all.len() > LINES { p .facts { "The first " (LINES) " are shown of " (all.len()) "; the data holds all." } }
                (self.files(false))
            }
        })
    }

    fn reply<T: Serialize>(
        &self,
        ending: &str,
        value: &T,
        content: impl FnOnce(&T) -> Markup,
    ) -> Result<Reply, Fault> {
        let form = if ending == "json" { Form::Data } else { Form::Page };
        let title = format!("{}: {}", self.pair.title(), self.heading.to_lowercase());
        let data_at = format!("{}.json{}", self.pair.at(self.tab), self.query);
        Reply::found(form, &title, data_at, value, |value| {
            html! {
                div .hero {
                    p .kicker { a href={ (self.pair.at("")) (self.query.only(|name| name == "from")) } { (self.pair.title()) } }
                    h1 { (self.heading) }
                    (self.pair.tabs(self.tab, self.query))
                }
                section { (content(value)) }
            }
        })
    }

    fn is_filtered(&self) -> bool {
        self.query.only(|name| !["from", "after"].contains(&name)) != Query::default()
    }

    fn facets(&self, datasets: &[String]) -> Markup {
        let [a, b] = &self.pair.0;
        let tellings = TELLINGS.map(|told| plain(&told));
        let levels = Level::ALL.map(|level| (plain(&level), level_words(level)));
        let mut tolds = vec![("", "any")];
        tolds.extend(tellings.iter().map(|told| (told.as_str(), told.as_str())));
        let mut fields = vec![
            ("since", "Not before", Field::Day),
            ("until", "Not after", Field::Day),
            ("words", "Words of its sentence", Field::Words),
            ("actor", "Who takes part", Field::Words),
            ("outlet", "Outlet", Field::Words),
            ("issue", "Issue, such as economy/trade", Field::Words),
            ("code", "CAMEO code begins with", Field::Words),
            (
                "side",
                "Side that acts or speaks",
                Field::Choice(vec![("", "either"), (&a.code, &a.name), (&b.code, &b.name)]),
            ),
            ("told", "Told as", Field::Choice(tolds)),
        ];
        if self.tab == "contacts" {
            let mut choices = vec![("", "any")];
            choices.extend(levels.iter().map(|(level, words)| (level.as_str(), *words)));
            fields.push(("level", "Level", Field::Choice(choices)));
        }
        fields.push(("from", "Coded by", Field::Choice(filters::origins(self.from, datasets))));
        filters::form("Only some of them", &self.pair.at(self.tab), self.query, self.is_filtered(), &fields)
    }

    fn nothing(&self) -> Markup {
        let silent = self.kind().is_some() || ["issues", "people"].contains(&self.tab);
        html! {
            @match self.from.dataset() {
                Some(name) if silent => p {
                    (name) " does not say which of its events are contacts, statements or actions, what they are about and which persons "
                    "take part. " a href={ (self.pair.at("events")) (self.query.only(|n| n == "from")) } { "All its events between the two" }
                },
                _ if self.is_filtered() => p { "Nothing on record is like that. Ask for less, or " a href={ (self.pair.at(self.tab)) } { "start anew" } "." },
                _ => p { "The record holds none. That says what was read, not what happened." },
            }
        }
    }

    /// Links along the pages, which stay where they are when events come and go.
    fn paging(&self, next: Option<&str>) -> Markup {
        let at =
            |after: Option<&str>| format!("{}{}", self.pair.at(self.tab), self.query.with("after", after));
        html! {
            nav .paging aria-label="Pages of the list" {
                @if self.query.get("after").is_some() { a href=(at(None)) rel="first" { "← From the start" } }
                @if let Some(next) = next { a href=(at(Some(next))) rel="next" { "Next " (ROWS) " →" } }
            }
        }
    }

    /// Links to the whole list, whose JSON may come in pages.
    fn files(&self, paged: bool) -> Markup {
        let query = self.query.with("after", None);
        html! {
            p .facts {
                "The whole list as a file: "
                @for (i, ending) in ["csv", "parquet", "json"].iter().enumerate() {
                    @if i > 0 { " · " }
                    a href={ (self.pair.at(self.tab)) "." (ending) (query) } { (ending.to_uppercase()) }
                }
                @if paged { " (JSON a page at a time)" }
            }
        }
    }
}
