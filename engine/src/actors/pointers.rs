//! Words that point back at others — pronouns, "both sides", "the two leaders" — → drafts that say what they point at.

use crate::actors::actor::{Actor, ActorKind};
use crate::actors::draft::{Draft, Refers};
use crate::actors::hits::words;
use crate::actors::ranks;
use crate::language::{Document, Relation, Upos};

/// Nouns for sides that "both" and "the two" point back with.
const SIDES: &[&str] = &[
    "side",
    "country",
    "nation",
    "state",
    "government",
    "party",
    "neighbour",
    "neighbor",
    "capital",
    "ally",
    "power",
    "delegation",
    "people",
    "partner",
];

/// Nouns for persons that they point back with.
const PERSONS: &[&str] = &[
    "leader",
    "minister",
    "official",
    "president",
    "diplomat",
    "envoy",
    "man",
    "woman",
    "politician",
    "officer",
    "commander",
    "general",
    "ambassador",
    "premier",
];

/// Nouns that stand for a state named before.
const COUNTRIES: &[&str] =
    &["country", "kingdom", "nation", "republic", "sultanate", "emirate", "federation", "monarchy"];

/// Nouns that stand for a body named before.
const BODIES: &[&str] = &[
    "bloc",
    "group",
    "alliance",
    "union",
    "organisation",
    "organization",
    "movement",
    "body",
    "agency",
    "grouping",
    "cartel",
    "party",
    "militia",
    "company",
];

/// Whom "the kingdom", "her country" or "the bloc" points at: a noun right after an article or a possessive, with nothing
/// after it that says which.
fn definite(doc: &Document, at: usize, floor: usize) -> Option<Refers> {
    let before = at.checked_sub(1).filter(|&b| b >= floor)?;
    let lemma = doc.tokens[at].lemma.to_lowercase();
    let told = doc.children(at).any(|c| c > at && doc.tokens[c].relation == Relation::Nmod);
    if told || doc.tokens[at].feats.plural == Some(true) || doc.tokens[at].relation == Relation::Compound {
        return None;
    }
    let opening = doc.form(before).to_lowercase();
    let country = COUNTRIES.contains(&lemma.as_str());
    match opening.as_str() {
        "the" | "both" if matches!(lemma.as_str(), "pair" | "duo") => Some(Refers::BothPersons),
        "the" | "this" if country => Some(Refers::Country),
        "the" | "this" if BODIES.contains(&lemma.as_str()) => Some(Refers::Body),
        "his" | "her" if country || lemma == "government" => Some(Refers::OwnersState),
        _ => None,
    }
}

/// The noun of "the ministers", "the foreign ministers", behind the article at `at`; none where it is said whose.
fn holders(doc: &Document, at: usize, end: usize) -> Option<usize> {
    if !doc.form(at).eq_ignore_ascii_case("the") {
        return None;
    }
    let kinds = ["foreign", "defence", "defense", "prime", "trade", "finance", "interior"];
    let noun =
        at + 1 + usize::from(at + 1 < end && kinds.contains(&doc.form(at + 1).to_lowercase().as_str()));
    let is = noun < end
        && doc.tokens[noun].feats.plural == Some(true)
        && ranks::of_plural(&doc.tokens[noun].lemma.to_lowercase()).is_some();
    let told = |n: usize| doc.children(n).any(|c| c > n && doc.tokens[c].relation == Relation::Nmod);
    (is && !told(noun)).then_some(noun)
}

/// Whether "all" stands before sides, and nothing says which: "all parties", but not "all parties in parliament".
fn is_all_sides(doc: &Document, noun: usize) -> bool {
    matches!(doc.form(noun), "parties" | "sides")
        && !doc.children(noun).any(|c| c > noun && doc.tokens[c].relation == Relation::Nmod)
}

/// Whom a pronoun points at.
fn pronoun(form: &str) -> Option<Refers> {
    Some(match form {
        "he" | "she" | "him" | "her" | "his" | "himself" | "herself" => Refers::Pronoun,
        "it" | "its" | "itself" => Refers::It,
        "they" | "them" | "their" | "themselves" => Refers::They,
        "i" | "me" | "my" | "myself" => Refers::Speaker,
        "we" | "us" | "our" | "ourselves" => Refers::SpeakersSide,
        _ => return None,
    })
}

/// Words that point back at others: pronouns, "both sides", "the two leaders".
pub(crate) fn pointers(doc: &Document, is_taken: &dyn Fn(usize) -> bool, used: &[bool]) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let pointer = |first: usize, last: usize, refers: Refers| Draft {
        first,
        last,
        head: doc.head_of(first, last),
        actor: Actor {
            kind: ActorKind::Group,
            name: words(doc, first, last),
            state: None,
            code: String::new(),
            sector: None,
            post: None,
            wikidata: None,
            settled: Vec::new(),
        },
        refers,
        place: false,
        of_each: Vec::new(),
    };
    for sentence in &doc.sentences {
        let mut at = sentence.first;
        while at < sentence.last {
            let form = doc.form(at).to_lowercase();
            let is_pronoun = doc.tokens[at].upos == Upos::Pron;
            if let Some(refers) = is_pronoun.then(|| pronoun(&form)).flatten() {
                let spoken = matches!(refers, Refers::Speaker | Refers::SpeakersSide);
                let real = doc.tokens[at].relation != Relation::Expl;
                if real && (!spoken || doc.is_quoted(at)) {
                    drafts.push(pointer(at, at + 1, refers));
                }
            } else if form == "all" && at + 1 < sentence.last && is_all_sides(doc, at + 1) {
                // "Urged all parties to show restraint".
                drafts.push(pointer(at, at + 2, Refers::BothSides));
                at += 1;
            } else if matches!(form.as_str(), "both" | "two") && !is_taken(at) {
                let noun = (at + 1..sentence.last.min(at + 4)).find(|&n| {
                    let lemma = doc.tokens[n].lemma.to_lowercase();
                    SIDES.contains(&lemma.as_str()) || PERSONS.contains(&lemma.as_str())
                });
                let the = at > sentence.first && doc.form(at - 1).eq_ignore_ascii_case("the");
                let verb_behind = at + 1 < sentence.last
                    && matches!(doc.tokens[at + 1].upos, Upos::Verb | Upos::Aux | Upos::Adv);
                if the && form == "two" && verb_behind {
                    // "The two signed …".
                    drafts.push(pointer(at - 1, at + 1, Refers::BothPersons));
                } else if (form == "both" || the)
                    && let Some(noun) = noun.filter(|&n| doc.tokens[n].feats.plural != Some(false))
                {
                    let persons = PERSONS.contains(&doc.tokens[noun].lemma.as_str());
                    let refers = if persons { Refers::BothPersons } else { Refers::BothSides };
                    drafts.push(pointer(at - usize::from(the), noun + 1, refers));
                    at = noun;
                }
            } else if let Some(refers) = definite(doc, at, sentence.first).filter(|_| !is_taken(at)) {
                drafts.push(pointer(at - 1, at + 1, refers));
            } else if let Some(noun) = holders(doc, at, sentence.last).filter(|&n| !is_taken(n)) {
                drafts.push(pointer(at, noun + 1, Refers::Holders));
                at = noun;
            } else if matches!(form.as_str(), "sides" | "pair" | "duo")
                && at > sentence.first
                && !used[at]
                && doc.form(at - 1).eq_ignore_ascii_case("the")
            {
                let refers = if form == "sides" { Refers::BothSides } else { Refers::BothPersons };
                drafts.push(pointer(at - 1, at + 1, refers));
            }
            at += 1;
        }
    }
    drafts
}
