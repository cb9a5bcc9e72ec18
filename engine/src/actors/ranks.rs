//! Words that say only what sort of post somebody holds ("the minister", "the two leaders") → how high those stand whom they
//! can mean.

use crate::actors::actor::{Actor, Rank};

type Row = (&'static str, &'static [Rank]);

const MINISTERS: &[Rank] = &[Rank::Minister, Rank::DeputyMinister, Rank::HeadOfGovernment];
const OFFICERS: &[Rank] = &[Rank::MilitaryChief, Rank::MilitaryOfficer];

/// Titles that stand alone.
const TITLES: &[Row] = &[
    ("ambassador", &[Rank::Ambassador]),
    ("diplomat", &[Rank::Ambassador, Rank::Envoy, Rank::Diplomat, Rank::Minister]),
    ("envoy", &[Rank::Envoy, Rank::Ambassador]),
    ("general", OFFICERS),
    ("minister", MINISTERS),
    ("premier", &[Rank::HeadOfGovernment]),
    ("spokesman", &[Rank::Spokesperson]),
    ("spokesperson", &[Rank::Spokesperson]),
    ("spokeswoman", &[Rank::Spokesperson]),
];

/// Nouns that mean several at once.
const PLURALS: &[Row] = &[
    ("ambassador", &[Rank::Ambassador]),
    ("commander", OFFICERS),
    ("diplomat", &[Rank::Ambassador, Rank::Envoy, Rank::Diplomat, Rank::Minister, Rank::DeputyMinister]),
    ("envoy", &[Rank::Envoy, Rank::Ambassador, Rank::Diplomat]),
    ("general", OFFICERS),
    ("leader", &[Rank::HeadOfState, Rank::Monarch, Rank::HeadOfGovernment]),
    ("minister", MINISTERS),
    ("premier", &[Rank::HeadOfGovernment]),
    ("president", &[Rank::HeadOfState]),
];

/// The ranks that a title alone can mean: "the minister".
pub(crate) fn of_title(title: &str) -> Option<&'static [Rank]> {
    find(TITLES, title)
}

/// The ranks of those whom a plural noun can mean, by its lemma: "the ministers".
pub(crate) fn of_plural(noun: &str) -> Option<&'static [Rank]> {
    find(PLURALS, noun)
}

/// Whether somebody's post is of one of these ranks.
pub(crate) fn holds(actor: &Actor, ranks: &[Rank]) -> bool {
    let rank = actor.post.as_ref().and_then(|post| post.rank);
    rank.is_some_and(|rank| ranks.contains(&rank))
}

fn find(rows: &[Row], word: &str) -> Option<&'static [Rank]> {
    rows.iter().find(|(called, _)| *called == word).map(|(_, ranks)| *ranks)
}
