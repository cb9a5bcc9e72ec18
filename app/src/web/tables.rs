//! The columns of every table that stands on a page: what each is called, what it means, where it is taken from.

use demarche_engine::series::{Axis, Change, Mover};
use demarche_record::{
    Coded, Column, Dyad, Face, Fill, Headline, Holding, Level, Outlet, Passage, Sheet, Sort, Standing,
    Tallied, Value, column,
};
use jiff::civil::Date;

use crate::telling::{self, LeftOut, PostRow, Rung, Voices};
use crate::web::article::Finding;
use crate::web::dyad::{Held, Side};
use crate::web::event::ReportRow;
use crate::web::network::Tie;
use crate::web::state::Named;

const STATE_A: &str = "State that comes first in the alphabet, ISO 3166-1 alpha-3";
const STATE_B: &str = "The other one";

/// `/index/movers`.
pub(crate) const MOVERS: Sheet<Mover> = Sheet::new("movers", &OF_MOVERS);
const OF_MOVERS: [Column<Fill<Mover>>; 11] = [
    column("state_a", Sort::Text, STATE_A, |m| Value::text(m.dyad.first.to_string())),
    column("state_b", Sort::Text, STATE_B, |m| Value::text(m.dyad.second.to_string())),
    column("answer", Sort::Text, "The verdict, after the correction for asking many pairs", |m| {
        Value::text(m.label.as_str())
    }),
    column("tone_odds", Sort::Number, "Odds ratio of tone; empty where it cannot be judged", |m| {
        of_change(&m.tone, |c| c.odds_ratio)
    }),
    column("tone_low", Sort::Number, "Lower end of its 95 % interval", |m| of_change(&m.tone, |c| c.low)),
    column("tone_high", Sort::Number, "Upper end", |m| of_change(&m.tone, |c| c.high)),
    column("tone_q", Sort::Number, "Rate of false discoveries of tone's change", |m| maybe(m.tone_rate)),
    column("engagement_odds", Sort::Number, "Odds ratio of engagement", |m| {
        of_change(&m.engagement, |c| c.odds_ratio)
    }),
    column("engagement_low", Sort::Number, "Lower end of its 99 % interval", |m| {
        of_change(&m.engagement, |c| c.low)
    }),
    column("engagement_high", Sort::Number, "Upper end", |m| of_change(&m.engagement, |c| c.high)),
    column("engagement_q", Sort::Number, "Rate of false discoveries of engagement's change", |m| {
        maybe(m.engagement_rate)
    }),
];

/// `/index/pairs`, `/s/{state}/pairs`.
pub(crate) const PAIRS: Sheet<Dyad> = Sheet::new("pairs", &OF_PAIRS);
const OF_PAIRS: [Column<Fill<Dyad>>; 6] = [
    column("state_a", Sort::Text, STATE_A, |d| Value::text(&*d.a)),
    column("state_b", Sort::Text, STATE_B, |d| Value::text(&*d.b)),
    column("events", Sort::Whole, "Events between the two", |d| Value::count(d.events)),
    column("contacts", Sort::Whole, "Contacts among these", |d| Value::count(d.contacts)),
    column("first", Sort::Date, "Day of the first", |d| first(d.dated)),
    column("last", Sort::Date, "Day of the last", |d| last(d.dated)),
];

/// `/index/issues`, and the months and sides of an issue.
pub(crate) const TALLIES: Sheet<Tallied> = Sheet::new("tallies", &OF_TALLIES);
const OF_TALLIES: [Column<Fill<Tallied>>; 2] = [
    column("of", Sort::Text, "The issue, the month (2024-03) or the side", |t| Value::text(&*t.of)),
    column("events", Sort::Whole, "Events that raise it", |t| Value::count(t.events)),
];

/// `/index/articles`.
pub(crate) const ARTICLES: Sheet<Headline> = Sheet::new("articles", &OF_ARTICLES);
const OF_ARTICLES: [Column<Fill<Headline>>; 5] = [
    column("hash", Sort::Text, "SHA-256 of the article", |a| Value::text(&*a.hash)),
    column("title", Sort::Text, "Its title", |a| Value::maybe(a.title.as_deref())),
    column("published", Sort::Text, "When, ISO 8601, as exact as the page says", |a| {
        Value::maybe(a.published.as_deref())
    }),
    column("outlets", Sort::Text, "Who prints the text", |a| {
        Value::list(a.outlets.iter().map(String::as_str))
    }),
    column("reports", Sort::Whole, "Reports in it", |a| Value::count(a.reports)),
];

