//! The contacts that a page has told so far → with whom somebody does the next thing, and when the same contact was.

use crate::language::Document;
use crate::time::Period;

/// Contacts that took place, in order of text.
#[derive(Debug, Default)]
pub(crate) struct Contacts {
    told: Vec<Contact>,
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

impl Contacts {
    /// Notes a contact.
    pub(crate) fn note(&mut self, parties: &[usize], verb: usize, date: Option<Period>) {
        self.told.push(Contact { parties: parties.to_vec(), verb, date });
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
