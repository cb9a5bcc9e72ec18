//! CAMEO codes → PLOVER type and mode, by the longest row of `engine/data/codes/plover.tsv` that a code begins with.

use crate::events::report::Plover;

const TABLE: &str = include_str!("../../data/codes/plover.tsv");

/// The PLOVER coding of a CAMEO code; none for statements that PLOVER drops (root 01).
pub(crate) fn plover(cameo: &str) -> Option<Plover> {
    let row = TABLE
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut cells = line.split('\t');
            Some((cells.next()?, cells.next()?, cells.next()?))
        })
        .filter(|(prefix, ..)| cameo.starts_with(prefix))
        .max_by_key(|(prefix, ..)| prefix.len())?;
    let (_, event_type, mode) = row;
    (!event_type.is_empty()).then(|| Plover {
        event_type: event_type.to_owned(),
        mode: (!mode.is_empty()).then(|| mode.to_owned()),
        context: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_row_decides_and_mere_statements_have_no_type() {
        let coded = |code: &str| plover(code).map(|p| (p.event_type, p.mode));
        assert_eq!(coded("042"), Some(("CONSULT".into(), Some("visit".into()))));
        assert_eq!(coded("0871"), Some(("RETREAT".into(), Some("ceasefire".into()))));
        assert_eq!(coded("083"), Some(("CONCEDE".into(), None)));
        assert_eq!(coded("013"), None);
    }

    #[test]
    fn the_table_is_sorted_and_whole() {
        let prefixes: Vec<&str> = TABLE.lines().skip(1).filter_map(|l| l.split('\t').next()).collect();
        assert!(prefixes.is_sorted());
        for root in 1..=20 {
            assert!(prefixes.contains(&format!("{root:02}").as_str()), "root {root:02}");
        }
    }
}