/// `/search/people`, `/s/{state}/people`.
pub(crate) const PEOPLE: Sheet<Face> = Sheet::new("people", &OF_PEOPLE);
const OF_PEOPLE: [Column<Fill<Face>>; 3] = [
    column("name", Sort::Text, "As pages have it", |f| Value::text(&*f.name)),
    column("states", Sort::Text, "States that persons so named belong to, ISO 3166-1 alpha-3", |f| {
        Value::list(f.states.iter().map(String::as_str))
    }),
    column("articles", Sort::Whole, "Articles with such a person", |f| Value::count(f.articles)),
];

/// `/search/articles`.
pub(crate) const PASSAGES: Sheet<Passage> = Sheet::new("passages", &OF_PASSAGES);
const OF_PASSAGES: [Column<Fill<Passage>>; 4] = [
    column("hash", Sort::Text, "SHA-256 of the article", |p| Value::text(&*p.hash)),
    column("title", Sort::Text, "Its title", |p| Value::maybe(p.title.as_deref())),
    column("published", Sort::Text, "When, ISO 8601, as exact as the page says", |p| {
        Value::maybe(p.published.as_deref())
    }),
    column("passage", Sort::Text, "Words around what was looked for", |p| {
        Value::text(p.stretches.iter().map(|(words, _)| words.as_str()).collect::<String>())
    }),
];

/// `/search/states`.
pub(crate) const STATES: Sheet<Named> = Sheet::new("states", &OF_STATES);
const OF_STATES: [Column<Fill<Named>>; 2] = [
    column("code", Sort::Text, "ISO 3166-1 alpha-3", |s| Value::text(&*s.code)),
    column("name", Sort::Text, "Its common name", |s| Value::text(&*s.name)),
];

/// `/p/{name}/pages`.
pub(crate) const STANDINGS: Sheet<Standing> = Sheet::new("standings", &OF_STANDINGS);
const OF_STANDINGS: [Column<Fill<Standing>>; 6] = [
    column("post", Sort::Text, "Post that pages give", |s| Value::maybe(s.post.as_deref())),
    column("state", Sort::Text, "State, ISO 3166-1 alpha-3", |s| Value::maybe(s.state.as_deref())),
    column("sector", Sort::Text, "CAMEO role", |s| Value::maybe(s.sector.as_deref())),
    column("articles", Sort::Whole, "Articles that say so", |s| Value::count(s.articles)),
    column("first", Sort::Date, "Day on which the first was published", |s| first(s.published)),
    column("last", Sort::Date, "Day on which the last was published", |s| last(s.published)),
];

/// `/p/{name}/posts`.
pub(crate) const POSTS: Sheet<PostRow> = Sheet::new("posts", &OF_POSTS);
const OF_POSTS: [Column<Fill<PostRow>>; 7] = [
    column("name", Sort::Text, "Name in the world tables", |p| Value::text(&*p.name)),
    column("office", Sort::Text, "The office, or a CAMEO role", |p| Value::text(&*p.office)),
    column("side", Sort::Text, "State, ISO 3166-1 alpha-3, or the name of a body", |p| Value::text(&*p.side)),
    column("from", Sort::Date, "First day in it; empty where nobody knows", |p| Value::day(p.from)),
    column("to", Sort::Date, "Last day in it; empty where it lasts", |p| Value::day(p.to)),
    column("wikidata", Sort::Text, "Wikidata item", |p| Value::maybe(p.wikidata.as_deref())),
    column("source", Sort::Text, "Where the row comes from", |p| Value::text(&*p.source)),
];

/// `/network/ties`.
pub(crate) const TIES: Sheet<Tie> = Sheet::new("ties", &OF_TIES);
const OF_TIES: [Column<Fill<Tie>>; 6] = [
    column("state_a", Sort::Text, STATE_A, |t| Value::text(&*t.a)),
    column("state_b", Sort::Text, STATE_B, |t| Value::text(&*t.b)),
    column("events", Sort::Whole, "Events of the period that count", |t| Value::count(t.events)),
    column("cooperative", Sort::Whole, "Of CAMEO roots 03 to 08", |t| Value::count(t.cooperative)),
    column("conflictual", Sort::Whole, "Of CAMEO roots 10 to 20", |t| Value::count(t.conflictual)),
    column("leaning", Sort::Text, "Which way most of these went", |t| Value::text(t.leaning().words())),
];

