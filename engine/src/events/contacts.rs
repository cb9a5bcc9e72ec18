//! The contacts and deeds that a page has told so far → with whom somebody does the next thing, when the same contact was, and
//! whom somebody answers.

use crate::actors::Cast;
use crate::events::sides::{is_public, side};
use crate::language::Document;
use crate::time::Period;

/// Contacts that took place, in order of text.
#[derive(Debug, Default)]
pub(crate) struct Contacts {
    told: Vec<Contact>,
    deeds: Vec<Deed>,
}

/// What somebody did or said to others, or several did to each other.
#[derive(Debug)]
struct Deed {
    who: Vec<usize>,
    whom: Vec<usize>,
    /// Whether it is conflict, in words or in deeds.
    hostile: bool,
}

/// The sides of these actors, sorted, each once.
fn sides<'a, 'd>(cast: &'a Cast, actors: impl Iterator<Item = &'d usize>) -> Vec<&'a str> {
    let mut sides: Vec<&str> = actors.filter_map(|&a| side(&cast.actors[a])).collect();
    sides.sort_unstable();
    sides.dedup();
    sides
}

#[derive(Debug)]
struct Contact {
    parties: Vec<usize>,
    /// The verb that tells it.
    verb: usize,
    date: Option<Period>,
}

/// Contacts back to which a page can point without naming them again.
const REACH: usize = 32;
/// Deeds back to which an answer can reach that does not name its other side.
const ANSWERS: usize = 6;

impl Contacts {
    /// Notes a contact.
    pub(crate) fn note(&mut self, parties: &[usize], verb: usize, date: Option<Period>) {
        self.told.push(Contact { parties: parties.to_vec(), verb, date });
    }

    /// Notes a deed.
    pub(crate) fn note_deed(&mut self, who: &[usize], whom: &[usize], hostile: bool) {
        if who.len() + whom.len() > 1 {
            self.deeds.push(Deed { who: who.to_vec(), whom: whom.to_vec(), hostile });
        }
    }

    /// Whom the side of `who` answers: whoever last did or said something to it ("Iran dismissed the protest").
    ///
    /// Only what is `hostile` is answered with a threat.
    pub(crate) fn answered(&self, cast: &Cast, who: &[usize], hostile: bool) -> Vec<usize> {
        let own: Vec<&str> = who.iter().filter_map(|&a| side(&cast.actors[a])).collect();
        let of_own = |&a: &usize| side(&cast.actors[a]).is_some_and(|s| own.contains(&s));
        let sided = |&a: &usize| is_public(&cast.actors[a]) && side(&cast.actors[a]).is_some();
        let to_own = |deed: &&Deed| {
            (deed.hostile || !hostile)
                && deed.whom.iter().any(of_own)
                && !deed.who.iter().any(of_own)
                && deed.who.iter().all(sided)
        };
        let deed = self.deeds.iter().rev().take(ANSWERS).find(to_own);
        deed.map(|deed| deed.who.clone()).unwrap_or_default()
    }

    /// The states between which the side of `who` steps in as a third: the two of the last deed, but for its own.
    pub(crate) fn dispute<'a>(&self, cast: &'a Cast, who: &[usize]) -> Option<[&'a str; 2]> {
        let own: Vec<&str> = who.iter().map(|&a| side(&cast.actors[a])).collect::<Option<_>>()?;
        let others = |deed: &Deed| {
            // "Asked both sides for calm": who is asked is at odds, not who asks.
            let asked = sides(cast, deed.whom.iter());
            let mut between =
                if asked.len() > 1 { asked } else { sides(cast, deed.who.iter().chain(&deed.whom)) };
            between.retain(|side| !own.contains(side));
            between
        };
        let between = self.deeds.iter().rev().take(ANSWERS).map(others).find(|sides| sides.len() > 1)?;
        <[&str; 2]>::try_from(between).ok()
    }

    /// The others of the contact that verb `at` goes on from, of which `who` is one.
    pub(crate) fn partners(&self, doc: &Document, who: usize, at: usize) -> Vec<usize> {
        let sentence = doc.sentence_of(at).first;
        let here = self.told.iter().rev().take_while(|c| c.verb >= sentence);
        let goes_on = |c: &&Contact| c.parties.contains(&who) && doc.has_ancestor(at, c.verb);
        let parties = here.into_iter().find(goes_on).map(|c| c.parties.as_slice()).unwrap_or_default();
        parties.iter().copied().filter(|&party| party != who).collect()
    }

    /// The date of the last contact between just these, of those told not too long ago.
    pub(crate) fn date(&self, who: &[usize], whom: &[usize]) -> Option<Period> {
        let all = who.len() + whom.len();
        let same = |c: &&Contact| {
            c.parties.len() == all && who.iter().chain(whom).all(|party| c.parties.contains(party))
        };
        self.told.iter().rev().take(REACH).find(same).and_then(|c| c.date)
    }
}
