//! Words that point back at others — pronouns, "both sides", "the two leaders" — → drafts that say what they point at.

use crate::actors::actor::{Actor, ActorKind};
use crate::actors::bodies::head_of;
use crate::actors::draft::{Draft, Refers};
use crate::actors::hits::words;
use crate::language::{Document, Relation, Upos};

/// Nouns that "both" and "the two" point back with.
const SIDES: &[&str] = &[
    "side",
    "country",
    "nation",
    "state",
    "government",
    "leader",
    "minister",
    "party",
    "neighbour",
    "neighbor",
    "capital",
    "ally",
    "power",
    "delegation",
    "official",
    "president",
    "diplomat",
    "envoy",
    "people",
    "partner",
];

/// Words that point back at others: pronouns, "both sides", "the two leaders".
pub(crate) fn pointers(doc: &Document, is_taken: &dyn Fn(usize) -> bool, used: &[bool]) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let pointer = |first: usize, last: usize, refers: Refers| Draft {
        first,
        last,
        head: head_of(doc, first, last),
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
    };
    for sentence in &doc.sentences {
        let mut at = sentence.first;
        while at < sentence.last {
            let form = doc.form(at).to_lowercase();
            let is_pronoun = doc.tokens[at].upos == Upos::Pron;
            if is_pronoun
                && matches!(form.as_str(), "he" | "she" | "him" | "her")
                && doc.tokens[at].relation != Relation::NmodPoss
            {
                drafts.push(pointer(at, at + 1, Refers::Pronoun));
            } else if is_pronoun && form == "they" && doc.tokens[at].relation == Relation::Nsubj {
                drafts.push(pointer(at, at + 1, Refers::They));
            } else if matches!(form.as_str(), "both" | "two") && !is_taken(at) {
                let noun = (at + 1..sentence.last.min(at + 4))
                    .find(|&n| SIDES.contains(&doc.tokens[n].lemma.to_lowercase().as_str()));
                let the = at > sentence.first && doc.form(at - 1).eq_ignore_ascii_case("the");
                let verb_behind = at + 1 < sentence.last
                    && matches!(doc.tokens[at + 1].upos, Upos::Verb | Upos::Aux | Upos::Adv);
                if the && form == "two" && verb_behind {
                    // "The two signed …".
                    drafts.push(pointer(at - 1, at + 1, Refers::BothPersons));
                } else if (form == "both" || the)
                    && let Some(noun) = noun.filter(|&n| doc.tokens[n].feats.plural != Some(false))
                {
                    let persons = matches!(
                        doc.tokens[noun].lemma.as_str(),
                        "leader" | "minister" | "official" | "president" | "diplomat" | "envoy"
                    );
                    let refers = if persons { Refers::BothPersons } else { Refers::BothSides };
                    drafts.push(pointer(at - usize::from(the), noun + 1, refers));
                    at = noun;
                }
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
