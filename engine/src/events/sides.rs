//! An actor → the side it is on, and whether it can act for it.

use crate::actors::{Actor, ActorKind, Sector};
use crate::events::report::Party;

/// Which side an actor is on: its state, or the body itself where it serves none. Whose army or court it is that no word
/// says nobody knows.
pub(crate) fn side(actor: &Actor) -> Option<&str> {
    let unsaid = actor.sector.is_some_and(Sector::is_a_states) && actor.code.len() <= 3;
    match &actor.state {
        Some(state) => Some(state),
        None if unsaid => None,
        None if matches!(actor.kind, ActorKind::Bloc | ActorKind::Organisation) && !actor.code.is_empty() => {
            Some(&actor.code)
        }
        None if actor.sector == Some(Sector::Igo) => Some(&actor.code),
        None => None,
    }
}

/// Whether an actor can act for a state or a body of states.
pub(crate) fn is_public(actor: &Actor) -> bool {
    actor.kind == ActorKind::State
        || actor.kind == ActorKind::Bloc
        || actor.sector.is_some_and(|s| {
            s.is_a_states()
                || matches!(
                    s,
                    Sector::Igo | Sector::Reb | Sector::Ins | Sector::Sep | Sector::Uaf | Sector::Img
                )
        })
}

/// Whether a happening is between two sides, both of which can act for a state, a body of states or an armed group.
pub(crate) fn interstate(actors: &[Party], recipients: &[Party]) -> bool {
    let sides: Vec<&str> = actors
        .iter()
        .chain(recipients)
        // "Azerbaijan's X" has met somebody, whatever his post.
        .filter(|p| {
            let unsaid = !recipients.is_empty() || p.actor.sector.is_none();
            is_public(&p.actor) || unsaid && p.actor.state.is_some()
        })
        .filter_map(|p| side(&p.actor))
        .collect();
    sides.iter().any(|s| *s != sides[0]) && actors.iter().any(|p| is_public(&p.actor))
}