/// `/sources/outlets`.
pub(crate) const OUTLETS: Sheet<Outlet> = Sheet::new("outlets", &OF_OUTLETS);
const OF_OUTLETS: [Column<Fill<Outlet>>; 5] = [
    column("name", Sort::Text, "The outlet", |o| Value::text(&*o.name)),
    column("articles", Sort::Whole, "Articles that it printed, with all versions", |o| {
        Value::count(o.articles)
    }),
    column("events", Sort::Whole, "Events that it told", |o| Value::count(o.events)),
    column("first", Sort::Date, "Day on which the first was published", |o| first(o.published)),
    column("last", Sort::Date, "Day on which the last was published", |o| last(o.published)),
];

/// `/sources/datasets`.
pub(crate) const DATASETS: Sheet<Holding> = Sheet::new("datasets", &OF_DATASETS);
const OF_DATASETS: [Column<Fill<Holding>>; 9] = [
    column("name", Sort::Text, "The dataset", |h| Value::text(&*h.dataset.name)),
    column("version", Sort::Text, "Its version, if one was named", |h| Value::text(&*h.dataset.version)),
    column("layout", Sort::Text, "Layout that it came in", |h| Value::text(&*h.layout)),
    column("events", Sort::Whole, "Its events", |h| Value::count(h.events)),
    column("mentions", Sort::Whole, "Places in texts that tell them, where it lists these", |h| {
        Value::count(h.mentions)
    }),
    column("first", Sort::Date, "Day of the first event", |h| first(h.days)),
    column("last", Sort::Date, "Day of the last event", |h| last(h.days)),
    column("files", Sort::Whole, "Files that were imported to their end", |h| Value::count(h.files)),
    column("refused", Sort::Whole, "Their rows that could not be kept", |h| Value::count(h.refused)),
];

/// `/sources/engines`.
pub(crate) const ENGINES: Sheet<Coded> = Sheet::new("engines", &OF_ENGINES);
const OF_ENGINES: [Column<Fill<Coded>>; 3] = [
    column("engine", Sort::Text, "Version of the engine", |c| Value::text(&*c.engine)),
    column("now", Sort::Whole, "Articles whose coding is by this one", |c| Value::count(c.now)),
    column("before", Sort::Whole, "Articles of which a newer coding took its place", |c| {
        Value::count(c.before)
    }),
];

/// `/d/{pair}/ladder`.
pub(crate) const LADDER: Sheet<Rung> = Sheet::new("ladder", &OF_LADDER);
const OF_LADDER: [Column<Fill<Rung>>; 7] = [
    column("from", Sort::Date, "First day of the month", |r| Value::Date(r.from)),
    column("to", Sort::Date, "Last day of the month", |r| Value::Date(r.to)),
    column("leaders", Sort::Whole, "Contacts of heads of state or government", |r| on(r, Level::Leaders)),
    column("ministers", Sort::Whole, "Of ministers and chiefs of forces", |r| on(r, Level::Ministers)),
    column("deputies", Sort::Whole, "Of deputies, envoys and ambassadors", |r| on(r, Level::Deputies)),
    column("officials", Sort::Whole, "Of officials, officers and members of parliaments", |r| {
        on(r, Level::Officials)
    }),
    column("unsaid", Sort::Whole, "Without a post", |r| on(r, Level::Unsaid)),
];

/// `/d/{pair}/voices`.
pub(crate) const VOICES: Sheet<Voices> = Sheet::new("voices", &OF_VOICES);
const OF_VOICES: [Column<Fill<Voices>>; 3] = [
    column("issue", Sort::Text, "The issue, by id", |v| Value::text(&*v.issue)),
    column("side_a", Sort::Whole, "Statements of the state that comes first in the alphabet", |v| {
        Value::count(v.sides[0])
    }),
    column("side_b", Sort::Whole, "Statements of the other one", |v| Value::count(v.sides[1])),
];

/// `/d/{pair}/robustness`.
pub(crate) const ROBUSTNESS: Sheet<Held> = Sheet::new("robustness", &OF_ROBUSTNESS);
const OF_ROBUSTNESS: [Column<Fill<Held>>; 3] = [
    column("changed", Sort::Text, "What is changed: window (days), without_outlet, without_issue", |h| {
        Value::text(h.changed)
    }),
    column("of", Sort::Text, "To how many days, or without which", |h| Value::text(&*h.of)),
    column("answer", Sort::Text, "The verdict then", |h| Value::text(h.answer)),
];

