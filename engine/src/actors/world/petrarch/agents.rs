//! A line of an agents' dictionary → rows of agents.

use super::SOURCE;
use crate::actors::actor::Sector;
use crate::actors::world::layer::Entry as Said;
use crate::actors::world::{Entry, Table, World};

/// `CATTLE!PERSON! {…} [~AGR]`: a row for each phrase that it stands for.
pub(super) fn agent(place: String, line: &str, sorts: &[(String, Vec<String>)], world: &World) -> Said {
    match agent_rows(line, sorts, world) {
        Ok(rows) => Said { place, rows, refused: Vec::new() },
        Err(why) => Said::of(place, Err(why)),
    }
}

fn agent_rows(
    line: &str,
    sorts: &[(String, Vec<String>)],
    world: &World,
) -> Result<Vec<(Table, Vec<String>)>, String> {
    let Some((phrase, code)) = line.split_once('[') else { return Err("a role without brackets".to_owned()) };
    let Some((code, _)) = code.split_once(']') else { return Err("a bracket that does not end".to_owned()) };
    let (phrase, plural) = match phrase.split_once('{') {
        Some((phrase, rest)) => {
            let Some((plural, _)) = rest.split_once('}') else {
                return Err("a brace that does not end".to_owned());
            };
            (phrase, Some(common(plural)))
        }
        None => (phrase, None),
    };
    let role = code.trim().trim_matches('~');
    let Some(sector) = role_of(role) else { return Err(format!("“{role}” is no role of CAMEO's")) };
    let mut phrases = vec![phrase.to_owned()];
    for (sort, words) in sorts {
        phrases = phrases
            .into_iter()
            .flat_map(|phrase| match phrase.contains(sort.as_str()) {
                true => words.iter().map(|word| phrase.replace(sort.as_str(), word)).collect(),
                false => vec![phrase],
            })
            .collect();
    }
    if let Some(left) = phrases.iter().find(|phrase| phrase.contains('!')) {
        return Err(format!("“{}” uses a sort that is not defined above it", left.trim()));
    }
    let many = phrases.len() > 1;
    let known = |name: &str| {
        world.lookup(name).iter().any(|e| matches!(e, Entry::Agent(at) if world.agents[*at].sector == sector))
    };
    Ok(phrases
        .iter()
        .map(|phrase| common(phrase))
        .filter(|name| !name.is_empty() && !known(name))
        .map(|name| {
            // The tables make the regular plural where none stands; a sort names its plurals itself.
            let plural = match &plural {
                None if many => name.clone(),
                None => String::new(),
                Some(none) if none.is_empty() => name.clone(),
                Some(plural) => plural.clone(),
            };
            let row = [name.as_str(), &plural, sector.as_str(), SOURCE];
            (Table::Agents, row.map(str::to_owned).to_vec())
        })
        .collect())
}

/// The first of the role's letters that CAMEO has as a role; faiths without one are religious.
fn role_of(letters: &str) -> Option<Sector> {
    const FAITHS: [&str; 19] = [
        "BAH", "BUD", "CHR", "CON", "CPT", "CTH", "DOX", "HIN", "HSD", "ITR", "JAN", "JEW", "JHW", "LDS",
        "MUS", "PRO", "SIK", "SUN", "SHI",
    ];
    let triples = || letters.as_bytes().chunks(3).filter_map(|t| std::str::from_utf8(t).ok());
    triples()
        .find_map(Sector::parse)
        .or_else(|| triples().any(|t| FAITHS.contains(&t)).then_some(Sector::Rel))
}

/// `MEMBER_OF_PARLIAMENT` → `member of parliament`.
fn common(phrase: &str) -> String {
    phrase.split(['_', ' ', '\t']).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ").to_lowercase()
}
