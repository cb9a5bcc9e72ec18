//! Prints a verdict: the answer in words, its two axes, their course, the evidence for and against, and how it holds up.

use std::io;

use demarche_engine::series::{Axis, Item, Variant};
use jiff::ToSpan as _;

use crate::cli::print::paper::{FAINT, Paper, STRONG};
use crate::telling::{self, Answer};

/// How many are shown of the events that are not counted, and of the outlets and issues that could be left out.
const SHOWN: usize = 5;

/// The whole answer; `names` are the two sides in words.
pub(crate) fn answer(paper: &mut Paper<'_>, answer: &Answer, names: (&str, &str)) -> io::Result<()> {
    let verdict = &answer.verdict;
    let day = telling::day_words(verdict.question.on);
    let which = match (&answer.dataset, answer.on_last_day) {
        (Some(dataset), true) => format!(" (the last day of {dataset}; --on DATE asks for another)"),
        (None, true) => " (the day of the record’s last article; --on DATE asks for another)".to_owned(),
        (_, false) => String::new(),
    };
    let coded = answer.dataset.as_ref().map_or_else(String::new, |name| format!(", as {name} codes it"));
    let head = format!("{} – {}, as of {day}{coded}{}", names.0, names.1, paper.styled(FAINT, &which));
    paper.paragraph(0, &head)?;
    if let Some(asked) = telling::asked_words(&verdict.question, Some(&verdict.sides)) {
        paper.paragraph(0, &asked)?;
    }
    let label = verdict.label.as_str();
    paper.heading(&format!("{}{}", label[..1].to_uppercase(), &label[1..]))?;
    paper.paragraph(2, &answer.sentence)?;

    paper.heading("The numbers")?;
    axis(paper, "Engagement", "with each other, against all else they do with others", &verdict.engagement)?;
    axis(paper, "Tone", "cooperative, against conflictual", &verdict.tone)?;
    paper.hanging(2, 4, &answer.coverage_line())?;
    match (&answer.dataset, answer.outlets_line()) {
        (_, Some(line)) => paper.hanging(2, 4, &line)?,
        (Some(name), None) => {
            let line = format!("who printed the events of {name}, and what they are about, is not counted");
            paper.hanging(2, 4, &line)?;
        }
        (None, None) => {}
    }
    course(paper, answer)?;

    for (heading, nothing, items) in answer.evidence() {
        if items.is_empty() && nothing.is_empty() {
            continue;
        }
        paper.heading(&format!("{heading} ({})", items.len()))?;
        if items.is_empty() {
            paper.paragraph(2, nothing)?;
        }
        for item in items {
            one_item(paper, answer, item)?;
        }
    }
    left_out(paper, answer)?;
    holds_up(paper, answer)
}

fn axis(paper: &mut Paper<'_>, name: &str, what: &str, axis: &Axis) -> io::Result<()> {
    let mut found = telling::found_words(axis).to_owned();
    if let Some(change) = &axis.change {
        found += &format!(
            ", odds {}, {:.0} % interval, z {:+.2}",
            telling::odds_words(change),
            axis.level * 100.0,
            change.z
        );
    }
    let line = format!(
        "{} ({what}): {} of {} now, {} of {} before; {found}",
        paper.styled(STRONG, name),
        axis.recent.cooperative,
        axis.recent.n,
        axis.baseline.cooperative,
        axis.baseline.n,
    );
    paper.hanging(2, 4, &line)
}

/// Events and tone week by week, with a bar where the recent window begins.
fn course(paper: &mut Paper<'_>, answer: &Answer) -> io::Result<()> {
    let Some(made) = &answer.course else { return Ok(()) };
    let (points, question) = (&made.points, &answer.verdict.question);
    let most = points.iter().map(|point| point.counts.all()).max().unwrap_or(0);
    let Some(first) = points.first().filter(|_| most > 0) else { return Ok(()) };
    let begins = question.on.saturating_sub((question.window - 1).days());
    let recent = points.partition_point(|point| point.to < begins);
    let events = points.iter().map(|point| Some(point.counts.all()).filter(|n| *n > 0).map(|n| n as f64));
    let tone = points.iter().map(|point| point.tone.map(|band| band.p));
    let (events, tone) = (telling::sparkline(events, most as f64), telling::sparkline(tone, 1.0));
    paper.heading("Week by week")?;
    for (name, line) in [("events", &events), ("tone", &tone)] {
        let (before, now): (String, String) =
            (line.chars().take(recent).collect(), line.chars().skip(recent).collect());
        paper.line(&format!("  {name:<7} {}│{now}", paper.styled(FAINT, &before)))?;
    }
    let legend = format!(
        "from {}; the last {} begin at │; at most {} in a week; tone from all conflict to all cooperation",
        telling::day_words(first.from),
        telling::count(question.window as usize, "day"),
        telling::count(usize::try_from(most).unwrap_or(usize::MAX), "event"),
    );
    paper.paragraph(2, &paper.styled(FAINT, &legend))
}

