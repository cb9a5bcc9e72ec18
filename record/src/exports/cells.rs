//! Turns what an entry holds into the values of cells: joined lists, clipped sentences, the class of a code.

use std::borrow::Cow;

use demarche_engine::series::{Cameo, Class};
use jiff::civil::Date;

use crate::select::{Entry, Participant};

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'e> {
    /// It is not known, or there is none.
    Nothing,
    /// Words.
    Text(Cow<'e, str>),
    /// A day.
    Date(Date),
    /// With decimals.
    Number(f64),
    /// Without.
    Whole(i64),
}

impl<'e> Value<'e> {
    /// A text; an empty one says nothing.
    pub fn text(text: impl Into<Cow<'e, str>>) -> Self {
        let text = text.into();
        if text.is_empty() { Value::Nothing } else { Value::Text(text) }
    }

    /// How many.
    pub fn count(n: usize) -> Self {
        Value::Whole(n as i64)
    }

    /// A day that may be missing.
    pub fn day(day: Option<Date>) -> Self {
        day.map_or(Value::Nothing, Value::Date)
    }

    /// A list in one cell, with semicolons between its parts.
    pub fn list(parts: impl IntoIterator<Item = &'e str>) -> Self {
        joined(parts)
    }

    /// A text that may be missing.
    pub fn maybe(text: Option<&'e str>) -> Self {
        text.map_or(Value::Nothing, Value::text)
    }
}

/// What stands between the parts of a list in one cell.
const BETWEEN: &str = ";";
/// Characters of a sentence that are exported: enough to check a coding, too few to republish an article.
const QUOTED: usize = 300;

/// A list in one cell. A semicolon in a part would make two of it and becomes a comma.
pub(crate) fn joined<'e>(parts: impl IntoIterator<Item = &'e str>) -> Value<'e> {
    let mut parts = parts.into_iter().map(|part| {
        if part.contains(BETWEEN) { Cow::Owned(part.replace(BETWEEN, ",")) } else { Cow::Borrowed(part) }
    });
    let Some(mut all) = parts.next() else { return Value::Nothing };
    for part in parts {
        let all = all.to_mut();
        all.push_str(BETWEEN);
        all.push_str(&part);
    }
    Value::text(all)
}

/// One thing about each who takes part, in their order, so that the third part of every such cell is about the third of
/// them; empty where it is known of none.
pub(crate) fn of_each<'e>(
    parties: &'e [Participant],
    of: fn(&'e Participant) -> Option<&'e str>,
) -> Value<'e> {
    if parties.iter().all(|party| of(party).is_none_or(str::is_empty)) {
        return Value::Nothing;
    }
    joined(parties.iter().map(|party| of(party).unwrap_or_default()))
}

/// A sentence of 300 characters at most, cut between words.
pub(crate) fn clipped(sentence: String) -> String {
    let Some((end, _)) = sentence.char_indices().nth(QUOTED) else { return sentence };
    // Room for the dots, which are one character.
    let last = sentence[..end].char_indices().next_back().map_or(0, |(at, _)| at);
    let whole_word = sentence[last..].starts_with(char::is_whitespace);
    let cut = match sentence[..last].rfind(char::is_whitespace) {
        Some(space) if !whole_word => space,
        _ => last,
    };
    format!("{}…", sentence[..cut].trim_end())
}

/// The event's CAMEO code, or the root of its PLOVER type.
pub(crate) fn code(entry: &Entry) -> Option<Cameo> {
    cameo(entry).or_else(|| Cameo::of_plover(entry.event_type.as_deref()?))
}

/// The event's own CAMEO code.
pub(crate) fn cameo(entry: &Entry) -> Option<Cameo> {
    entry.cameo.as_deref().and_then(|code| code.parse().ok())
}

/// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict; none for statements and appeals.
pub(crate) fn quad_class(code: Cameo) -> Option<u8> {
    match code.class() {
        Class::Statement => None,
        Class::VerbalCooperation => Some(1),
        Class::MaterialCooperation => Some(2),
        Class::VerbalConflict => Some(3),
        Class::MaterialConflict => Some(4),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_cut_between_words() {
        let short = "x".repeat(QUOTED);
        assert_eq!(clipped(short.clone()), short);
        let long = format!("{} and so on", "wörd ".repeat(70).trim_end());
        let cut = clipped(long);
        assert!(cut.ends_with("wörd…") && cut.chars().count() <= QUOTED, "{cut}");
        let one_word = clipped("é".repeat(400));
        assert_eq!(one_word.chars().count(), QUOTED);
        let ends_there = clipped(format!("{} {}", "a".repeat(QUOTED - 1), "b"));
        assert_eq!(ends_there, format!("{}…", "a".repeat(QUOTED - 1)), "no word is lost that fits");
    }

    #[test]
    fn lists_keep_their_places() {
        assert_eq!(joined(["a;b", "", "c"]), Value::Text("a,b;;c".into()));
        assert_eq!(joined([]), Value::Nothing);
        let party = |post: Option<&str>| Participant {
            name: "N".into(),
            state: None,
            code: String::new(),
            sector: None,
            post: post.map(str::to_owned),
        };
        let parties = [party(None), party(Some("Minister"))];
        assert_eq!(of_each(&parties, |p| p.post.as_deref()), Value::Text(";Minister".into()));
        assert_eq!(of_each(&parties, |p| p.state.as_deref()), Value::Nothing);
    }
}
