//! Quotations: turns the marks of a text into stretches of direct speech, nested, over several paragraphs, unclosed.

use crate::text::Span;

use super::document::Quotation;
use super::turns::Turn;

/// The families of marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Double,
    Single,
    Straight,
    StraightSingle,
    Angle,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Open,
    Close,
    /// Ends what is open, else begins something.
    Either,
}

struct Opened {
    mark: Mark,
    start: usize,
    depth: u8,
}

/// More than this are not nested by people; deeper marks are left alone.
const DEEPEST: usize = 6;

/// The quotations of `text` whose paragraphs are `paragraphs`, in order of their beginning; the `turns` of a transcript among them.
pub(super) fn find(text: &str, paragraphs: &[Span], turns: &[Turn]) -> Vec<Quotation> {
    let mut found = marked(text, paragraphs);
    // Marks around a turn and its label quote nobody else.
    found.retain(|quotation| !turns.iter().any(|turn| quotation.span.contains(turn.label)));
    for quotation in &mut found {
        let before = turns.partition_point(|turn| turn.words.start <= quotation.span.start);
        let within = before.checked_sub(1).is_some_and(|at| turns[at].words.overlaps(quotation.span));
        quotation.depth += u8::from(within);
    }
    let spoken =
        |turn: &Turn| Quotation { span: turn.words, closed: true, depth: 0, label: Some(turn.label) };
    found.extend(turns.iter().map(spoken));
    found.sort_by_key(|q| (q.span.start, q.depth));
    found
}

/// What stands in quotation marks.
fn marked(text: &str, paragraphs: &[Span]) -> Vec<Quotation> {
    let mut found = Vec::new();
    let mut open: Vec<Opened> = Vec::new();
    let mut last_end = 0;
    for paragraph in paragraphs {
        let part = paragraph.of(text);
        let body = part.trim();
        if body.is_empty() {
            continue;
        }
        let begin = paragraph.start + (part.len() - part.trim_start().len());
        // A paragraph that opens with the mark that is still open goes on with it; any other one ends it.
        let goes_on = mark_at(text, *paragraph, begin)
            .filter(|(mark, role)| *role != Role::Close && open.first().is_some_and(|o| o.mark == *mark));
        let skip = if goes_on.is_some() {
            // What was nested ended with its paragraph.
            close_from(1, last_end, &mut open, &mut found);
            Some(begin)
        } else {
            close_from(0, last_end, &mut open, &mut found);
            None
        };
        let single_closers = closers(text, *paragraph);
        for (at, c) in body.char_indices() {
            let at = begin + at;
            let Some((mark, role)) = mark_at(text, *paragraph, at).filter(|_| Some(at) != skip) else {
                continue;
            };
            let holder = open.iter().rposition(|o| o.mark == mark);
            let closes = match role {
                Role::Open => false,
                Role::Close => true,
                Role::Either => holder.is_some(),
            };
            if closes {
                let Some(holder) = holder else { continue };
                if matches!(mark, Mark::Single | Mark::StraightSingle)
                    && is_plural_owner(text, at, &single_closers)
                {
                    continue;
                }
                close_from(holder + 1, at, &mut open, &mut found);
                if let Some(opened) = open.pop() {
                    let span = Span::new(opened.start, at + c.len_utf8());
                    found.push(Quotation { span, closed: true, depth: opened.depth, label: None });
                }
            } else if open.len() < DEEPEST && holder.is_none() {
                // A single straight mark must have a partner ahead, or it is an apostrophe.
                if mark == Mark::StraightSingle && !single_closers.iter().any(|&closer| closer > at + 1) {
                    continue;
                }
                open.push(Opened { mark, start: at, depth: open.len() as u8 });
            }
        }
        last_end = begin + body.len();
    }
    close_from(0, last_end, &mut open, &mut found);
    found
}

/// Ends, without a mark, whatever is open beyond the first `keep`.
fn close_from(keep: usize, end: usize, open: &mut Vec<Opened>, found: &mut Vec<Quotation>) {
    while open.len() > keep {
        let Some(opened) = open.pop() else { break };
        // Single marks without a partner were apostrophes.
        if !matches!(opened.mark, Mark::Single | Mark::StraightSingle) {
            found.push(Quotation {
                span: Span::new(opened.start, end),
                closed: false,
                depth: opened.depth,
                label: None,
            });
        }
    }
}

