//! Turns ICEWS triples (date, source, relation, target, by name) into observations between states.
//!
//! The names are ICEWS' own; which state each stands for is in `eval/data/states.tsv` (countries by name) and `record/data/icews_actors.tsv`
//! (every person and body of one state that the sample names fifty times or more: facts, in rows of our own).

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::path::Path;

use demarche_engine::series::{Cameo, Direction, Dyad, Observation, State};
use jiff::civil::Date;

const STATES: &str = include_str!("../data/states.tsv");
const ACTORS: &str = include_str!("../../record/data/icews_actors.tsv");

/// What a file of triples gives.
#[derive(Debug)]
pub(crate) struct Triples {
    /// Events between two different states.
    pub(crate) observations: Vec<Observation>,
    /// Lines read, without the head.
    pub(crate) lines: usize,
    /// Lines that are no event: a date, a relation or a column that cannot be read.
    pub(crate) unread: usize,
    /// Events within one state.
    pub(crate) home: usize,
    /// Events of which one end is no state, or none that the tables know.
    pub(crate) elsewhere: usize,
    /// Events told from both ends on the same day ("China consults Japan", "Japan consults China") and merged.
    pub(crate) mirrored: usize,
}

/// Why a file of triples cannot be read.
#[derive(Debug)]
pub(crate) struct Unreadable(String);

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unreadable {}

/// Reads a file of tab-separated triples with one line of head.
pub(crate) fn read(path: &Path) -> Result<Triples, Unreadable> {
    let text = std::fs::read_to_string(path)
        .map_err(|e| Unreadable(format!("{}: {e}; name a file of tab-separated triples", path.display())))?;
    let head = text.lines().next().unwrap_or("");
    if head.split('\t').collect::<Vec<_>>() != ["date", "source", "relation", "target"] {
        return Err(Unreadable(format!(
            "{}: the first line is {head:?}, where date, source, relation and target are expected, with tabs between them",
            path.display()
        )));
    }
    Ok(parse(&text))
}

/// Reads the text of such a file.
pub(crate) fn parse(text: &str) -> Triples {
    let names = names();
    let mut made =
        Triples { observations: Vec::new(), lines: 0, unread: 0, home: 0, elsewhere: 0, mirrored: 0 };
    // One event for each day, kind and pair of names, whichever end it is told from.
    let mut known: BTreeMap<(Date, Cameo, &str, &str), usize> = BTreeMap::new();
    for line in text.lines().skip(1) {
        made.lines += 1;
        let cells: Vec<&str> = line.split('\t').collect();
        let &[date, source, relation, target] = cells.as_slice() else {
            made.unread += 1;
            continue;
        };
        let (Ok(date), Some(code)) = (date.parse::<Date>(), Cameo::named(relation)) else {
            made.unread += 1;
            continue;
        };
        let (Some(from), Some(to)) = (state(&names, source), state(&names, target)) else {
            made.elsewhere += 1;
            continue;
        };
        let Some(dyad) = Dyad::new(from, to) else {
            made.home += 1;
            continue;
        };
        let direction = if from == dyad.first { Direction::FirstToSecond } else { Direction::SecondToFirst };
        let at = made.observations.len();
        let event = *known.entry((date, code, source.min(target), source.max(target))).or_insert(at);
        if event < at {
            made.mirrored += 1;
            if made.observations[event].direction != direction {
                made.observations[event].direction = Direction::Mutual;
            }
            continue;
        }
        made.observations.push(Observation::new(
            date,
            dyad,
            direction,
            code,
            &format!("icews-{}", made.lines),
        ));
    }
    made
}

/// The state of each name.
fn names() -> HashMap<&'static str, State> {
    let rows = STATES.lines().skip(1).chain(ACTORS.lines().skip(1));
    rows.filter_map(|row| row.split_once('\t'))
        .filter_map(|(name, iso3)| Some((name, iso3.parse().ok()?)))
        .collect()
}

/// The state that a name means: by itself, or by the country in brackets at its end, "Police (Cambodia)".
fn state(names: &HashMap<&'static str, State>, name: &str) -> Option<State> {
    let country = || name.strip_suffix(')')?.rsplit_once('(').map(|(_, country)| country);
    names.get(name).or_else(|| names.get(country()?)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn triples_become_events_between_states() {
        let made = parse(
            "date\tsource\trelation\ttarget\n\
             2008-07-14\tPolice (Cambodia)\tConsult\tThailand\n\
             2008-07-14\tThailand\tConsult\tPolice (Cambodia)\n\
             2008-07-15\tNoppadon Pattama\tSign formal agreement\tCambodia\n\
             2008-07-15\tUN Security Council\tConsult\tCambodia\n\
             2008-07-15\tThailand\tConsult\tCitizen (Thailand)\n\
             2008-07-15\tThailand\tHave lunch\tCambodia\n\
             date\tsource\trelation\ttarget\n\
             \n",
        );
        assert_eq!((made.lines, made.unread, made.home, made.elsewhere, made.mirrored), (8, 3, 1, 1, 1));
        let seen: Vec<(String, Direction)> =
            made.observations.iter().map(|o| (o.code.to_string(), o.direction)).collect();
        assert_eq!(seen, [("040".into(), Direction::Mutual), ("057".into(), Direction::SecondToFirst)]);
    }

    #[test]
    fn the_tables_are_sorted_and_every_row_reads() {
        for table in [STATES, ACTORS] {
            let rows: Vec<&str> = table.lines().skip(1).collect();
            let name = |row: &&str| row.split_once('\t').map(|(name, _)| name.to_owned());
            assert!(rows.is_sorted_by(|a, b| name(a) < name(b)));
            for row in &rows {
                let (_, iso3) = row.split_once('\t').unwrap();
                assert!(iso3.parse::<State>().is_ok_and(|s| s.to_string() == iso3), "{row}");
            }
        }
        assert_eq!(
            names().len(),
            STATES.lines().count() + ACTORS.lines().count() - 2,
            "no name stands twice"
        );
    }
}
