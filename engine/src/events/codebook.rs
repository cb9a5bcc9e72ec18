//! CAMEO's codes → what the engine knows of each: its name and Goldstein value, PLOVER's coding, and what codes it.

use serde::Serialize;

use crate::events::codes::{self, plover};
use crate::events::knowledge::Knowledge;
use crate::events::report::{Kind, Plover};

/// Code, name, Goldstein value.
const CAMEO: &str = include_str!("../../data/cameo.tsv");

/// One code of CAMEO.
#[derive(Debug, Clone, Serialize)]
pub struct Code {
    /// Two to four digits.
    pub code: String,
    /// What CAMEO calls it.
    pub name: String,
    /// Goldstein's value, −10 to +10; none where CAMEO gives none.
    pub goldstein: Option<f64>,
    /// PLOVER's coding; none for statements that PLOVER drops.
    pub plover: Option<Plover>,
    /// Names of the frames that give it.
    pub frames: Vec<String>,
    /// Names of the details that narrow a wider code to it.
    pub details: Vec<String>,
    /// Codes of deeds that get it as long as they are only announced or refused.
    pub of_deeds: Vec<String>,
    /// Sentences of the knowledge files in which it is given, for the tests to execute.
    pub examples: Vec<String>,
}

impl Code {
    /// Whether anything gives this code. A wider code is given where one of its narrower ones is.
    pub fn is_covered(&self, all: &[Code]) -> bool {
        let given =
            |code: &Code| !(code.frames.is_empty() && code.details.is_empty() && code.of_deeds.is_empty());
        given(self) || all.iter().any(|other| other.code.starts_with(&self.code) && given(other))
    }
}

/// All of CAMEO's codes, in its order.
pub fn codebook(knowledge: &Knowledge) -> Vec<Code> {
    let frames: Vec<_> = knowledge.frames.iter().collect();
    let told: Vec<(&str, &str)> = frames
        .iter()
        .filter(|frame| frame.kind != Kind::Statement)
        .flat_map(|frame| {
            let deed = frame.cameo.as_str();
            [codes::planned(deed), codes::refused(deed)].into_iter().flatten().map(move |code| (code, deed))
        })
        .collect();
    let rows = CAMEO.lines().skip(1).filter_map(|line| {
        let mut cells = line.split('\t');
        Some((cells.next()?, cells.next()?, cells.next()?))
    });
    rows.map(|(code, name, goldstein)| {
        let own = frames.iter().filter(|frame| frame.cameo == code);
        let details = || knowledge.details.iter().filter(|d| d.codes.iter().any(|c| c == code));
        let mut of_deeds: Vec<String> =
            told.iter().filter(|(given, _)| *given == code).map(|(_, deed)| (*deed).to_owned()).collect();
        of_deeds.sort();
        of_deeds.dedup();
        let narrowed = details().flat_map(|d| &d.yes).filter(|yes| yes.code == code).map(|yes| &yes.text);
        Code {
            code: code.to_owned(),
            name: name.to_owned(),
            goldstein: goldstein.parse().ok(),
            plover: plover(code),
            frames: own.clone().map(|frame| frame.name.clone()).collect(),
            details: details().map(|d| d.name.clone()).collect(),
            of_deeds,
            examples: own
                .flat_map(|frame| &frame.yes)
                .map(|yes| &yes.text)
                .chain(narrowed)
                .cloned()
                .collect(),
        }
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_root_and_every_code_of_three_digits_is_given_by_something() {
        let all = codebook(&Knowledge::shipped());
        let bare: Vec<&str> =
            all.iter().filter(|c| c.code.len() < 4 && !c.is_covered(&all)).map(|c| c.code.as_str()).collect();
        assert!(bare.is_empty(), "nothing gives {bare:?}");
    }

    #[test]
    fn every_mode_of_plover_is_given_by_something() {
        let all = codebook(&Knowledge::shipped());
        let mode = |code: &Code| code.plover.as_ref().map(|p| (p.event_type.clone(), p.mode.clone()));
        let bare: Vec<_> = all
            .iter()
            .filter_map(mode)
            .filter(|wanted| !all.iter().any(|c| c.is_covered(&all) && mode(c).as_ref() == Some(wanted)))
            .collect();
        assert!(bare.is_empty(), "nothing gives {bare:?}");
    }
}
