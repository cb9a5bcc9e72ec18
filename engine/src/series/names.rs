//! Names of outlets and issues, and where each stands in a list of them.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

/// The name of an outlet or of an issue. Its copies share one text: those of a whole record are made of [`Names`], and are
/// mostly told apart by where the text lies, which takes no look at it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(Arc<str>);

impl<T: Into<Arc<str>>> From<T> for Name {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

impl Deref for Name {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Name {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for Name {
    fn eq(&self, other: &str) -> bool {
        **self == *other
    }
}

impl PartialEq<&str> for Name {
    fn eq(&self, other: &&str) -> bool {
        **self == **other
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

/// The names met so far: one text for each.
#[derive(Debug, Default)]
pub(in crate::series) struct Names(FxHashSet<Name>);

impl Names {
    /// This name, of the text that was kept for it when it was first met.
    pub(in crate::series) fn shared(&mut self, text: &str) -> Name {
        if let Some(known) = self.0.get(text) {
            return known.clone();
        }
        let name = Name::from(text);
        self.0.insert(name.clone());
        name
    }
}

/// Where names stand in a list that grows by each new one.
#[derive(Debug, Default)]
pub(in crate::series) struct Places<'n> {
    /// By where a text lies: all that is asked of a name met before.
    by_address: FxHashMap<*const u8, usize>,
    /// By the text, which several may hold.
    by_text: FxHashMap<&'n str, usize>,
}

impl<'n> Places<'n> {
    /// Where `name` stands; `next` where it is new.
    pub(in crate::series) fn of(&mut self, name: &'n Name, next: usize) -> usize {
        let address = name.as_ptr();
        if let Some(place) = self.by_address.get(&address) {
            return *place;
        }
        let place = *self.by_text.entry(name).or_insert(next);
        self.by_address.insert(address, place);
        place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_in_one_place_whoever_holds_its_text() {
        let mut names = Names::default();
        let all = [
            names.shared("AP"),
            Name::from("AP"),
            names.shared("Dawn"),
            names.shared("AP"),
            Name::from("Dawn"),
        ];
        assert_eq!(all[0].as_ptr(), all[3].as_ptr());
        assert_ne!(all[0].as_ptr(), all[1].as_ptr());
        let mut places = Places::default();
        let mut next = 0;
        let stand = all.each_ref().map(|name| {
            let place = places.of(name, next);
            next = next.max(place + 1);
            place
        });
        assert_eq!(stand, [0, 0, 1, 0, 1]);
    }
}
