//! Turns the filters of a question into words, so that nobody takes a part for the whole.

use demarche_engine::actors::Sector;
use demarche_engine::series::{Acts, Question, Sides};

/// Filters of one sort that are named before the others are only counted.
const NAMED: usize = 4;

/// `Counting only what ISL does to NOR or both do, without CAMEO 04`; none where everything counts.
pub(crate) fn asked_words(question: &Question, sides: Option<&Sides>) -> Option<String> {
    let mut parts = Vec::new();
    if let Some(Sides { first, second }) = sides {
        let (a, b) = (&first.name, &second.name);
        match question.acts {
            Acts::Both => {}
            Acts::First => parts.push(format!("what {a} does to {b} or both do")),
            Acts::Second => parts.push(format!("what {b} does to {a} or both do")),
        }
        for (name, sectors) in [(a, &question.first_sectors), (b, &question.second_sectors)] {
            let roles: Vec<String> =
                sectors.iter().map(|sector: &Sector| sector.as_str().to_owned()).collect();
            parts.extend(either(&roles).map(|roles| format!("what {roles} of {name} takes part in")));
        }
    }
    parts.extend(either(&question.outlets).map(|outlets| format!("what {outlets} told")));
    parts.extend(either(&question.issues).map(|issues| format!("what is about {issues}")));
    let only = if parts.is_empty() { "everything".to_owned() } else { format!("only {}", parts.join(", ")) };
    let roots: Vec<String> = Vec::from(question.without).iter().map(|root| format!("{root:02}")).collect();
    match either(&roots) {
        Some(roots) => Some(format!("Counting {only}, without CAMEO {roots}")),
        None if parts.is_empty() => None,
        None => Some(format!("Counting {only}")),
    }
}

/// `trade or aid`; none of nothing.
fn either(all: &[String]) -> Option<String> {
    let (named, others) = all.split_at(all.len().min(NAMED));
    match others.len() {
        _ if named.is_empty() => None,
        0 => Some(named.join(" or ")),
        more => Some(format!("{} or one of {more} more", named.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use demarche_engine::series::{Roots, State};

    use super::*;

    #[test]
    fn what_is_left_out_is_said() {
        let state = |code: &str| code.parse::<State>().unwrap();
        let sides = Sides::new(state("ISL"), state("NOR"));
        let question = Question::on("2020-01-01".parse().unwrap());
        assert_eq!(asked_words(&question, Some(&sides)), None);
        let talks = Question { without: Roots::named("CONSULT").unwrap(), ..question.clone() };
        assert_eq!(asked_words(&talks, None).unwrap(), "Counting everything, without CAMEO 04");
        let directed = Question { acts: Acts::First, outlets: vec!["Dawn".into(), "AP".into()], ..talks };
        assert_eq!(
            asked_words(&directed, Some(&sides)).unwrap(),
            "Counting only what ISL does to NOR or both do, what Dawn or AP told, without CAMEO 04"
        );
        let fleet = Question { second_sectors: vec![Sector::Mil], ..question };
        assert_eq!(asked_words(&fleet, Some(&sides)).unwrap(), "Counting only what MIL of NOR takes part in");
    }
}
