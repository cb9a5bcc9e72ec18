//! Turns a stretch of text and spans over it into pieces, each with all marks that cover it.

use demarche_engine::events::{Report, Role};
use demarche_engine::text::Span;

/// What a mark says of the words that it covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mark {
    /// A sentence that was read as a report; the number is the caller's.
    Sentence(usize),
    /// What was said.
    Content,
    /// When.
    Time,
    /// Where.
    Place,
    /// Who it was done to.
    Recipient,
    /// Who did it.
    Actor,
    /// The word that called up the frame.
    Trigger,
    /// Someone seen on the page; the number is the caller's.
    Seen(usize),
}

impl Mark {
    /// Its word.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Mark::Sentence(_) => "sentence",
            Mark::Content => "content",
            Mark::Time => "time",
            Mark::Place => "place",
            Mark::Recipient => "recipient",
            Mark::Actor => "actor",
            Mark::Trigger => "trigger",
            Mark::Seen(_) => "seen",
        }
    }
}

/// A piece of text that is covered by the same marks throughout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece<'t> {
    /// Where in the text.
    pub(crate) span: Span,
    /// The words.
    pub(crate) text: &'t str,
    /// What covers them, the widest first.
    pub(crate) marks: Vec<Mark>,
}

impl Piece<'_> {
    /// The narrowest mark.
    pub(crate) fn mark(&self) -> Option<Mark> {
        self.marks.last().copied()
    }
}

/// Cuts `within` of `text` at the ends of all spans. Spans that do not lie on characters of the text are left out.
pub(crate) fn pieces<'t>(text: &'t str, within: Span, spans: &[(Span, Mark)]) -> Vec<Piece<'t>> {
    let mut spans: Vec<(Span, Mark)> = spans
        .iter()
        .filter(|(span, _)| {
            span.overlaps(within) && !span.is_empty() && text.get(span.start..span.end).is_some()
        })
        .map(|&(span, mark)| (Span::new(span.start.max(within.start), span.end.min(within.end)), mark))
        .collect();
    spans.sort_by_key(|&(span, mark)| (std::cmp::Reverse(span.len()), mark));
    let mut cuts: Vec<usize> = vec![within.start, within.end];
    cuts.extend(spans.iter().flat_map(|(span, _)| [span.start, span.end]));
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2)
        .map(|cut| Span::new(cut[0], cut[1]))
        .map(|piece| Piece {
            span: piece,
            text: piece.of(text),
            marks: spans.iter().filter(|(span, _)| span.contains(piece)).map(|&(_, mark)| mark).collect(),
        })
        .filter(|piece| !piece.text.is_empty())
        .collect()
}

/// The spans of a report's evidence: roles, parties where no role covers them, and the trigger.
pub(crate) fn roles(report: &Report) -> Vec<(Span, Mark)> {
    let mut spans: Vec<(Span, Mark)> = report
        .evidence
        .roles
        .iter()
        .map(|role| {
            let mark = match role.role {
                Role::Actor => Mark::Actor,
                Role::Recipient => Mark::Recipient,
                Role::Content => Mark::Content,
                Role::Place => Mark::Place,
                Role::Time => Mark::Time,
            };
            (role.span, mark)
        })
        .collect();
    let parties = (report.actors.iter().map(|p| (p.span, Mark::Actor)))
        .chain(report.recipients.iter().map(|p| (p.span, Mark::Recipient)));
    for (span, mark) in parties {
        if !spans.iter().any(|(known, other)| *other == mark && known.overlaps(span)) {
            spans.push((span, mark));
        }
    }
    if let Some(content) = report.statement.as_ref().and_then(|s| s.content)
        && !spans.iter().any(|(_, mark)| *mark == Mark::Content)
    {
        spans.push((content, Mark::Content));
    }
    spans.push((report.evidence.trigger, Mark::Trigger));
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_cover_the_text_once_and_the_narrowest_mark_is_last() {
        let text = "é Reed met Iqbal today";
        let within = Span::new(0, text.len());
        let all = [
            (Span::new(3, 17), Mark::Content),
            (Span::new(3, 7), Mark::Actor),
            (Span::new(12, 99), Mark::Place),
            (Span::new(1, 3), Mark::Time),
        ];
        let cut = pieces(text, within, &all);
        assert_eq!(cut.iter().map(|p| p.text).collect::<String>(), text);
        let marked: Vec<_> = cut.iter().map(|p| (p.text, p.mark())).collect();
        assert_eq!(
            marked,
            [
                ("é ", None),
                ("Reed", Some(Mark::Actor)),
                (" met Iqbal", Some(Mark::Content)),
                (" today", None)
            ]
        );
        assert!(pieces("", Span::new(0, 0), &all).is_empty());
    }
}
