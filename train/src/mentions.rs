//! Mentions: turns GUM's nested mentions of entities into the tags of names.
//!
//! A mention whose head is a proper noun and whose kind is a person, an organisation or a place holds a name: the run of
//! proper nouns around the head, for organisations and places with what "of" adds, for persons without their titles.

use demarche_engine::language::Upos;

use crate::corpus::Word;

/// A mention: first word, one past its last, its head, its kind as a name tag.
struct Mention {
    first: usize,
    last: usize,
    head: usize,
    kind: usize,
}

/// Titles stand before names and are no part of them.
const TITLES: [&str; 22] = [
    "mr.",
    "mrs.",
    "ms.",
    "mr",
    "mrs",
    "ms",
    "dr.",
    "dr",
    "prof.",
    "professor",
    "president",
    "sir",
    "king",
    "queen",
    "prince",
    "princess",
    "pope",
    "saint",
    "general",
    "captain",
    "senator",
    "judge",
];

/// Name tags of a sentence; `entities` is the value of GUM's `Entity` for each word, empty where it has none.
pub(crate) fn names(words: &[Word], entities: &[String]) -> Vec<usize> {
    let mut mentions = mentions(entities);
    // The outer name of two holds.
    mentions.sort_by_key(|m| (m.first, std::cmp::Reverse(m.last)));
    let mut tags = vec![0; words.len()];
    for mention in mentions {
        let Some((first, last)) = name(words, &mention) else { continue };
        if tags[first..last].iter().all(|t| *t == 0) {
            tags[first..last].fill(mention.kind + 1);
            tags[first] = mention.kind;
        }
    }
    tags
}

fn mentions(entities: &[String]) -> Vec<Mention> {
    let mut open: Vec<(&str, usize, Vec<&str>)> = Vec::new();
    let mut mentions = Vec::new();
    for (i, entity) in entities.iter().enumerate() {
        let mut rest = entity.as_str();
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix('(') {
                let end = after.find(['(', ')']).unwrap_or(after.len());
                let fields: Vec<&str> = after[..end].split('-').collect();
                open.push((fields[0], i, fields));
                rest = &after[end..];
                // A mention of one word closes at once, without its number.
                if let Some(after) = rest.strip_prefix(')') {
                    rest = after;
                    mentions.extend(open.pop().and_then(|o| mention(&o, i)));
                }
            } else {
                let (number, after) = rest.split_once(')').unwrap_or((rest, ""));
                if let Some(at) = open.iter().rposition(|o| o.0 == number) {
                    mentions.extend(mention(&open.remove(at), i));
                }
                rest = after;
            }
        }
    }
    mentions
}

/// Fields: number, kind, newness, salience, centre, smallest span (words counted from 1 in the mention), link, identity.
fn mention((_, first, fields): &(&str, usize, Vec<&str>), last: usize) -> Option<Mention> {
    let kind = match *fields.get(1)? {
        "person" => 1,
        "organization" => 3,
        "place" => 5,
        _ => return None,
    };
    let smallest: usize = fields.get(5)?.split(',').next()?.parse().ok()?;
    let head = first + smallest.checked_sub(1)?;
    (head <= last).then_some(Mention { first: *first, last: last + 1, head, kind })
}

fn name(words: &[Word], mention: &Mention) -> Option<(usize, usize)> {
    let title = |i: usize| TITLES.contains(&words[i].form.to_lowercase().as_str());
    // "United" in "United States" is an adjective; before a person's name it would be "German".
    let proper = |i: usize| {
        let Word { upos, form, .. } = &words[i];
        *upos == Upos::Propn
            || mention.kind > 1
                && matches!(upos, Upos::Adj | Upos::Noun | Upos::Verb)
                && form.starts_with(char::is_uppercase)
    };
    if words[mention.head].upos != Upos::Propn {
        return None;
    }
    let mut first = mention.head;
    while first > mention.first && proper(first - 1) {
        first -= 1;
    }
    let mut last = mention.head + 1;
    while last < mention.last {
        let of = mention.kind > 1 && matches!(words[last].form.as_str(), "of" | "for" | "and" | "&");
        let the = last + 1 < mention.last && words[last + 1].form == "the";
        let next = last + 1 + usize::from(the);
        if proper(last) {
            last += 1;
        } else if of && next < mention.last && proper(next) {
            last = next + 1;
        } else {
            break;
        }
    }
    while mention.kind == 1 && first < last && title(first) {
        first += 1;
    }
    (first < last).then_some((first, last))
}
