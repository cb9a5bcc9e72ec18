//! Tokens → the phrases of the world tables that stand in them, longest first, never overlapping.

use std::ops::Range;

use jiff::civil::Date;

use crate::actors::world::{Entry, World};
use crate::language::{Document, NameKind};

/// A phrase of the tables in the text.
#[derive(Debug, Clone)]
pub(crate) struct Hit {
    /// First token.
    pub(crate) first: usize,
    /// One past the last token.
    pub(crate) last: usize,
    /// What it can mean.
    pub(crate) entries: Vec<Entry>,
}

impl Hit {
    /// The first meaning that `pick` accepts.
    pub(crate) fn meaning<T>(&self, pick: impl Fn(Entry) -> Option<T>) -> Option<T> {
        self.entries.iter().find_map(|e| pick(*e))
    }

    /// The office it can mean.
    pub(crate) fn office(&self) -> Option<usize> {
        self.meaning(|e| if let Entry::Office(at) = e { Some(at) } else { None })
    }

    /// The sort of actor it can mean.
    pub(crate) fn agent(&self) -> Option<usize> {
        self.meaning(|e| if let Entry::Agent(at) = e { Some(at) } else { None })
    }

    /// The body it can mean.
    pub(crate) fn organisation(&self) -> Option<usize> {
        self.meaning(|e| if let Entry::Organisation(at) = e { Some(at) } else { None })
    }

    /// The state that it names, by name, demonym or capital.
    pub(crate) fn state(&self) -> Option<usize> {
        self.meaning(|e| match e {
            Entry::State(at) | Entry::Demonym(at) | Entry::Capital(at) => Some(at),
            _ => None,
        })
    }
}

/// Every phrase of the tables, with an index from tokens to the hit that covers them.
#[derive(Debug)]
pub(crate) struct Hits {
    hits: Vec<Hit>,
    /// For each token, the hit that covers it.
    covered: Vec<Option<usize>>,
}

impl Hits {
    /// Looks up all of `doc`.
    pub(crate) fn find(doc: &Document, world: &World, date: Option<Date>) -> Self {
        let mut hits: Vec<Hit> = Vec::new();
        let mut covered = vec![None; doc.tokens.len()];
        for sentence in &doc.sentences {
            let capitals = !sentence.span.of(&doc.text).chars().any(char::is_lowercase);
            let mut at = sentence.first;
            while at < sentence.last {
                let hit = longest(doc, world, date, at..sentence.last, capitals)
                    .filter(|h| !inside_a_person(doc, h) && !opens_a_name(doc, h, sentence.last));
                let Some(hit) = hit else {
                    at += 1;
                    continue;
                };
                covered[hit.first..hit.last].fill(Some(hits.len()));
                at = hit.last;
                hits.push(hit);
            }
        }
        spell_out(doc, &mut hits);
        Self { hits, covered }.without_bare_koreas(doc, world)
    }

    /// "The North" is a state only where the page speaks of one of the two Koreas by name.
    fn without_bare_koreas(mut self, doc: &Document, world: &World) -> Self {
        let bare =
            |hit: &Hit| hit.last == hit.first + 2 && matches!(doc.form(hit.first + 1), "North" | "South");
        let korean = |hit: &Hit| {
            hit.state().is_some_and(|at| matches!(world.states[at].iso3.as_str(), "PRK" | "KOR"))
                && !bare(hit)
        };
        if !self.hits.iter().any(korean) {
            self.hits.retain(|hit| !bare(hit));
            self.covered.fill(None);
            for (at, hit) in self.hits.iter().enumerate() {
                self.covered[hit.first..hit.last].fill(Some(at));
            }
        }
        self
    }

    /// The hit that covers token `i`.
    pub(crate) fn at(&self, i: usize) -> Option<&Hit> {
        self.covered.get(i).copied().flatten().map(|h| &self.hits[h])
    }

    /// The hit whose last token is `i`.
    pub(crate) fn ending(&self, i: usize) -> Option<&Hit> {
        self.at(i).filter(|h| h.last == i + 1)
    }

    /// The hit whose first token is `i`.
    pub(crate) fn starting(&self, i: usize) -> Option<&Hit> {
        self.at(i).filter(|h| h.first == i)
    }

    /// All of them, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Hit> {
        self.hits.iter()
    }
}

