//! `/p/{name}`: a person as pages of the record have it: posts over time, and what he or she did and said, page by page.

use demarche_engine::events::Kind;
use demarche_record::{From, Key, Record, Selection, Standing};
use jiff::civil::Date;
use maud::{Markup, html};
use serde::{Deserialize, Serialize};

use crate::fault::Fault;
use crate::telling::{self, PostRow};
use crate::web::address::{asking, person_at, state_at};
use crate::web::entries;
use crate::web::reply::{Form, Reply};
use crate::web::server::Shared;
use crate::web::table::{self, links};
use crate::web::{files, tables};

/// Events on a page.
const ROWS: usize = 40;

/// Which of a person's events are asked for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    /// `contact`, `statement` or `action`; empty for all.
    #[serde(default)]
    kind: String,
    /// The key that the page before ended with.
    #[serde(default)]
    after: String,
}

#[derive(Debug, Serialize)]
struct Person {
    name: String,
    /// What pages say that he or she is.
    standings: Vec<Standing>,
    /// What the world tables say, where they know the name.
    posts: Vec<PostRow>,
    events: Vec<demarche_record::Entry>,
    next: Option<String>,
}

pub(crate) fn person(
    shared: &Shared,
    record: &Record,
    form: Form,
    name: &str,
    asked: &Asked,
) -> Result<Reply, Fault> {
    let standings = record.standings(name)?;
    if standings.is_empty() {
        return Ok(unknown(name));
    }
    let kind = match kind(&asked.kind) {
        Ok(kind) => kind,
        Err(refusal) => return Ok(*refusal),
    };
    let after: Option<Key> =
        match Some(&asked.after).filter(|key| !key.is_empty()).map(|key| key.parse()).transpose() {
            Ok(after) => after,
            Err(not_key) => return Ok(Reply::wrong("That is no place in the list", not_key.to_string())),
        };
    let page = record.select(&selection(name, kind, after))?;
    let path = person_at(name);
    let data_at = asking(&format!("{path}.json"), &[("kind", &asked.kind), ("after", &asked.after)]);
    let person = Person {
        name: name.to_owned(),
        standings,
        posts: posts(shared, name),
        next: page.next.as_ref().map(Key::to_string),
        events: page.entries,
    };
    Reply::found(form, name, data_at, &person, |person| content(shared, person, &path, asked))
}

/// A table of the page as a file; of events, all.
pub(crate) fn table(
    shared: &Shared,
    record: &Record,
    name: &str,
    part: &str,
    asked: &Asked,
) -> Result<Reply, Fault> {
    const ALL: [&str; 3] = ["pages", "posts", "events"];
    let standings = record.standings(name)?;
    if standings.is_empty() {
        return Ok(unknown(name));
    }
    let Some(wanted) = table::Asked::of(part) else { return Ok(table::unknown(&ALL)) };
    match wanted.name {
        "pages" => wanted.reply(&tables::STANDINGS, &standings, name),
        "posts" => wanted.reply(&tables::POSTS, &posts(shared, name), name),
        "events" => match kind(&asked.kind) {
            Ok(kind) => files::events(shared, record, selection(name, kind, None), &wanted, name),
            Err(refusal) => Ok(*refusal),
        },
        _ => Ok(table::unknown(&ALL)),
    }
}

fn unknown(name: &str) -> Reply {
    let words = "Names stand as pages have them, such as /p/Sara%20Iqbal. The search finds parts of names.";
    Reply::missing(format!("No page of this record names a person “{name}”"), words)
}

fn kind(words: &str) -> Result<Option<Kind>, Box<Reply>> {
    Ok(match words {
        "" => None,
        "contact" => Some(Kind::Contact),
        "statement" => Some(Kind::Statement),
        "action" => Some(Kind::Action),
        _ => {
            let all = "It is contact, statement or action.";
            return Err(Box::new(Reply::wrong("That is no kind of event", all)));
        }
    })
}

fn selection(name: &str, kind: Option<Kind>, after: Option<Key>) -> Selection {
    let actor = Some(name.to_owned());
    Selection { from: From::Own, actor, kind, after, latest_first: true, ..Selection::of(ROWS) }
}

