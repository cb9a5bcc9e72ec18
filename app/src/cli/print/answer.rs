//! Prints a verdict: the answer in words, its two axes, the evidence for and against, and how it holds up.

use std::io;

use demarche_engine::series::{Axis, Change, Finding, Item, Variant};

use crate::cli::print::paper::{FAINT, Paper, STRONG};
use crate::telling::{self, Answer};

/// How many of the events that are not counted are shown.
const SHOWN: usize = 5;

/// The whole answer; `names` are the two states in words.
pub(crate) fn answer(paper: &mut Paper<'_>, answer: &Answer, names: (&str, &str)) -> io::Result<()> {
    let verdict = &answer.verdict;
    let day = telling::day_words(verdict.question.on);
    let which = if answer.on_last_day {
        " (the day of the record’s last article; --on DATE asks for another)"
    } else {
        ""
    };
    let head = format!("{} – {}, as of {day}{}", names.0, names.1, paper.styled(FAINT, which));
    paper.paragraph(0, &head)?;
    let label = verdict.label.as_str();
    paper.heading(&format!("{}{}", label[..1].to_uppercase(), &label[1..]))?;
    paper.paragraph(2, &answer.sentence)?;

    paper.heading("The numbers")?;
    axis(paper, "Engagement", "with each other, against all else they do with others", &verdict.engagement)?;
    axis(paper, "Tone", "cooperative, against conflictual", &verdict.tone)?;
    paper.hanging(2, 4, &answer.coverage_line())?;

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
    let found = match (&axis.change, axis.finding) {
        (Some(change), Finding::Up) => format!("up {}", odds(change)),
        (Some(change), Finding::Down) => format!("down {}", odds(change)),
        (Some(change), _) => format!("no clear change {}", odds(change)),
        (None, _) => "cannot be judged".to_owned(),
    };
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

fn odds(change: &Change) -> String {
    format!("(odds ×{:.2}, {:.2} to {:.2})", change.odds_ratio, change.low, change.high)
}

fn one_item(paper: &mut Paper<'_>, answer: &Answer, item: &Item) -> io::Result<()> {
    let outlets = match item.outlets.as_slice() {
        [] => "outlet unknown".to_owned(),
        outlets => telling::outlets_words(outlets),
    };
    let line = format!(
        "{} · {} ({}) · {} · {outlets} {}",
        telling::day_words(item.date),
        item.name,
        item.code,
        telling::by_words(item),
        paper.styled(FAINT, &item.event),
    );
    paper.hanging(2, 4, &line)?;
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

/// The answer with one thing changed, where that changes it, and over other windows.
fn holds_up(paper: &mut Paper<'_>, answer: &Answer) -> io::Result<()> {
    let (label, robustness) = (answer.verdict.label, &answer.verdict.robustness);
    let turns = |what: &'static str, variants: &[Variant]| -> Vec<String> {
        let turned = variants.iter().filter(|v| v.label != label);
        turned.map(|v| format!("without {what}{}: {}", v.of, v.label.as_str())).collect()
    };
    let mut lines: Vec<String> =
        robustness.windows.iter().map(|v| format!("over {} days: {}", v.of, v.label.as_str())).collect();
    lines.extend(turns("", &robustness.without_outlet));
    lines.extend(turns("the issue ", &robustness.without_issue));
    if lines.is_empty() {
        return Ok(());
    }
    paper.heading("How it holds up")?;
    for line in lines {
        paper.hanging(2, 4, &line)?;
    }
    Ok(())
}
