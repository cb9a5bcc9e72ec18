//! Turns the course of a relationship into its charts on a page, the table behind them, and files.

use demarche_engine::series::{Band, By, Item, Observation, Point, Series, Tone, series};
use demarche_record::{Record, Steps};
use jiff::ToSpan as _;
use jiff::civil::Date;
use maud::{Markup, html};

use crate::course;
use crate::fault::Fault;
use crate::picture::{self, Look};
use crate::telling::{self, asked_words, count, day_words};
use crate::web::dyad::asked::{Asked, days};
use crate::web::dyad::pair::Pair;
use crate::web::layout::{event_at, facts};
use crate::web::query::Query;
use crate::web::reply::Reply;

/// Steps that a page draws; a file draws all.
const DRAWN: i64 = 280;
/// Steps that the table on a page holds; its files hold all.
const ROWS: usize = 120;
/// Widths of the two drawings, of which a page shows the one that fits.
const WIDTHS: [(&str, f64); 2] = [("broad", 920.0), ("narrow", 340.0)];

/// An event that has a number on the charts, in words.
pub(crate) struct Numbered {
    item: Item,
    /// Who did it to whom.
    title: String,
    /// Its sentence; none where a dataset coded it.
    sentence: Option<String>,
    /// Where its page is; none where it has none.
    at: Option<String>,
}

impl Numbered {
    /// The strongest events of a course, in the order of their numbers.
    pub(crate) fn all(record: &Record, course: &Series) -> Result<Vec<Self>, Fault> {
        let one = |item: &Item| {
            let entry = record.entry(&item.event)?;
            Ok(Self {
                item: item.clone(),
                title: entry.as_ref().map_or_else(|| item.name.clone(), telling::entry_parties),
                at: entry.as_ref().map(|entry| event_at(&entry.id)),
                sentence: entry.and_then(|entry| entry.sentence),
            })
        };
        course.strongest.iter().map(one).collect()
    }
}

/// The course with steps of this length.
pub(crate) fn course(asked: &Asked, observations: &[Observation], by: By) -> Result<Series, Fault> {
    let question = demarche_engine::series::Question { on: asked.until, ..asked.inquiry.question.clone() };
    series(observations, &asked.inquiry.sides, &question, asked.since, by)
        .map_err(|asked| Fault::usage(asked.to_string()))
}

/// The length of step that a page can draw: the one asked for, or the next longer one.
pub(crate) fn fitting(asked: &Asked) -> By {
    let days = days(asked.since, asked.until);
    match asked.by {
        By::Day if days <= DRAWN => By::Day,
        By::Day | By::Week if days / 7 <= DRAWN => By::Week,
        _ => By::Month,
    }
}

/// The course as a file.
pub(crate) fn file(
    pair: &Pair,
    asked: &Asked,
    observations: &[Observation],
    ending: &str,
) -> Result<Reply, Fault> {
    let made = course(asked, observations, asked.by)?;
    let name = format!("{}.{ending}", pair.slug());
    let drawn =
        |look| course::drawn(&made, (&pair.0[0].name, &pair.0[1].name), &about(asked), look).into_string();
    Ok(match ending {
        "csv" => Reply::csv(name, Steps::Csv.table(&made)?),
        "parquet" => Reply::parquet(name, Steps::Parquet.table(&made)?),
        "png" => Reply::png(picture::png(&drawn(Look::Picture))?),
        _ => Reply::svg(drawn(Look::Screen)),
    })
}

/// Whose coding it is, and what is left out.
fn about(asked: &Asked) -> String {
    let inquiry = &asked.inquiry;
    let coded = inquiry.from.dataset();
    let coded = coded.map_or("read by demarche".to_owned(), |name| format!("coded by {name}"));
    let left_out = asked_words(&inquiry.question, Some(&inquiry.sides));
    [coded].into_iter().chain(left_out).collect::<Vec<_>>().join(". ")
}

/// The charts, with the table behind them and links to files.
pub(crate) fn section(
    pair: &Pair,
    asked: &Asked,
    made: &Series,
    query: &Query,
    strongest: &[Numbered],
) -> Markup {
    let question = &asked.inquiry.question;
    let recent = (question.on.saturating_sub((question.window - 1).days()), question.on);
    let events: u64 = made.points.iter().map(|point| point.counts.all()).sum();
    let label = format!(
        "{}: events, tone and engagement by {}, {} to {}; the table below has the numbers",
        pair.title(),
        step(made.by),
        asked.since,
        asked.until
    );
    html! {
        section #course {
            h2 { "The course, by " (step(made.by)) }
            p .facts {
                (day_words(asked.since)) " to " (day_words(asked.until)) " · " (count(events as usize, "event")) " · " (about(asked))
                @if made.by != asked.by {
                    ". By " (step(asked.by)) " this is too long to be drawn on a page: the files below have it"
                }
            }
            @if events == 0 {
                p { "Nothing between the two is on record for these days. That says what was read, not what happened." }
            }
            (period(pair, asked, query))
            figure .course data-steps=(steps(made)) data-step=(step(made.by)) {
                ul .key {
                    @for (class, words) in [
                        ("with", "cooperative words"), ("with-deeds", "cooperative deeds"),
                        ("against", "conflictual words (below the line)"), ("against-deeds", "conflictual deeds (below the line)"),
                        ("recent", "the days that the answer is about"),
                    ] {
                        li { svg viewBox="0 0 12 12" aria-hidden="true" { rect class=(class) width="12" height="12" {} } (words) }
                    }
                }
                @for (class, width) in WIDTHS {
                    div class={ "plot " (class) } { (course::inlined(made, &label, width, Some(recent))) }
                }
                // Only a script can fill these in.
                p .readout .facts hidden {}
                p .hint .facts hidden {
                    "Drag over the charts to see only these days. With keys: ← and → along the chart, with Shift to pick days, Enter "
                    "to see them, Esc to let go."
                }
                figcaption .facts {
                    "Tone: the share of cooperation in cooperation and conflict between the two. Engagement: the share that their "
                    "cooperation has in all that either does with any state. Shaded: 95 % bands of single steps. Dashed: a week from which a rate stood at another level. A gap: no event to tell from."
                }
            }
            (list(strongest))
            details {
                summary { "The numbers as a table" }
                (table(made))
            }
            p .facts {
                "As a file: "
                @for (i, ending) in ["svg", "png", "csv", "parquet", "json"].iter().enumerate() {
                    @if i > 0 { " · " }
                    a href={ (pair.at("")) "." (ending) (query) } { (ending.to_uppercase()) }
                }
            }
        }
    }
}

