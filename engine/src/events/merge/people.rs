//! All reports → on whose side people are by what most pages say, whatever a single page makes of it.

use std::collections::{BTreeMap, BTreeSet};

use crate::actors::{Actor, ActorKind};
use crate::events::event::Filed;
use crate::events::report::Party;
use crate::events::sides::side;

/// On whose side people are.
pub(super) struct People {
    /// By name in full, in lower case: the side that more articles give them than any other.
    sides: BTreeMap<String, String>,
    /// By last word: the name in full, where only one has it.
    surnames: BTreeMap<String, Option<String>>,
}

impl People {
    /// Reads all reports.
    pub(super) fn of(reports: &[Filed]) -> Self {
        let mut told: BTreeMap<String, BTreeMap<&str, BTreeSet<&str>>> = BTreeMap::new();
        for filed in reports {
            for party in filed.report.actors.iter().chain(&filed.report.recipients) {
                let name = full_name(&party.actor);
                if let Some((name, side)) = name.zip(side(&party.actor)) {
                    told.entry(name).or_default().entry(side).or_default().insert(&filed.article);
                }
            }
        }
        let mut people = Self { sides: BTreeMap::new(), surnames: BTreeMap::new() };
        for (name, sides) in &told {
            let most = sides.values().map(BTreeSet::len).max().unwrap_or(0);
            let mut leading = sides.iter().filter(|(_, articles)| articles.len() == most);
            if let (Some((side, _)), None) = (leading.next(), leading.next()) {
                people.sides.insert(name.clone(), (*side).to_owned());
            }
            let surname = last_word(name).to_owned();
            let alone = !people.surnames.contains_key(&surname);
            people.surnames.insert(surname, alone.then(|| name.clone()));
        }
        people
    }

    /// The side of an actor.
    pub(super) fn side<'a>(&'a self, actor: &'a Actor) -> Option<&'a str> {
        let known = || {
            let name = match full_name(actor) {
                Some(name) => name,
                None => self.surnames.get(&actor.name.to_lowercase())?.clone()?,
            };
            self.sides.get(&name).map(String::as_str)
        };
        let of_person = if actor.kind == ActorKind::Person { known() } else { None };
        of_person.or_else(|| side(actor))
    }

    /// The sides of some parties, sorted, each once.
    pub(super) fn sides<'a>(&'a self, parties: impl IntoIterator<Item = &'a Party>) -> Vec<&'a str> {
        let mut sides: Vec<&str> = parties.into_iter().filter_map(|p| self.side(&p.actor)).collect();
        sides.sort_unstable();
        sides.dedup();
        sides
    }
}

/// A person's name in lower case, if it is more than a surname.
fn full_name(actor: &Actor) -> Option<String> {
    (actor.kind == ActorKind::Person && actor.name.contains(' ')).then(|| actor.name.to_lowercase())
}

fn last_word(name: &str) -> &str {
    name.rsplit(' ').next().unwrap_or(name)
}
