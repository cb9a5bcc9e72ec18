//! Prints a series as a table for people: a line for each step.

use std::io;

use demarche_engine::series::{Band, By, Point, Series, Turn};

use crate::cli::print::paper::{FAINT, Paper};
use crate::telling;

/// The table; `names` are the two sides in words, `asked` says what is left out of it.
pub(crate) fn series(
    paper: &mut Paper<'_>,
    series: &Series,
    names: (&str, &str),
    asked: Option<&str>,
) -> io::Result<()> {
    paper.paragraph(0, &format!("{} – {}, by {}", names.0, names.1, telling::plain(&series.by)))?;
    if let Some(asked) = asked {
        paper.paragraph(0, asked)?;
    }
    let head =
        format!("{:<12}{:>6}{:>7}{:>6}  {:<20}{:<20}", "from", "coop", "confl", "said", "tone", "engagement");
    paper.heading(head.trim_end())?;
    for point in &series.points {
        let line = row(series, point);
        // A step of which nothing is known stands back.
        let heard = point.engagement.is_some();
        paper.line(&if heard { line } else { paper.styled(FAINT, &line) })?;
    }
    let legend = "coop, confl, said: cooperative and conflictual events between the two, statements and appeals; tone and \
                  engagement with 95 % bands; ▲ ▼ weeks from which one of them stood at another level";
    paper.paragraph(0, "")?;
    paper.paragraph(0, &paper.styled(FAINT, legend))
}

fn row(series: &Series, point: &Point) -> String {
    let from = match series.by {
        By::Month => format!("{}-{:02}", point.from.year(), point.from.month()),
        By::Day | By::Week => point.from.to_string(),
    };
    let counts = &point.counts;
    let number = |n: u64| if n == 0 { "·".to_owned() } else { n.to_string() };
    let marks = [("tone", &series.tone_turns), ("engagement", &series.engagement_turns)];
    let marks: Vec<String> = marks
        .into_iter()
        .flat_map(|(name, turns)| turns_in(turns, point).map(move |t| mark(name, t)))
        .collect();
    let line = format!(
        "{from:<12}{:>6}{:>7}{:>6}  {:<20}{:<20}{}",
        number(counts.cooperative()),
        number(counts.conflictual()),
        number(counts.statement),
        band(point.tone),
        band(point.engagement),
        marks.join(", ")
    );
    line.trim_end().to_owned()
}

fn band(band: Option<Band>) -> String {
    band.map_or_else(|| "·".to_owned(), |b| format!("{:.2} ({:.2}–{:.2})", b.p, b.low, b.high))
}

fn turns_in<'t>(turns: &'t [Turn], point: &'t Point) -> impl Iterator<Item = &'t Turn> {
    turns.iter().filter(|turn| (point.from..=point.to).contains(&turn.week))
}

/// `▼ tone from 2012-09-10`.
fn mark(name: &str, turn: &Turn) -> String {
    let sign = if turn.after > turn.before { '▲' } else { '▼' };
    format!("{sign} {name} from {}", turn.week)
}