/// What the character at `at` is, if it is a quotation mark.
fn mark_at(text: &str, paragraph: Span, at: usize) -> Option<(Mark, Role)> {
    let c = text[at..].chars().next()?;
    let before = text[paragraph.start..at].chars().next_back().unwrap_or(' ');
    let after = text[at + c.len_utf8()..paragraph.end].chars().next().unwrap_or(' ');
    let space_before = before.is_whitespace()
        || matches!(before, '(' | '[' | '\u{2014}' | '\u{2013}' | '-' | '\u{201c}' | '"' | '\u{2018}' | '\'');
    let space_after = after.is_whitespace() || !after.is_alphanumeric();
    Some(match c {
        '\u{201c}' | '\u{201e}' => (Mark::Double, Role::Open),
        '\u{201d}' => (Mark::Double, Role::Close),
        '\u{ab}' => (Mark::Angle, Role::Open),
        '\u{bb}' => (Mark::Angle, Role::Close),
        '\u{2018}' if space_before && after.is_alphanumeric() => (Mark::Single, Role::Open),
        '\u{2019}' if space_after && !before.is_whitespace() => (Mark::Single, Role::Close),
        '"' if before.is_ascii_digit() && after.is_whitespace() => (Mark::Straight, Role::Close),
        '"' if space_before && !after.is_whitespace() && before != '-' => (Mark::Straight, Role::Either),
        '"' => (
            Mark::Straight,
            if before.is_whitespace() && !after.is_whitespace() { Role::Open } else { Role::Either },
        ),
        '\'' if space_before && after.is_alphabetic() => (Mark::StraightSingle, Role::Open),
        '\'' if space_after && !before.is_whitespace() => (Mark::StraightSingle, Role::Close),
        _ => return None,
    })
}

/// Where single marks could close in this paragraph, by what stands around them.
fn closers(text: &str, paragraph: Span) -> Vec<usize> {
    paragraph
        .of(text)
        .char_indices()
        .filter(|(_, c)| matches!(c, '\'' | '\u{2019}'))
        .map(|(at, _)| paragraph.start + at)
        .filter(|&at| matches!(mark_at(text, paragraph, at), Some((_, Role::Close))))
        .collect()
}

/// Whether the mark at `at` is the apostrophe of `ministers’` rather than an end: it follows an s, a small letter
/// comes next, and a better end is ahead.
fn is_plural_owner(text: &str, at: usize, closers: &[usize]) -> bool {
    let owner = text[..at].ends_with('s') && {
        let mut rest = text[at..].chars().skip(1);
        rest.next() == Some(' ') && rest.next().is_some_and(char::is_lowercase)
    };
    owner && closers.partition_point(|&c| c <= at) < closers.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quotes(text: &str) -> Vec<(&str, bool, u8)> {
        let mut at = 0;
        let paragraphs: Vec<Span> = text
            .split('\n')
            .map(|line| {
                let span = Span::new(at, at + line.len());
                at += line.len() + 1;
                span
            })
            .collect();
        find(text, &paragraphs, &[]).into_iter().map(|q| (q.span.of(text), q.closed, q.depth)).collect()
    }

    #[test]
    fn curly_straight_and_nested() {
        assert_eq!(
            quotes("\u{201c}No,\u{201d} he said. \u{201c}It\u{2019}s \u{2018}over\u{2019}.\u{201d}"),
            [
                ("\u{201c}No,\u{201d}", true, 0),
                ("\u{201c}It\u{2019}s \u{2018}over\u{2019}.\u{201d}", true, 0),
                ("\u{2018}over\u{2019}", true, 1),
            ]
        );
        assert_eq!(
            quotes("\"We don't agree,\" she said, \"with 'both sides'.\""),
            [
                ("\"We don't agree,\"", true, 0),
                ("\"with 'both sides'.\"", true, 0),
                ("'both sides'", true, 1),
            ]
        );
        assert_eq!(quotes("The ministers' plan and Omar's."), []);
        assert_eq!(
            quotes("\u{2018}The ministers\u{2019} plan is dead,\u{2019} he said."),
            [("\u{2018}The ministers\u{2019} plan is dead,\u{2019}", true, 0)]
        );
    }

    #[test]
    fn paragraphs_go_on_or_end_it() {
        assert_eq!(
            quotes("\u{201c}One.\n\u{201c}Two.\u{201d} He left."),
            [("\u{201c}One.\n\u{201c}Two.\u{201d}", true, 0)]
        );
        assert_eq!(quotes("\"One.\n\"Two.\" He left."), [("\"One.\n\"Two.\"", true, 0)]);
        assert_eq!(quotes("\u{201c}Open to the end. \nNext one."), [("\u{201c}Open to the end.", false, 0)]);
    }

    #[test]
    fn hostile_marks_never_panic() {
        for text in [
            "\"",
            "\u{201d}\u{201d}",
            "''''''''",
            "\u{201c}".repeat(500).as_str(),
            "'\u{2018}\"\u{ab}",
            "5'10\" tall",
        ] {
            quotes(text);
        }
    }
}
