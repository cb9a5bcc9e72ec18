//! A clause → whether the page asks its reader to suppose it: "Say Mexico demanded …" tells of no demand.

use crate::language::{Document, Relation, Upos};

/// Verbs that ask to suppose what depends on them.
const SUPPOSE: [&str; 6] = ["assume", "imagine", "picture", "pretend", "say", "suppose"];

/// Whether token `t` depends on a verb of supposing that begins its sentence, in the form of an order and with no subject.
pub(crate) fn is_supposed(doc: &Document, t: usize) -> bool {
    let sentence = *doc.sentence_of(t);
    let first = (sentence.first..sentence.last).find(|&b| doc.tokens[b].upos != Upos::Punct);
    first.filter(|&first| first != t && doc.has_ancestor(t, first)).is_some_and(|first| {
        let has = |relation: Relation| doc.children(first).any(|c| doc.tokens[c].relation == relation);
        let word = doc.form(first).to_lowercase();
        doc.tokens[first].upos == Upos::Verb
            && SUPPOSE.contains(&word.as_str())
            && !has(Relation::Nsubj)
            && has(Relation::Ccomp)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Analyser, Setting};

    #[test]
    fn only_an_order_to_suppose_makes_it_so() {
        let analyser = Analyser::new();
        let supposed = |text: &str, word: &str| {
            let doc = analyser.analyse(text, &[], Setting::default());
            (0..doc.tokens.len()).find(|&t| doc.form(t) == word).map(|t| is_supposed(&doc, t))
        };
        assert_eq!(supposed("Say Mexico demanded that they prove it.", "demanded"), Some(true));
        assert_eq!(supposed("Suppose that Ghana attacked Togo.", "attacked"), Some(true));
        assert_eq!(supposed("Officials say Mexico demanded that they prove it.", "demanded"), Some(false));
        assert_eq!(supposed("Ghana attacked Togo, officials say.", "attacked"), Some(false));
    }
}
