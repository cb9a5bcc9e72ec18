//! Prints the relationships that moved, two lines of numbers for each.

use std::io;

use demarche_engine::series::{Axis, Movers};

use crate::cli::print::paper::{FAINT, Paper, STRONG};
use crate::telling::{self, States};

/// The list; `judged` is how many there are, of which `found` may hold the first only.
pub(crate) fn movers(
    paper: &mut Paper<'_>,
    found: &Movers,
    judged: usize,
    states: &States,
) -> io::Result<()> {
    let question = &found.question;
    let head = format!(
        "{} to {}, against the {} before: of {} with an event in these days, {judged} can be judged",
        telling::count(question.window as usize, "day"),
        telling::day_words(question.on),
        telling::count(question.baseline as usize, "day"),
        telling::count(usize::try_from(found.dyads).unwrap_or(usize::MAX), "pair"),
    );
    paper.paragraph(0, &head)?;
    if let Some(asked) = telling::asked_words(question, None) {
        paper.paragraph(0, &asked)?;
    }
    for mover in &found.ranked {
        let dyad = mover.dyad;
        let names = [dyad.first, dyad.second].map(|state| states.name(state.as_str()).to_owned());
        let label = telling::label_words(mover.label);
        paper.heading(&format!("{dyad}  {} – {}: {label}", names[0], names[1]))?;
        axis(paper, "tone", &mover.tone, mover.tone_rate)?;
        axis(paper, "engagement", &mover.engagement, mover.engagement_rate)?;
    }
    let more = judged - found.ranked.len();
    if more > 0 {
        let line = format!("and {more} more: --limit {judged} lists them");
        paper.paragraph(0, "")?;
        paper.paragraph(0, &paper.styled(FAINT, &line))?;
    }
    Ok(())
}

fn axis(paper: &mut Paper<'_>, name: &str, axis: &Axis, rate: Option<f64>) -> io::Result<()> {
    let found = match (&axis.change, rate) {
        (Some(change), Some(rate)) => {
            format!("{:<24} q {:<7}", telling::odds_words(change), telling::probability_words(rate))
        }
        _ => format!("{:<33}", telling::found_words(axis)),
    };
    let (recent, before) = (&axis.recent, &axis.baseline);
    let name = paper.styled(STRONG, &format!("{name:<10}"));
    paper.line(&format!(
        "  {name}  {found} {} of {}, {} of {} before",
        recent.cooperative, recent.n, before.cooperative, before.n
    ))
}
