//! Who stands on the two sides of a question: states, dyads, and sides of several states.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A state by its ISO 3166 alpha-3 code (or a code of the same shape, such as `XKX`), in three bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct State([u8; 3]);

impl State {
    /// The three letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }
}

impl FromStr for State {
    type Err = NotState;

    /// Reads three ASCII letters in either case. Whether such a state exists is for the world tables to say.
    fn from_str(text: &str) -> Result<Self, NotState> {
        match text.as_bytes() {
            [a, b, c] if [a, b, c].iter().all(|l| l.is_ascii_alphabetic()) => {
                Ok(Self([a.to_ascii_uppercase(), b.to_ascii_uppercase(), c.to_ascii_uppercase()]))
            }
            _ => Err(NotState(text.to_owned())),
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for State {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for State {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A text that is no three-letter code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotState(String);

impl fmt::Display for NotState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is no state code: three letters such as PAK or USA are expected", self.0)
    }
}

impl std::error::Error for NotState {}

/// Two different states, in alphabetical order of their codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Dyad {
    /// The one that comes first in the alphabet.
    pub first: State,
    /// The other.
    pub second: State,
}

impl Dyad {
    /// The dyad of two states in either order; none where they are one and the same.
    pub fn new(a: State, b: State) -> Option<Self> {
        (a != b).then(|| Self { first: a.min(b), second: a.max(b) })
    }

    /// Whether `state` is one of the two.
    pub fn has(self, state: State) -> bool {
        self.first == state || self.second == state
    }
}

impl fmt::Display for Dyad {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}–{}", self.first, self.second)
    }
}

/// One side of a question: a state, or the members that a group or bloc has on the date of the question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// How to call it: the state's code, the bloc's name.
    pub name: String,
    /// Its states, sorted, each once. Who is a member on which date is for the world tables to say.
    pub states: Vec<State>,
}

impl Side {
    /// A side of several states.
    pub fn bloc(name: &str, mut states: Vec<State>) -> Self {
        states.sort_unstable();
        states.dedup();
        Self { name: name.to_owned(), states }
    }

    /// Whether `state` sits on this side.
    pub fn has(&self, state: State) -> bool {
        match self.states.as_slice() {
            [only] => *only == state,
            several => several.binary_search(&state).is_ok(),
        }
    }
}

impl From<State> for Side {
    fn from(state: State) -> Self {
        Self { name: state.to_string(), states: vec![state] }
    }
}

/// The two sides of a question, in the order in which they are asked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sides {
    /// The first one.
    pub first: Side,
    /// The other one.
    pub second: Side,
}

impl Sides {
    /// Two sides; whether they can be told apart is checked when the question is put.
    pub fn new(first: impl Into<Side>, second: impl Into<Side>) -> Self {
        Self { first: first.into(), second: second.into() }
    }

    /// The states that sit on both sides, sorted.
    pub fn shared(&self) -> Vec<State> {
        self.first.states.iter().copied().filter(|s| self.second.has(*s)).collect()
    }
}

impl From<Dyad> for Sides {
    fn from(dyad: Dyad) -> Self {
        Self::new(dyad.first, dyad.second)
    }
}

impl fmt::Display for Sides {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}–{}", self.first.name, self.second.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_and_dyads() {
        let state = |code: &str| code.parse::<State>().unwrap();
        assert_eq!(state("pak").to_string(), "PAK");
        assert!(["", "PK", "PAKI", "P4K", "É"].iter().all(|text| text.parse::<State>().is_err()));
        assert_eq!(Dyad::new(state("USA"), state("PAK")), Dyad::new(state("PAK"), state("USA")));
        assert_eq!(Dyad::new(state("USA"), state("USA")), None);
        let sides = Sides::new(
            Side::bloc("Nordics", ["SWE", "NOR", "DNK", "SWE"].map(state).to_vec()),
            Side::from(state("NOR")),
        );
        assert_eq!(sides.first.states.len(), 3);
        assert_eq!(sides.shared(), [state("NOR")]);
        assert_eq!(sides.to_string(), "Nordics–NOR");
    }
}
