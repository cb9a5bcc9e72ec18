//! Actor and agent dictionaries of PETRARCH and Phoenix → rows of the world tables.
//!
//! A primary line `NAME_ [CODE …]`, then `+SYNONYM` lines, then lines of codes with the dates for which they hold; codes
//! are for the name and all synonyms, and of those that hold on a date the first does. Agents are lines
//! `PHRASE {PLURAL} [~ROLE]`; `!SORT! = A, B` names words that can stand in a phrase.

mod actors;
mod agents;

use crate::actors::world::World;
use crate::actors::world::layer::Entry as Said;
use actors::Actor;
use agents::agent;

/// What the rows of these dictionaries give as their source.
const SOURCE: &str = "actor dictionary";

/// The entries of a dictionary.
pub(crate) fn entries(text: &str, world: &World) -> Vec<Said> {
    let mut entries = Vec::new();
    let mut sorts: Vec<(String, Vec<String>)> = Vec::new();
    let mut actor: Option<Actor> = None;
    for (number, line) in without_comments(text) {
        let indented = line.starts_with([' ', '\t']);
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        let place = format!("line {number}");
        if let Some((sort, words)) = definition(line) {
            sorts.push((sort, words));
        } else if line.contains("~") {
            entries.extend(actor.take().map(|a| a.entry(world)));
            entries.push(agent(place, line, &sorts, world));
        } else if let Some(synonym) = line.strip_prefix('+') {
            match &mut actor {
                // Now and then codes stand on a synonym's line.
                Some(actor) => actor.add(number, synonym, world),
                None => entries.push(Said::of(place, Err("a synonym without a name above it".to_owned()))),
            }
        } else if line.starts_with('[') && (indented || actor.is_some()) {
            match &mut actor {
                Some(actor) => actor.add(number, line, world),
                None => entries.push(Said::of(place, Err("a code without a name above it".to_owned()))),
            }
        } else {
            entries.extend(actor.take().map(|a| a.entry(world)));
            actor = Some(Actor::begin(number, line, world));
        }
    }
    entries.extend(actor.map(|a| a.entry(world)));
    entries
}

/// The lines with their numbers, `<!--…-->`, `#…` and `;…` cut off.
fn without_comments(text: &str) -> impl Iterator<Item = (usize, String)> {
    let mut inside = false;
    text.lines().enumerate().map(move |(at, line)| {
        let mut kept = String::new();
        let mut rest = line;
        loop {
            if inside {
                let Some((_, after)) = rest.split_once("-->") else { break };
                inside = false;
                rest = after;
            }
            let Some((before, after)) = rest.split_once("<!--") else {
                kept.push_str(rest);
                break;
            };
            kept.push_str(before);
            inside = true;
            rest = after;
        }
        if let Some(end) = kept.find(['#', ';']) {
            kept.truncate(end);
        }
        (at + 1, kept)
    })
}

/// `!SORT! = A, B`.
fn definition(line: &str) -> Option<(String, Vec<String>)> {
    let (sort, words) = line.split_once('=')?;
    let sort = sort.trim().strip_prefix('!')?.strip_suffix('!')?;
    Some((format!("!{sort}!"), words.split(',').map(|w| w.trim().to_owned()).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> (Vec<String>, Vec<String>) {
        let entries = entries(text, &World::shipped());
        let rows = entries
            .iter()
            .flat_map(|e| &e.rows)
            .map(|(t, r)| format!("{}: {}", t.name(), r.join(",")))
            .collect();
        (rows, entries.into_iter().flat_map(|e| e.refused).collect())
    }

    #[test]
    fn names_with_dates_and_places() {
        let (rows, refused) = rows(
            "# a comment\n<!-- one\nmore -->\nRUDOLF_MUSTERMANN_  # made up\n+PRESIDENT_MUSTERMANN_\n\t[DEUELI 650101-000101]\n\t[DEUGOV > 200 11222]\n\t[DEUELI <991231]\nKLEINFELDEN_ [DEU]\n+GERMANY_\nVOLKSFRONT_TEST_ [DEUREB] ; so be it\n",
        );
        assert_eq!(refused, Vec::<String>::new());
        assert_eq!(
            rows,
            [
                "people: Rudolf Mustermann,President Mustermann,ELI,DEU,1965-01-01,1999-12-31,,actor dictionary",
                "people: Rudolf Mustermann,President Mustermann,GOV,DEU,2001-12-22,,,actor dictionary",
                "people: Rudolf Mustermann,President Mustermann,ELI,DEU,,1999-12-30,,actor dictionary",
                "metonyms: Kleinfelden,DEU,GOV,yes,actor dictionary",
                "organisations: Volksfront Test,,DEUREB,armed_group,DEU,actor dictionary,,",
            ]
        );
    }

    #[test]
    fn agents_with_sorts_and_plurals() {
        let (rows, refused) = rows(
            "!MAN! = MAN, WOMEN\nTOLL!MAN! [~GOV]\nPEAT_CUTTER [~AGR]\nPEAT_WIFE {PEAT_WIVES} [~AGR]\nPEATFOLK {} [~AGR]\nSEAL_MONK [~BUDXYZ]\nOTHER!SORT! [~GOV]\n",
        );
        assert_eq!(
            rows,
            [
                "agents: tollman,tollman,GOV,actor dictionary",
                "agents: tollwomen,tollwomen,GOV,actor dictionary",
                "agents: peat cutter,,AGR,actor dictionary",
                "agents: peat wife,peat wives,AGR,actor dictionary",
                "agents: peatfolk,peatfolk,AGR,actor dictionary",
                "agents: seal monk,,REL,actor dictionary",
            ]
        );
        assert_eq!(refused, ["line 7: “OTHER!SORT!” uses a sort that is not defined above it"]);
    }

    #[test]
    fn what_is_malformed_is_said_with_its_line() {
        let (_, refused) =
            rows("+FIRST\nHANS_MUSTERMANN [DEUGO 1]\nHANS_BEISPIEL [DEUGOV 2004017-20061201]\nNOBODY_\n");
        assert_eq!(
            refused,
            [
                "line 1: a synonym without a name above it",
                "line 2: “[DEUGO 1]” is no code of three letters or several times three",
                "line 3: “2004017” in “[DEUGOV 2004017-20061201]” is no date",
                "line 4: a name without a code",
            ]
        );
    }
}
