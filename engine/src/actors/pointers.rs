//! Words that point back at others — pronouns, "both sides", "the two leaders" — → drafts that say what they point at.

use std::collections::HashSet;

use crate::actors::actor::{Actor, ActorKind};
use crate::actors::draft::{Draft, Refers};
use crate::actors::hits::words;
use crate::actors::ranks;
use crate::language::{Document, Name, NameKind, Relation, Upos};

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
    "rival",
    "giant",
    "foe",
    "adversary",
    "enemy",
];

/// Nouns for sides that can be persons as well.
const EITHER: &[&str] = &["rival", "partner", "foe", "adversary", "enemy", "ally", "neighbour", "neighbor"];

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
    "chief",
    "negotiator",
    "colonel",
    "spokesman",
    "brother",
    "sister",
    "candidate",
    "lawmaker",
    "judge",
    "politician",
];

/// Nouns that stand for a state named before.
const COUNTRIES: &[&str] =
    &["island", "country", "kingdom", "nation", "republic", "sultanate", "emirate", "federation", "monarchy"];

/// Nouns that stand for a body named before.
pub(crate) const BODIES: &[&str] = &[
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
    "coalition",
    "consortium",
    "mission",
    "firm",
];

/// What can stand between the article and such a noun and says only of what sort the body is.
const SORTS: &[&str] = &[
    "world",
    "continental",
    "regional",
    "global",
    "international",
    "rebel",
    "armed",
    "militant",
    "paramilitary",
    "insurgent",
    "trade",
    "military",
    "political",
    "economic",
    "gang",
    "extremist",
    "islamist",
];

/// Whom "the kingdom", "her country" or "the bloc" points at: a noun right after an article or a possessive, with nothing
/// after it that says which.
fn definite(doc: &Document, at: usize, floor: usize, bodies: &HashSet<String>) -> Option<(usize, Refers)> {
    let mut before = at.checked_sub(1).filter(|&b| b >= floor)?;
    let lemma = doc.tokens[at].lemma.to_lowercase();
    let told = doc.children(at).any(|c| c > at && doc.tokens[c].relation == Relation::Nmod);
    if told || doc.tokens[at].feats.plural == Some(true) || doc.tokens[at].relation == Relation::Compound {
        return None;
    }
    let body = BODIES.contains(&lemma.as_str());
    if body && before > floor && SORTS.contains(&doc.form(before).to_lowercase().as_str()) {
        before -= 1;
    }
    let named = body || doc.form(at).starts_with(char::is_lowercase) && bodies.contains(&lemma);
    let opening = doc.form(before).to_lowercase();
    let country = COUNTRIES.contains(&lemma.as_str());
    let refers = match opening.as_str() {
        "the" | "both" if matches!(lemma.as_str(), "pair" | "duo") => Some(Refers::BothPersons),
        "the" | "this" if country => Some(Refers::Country),
        "the" | "this" if named => Some(Refers::Body),
        "his" | "her" if country || lemma == "government" => Some(Refers::OwnersState),
        _ => None,
    };
    refers.map(|refers| (before, refers))
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

/// How many "three" to "six" are, or a trio.
pub(crate) fn count(word: &str) -> Option<usize> {
    if word.eq_ignore_ascii_case("trio") {
        return Some(3);
    }
    ["three", "four", "five", "six"].iter().position(|w| word.eq_ignore_ascii_case(w)).map(|at| at + 3)
}

/// The noun of "the three ministers", "the four foreign ministers", "the trio", behind the article at `at`; none where it is said
/// which.
fn several(doc: &Document, at: usize, end: usize) -> Option<usize> {
    if !doc.form(at).eq_ignore_ascii_case("the") || at + 1 >= end || count(doc.form(at + 1)).is_none() {
        return None;
    }
    if doc.form(at + 1) == "trio" {
        return Some(at + 1);
    }
    let noun = (at + 2..end.min(at + 4)).find(|&n| doc.tokens[n].upos == Upos::Noun)?;
    let noun =
        if noun + 1 < end && doc.tokens[noun].relation == Relation::Compound { noun + 1 } else { noun };
    let lemma = doc.tokens[noun].lemma.to_lowercase();
    let told = doc.children(noun).any(|c| c > noun && doc.tokens[c].relation == Relation::Nmod);
    ((SIDES.contains(&lemma.as_str()) || PERSONS.contains(&lemma.as_str())) && !told).then_some(noun)
}

/// Whether "all" stands before sides, and nothing says which: "all parties", but not "all parties in parliament".
fn is_all_sides(doc: &Document, noun: usize) -> bool {
    matches!(doc.form(noun), "parties" | "sides")
        && !doc.children(noun).any(|c| c > noun && doc.tokens[c].relation == Relation::Nmod)
}

/// Whom a pronoun points at.
fn pronoun(form: &str) -> Option<Refers> {
    Some(match form {
        "he" | "she" | "him" | "her" | "his" => Refers::Pronoun,
        "it" | "its" => Refers::It,
        "they" | "them" | "their" => Refers::They,
        "himself" | "herself" | "itself" | "themselves" => Refers::Doer,
        "i" | "me" | "my" | "myself" => Refers::Speaker,
        "we" | "us" | "our" | "ourselves" => Refers::SpeakersSide,
        _ => return None,
    })
}

/// The nouns in small letters by which bodies are called that the page names: "consortium" for "the Caspian Pipeline Consortium",
/// "commission" for "the Commission of Inquiry".
fn named_by(doc: &Document) -> HashSet<String> {
    let bodies = doc.names.iter().filter(|n| n.kind == NameKind::Organisation && n.last - n.first > 1);
    let noun = |n: &Name| {
        let of = (n.first..n.last).find(|&t| doc.form(t) == "of").unwrap_or(n.last);
        doc.form(of.max(n.first + 1) - 1).to_lowercase()
    };
    bodies.map(noun).collect()
}

/// Words that point back at others: pronouns, "both sides", "the two leaders".
pub(crate) fn pointers(doc: &Document, is_taken: &dyn Fn(usize) -> bool, used: &[bool]) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let bodies = named_by(doc);
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
                    let either = EITHER.contains(&doc.tokens[noun].lemma.as_str());
                    let refers = match (persons, either) {
                        (true, _) => Refers::BothPersons,
                        (false, true) => Refers::Both,
                        (false, false) => Refers::BothSides,
                    };
                    drafts.push(pointer(at - usize::from(the), noun + 1, refers));
                    at = noun;
                }
            } else if let Some(noun) = several(doc, at, sentence.last).filter(|&n| !is_taken(n)) {
                drafts.push(pointer(at, noun + 1, Refers::Several));
                at = noun;
            } else if let Some((first, refers)) =
                definite(doc, at, sentence.first, &bodies).filter(|_| !is_taken(at))
            {
                drafts.push(pointer(first, at + 1, refers));
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
