//! Direct speech → who says it: the mention that the words around a quotation make its speaker.

use std::collections::BTreeMap;

use crate::actors::actor::{Mention, Speech};
use crate::language::speech::utters;
use crate::language::{Document, Quotation, Register, Relation, Sentence, Upos};
use crate::text::Span;

/// The speeches of `doc` whose speaker is one of `mentions`, which are in order of text. A quotation that stands by itself goes
/// on with what was said right before it.
pub(crate) fn speeches(doc: &Document, mentions: &[Mention]) -> Vec<Speech> {
    let mut by_last_word: BTreeMap<String, usize> = BTreeMap::new();
    if doc.quotations.iter().any(|q| q.label.is_some()) {
        for (at, mention) in mentions.iter().enumerate() {
            by_last_word.entry(doc.form(mention.last - 1).to_lowercase()).or_insert(at);
        }
    }
    let mut found: Vec<Speech> = Vec::new();
    for quotation in doc.quotations.iter().filter(|q| q.depth == 0) {
        let goes_on = || {
            let before = sentence_before(doc, quotation.span).filter(|_| quotation.label.is_none())?;
            found.last().filter(|s| s.span.overlaps(before.span)).map(|s| s.speaker)
        };
        // "MR MILLER:", in a page that knows a Miller.
        let labelled = || {
            let last = quotation.label?.of(&doc.text).rsplit(' ').next()?.to_lowercase();
            by_last_word.get(&last).copied()
        };
        if let Some(speaker) = speaker(doc, mentions, quotation).or_else(goes_on).or_else(labelled) {
            found.push(Speech { span: quotation.span, speaker });
        }
    }
    found
}

/// The mention that is said to say what is quoted: the label of a turn; else the subject of a verb of saying behind it or before it in its sentences, who
/// stands right behind it, or the subject in the sentence before a quotation that stands by itself.
pub(crate) fn speaker(doc: &Document, mentions: &[Mention], quotation: &Quotation) -> Option<usize> {
    if let Some(label) = quotation.label {
        let at = mentions.partition_point(|m| m.span.end <= label.start);
        return mentions.get(at).filter(|m| m.span.overlaps(label) && m.actors.len() == 1).map(|_| at);
    }
    let quotation = quotation.span;
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
    behind.or_else(before).or_else(|| next_to(doc, mentions, quotation, last)).or_else(introduced)
}

/// The mention right behind a quotation that ends in `sentence`, or behind its verb of saying, whatever the parser makes of it:
/// "“…,” | Colonel X, head of the force, told", "“…,” said | X".
fn next_to(doc: &Document, mentions: &[Mention], quotation: Span, sentence: Sentence) -> Option<usize> {
    let says = |&t: &usize| {
        let token = &doc.tokens[t];
        token.upos == Upos::Verb && utters(&token.lemma) && !doc.is_quoted(t)
    };
    let behind = |&t: &usize| doc.tokens[t].span.start >= quotation.end && doc.tokens[t].upos != Upos::Punct;
    let at = (sentence.first..sentence.last).find(behind)?;
    (at..sentence.last).find(says)?;
    let first = at + usize::from(says(&at));
    let mention = mentions.partition_point(|m| m.first < first);
    mentions.get(mention).filter(|m| m.first == first && m.actors.len() == 1 && !m.place).map(|_| mention)
}

/// Whether a mention is the one subject of a verb of saying, in nobody's speech itself.
fn says(doc: &Document, mention: &Mention) -> bool {
    let token = &doc.tokens[mention.head];
    mention.actors.len() == 1
        && !mention.place
        && matches!(token.relation, Relation::Nsubj | Relation::NsubjPass)
        && token.head.is_some_and(|verb| utters(&doc.tokens[verb].lemma))
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
    fn a_transcript_names_its_speakers() {
        let (analyser, world) = (Analyser::new(), World::shipped());
        let text = "Peruvian Foreign Minister Ana Rojas met Chilean President Juan Pardo in Lima on Tuesday.\n\n\
                    MINISTER ROJAS: We are ready. Chile has closed the border.\n\n\
                    QUESTION: When will you open it?\n\n\
                    PRESIDENT PARDO: We want our soldiers to stay.";
        let doc = analyser.analyse(text, &[], Setting::on(Some(date(2024, 1, 2))));
        let cast = cast(&doc, &world, Some(date(2024, 1, 2)), None);
        let state = |word: &str, nth: usize| {
            let at = text.match_indices(word).nth(nth).map(|(at, _)| at);
            let mention = cast.mentions.iter().find(|m| Some(m.span.start) == at);
            mention.and_then(|m| cast.actors[m.actors[0]].state.as_deref())
        };
        assert_eq!((state("We", 0), state("We", 1)), (Some("PER"), Some("CHL")));
        assert_eq!(state("soldiers", 0), Some("CHL"));
        let speaker = |quotation: usize| cast.speaker(doc.quotations[quotation].span);
        let named = |m: usize| cast.actors[cast.mentions[m].actors[0]].name.as_str();
        let speakers = [0, 1, 2].map(|quotation| speaker(quotation).map(named));
        assert_eq!(speakers, [Some("Ana Rojas"), None, Some("Juan Pardo")]);
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
