//! Who: turns words that somebody asks about into the rows of the tables that they can mean.

use jiff::civil::Date;

use crate::actors::world::{Entry, Holder, World};

/// What the tables know of some words.
#[derive(Debug, Default)]
pub struct Known<'w> {
    /// What the words are the name of.
    pub entries: Vec<Entry>,
    /// Rows of people so named, or who held the post that the words name; those who held theirs on the day first.
    pub holders: Vec<&'w Holder>,
}

impl World {
    /// What the tables know of `words` on a day: a name, a surname behind a title, a post with its state.
    pub fn who(&self, words: &str, date: Option<Date>) -> Known<'_> {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let entries = self.lookup(&words);
        let surname = words.rsplit(' ').next().unwrap_or("");
        let full: Vec<&Holder> = self.of_name(&words).collect();
        let mut holders = if full.is_empty() { self.of_surname(surname).collect() } else { full };
        if let (Some(office), Some(side)) = self.post(&words) {
            let of_post = |row: &&Holder| row.office == office && row.side() == side;
            let on_day = |row: &&Holder| date.is_none_or(|d| row.held_on(d));
            holders.extend(self.people.iter().filter(of_post).filter(on_day));
        }
        let away = |row: &Holder| date.is_some_and(|d| !row.held_on(d));
        holders.sort_by(|a, b| (away(a), &a.name, a.days.from).cmp(&(away(b), &b.name, b.days.from)));
        holders.dedup_by(|a, b| std::ptr::eq(*a, *b));
        Known { entries, holders }
    }

    /// ISO3 of a state by its code or name, or the name of a body.
    pub(crate) fn side(&self, words: &str) -> Option<String> {
        if self.state(words).is_some() {
            return Some(words.to_owned());
        }
        self.lookup(words).into_iter().find_map(|entry| match entry {
            Entry::State(at) => Some(self.states[at].iso3.clone()),
            Entry::Organisation(at) => Some(self.organisations[at].name.clone()),
            _ => None,
        })
    }

    /// The office that words such as "Minister of Foreign Affairs of Pakistan" or "the Turkish president" name, and whose
    /// it is.
    pub(crate) fn post(&self, words: &str) -> (Option<String>, Option<String>) {
        let words: Vec<&str> = words.split_whitespace().collect();
        let stretches = (1..=words.len())
            .rev()
            .flat_map(|length| (0..=words.len() - length).map(move |at| (at, at + length)));
        let office = stretches.into_iter().find_map(|(start, end)| {
            let entries = self.lookup(&words[start..end].join(" ")).into_iter();
            let at =
                entries.into_iter().find_map(|e| if let Entry::Office(at) = e { Some(at) } else { None })?;
            Some((at, start, end))
        });
        let Some((at, start, end)) = office else { return (None, None) };
        let rest = words[..start].iter().chain(&words[end..]).copied().collect::<Vec<_>>().join(" ");
        let whose = self.offices[at].state.clone().or_else(|| {
            let named = rest.trim_start_matches("of ").trim_start_matches("the ");
            self.side(named).or_else(|| self.state_named_in(&rest).map(str::to_owned))
        });
        (Some(self.offices[at].name.clone()), whose)
    }
}