/// The form that asks for some days only: what dragging over the charts does, without a script.
fn period(pair: &Pair, asked: &Asked, query: &Query) -> Markup {
    let is_days = |name: &str| ["since", "until"].contains(&name);
    let others = query.only(|name| !is_days(name));
    let picked = query.only(is_days) != Query::default();
    html! {
        @if picked {
            p .note role="note" {
                "Only " (day_words(asked.since)) " to " (day_words(asked.until)) " is shown in the charts, in the contacts, statements and "
                "readouts below, and in the lists behind the tabs. The answer above is as of its own day. "
                a href={ (pair.at("")) (others) } { "All days" }
            }
        }
        form .period action={ (pair.at("")) "#course" } method="get" aria-label="Only some days" {
            @for (name, value) in others.pairs() { input type="hidden" name=(name) value=(value); }
            label { "From " input type="date" name="since" value=(asked.since) required; }
            label { "to " input type="date" name="until" value=(asked.until) required; }
            button type="submit" { "Show only these days" }
        }
    }
}

/// What the numbers on the charts stand for.
fn list(strongest: &[Numbered]) -> Markup {
    html! {
        @if !strongest.is_empty() {
            h3 #strongest { "The strongest events on the charts" }
            p .facts { "By Goldstein’s scale; a circle is cooperation, a square conflict. Of events close together, the strongest." }
            ol .strongest {
                @for (i, Numbered { item, title, sentence, at }) in strongest.iter().enumerate() {
                    li data-row {
                        (course::numbered(i + 1, item))
                        div {
                            @match at { Some(at) => a .title href=(at) { (title) }, None => span .title { (title) } }
                            (facts(&[
                                day_words(item.date), format!("{} ({})", item.name, item.code),
                                if item.code.tone() == Tone::Conflictual { "conflict" } else { "cooperation" }.to_owned(),
                                telling::by_words(item), telling::outlets_words(&item.outlets),
                            ]))
                            @if let Some(sentence) = sentence { p .sentence { (sentence) } }
                        }
                    }
                }
            }
        }
    }
}

/// The steps for a script that tells them one by one: first day, cooperative, conflictual, tone and engagement in percent.
fn steps(made: &Series) -> String {
    let percent = |band: Option<Band>| band.map_or_else(String::new, |b| (b.p * 100.0).round().to_string());
    let one = |p: &Point| {
        let (with, against) = (p.counts.cooperative(), p.counts.conflictual());
        format!("{},{with},{against},{},{}", p.from, percent(p.tone), percent(p.engagement))
    };
    made.points.iter().map(one).collect::<Vec<_>>().join(";")
}

fn table(made: &Series) -> Markup {
    let left = made.points.len().saturating_sub(ROWS);
    let turn = |point: &Point| {
        let weeks = |turns: &[demarche_engine::series::Turn], name: &str| {
            let within = turns.iter().filter(|turn| (point.from..=point.to).contains(&turn.week));
            within.map(|turn| format!("{name} from {}", turn.week)).collect::<Vec<_>>()
        };
        [weeks(&made.tone_turns, "tone"), weeks(&made.engagement_turns, "engagement")].concat().join("; ")
    };
    html! {
        div .scroll tabindex="0" role="region" aria-label="The numbers of the charts" {
            table .steps-table {
                thead { tr {
                    th scope="col" { "From" } th scope="col" .number { "Cooperative" } th scope="col" .number { "Conflictual" }
                    th scope="col" .number { "Statements" } th scope="col" { "Tone (95 %)" } th scope="col" { "Engagement (95 %)" }
                    th scope="col" .number { "Silent days" } th scope="col" { "Change" }
                } }
                tbody {
                    @for point in made.points.iter().rev().take(ROWS) {
                        tr {
                            th scope="row" { (date(made.by, point.from)) }
                            td .number { (point.counts.cooperative()) } td .number { (point.counts.conflictual()) }
                            td .number { (point.counts.statement) }
                            td { (band(point.tone)) } td { (band(point.engagement)) }
                            td .number { (point.silent_days) } td { (turn(point)) }
                        }
                    }
                }
            }
        }
        @if left > 0 { p .facts { "The latest " (ROWS) " steps; the files have " (left) " more." } }
    }
}

fn date(by: By, from: Date) -> String {
    match by {
        By::Month => from.to_string()[..7].to_owned(),
        By::Day | By::Week => from.to_string(),
    }
}

/// `64 % (51–75)`; nothing without events.
fn band(band: Option<Band>) -> String {
    let percent = |share: f64| format!("{}", (share * 1000.0).round() / 10.0);
    band.map_or_else(String::new, |b| format!("{} % ({}–{})", percent(b.p), percent(b.low), percent(b.high)))
}

/// How long a step is.
fn step(by: By) -> &'static str {
    match by {
        By::Day => "day",
        By::Week => "week",
        By::Month => "month",
    }
}
