//! Turns everyone seen on a page into three lists: people with their posts, bodies and groups, and names of states.

use demarche_engine::actors::ActorKind;
use demarche_engine::{Reading, Seen};

/// Who is on a page, each list in order of first mention.
pub(crate) struct OnPage<'r> {
    /// Persons, and those known by their post only.
    pub(crate) people: Vec<&'r Seen>,
    /// Organisations, groups and blocs.
    pub(crate) bodies: Vec<&'r Seen>,
    /// Names of states, each once.
    pub(crate) states: Vec<&'r str>,
}

/// Sorts everyone seen into the three lists.
pub(crate) fn on_page(reading: &Reading) -> OnPage<'_> {
    let mut lists = OnPage { people: Vec::new(), bodies: Vec::new(), states: Vec::new() };
    for seen in &reading.seen {
        match seen.actor.kind {
            ActorKind::Person | ActorKind::Office => lists.people.push(seen),
            ActorKind::Organisation | ActorKind::Group | ActorKind::Bloc => lists.bodies.push(seen),
            ActorKind::State => {
                if !lists.states.contains(&seen.actor.name.as_str()) {
                    lists.states.push(&seen.actor.name);
                }
            }
        }
    }
    lists
}
