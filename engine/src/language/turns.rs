//! Transcripts: turns paragraphs that begin with a speaker's name and a colon into turns of speech.

use std::collections::BTreeMap;

use crate::text::Span;

use super::document::{Register, Segment};

/// What one speaker of a transcript says before the next one does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Turn {
    /// The speaker's name, as it stands before the colon.
    pub(super) label: Span,
    /// What is said, in one or more paragraphs.
    pub(super) words: Span,
}

/// Longer ones say something themselves.
const MOST_WORDS: usize = 6;
const MOST_BYTES: usize = 60;
/// Marks that may stand around a turn.
const MARKS: [char; 3] = ['"', '“', '”'];

/// The turns of the transcript that some `segments` of `text` are, in order; none where they are no transcript. A label counts that
/// comes again, and is a name in full or in capitals or stands beside one; and one in capitals beside another one. "Background:" on a
/// page is nobody.
pub(super) fn find(text: &str, segments: &[Segment]) -> Vec<Turn> {
    let labelled: Vec<(usize, Span)> = segments
        .iter()
        .enumerate()
        .filter(|(_, segment)| segment.register == Register::Prose)
        .filter_map(|(at, segment)| Some((at, label(text, segment.span)?)))
        .collect();
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, label) in &labelled {
        *times.entry(label.of(text)).or_default() += 1;
    }
    let capitals = |label: &str| !label.contains(char::is_lowercase);
    let shouted = times.keys().filter(|label| capitals(label)).count() > 1;
    let again = |label: &str| times.get(label).is_some_and(|n| *n > 1);
    let is_name =
        |label: &str| again(label) && (capitals(label) || label.contains(' ')) || shouted && capitals(label);
    // "Question:" beside a name; forms and mails say "Email:" again and again.
    let transcript = times.keys().any(|label| is_name(label));
    let speakers: Vec<(usize, Span)> = labelled
        .into_iter()
        .filter(|(_, l)| is_name(l.of(text)) || transcript && again(l.of(text)))
        .collect();
    let next = speakers.iter().skip(1).map(|(at, _)| *at);
    // Behind the last one the page may go on with something else.
    let ends = next.chain(speakers.last().map(|(at, _)| at + 1));
    speakers
        .iter()
        .zip(ends)
        .map(|((at, label), next)| {
            let spoken = segments[*at..next].iter().take_while(|s| s.register == Register::Prose);
            let end = spoken.last().map_or(label.end, |segment| segment.span.end);
            let said = Span::new(label.end + ':'.len_utf8(), end);
            let words = said.of(text);
            let start = said.start + (words.len() - words.trim_start().len());
            // "“MILLER: No.”": marks around a turn are no words.
            let quoted = text[..label.start].ends_with(MARKS);
            let words = if quoted { words.trim().trim_end_matches(MARKS) } else { words.trim() };
            Turn { label: *label, words: Span::new(start, start + words.len()) }
        })
        .collect()
}

/// The segments with the labels of `turns` as headings of their own.
pub(super) fn set_apart(segments: Vec<Segment>, turns: &[Turn]) -> Vec<Segment> {
    let mut turns = turns.iter().peekable();
    let mut apart = Vec::with_capacity(segments.len());
    for segment in segments {
        let Some(turn) = turns.next_if(|turn| segment.span.contains(turn.label)) else {
            apart.push(segment);
            continue;
        };
        let heading = Span::new(segment.span.start, turn.label.end + ':'.len_utf8());
        apart.push(Segment { span: heading, register: Register::Headline });
        apart.push(Segment { span: Span::new(heading.end, segment.span.end), ..segment });
    }
    apart
}

/// The label that a paragraph begins with, if it can be a speaker's name: a few words in initial capitals, a colon, and
/// something said behind it.
fn label(text: &str, paragraph: Span) -> Option<Span> {
    let body = paragraph.of(text);
    let open = body.trim_start();
    let start = body.len() - open.strip_prefix(MARKS).unwrap_or(open).len();
    let colon = start + body[start..].find(':').filter(|at| *at <= MOST_BYTES)?;
    let (name, said) = (&body[start..colon], &body[colon + 1..]);
    let small = |word: &str| matches!(word, "of" | "for" | "the" | "and");
    let named = |word: &str| {
        let word = word.trim_start_matches('(').trim_end_matches(')');
        small(word) || word.starts_with(char::is_uppercase)
    };
    let plain = |c: char| c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | '\'' | '’' | '(' | ')');
    let is_name = name.starts_with(char::is_uppercase)
        && !name.ends_with(char::is_whitespace)
        && name.chars().all(plain)
        && name.split(' ').count() <= MOST_WORDS
        && name.split(' ').all(named);
    let says = said.starts_with(char::is_whitespace) && !said.trim().is_empty();
    (is_name && says).then(|| Span::new(paragraph.start + start, paragraph.start + colon))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turns(paragraphs: &[&str]) -> Vec<(String, String)> {
        let text = paragraphs.join("\n\n");
        let mut at = 0;
        let segments: Vec<Segment> = paragraphs
            .iter()
            .map(|paragraph| {
                let span = Span::new(at, at + paragraph.len());
                at = span.end + 2;
                Segment { span, register: Register::Prose }
            })
            .collect();
        let found = find(&text, &segments);
        let apart = set_apart(segments, &found);
        assert!(found.iter().all(|turn| {
            apart.iter().any(|s| s.span.contains(turn.label) && s.register == Register::Headline)
        }));
        found.iter().map(|t| (t.label.of(&text).to_owned(), t.words.of(&text).to_owned())).collect()
    }

    #[test]
    fn marks_around_a_turn_are_no_part_of_it() {
        let found = turns(&["\"MILLER: Will you go?\"", "\"ROJAS: I will.\"", "\"MILLER: When?\""]);
        let one = |label: &str, words: &str| (label.to_owned(), words.to_owned());
        assert_eq!(found, [one("MILLER", "Will you go?"), one("ROJAS", "I will."), one("MILLER", "When?")]);
    }

    #[test]
    fn a_transcript_is_turns_of_speech() {
        let said = [
            "The two ministers spoke in Lima: nobody asked.",
            "MINISTER ROJAS: We are ready.",
            "Peru waits.",
            "Q: And Chile?",
            "MINISTER ROJAS: Chile has to say so itself.",
            "They left without a handshake.",
        ];
        let turn = |label: &str, words: &str| (label.to_owned(), words.to_owned());
        assert_eq!(
            turns(&said),
            [
                turn("MINISTER ROJAS", "We are ready.\n\nPeru waits."),
                turn("Q", "And Chile?"),
                turn("MINISTER ROJAS", "Chile has to say so itself."),
            ]
        );
        let twice = ["Ana Rojas: We are ready.", "Juan Pardo: So are we.", "Ana Rojas: Good."];
        assert_eq!(turns(&twice).len(), 2, "who speaks once in small letters may be nobody");
    }

    #[test]
    fn a_colon_alone_makes_no_transcript() {
        for page in [
            &["Background: the border was drawn in 1929.", "Analysis: little will change."][..],
            &["The minister said: we are ready.", "The minister said: we wait."],
            &["BREAKING: Peru closes the border.", "Nothing else is known."],
            &["Email: rojas at lima.example", "Email: pardo at lima.example"],
            &["At 10:30 they met.", "At 10:30 they left."],
            &["NOTE:", "NOTE:"],
        ] {
            assert_eq!(turns(page), [], "{page:?}");
        }
    }
}