/// Lets an abbreviation stand for the body that the page names in full, whatever the tables take it for: "the Rapid Support
/// Forces … the RSF".
fn spell_out(doc: &Document, hits: &mut [Hit]) {
    let initials = |hit: &Hit| {
        let words = (hit.first..hit.last).filter_map(|t| doc.form(t).chars().next());
        words.filter(|c| c.is_uppercase()).collect::<String>()
    };
    let full: Vec<(String, usize)> = hits
        .iter()
        .filter(|hit| hit.last - hit.first > 2)
        .filter_map(|hit| Some((initials(hit), hit.organisation()?)))
        .collect();
    for hit in hits.iter_mut().filter(|hit| hit.last == hit.first + 1) {
        let form = doc.form(hit.first);
        let stands = hit.organisation();
        let spelt = full.iter().find(|(initials, _)| initials == form).map(|(_, body)| *body);
        if let (Some(body), Some(taken)) = (spelt, stands)
            && body != taken
            && !full.iter().any(|(_, other)| *other == taken)
        {
            hit.entries = vec![Entry::Organisation(body)];
        }
    }
}

/// The longest phrase that starts with the first of `tokens` and ends within them.
fn longest(
    doc: &Document,
    world: &World,
    date: Option<Date>,
    tokens: Range<usize>,
    capitals: bool,
) -> Option<Hit> {
    let Range { start: first, end } = tokens;
    let reach = world.reach(doc.form(first));
    if reach == 0 {
        return None;
    }
    // Hyphens, stops and clitics make more tokens than a phrase has words.
    let furthest = end.min(first + reach * 3 + 2);
    let (text, ends) = beginnings(doc, first, furthest);
    (first..furthest).rev().find_map(|last| {
        let words = &text[..ends[last - first]];
        let mut entries = world.lookup_on(words, date);
        if entries.is_empty() && capitals {
            entries = world.lookup_on(&title_case(words), date);
        } else if entries.is_empty() && is_shouted(words) {
            // "RABAT, Morocco —": a dateline writes only its town in capitals.
            entries = world.lookup_on(&title_case(words), date);
            entries.retain(|e| matches!(e, Entry::State(_) | Entry::Capital(_)));
        }
        (!entries.is_empty()).then_some(Hit { first, last: last + 1, entries })
    })
}

/// The words from token `first` up to `last` with the last one in its dictionary form: "foreign ministers" → "foreign minister".
pub(crate) fn singular(doc: &Document, first: usize, last: usize) -> String {
    let lemma = doc.tokens[last - 1].lemma.to_lowercase();
    if last == first + 1 { lemma } else { format!("{} {lemma}", words(doc, first, last - 1)) }
}

/// The text of tokens `first..last` with white space folded and straight apostrophes.
pub(crate) fn words(doc: &Document, first: usize, last: usize) -> String {
    beginnings(doc, first, last).0
}

/// The [`words`] of tokens `first..last`, and where in them those up to each token end.
fn beginnings(doc: &Document, first: usize, last: usize) -> (String, Vec<usize>) {
    let (mut text, mut ends) = (String::new(), Vec::with_capacity(last - first));
    let mut from = doc.tokens[first].span.start;
    let mut blank = false;
    for token in &doc.tokens[first..last] {
        for c in doc.text[from..token.span.end].chars() {
            if c.is_whitespace() {
                blank = true;
                continue;
            }
            if std::mem::take(&mut blank) {
                text.push(' ');
            }
            text.push(if c == '’' { '\'' } else { c });
        }
        from = token.span.end;
        ends.push(text.len());
    }
    (text, ends)
}

/// `UNITED STATES` → `United States`.
fn title_case(words: &str) -> String {
    words
        .split(' ')
        .map(|word| {
            let mut letters = word.chars();
            letters.next().map_or(String::new(), |first| {
                first.to_uppercase().chain(letters.flat_map(char::to_lowercase)).collect()
            })
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether words of four letters and more are all in capitals.
fn is_shouted(words: &str) -> bool {
    words.chars().filter(|c| c.is_alphabetic()).count() >= 4 && !words.chars().any(char::is_lowercase)
}

/// Whether a phrase with its article is only the beginning of a longer name: "the West" of "the West Bank".
fn opens_a_name(doc: &Document, hit: &Hit, end: usize) -> bool {
    doc.form(hit.first).eq_ignore_ascii_case("the")
        && hit.last == hit.first + 2
        && hit.last < end
        && doc.form(hit.last).starts_with(char::is_uppercase)
}

/// Whether a name recogniser sees the hit as part of a longer name of a person (Michael Jordan, Paris Hilton). A title
/// that the recogniser took into the name is no such part.
fn inside_a_person(doc: &Document, hit: &Hit) -> bool {
    hit.office().is_none()
        && doc.names.iter().any(|name| {
            name.kind == NameKind::Person
                && name.first <= hit.first
                && hit.last <= name.last
                && hit.last - hit.first < name.last - name.first
                // "Pakistani Jalil Jilani": a state before the name is no part of it.
                && hit.last == name.last
        })
}
