//! Direct speech → who says it: the mention that the words around a quotation make its speaker.

use crate::actors::actor::{Mention, Speech};
use crate::language::{Document, Register, Relation, Sentence, Upos};
use crate::text::Span;

/// Verbs whose subject speaks.
const SAYING: &[&str] = &[
    "say",
    "add",
    "tell",
    "note",
    "stress",
    "warn",
    "claim",
    "argue",
    "explain",
    "reply",
    "insist",
    "declare",
    "write",
    "announce",
    "state",
    "answer",
    "ask",
    "complain",
    "joke",
    "continue",
    "admit",
    "reiterate",
    "urge",
];

/// The speeches of `doc` whose speaker is one of `mentions`, which are in order of text. A quotation that stands by itself goes
/// on with what was said right before it.
pub(crate) fn speeches(doc: &Document, mentions: &[Mention]) -> Vec<Speech> {
    let mut found: Vec<Speech> = Vec::new();
    for quotation in doc.quotations.iter().filter(|q| q.depth == 0).map(|q| q.span) {
        let goes_on = || {
            let before = sentence_before(doc, quotation)?;
            found.last().filter(|s| s.span.overlaps(before.span)).map(|s| s.speaker)
        };
        if let Some(speaker) = speaker(doc, mentions, quotation).or_else(goes_on) {
            found.push(Speech { span: quotation, speaker });
        }
    }
    found
}

/// The mention that is said to say what is quoted: the subject of a verb of saying behind it or before it in its sentences, or in
/// the sentence before a quotation that stands by itself.
pub(crate) fn speaker(doc: &Document, mentions: &[Mention], quotation: Span) -> Option<usize> {
    let (first, last) =
        (sentence_at(doc, quotation.start)?, sentence_at(doc, quotation.end.saturating_sub(1))?);
    let own = mentions.partition_point(|m| m.first < first.first);
    let end = mentions.partition_point(|m| m.first < last.last);
    let behind = (own..end).find(|&m| mentions[m].span.start >= quotation.end && says(doc, &mentions[m]));
    let before = || (own..end).rfind(|&m| mentions[m].span.end <= quotation.start && says(doc, &mentions[m]));
    let introduced = || {
        let sentence = sentence_before(doc, quotation)?;
        let from = mentions.partition_point(|m| m.first < sentence.first);
        (from..own).find(|&m| says(doc, &mentions[m]))
    };
    behind.or_else(before).or_else(introduced)
}

/// Whether a mention is the one subject of a verb of saying, in nobody's speech itself.
fn says(doc: &Document, mention: &Mention) -> bool {
    let token = &doc.tokens[mention.head];
    mention.actors.len() == 1
        && !mention.place
        && matches!(token.relation, Relation::Nsubj | Relation::NsubjPass)
        && token.head.is_some_and(|verb| SAYING.contains(&doc.tokens[verb].lemma.as_str()))
        && !doc.is_quoted(mention.head)
}

/// The sentence of running text before a quotation that stands by itself: no other word is in its sentences.
fn sentence_before(doc: &Document, quotation: Span) -> Option<Sentence> {
    let (first, last) =
        (sentence_at(doc, quotation.start)?, sentence_at(doc, quotation.end.saturating_sub(1))?);
    let quoted = |t: &crate::language::Token| t.upos == Upos::Punct || quotation.contains(t.span);
    if !doc.tokens[first.first..last.last].iter().all(quoted) {
        return None;
    }
    doc.sentence_before(first.first).copied().filter(|s| s.register == Register::Prose)
}

/// The sentence that holds the byte at `at`.
fn sentence_at(doc: &Document, at: usize) -> Option<Sentence> {
    let sentence = doc.sentences.partition_point(|s| s.span.end <= at);
    doc.sentences.get(sentence).copied()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use crate::actors::{World, cast};
    use crate::language::{Analyser, Setting};

    #[test]
    fn direct_speech_has_a_speaker() {
        let (analyser, world) = (Analyser::new(), World::shipped());
        let speakers = |text: &str| -> Vec<Option<String>> {
            let doc = analyser.analyse(text, &[], Setting::on(Some(date(2024, 1, 2))));
            let cast = cast(&doc, &world, Some(date(2024, 1, 2)), None);
            let speaker = |span| Some(cast.mentions[cast.speaker(span)?].span.of(text).to_owned());
            doc.quotations.iter().map(|q| speaker(q.span)).collect()
        };
        let one = |name: &str| Some(name.to_owned());
        let both = "\"Peru is ready,\" Minister Ana Rojas told reporters. \"Chile has closed the border.\"";
        assert_eq!(speakers(both), [one("Minister Ana Rojas"), one("Minister Ana Rojas")]);
        let told = "Minister Ana Rojas said Peru was ready for talks. \"Chile has closed the border.\"";
        assert_eq!(speakers(told), [one("Minister Ana Rojas")]);
        let second = "Ana Rojas said Peru was ready.\n\n\"We are not,\" Minister Juan Pardo said.";
        assert_eq!(speakers(second), [one("Minister Juan Pardo")]);
        let nobody = "Minister Ana Rojas spoke of peace. \"Chile out\" was painted on the wall.";
        assert_eq!(speakers(nobody), [None]);
    }

    #[test]
    fn we_are_the_side_of_whoever_speaks() {
        let (analyser, world) = (Analyser::new(), World::shipped());
        let text = "\"We will wait for them,\" Chilean President Juan Pardo said. Peruvian Foreign Minister Ana Rojas said she \
                    was patient. \"We sent our soldiers home.\"";
        let doc = analyser.analyse(text, &[], Setting::on(Some(date(2024, 1, 2))));
        let cast = cast(&doc, &world, Some(date(2024, 1, 2)), None);
        let state = |word: &str| -> Vec<Option<&str>> {
            let named = cast.mentions.iter().filter(|m| m.span.of(text) == word);
            named.map(|m| cast.actors[m.actors[0]].state.as_deref()).collect()
        };
        assert_eq!(state("We"), [Some("CHL"), Some("PER")]);
        assert_eq!(state("soldiers"), [Some("PER")]);
    }
}
