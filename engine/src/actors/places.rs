//! Tokens → the places of the world tables that they name.

use crate::actors::actor::Located;
use crate::actors::hits::{Hits, words};
use crate::actors::world::World;
use crate::language::Document;

/// Words of the longest name.
const LONGEST: usize = 6;

/// Every place named outside `taken` (persons) and outside what other tables know; the longest name counts.
pub(crate) fn places(doc: &Document, hits: &Hits, world: &World, taken: &[(usize, usize)]) -> Vec<Located> {
    let mut free: Vec<bool> = (0..doc.tokens.len()).map(|t| hits.at(t).is_none()).collect();
    for &(first, last) in taken {
        free[first..last].fill(false);
    }
    let mut places = Vec::new();
    for sentence in &doc.sentences {
        let mut first = sentence.first;
        while first < sentence.last {
            let run = (first..sentence.last.min(first + LONGEST)).take_while(|&t| free[t]).count();
            let named = doc.form(first).starts_with(char::is_uppercase);
            let found = (1..=run).rev().filter(|_| named).find_map(|count| {
                let place = world.place(&words(doc, first, first + count))?;
                Some((first + count, place))
            });
            let Some((last, place)) = found else {
                first += 1;
                continue;
            };
            let span = doc.tokens[first].span.join(doc.tokens[last - 1].span);
            places.push(Located { span, first, last, state: place.state().map(str::to_owned) });
            first = last;
        }
    }
    places
}
