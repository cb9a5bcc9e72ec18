//! Turns observations and a question into a `Verdict`.

use crate::series::coverage::coverage;
use crate::series::days::Days;
use crate::series::dyad::Sides;
use crate::series::items::items;
use crate::series::observation::Observation;
use crate::series::question::{Asked, Question};
use crate::series::robustness::{WINDOWS, robustness};
use crate::series::selection::select;
use crate::series::tally::Tally;
use crate::series::tellers::Told;
use crate::series::verdict::{Axis, Label, Verdict};

/// Says whether the relationship between two sides gains or loses momentum.
///
/// `observations` are those of a whole record, or at least all that join a state of either side with any other: engagement
/// is measured against what the two do elsewhere. Their order does not matter. The pass over them is linear.
///
/// The formulas stand with [`Rate`](crate::series::Rate) and [`Change`](crate::series::Change); the label is read off the two
/// axes by [`Label::of`].
///
/// # Errors
/// [`Asked`] where the sides share a state, a window has no days, or the record has nothing on the days in question.
///
/// ```
/// use demarche_engine::series::{Asked, Label, Question, Sides, State, momentum};
///
/// let state = |code: &str| code.parse::<State>().unwrap();
/// let question = Question::on("2024-01-03".parse()?);
/// let verdict = momentum(&[], &Sides::new(state("PAK"), state("USA")), &question)?;
/// assert_eq!(verdict.label, Label::InsufficientEvidence);
/// assert!(momentum(&[], &Sides::new(state("PAK"), state("PAK")), &question).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn momentum(observations: &[Observation], sides: &Sides, question: &Question) -> Result<Verdict, Asked> {
    question.check_sides(sides)?;
    question.check_windows()?;
    let longest = WINDOWS.iter().copied().fold(question.window, i32::max);
    let selection = select(observations, sides, question, longest + question.baseline);
    if let Some((first, last)) = selection.record.or(question.record) {
        question.check_record(first, last)?;
    }
    let days = Days::of(&selection);
    let tally = Tally::of(&days, question.window, question.baseline);
    let (tone, engagement) = Axis::both(&tally);
    let told = Told::of(&selection, question);
    let items = items(&selection, question);
    Ok(Verdict {
        sides: sides.clone(),
        question: question.clone(),
        label: Label::of(tone.finding, engagement.finding),
        tone,
        engagement,
        pro: items.pro,
        con: items.con,
        claims_for: items.claims_for,
        claims_against: items.claims_against,
        robustness: robustness(&days, question, &tally, &told),
        coverage: coverage(&selection, &days, question, &told),
    })
}