fn one_item(paper: &mut Paper<'_>, answer: &Answer, item: &Item) -> io::Result<()> {
    let line = format!(
        "{} · {} ({}) · {}",
        telling::day_words(item.date),
        item.name,
        item.code,
        telling::by_words(item)
    );
    let entry = answer.entries.get(&item.event);
    let (outlets, id) = entry.map_or((&item.outlets, &item.event), |entry| (&entry.outlets, &entry.id));
    let outlets = match (outlets.as_slice(), entry) {
        ([], None) => " · outlet unknown".to_owned(),
        ([], Some(_)) => String::new(),
        (outlets, _) => format!(" · {}", telling::outlets_words(outlets)),
    };
    paper.hanging(2, 4, &format!("{line}{outlets} {}", paper.styled(FAINT, id)))?;
    if let Some(entry) = entry {
        return paper.paragraph(6, &telling::entry_parties(entry));
    }
    match answer.quote(item) {
        Some(quote) => paper.paragraph(6, &format!("“{}”", quote.sentence)),
        None => Ok(()),
    }
}

fn left_out(paper: &mut Paper<'_>, answer: &Answer) -> io::Result<()> {
    let Some(line) = answer.left_out_line() else { return Ok(()) };
    paper.heading(&format!("Between them, but not counted ({})", answer.left_out.len()))?;
    paper.paragraph(2, &line)?;
    for left in answer.left_out.iter().take(SHOWN) {
        let event = &left.listed.event;
        let facts = format!("· {} · {} · {}", left.why, telling::date_words(event.date), event.id);
        let line = format!("{} {}", telling::event_line(event), paper.styled(FAINT, &facts));
        paper.hanging(2, 4, &line)?;
        paper.paragraph(6, &left.listed.first.sentence)?;
    }
    match answer.left_out.len().saturating_sub(SHOWN) {
        0 => Ok(()),
        more => paper.paragraph(2, &paper.styled(FAINT, &format!("and {more} more: --json lists them"))),
    }
}

/// The answer with one thing changed.
fn holds_up(paper: &mut Paper<'_>, answer: &Answer) -> io::Result<()> {
    let robustness = &answer.verdict.robustness;
    paper.heading("How it holds up")?;
    for window in &robustness.windows {
        paper.hanging(2, 4, &format!("over {} days: {}", window.of, variant(window)))?;
    }
    without(paper, answer, "", "outlet", &robustness.without_outlet)?;
    without(paper, answer, "the issue ", "issue", &robustness.without_issue)?;
    let means = &robustness.goldstein;
    let mean = |mean: Option<f64>| mean.map_or_else(|| "none".to_owned(), |mean| format!("{mean:+.2}"));
    let line = format!(
        "mean Goldstein value: {} now ({}), {} before ({})",
        mean(means.recent),
        means.recent_events,
        mean(means.baseline),
        means.baseline_events
    );
    paper.hanging(2, 4, &line)
}

/// Without one outlet or issue after the other: those that change the answer, and then those that take most events away.
fn without(
    paper: &mut Paper<'_>,
    answer: &Answer,
    article: &str,
    noun: &str,
    variants: &[Variant],
) -> io::Result<()> {
    let turns = |v: &Variant| v.label != answer.verdict.label;
    let mut sorted: Vec<&Variant> = variants.iter().collect();
    sorted.sort_by_key(|v| (!turns(v), std::cmp::Reverse(v.events)));
    let shown = sorted.iter().filter(|v| turns(v)).count().max(SHOWN).min(sorted.len());
    for v in &sorted[..shown] {
        let events = telling::count(usize::try_from(v.events).unwrap_or(usize::MAX), "event");
        paper.hanging(2, 4, &format!("without {article}{} ({events}): {}", v.of, variant(v)))?;
    }
    match sorted.len() - shown {
        0 => Ok(()),
        more => {
            let line = format!(
                "without any one of {}: the same answer",
                telling::count(more, &format!("more {noun}"))
            );
            paper.hanging(2, 4, &line)
        }
    }
}

/// The answer then, and both odds ratios.
fn variant(variant: &Variant) -> String {
    let axes = [("engagement", &variant.engagement), ("tone", &variant.tone)];
    let odds = axes.into_iter().filter_map(|(name, change)| {
        change.as_ref().map(|change| format!("{name} {}", telling::odds_words(change)))
    });
    let parts: Vec<String> = std::iter::once(variant.label.as_str().to_owned()).chain(odds).collect();
    parts.join("; ")
}