/// `/d/{pair}/readouts`.
pub(crate) const READOUTS: Sheet<Side> = Sheet::new("readouts", &OF_READOUTS);
const OF_READOUTS: [Column<Fill<Side>>; 8] = [
    column("event", Sort::Text, "The contact", |s| Value::text(&*s.event)),
    column("article", Sort::Text, "SHA-256 of an article that tells it", |s| {
        Value::text(&*s.account.article)
    }),
    column("title", Sort::Text, "Its title", |s| Value::maybe(s.account.title.as_deref())),
    column("outlets", Sort::Text, "Who prints it", |s| {
        Value::list(s.account.outlets.iter().map(String::as_str))
    }),
    column(
        "nature",
        Sort::Text,
        "What it is where it is more than news, and whose claim the contact is",
        |s| Value::list(s.account.nature.iter().map(String::as_str)),
    ),
    column("sentence", Sort::Text, "The sentence that tells the contact", |s| {
        Value::text(&*s.account.sentence)
    }),
    column("only_issues", Sort::Text, "Issues that only this text raises", |s| {
        Value::list(s.account.only_issues.iter().map(String::as_str))
    }),
    column("only_sentences", Sort::Text, "What only this text tells, three sentences at most", |s| {
        Value::list(s.account.only_sentences.iter().map(String::as_str))
    }),
];

/// `/d/{pair}/left-out`.
pub(crate) const LEFT_OUT: Sheet<LeftOut> = Sheet::new("left-out", &OF_LEFT_OUT);
const OF_LEFT_OUT: [Column<Fill<LeftOut>>; 4] = [
    column("event", Sort::Text, "The event", |l| Value::text(&*l.listed.event.id)),
    column("date", Sort::Date, "First day on which it can have happened", |l| {
        first(l.listed.event.date.map(|date| (date.start, date.end)))
    }),
    column("date_end", Sort::Date, "Last day", |l| {
        last(l.listed.event.date.map(|date| (date.start, date.end)))
    }),
    column("why", Sort::Text, "Why it is not counted", |l| Value::text(&*l.why)),
];

/// `/a/{hash}/reports`.
pub(crate) const FINDINGS: Sheet<Finding> = Sheet::new("findings", &OF_FINDINGS);
const OF_FINDINGS: [Column<Fill<Finding>>; 8] = [
    column("id", Sort::Text, "The report", |f| Value::text(&*f.filed.id)),
    column("date", Sort::Date, "First day on which it can have happened", |f| {
        first(f.filed.report.date.map(|date| (date.start, date.end)))
    }),
    column("date_end", Sort::Date, "Last day", |f| {
        last(f.filed.report.date.map(|date| (date.start, date.end)))
    }),
    column("kind", Sort::Text, "What it is, in words", |f| Value::text(telling::kind_words(&f.filed.report))),
    column("told", Sort::Text, "How it is told", |f| Value::text(telling::told_words(f.filed.report.told))),
    column("acts", Sort::Text, "Who to whom", |f| {
        Value::text(telling::acts(&f.filed.report.actors, &f.filed.report.recipients))
    }),
    column("cameo", Sort::Text, "CAMEO event code", |f| Value::maybe(f.filed.report.cameo.as_deref())),
    column("sentence", Sort::Text, "The sentence that says so", |f| Value::text(&*f.sentence)),
];

/// `/x/{id}/reports`.
pub(crate) const REPORTS: Sheet<ReportRow> = Sheet::new("reports", &OF_REPORTS);
const OF_REPORTS: [Column<Fill<ReportRow>>; 5] = [
    column("id", Sort::Text, "The report", |r| Value::text(&*r.id)),
    column("published", Sort::Text, "When its article was, ISO 8601, as exact as the page says", |r| {
        Value::maybe(r.published.as_deref())
    }),
    column("outlet", Sort::Text, "Who printed it", |r| Value::maybe(r.outlet.as_deref())),
    column("article", Sort::Text, "SHA-256 of the article", |r| Value::text(&*r.article)),
    column("same_words_as", Sort::Text, "An earlier report in the same words", |r| {
        Value::maybe(r.like.as_deref())
    }),
];

fn first(days: Option<(Date, Date)>) -> Value<'static> {
    Value::day(days.map(|(first, _)| first))
}

fn last(days: Option<(Date, Date)>) -> Value<'static> {
    Value::day(days.map(|(_, last)| last))
}

fn maybe(number: Option<f64>) -> Value<'static> {
    number.map_or(Value::Nothing, Value::Number)
}

fn of_change(axis: &Axis, of: fn(&Change) -> f64) -> Value<'static> {
    maybe(axis.change.as_ref().map(of))
}

fn on(rung: &Rung, level: Level) -> Value<'static> {
    Value::count(rung.contacts[level as usize])
}
