//! How high those stand who take part in an event: the level of a contact, read off their posts.

use demarche_engine::actors::{Actor, Manner, Rank};
use serde::{Deserialize, Serialize};

use crate::columns::word;

/// The level of a contact: that of the highest post that takes part on either side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Heads of state and government, monarchs, heads of international bodies.
    Leaders,
    /// Ministers and chiefs of the armed forces.
    Ministers,
    /// Deputy ministers, envoys, ambassadors.
    Deputies,
    /// Officials, diplomats, officers, members of parliaments, judges, leaders of parties.
    Officials,
    /// Nobody with a post that a page names.
    Unsaid,
}

impl Level {
    /// All of them, the highest first.
    pub const ALL: [Level; 5] =
        [Level::Leaders, Level::Ministers, Level::Deputies, Level::Officials, Level::Unsaid];

    /// The ranks that stand on it.
    pub fn ranks(self) -> &'static [Rank] {
        match self {
            Level::Leaders => &[Rank::HeadOfState, Rank::Monarch, Rank::HeadOfGovernment, Rank::IgoHead],
            Level::Ministers => &[Rank::Minister, Rank::MilitaryChief],
            Level::Deputies => &[Rank::DeputyMinister, Rank::Envoy, Rank::Ambassador],
            Level::Officials => &[
                Rank::Legislator,
                Rank::Judge,
                Rank::PartyLeader,
                Rank::MilitaryOfficer,
                Rank::Diplomat,
                Rank::Official,
                Rank::Spokesperson,
            ],
            Level::Unsaid => &[],
        }
    }

    /// The level on which these meet. Who has left a post brings its rank no more.
    pub fn of<'a>(actors: impl IntoIterator<Item = &'a Actor>) -> Self {
        let posts = actors.into_iter().filter_map(|actor| actor.post.as_ref());
        let held = posts.filter(|post| !post.manner.iter().any(|m| LEFT.contains(m)));
        let level = |rank: Rank| Self::ALL.into_iter().find(|level| level.ranks().contains(&rank));
        held.filter_map(|post| level(post.rank?)).min().unwrap_or(Level::Unsaid)
    }

    /// The level of an event's `body` as its place among all, as SQL.
    pub(crate) fn sql() -> rusqlite::Result<String> {
        let mut places = String::new();
        for (place, level) in Self::ALL.iter().enumerate() {
            for rank in level.ranks() {
                places += &format!(" WHEN '{}' THEN {place}", word(rank)?);
            }
        }
        let [former, retired] = [word(&LEFT[0])?, word(&LEFT[1])?];
        let unsaid = Self::ALL.len() - 1;
        Ok(format!(
            "(SELECT ifnull(min(CASE tree.value ->> '$.post.rank'{places} END), {unsaid}) FROM json_tree(body) AS tree
              WHERE tree.key = 'actor' AND NOT EXISTS (SELECT 1 FROM json_each(tree.value, '$.post.manner') AS manner
                                                  WHERE manner.value IN ('{former}', '{retired}')))"
        ))
    }
}

/// Manners in which a post is held no more.
const LEFT: [Manner; 2] = [Manner::Former, Manner::Retired];

#[cfg(test)]
mod tests {
    use demarche_engine::actors::{ActorKind, Post};

    use super::*;

    #[test]
    fn the_highest_post_that_is_held_decides() {
        let holder = |rank, manner: &[Manner]| Actor {
            kind: ActorKind::Person,
            name: "A".into(),
            state: Some("PAK".into()),
            code: "PAKGOV".into(),
            sector: None,
            post: Some(Post { title: "a".into(), office: None, rank, manner: manner.to_vec() }),
            wikidata: None,
            settled: vec![],
        };
        let minister = holder(Some(Rank::Minister), &[]);
        let ambassador = holder(Some(Rank::Ambassador), &[]);
        let president = holder(Some(Rank::HeadOfState), &[Manner::Former]);
        assert_eq!(Level::of([&ambassador, &minister, &president]), Level::Ministers);
        assert_eq!(Level::of([&president]), Level::Unsaid);
        assert_eq!(Level::of([&holder(None, &[])]), Level::Unsaid);
        assert_eq!(Level::of([]), Level::Unsaid);
    }
}
