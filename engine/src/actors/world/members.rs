//! Blocs: turns the name of a bloc and a day into the states that are its members then.

use jiff::civil::Date;

use crate::actors::world::{Days, Entry, World};

/// A row of `members.tsv`: a state that belongs to a bloc.
#[derive(Debug)]
pub struct Member {
    /// The bloc, as the table calls it: a name or an alias in `organisations.tsv`.
    pub bloc: String,
    /// ISO3 of the state.
    pub iso3: String,
    /// The days on which it is a member.
    pub days: Days,
}

impl World {
    /// The bloc that words mean, in any case, as the table of members calls it: "EU", "European Union".
    pub fn bloc(&self, words: &str) -> Option<&str> {
        let bodies = |phrase: &str| {
            let spelt = self.exact.iter().filter(move |(known, _)| known.eq_ignore_ascii_case(phrase));
            let entries = spelt.flat_map(|(_, entries)| entries);
            entries.filter(|entry| matches!(entry, Entry::Organisation(_))).copied().collect::<Vec<_>>()
        };
        let asked = bodies(words);
        let mut blocs: Vec<&str> = self.members.iter().map(|member| member.bloc.as_str()).collect();
        blocs.dedup();
        let means = |bloc: &&str| {
            bloc.eq_ignore_ascii_case(words)
                || self.organisation(bloc).is_some_and(|at| asked.contains(&Entry::Organisation(at)))
        };
        blocs.into_iter().find(means)
    }

    /// ISO3 of the members of a bloc on a day, sorted.
    pub fn members_on(&self, bloc: &str, date: Date) -> Vec<&str> {
        let members = self.members.iter().filter(|member| member.bloc == bloc && member.days.hold(date));
        members.map(|member| member.iso3.as_str()).collect()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn members_come_and_go() {
        let world = World::shipped();
        for words in ["EU", "eu", "European Union", "european union"] {
            assert_eq!(world.bloc(words), Some("EU"), "{words}");
        }
        assert_eq!(world.bloc("Association of Southeast Asian Nations"), Some("ASEAN"));
        assert_eq!(world.bloc("World Bank"), None, "a body, and no bloc of the table");
        assert_eq!(world.bloc("Pakistan"), None);
        let (before, after) =
            (world.members_on("EU", date(2020, 1, 31)), world.members_on("EU", date(2020, 2, 1)));
        assert!(before.contains(&"GBR") && !after.contains(&"GBR"));
        assert_eq!((before.len(), after.len()), (28, 27));
        assert!(world.members_on("EU", date(1950, 1, 1)).is_empty());
    }

    #[test]
    fn every_row_names_a_body_and_a_state() {
        let world = World::shipped();
        assert!(!world.members.is_empty());
        for member in &world.members {
            assert!(world.organisation(&member.bloc).is_some(), "{}", member.bloc);
            assert!(world.state(&member.iso3).is_some(), "{}", member.iso3);
        }
    }
}
