//! Turns what people type for a side — a state, or a bloc — into the states that stand on it on a day.

use demarche_engine::series::{Side, State};
use jiff::civil::Date;

use crate::fault::Fault;
use crate::telling::{States, count, day_words};

impl States {
    /// The state that `words` means, or else the bloc with its members on that day.
    pub(crate) fn side(&self, words: &str, day: Date) -> Result<Side, Fault> {
        let read = |iso3: &str| iso3.parse::<State>().map_err(|e| Fault::usage(e.to_string()));
        match (self.find(words), self.world().bloc(words.trim())) {
            (Ok(iso3), _) => Ok(read(iso3)?.into()),
            (Err(_), Some(bloc)) => {
                let members = self.world().members_on(bloc, day).into_iter().map(read);
                let members = members.collect::<Result<Vec<_>, _>>()?;
                if members.is_empty() {
                    return Err(Fault::usage(format!(
                        "{bloc} had no members on {}; ask as of another day, or name a state",
                        day_words(day)
                    )));
                }
                Ok(Side::bloc(bloc, members))
            }
            (Err(fault), None) => Err(fault),
        }
    }

    /// A side in words: `Pakistan`, `EU (27 members on that day)`.
    pub(crate) fn side_words(&self, side: &Side) -> String {
        match side.states.as_slice() {
            [state] if side.name == state.as_str() => self.name(state.as_str()).to_owned(),
            members => format!("{} ({} on that day)", side.name, count(members.len(), "member")),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn states_come_before_blocs_and_blocs_have_their_members_of_the_day() {
        let states = States::shipped();
        let side = |words: &str, year| states.side(words, date(year, 6, 1)).unwrap();
        assert_eq!(states.side_words(&side("china", 2019)), "China");
        assert_eq!(states.side_words(&side("European Union", 2019)), "EU (28 members on that day)");
        assert_eq!(states.side_words(&side("eu", 2021)), "EU (27 members on that day)");
        assert_eq!(side("AU", 2021).name, "AUS", "a code of ISO 3166 first");
        let fault = states.side("EU", date(1950, 1, 1)).unwrap_err();
        assert!(fault.is_usage() && fault.to_string().contains("no members on 1 January 1950"), "{fault}");
        assert!(states.side("pakistn", date(2021, 1, 1)).unwrap_err().to_string().contains("PAK"));
    }
}
