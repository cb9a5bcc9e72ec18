//! CAMEO codes → PLOVER type and mode, and the code that a deed has as long as it is only announced or refused: by the
//! longest row of `engine/data/codes/*.tsv` that a code begins with.

use crate::events::report::Plover;

/// CAMEO code, PLOVER type, mode.
const PLOVER: &str = include_str!("../../data/codes/plover.tsv");
/// CAMEO code of a deed, of the intent or the threat to do it, of the refusal to do it.
const TOLD: &str = include_str!("../../data/codes/told.tsv");

/// The PLOVER coding of a CAMEO code; none for statements that PLOVER drops (root 01).
pub fn plover(cameo: &str) -> Option<Plover> {
    let [event_type, mode] = row(PLOVER, cameo)?;
    (!event_type.is_empty()).then(|| Plover {
        event_type: event_type.to_owned(),
        mode: (!mode.is_empty()).then(|| mode.to_owned()),
        context: Vec::new(),
    })
}

/// The code of a deed that is still to come: "will visit" is an intent to meet (036), "will impose sanctions" a threat (1312).
pub(crate) fn planned(cameo: &str) -> Option<&'static str> {
    row(TOLD, cameo).map(|[planned, _]| planned)
}

/// The code of a deed that somebody says he will not do: "will not release the crew" is a refusal to yield (1243). Where
/// the deed is hostile, it is none.
pub(crate) fn refused(cameo: &str) -> Option<&'static str> {
    row(TOLD, cameo).map(|[_, refused]| refused).filter(|code| !code.is_empty())
}

/// The two cells behind the longest code of `table` that `cameo` begins with.
fn row(table: &'static str, cameo: &str) -> Option<[&'static str; 2]> {
    let rows = table.lines().skip(1).filter_map(|line| line.split_once('\t'));
    let (_, row) = rows.filter(|(code, _)| cameo.starts_with(code)).max_by_key(|(code, _)| code.len())?;
    let mut cells = row.split('\t');
    Some([cells.next()?, cells.next()?])
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
    fn deeds_to_come_are_intents_or_threats_and_refused_ones_rejections() {
        assert_eq!(planned("0872"), Some("0356"));
        assert_eq!(planned("163"), Some("1312"));
        assert_eq!(planned("112"), None);
        assert_eq!(refused("0841"), Some("1243"));
        assert_eq!(refused("163"), None);
    }

    #[test]
    fn the_tables_are_sorted_whole_and_name_codes_of_cameo() {
        let known: Vec<&str> =
            include_str!("../../data/cameo.tsv").lines().filter_map(|l| l.split('\t').next()).collect();
        for (table, roots) in [(PLOVER, 1..=20), (TOLD, 4..=8)] {
            let prefixes: Vec<&str> = table.lines().skip(1).filter_map(|l| l.split('\t').next()).collect();
            assert!(prefixes.is_sorted());
            for root in roots {
                assert!(prefixes.contains(&format!("{root:02}").as_str()), "root {root:02}");
            }
        }
        for code in TOLD.lines().skip(1).flat_map(|l| l.split('\t')).filter(|code| !code.is_empty()) {
            assert!(known.contains(&code), "{code} is no code of CAMEO");
        }
    }
}