/// What the world tables say of a name, in the order of time.
fn posts(shared: &Shared, name: &str) -> Vec<PostRow> {
    let mut posts: Vec<PostRow> =
        shared.states.world().of_name(name).map(|row| PostRow::of(row, None)).collect();
    posts.sort_by_key(|post| (post.from, post.to));
    posts
}

fn content(shared: &Shared, person: &Person, path: &str, asked: &Asked) -> Markup {
    let mut states: Vec<&str> = person.standings.iter().filter_map(|s| s.state.as_deref()).collect();
    states.sort_unstable();
    states.dedup();
    html! {
        section .hero {
            p .kicker { "Person" }
            h1 { (person.name) }
            @if !states.is_empty() {
                p .lede { @for (i, state) in states.iter().enumerate() {
                    @if i > 0 { ", " } a href=(state_at(state)) { (shared.states.name(state)) }
                } }
            }
            @if states.len() > 1 {
                p .note role="note" { "Pages put this name on more than one side: it may be more than one person." }
            }
        }
        div .columns {
            section {
                h2 { "As pages have it" }
                div .scroll tabindex="0" role="region" aria-label="Posts that pages give" {
                    table {
                        thead { tr { th scope="col" { "Post" } th scope="col" { "Side" } th scope="col" .number { "Pages" } th scope="col" { "Between" } } }
                        tbody { @for standing in &person.standings { tr {
                            th scope="row" { (standing.post.as_deref().unwrap_or("no post given")) }
                            td { (standing.state.as_deref().unwrap_or("–")) " " (standing.sector.as_deref().unwrap_or_default()) }
                            td .number { (standing.articles) }
                            td { (span(standing.published.map(|(first, _)| first), standing.published.map(|(_, last)| last))) }
                        } } }
                    }
                }
                (links(&format!("{path}/pages"), ""))
            }
            section {
                h2 { "As the world tables have it" }
                @if person.posts.is_empty() { p { "The tables that come with demarche do not know this name." } }
                @else {
                    div .scroll tabindex="0" role="region" aria-label="Posts in the world tables" {
                        table {
                            thead { tr { th scope="col" { "Post" } th scope="col" { "Side" } th scope="col" { "Between" } th scope="col" { "By" } } }
                            tbody { @for post in &person.posts { tr {
                                th scope="row" { (post.office) }
                                td { (post.side) }
                                td { (span(post.from, post.to)) }
                                td { (post.source) }
                            } } }
                        }
                    }
                    (links(&format!("{path}/posts"), ""))
                }
            }
        }
        section {
            h2 { "What he or she did and said" }
            nav .tabs aria-label="Kinds of events" {
                @for (kind, words) in [("", "Everything"), ("contact", "Contacts"), ("statement", "Statements"), ("action", "Actions")] {
                    a href=(asking(path, &[("kind", kind)])) aria-current=[(asked.kind == kind).then_some("page")] { (words) }
                }
            }
            @if person.events.is_empty() { p { "Nothing of that kind." } }
            (entries::list(&person.events, person.next.as_deref(), path, &[("kind", &asked.kind)]))
            @if !asked.after.is_empty() { p { a href=(asking(path, &[("kind", &asked.kind)])) { "From the latest event" } } }
            @if !person.events.is_empty() {
                (files::links(&format!("{path}/events"), &asking("", &[("kind", &asked.kind)])))
            }
        }
    }
}

/// `2 January 2024 to 5 March 2024`; an open end has no words for the day that nobody knows.
fn span(from: Option<Date>, to: Option<Date>) -> String {
    match (from, to) {
        (Some(from), Some(to)) if from == to => telling::day_words(from),
        (Some(from), Some(to)) => format!("{} to {}", telling::day_words(from), telling::day_words(to)),
        (Some(from), None) => format!("from {}", telling::day_words(from)),
        (None, Some(to)) => format!("to {}", telling::day_words(to)),
        (None, None) => "no date".to_owned(),
    }
}
