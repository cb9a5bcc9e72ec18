//! The lines of a flattened page, each with the part that its looks suggest.

use super::fold::fold;
use super::{bylines, chrome, stamps, tickers};
use crate::text::Span;

/// One line (or one hard-wrapped paragraph) with its place in the decoded source.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) span: Span,
    /// Folded text, without a bullet's mark.
    pub(super) text: String,
    pub(super) role: Role,
    /// Words, or pairs of characters where a script has no spaces.
    pub(super) size: usize,
}

/// What a line looks like on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Market quotes and nothing else.
    Ticker,
    /// Who wrote it ("By …"), perhaps with stamps.
    Byline,
    /// Published or updated, perhaps with a name before it.
    Stamp,
    /// Opens with a bullet.
    Bullet,
    /// Menus, sharing, links to other stories.
    Furniture,
    /// Says who took a picture.
    Credit,
    /// Only a time of day: an entry of a running account.
    TimeMark,
    /// Sentences.
    Prose,
    /// A short sentence, as quotes and one-line paragraphs are.
    Sentence,
    /// Anything short: headings, names, links.
    Short,
}

/// Lines read of one text: the longest page that was seen has a few thousand.
const MOST_LINES: usize = 200_000;

/// What to say of a text with more lines than that.
pub(super) fn left_out() -> String {
    format!("it has more than {MOST_LINES} lines; those beyond were left out")
}

/// Splits a text into typed lines, at most `MOST_LINES`, and says whether there were more.
pub(super) fn read(text: &str) -> (Vec<Line>, bool) {
    let mut lines: Vec<(Span, bool)> = Vec::new();
    let mut cut = false;
    let (mut start, mut apart) = (0, false);
    for raw in text.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}', '\u{c}']) {
        let lead = raw.len() - raw.trim_start().len();
        let span = Span::new(start + lead, start + raw.trim_end().len().max(lead));
        start += raw.len();
        if span.is_empty() {
            apart = true;
        } else if lines.len() >= MOST_LINES {
            cut = true;
            break;
        } else {
            lines.push((span, apart || lines.is_empty()));
            // "\r\n" ends one line, not two: an empty piece between them is no empty line.
            apart = false;
        }
    }
    if wrapped(text, &lines) {
        lines = unwrap(&lines);
    }
    let lines = lines.into_iter().map(|(span, _)| line(text, span)).filter(|l| !l.text.is_empty());
    (lines.collect(), cut)
}

/// The role and size that a text has by its looks.
pub(super) fn classify(text: &str) -> (Role, usize) {
    let size = size(text);
    (role(text, size, false), size)
}

fn line(source: &str, span: Span) -> Line {
    let mut text = fold(span.of(source));
    let mut bullet = false;
    for mark in ["• ", "● ", "▪ ", "■ ", "◦ ", "‣ ", "* ", "– ", "- ", "· ", "•", "●"] {
        if let Some(rest) = text.strip_prefix(mark) {
            (text, bullet) = (rest.trim_start().to_owned(), true);
            break;
        }
    }
    let size = size(&text);
    let role = role(&text, size, bullet);
    Line { span, text, role, size }
}

/// Words; where a script runs on without spaces, pairs of characters.
pub(super) fn size(text: &str) -> usize {
    let unspaced = text
        .chars()
        .filter(|c| ('\u{2e80}'..='\u{9fff}').contains(c) || ('\u{ac00}'..='\u{d7af}').contains(c))
        .count();
    let words = text.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric)).count();
    words.max(unspaced / 2)
}

fn role(text: &str, size: usize, bullet: bool) -> Role {
    if !tickers::read(text).is_empty() {
        return Role::Ticker;
    }
    if time_mark(text) {
        return Role::TimeMark;
    }
    if size <= 30 && is_stamp(text) {
        return Role::Stamp;
    }
    if size <= 20 && bylines::opens(text) && !ends_sentence(text) && !bylines::read(text).is_empty() {
        return Role::Byline;
    }
    if size >= 3 && (size <= 14 || !ends_sentence(text)) && chrome::is_credit(text) {
        return Role::Credit;
    }
    if chrome::is_furniture(text) || size <= 6 && chrome::ends_article(text) {
        return Role::Furniture;
    }
    if bullet && size >= 3 {
        return Role::Bullet;
    }
    match (size, ends_sentence(text)) {
        (8.., true) | (28.., false) => Role::Prose,
        (2.., true) => Role::Sentence,
        _ => Role::Short,
    }
}

/// Whether a line stops as a sentence does.
pub(super) fn ends_sentence(text: &str) -> bool {
    let bare = text.trim_end_matches(['"', '”', '’', '\'', '»', ')', ']', '“', '』', '」']);
    bare.ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '۔', '।', ':'])
        || (bare.len() < text.len() && text.ends_with(['”', '"', '»', '」']))
}

/// A time of day alone, as running accounts head their entries: "14:05", "2.05pm BST", "11:40 GMT".
fn time_mark(text: &str) -> bool {
    if text.len() > 14 || !text.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    // A date before it makes a time into a stamp, which the one reader of clocks then checks.
    stamps::find(&format!("2000-01-01 {text}"))
        .first()
        .is_some_and(|(span, stamp)| stamp.time.is_some() && span.len() + 4 >= 11 + text.len())
}

/// A line whose weight is its date: "Published January 2, 2024", "2 January 2024 | 21:02", "Ana Ruiz · 2 Jan 2024".
fn is_stamp(text: &str) -> bool {
    let found = stamps::find(text);
    if found.is_empty() {
        return false;
    }
    let dated: usize = found.iter().map(|(span, _)| span.len()).sum();
    let rest = text.len().saturating_sub(dated);
    // "… Updated March 7, 2024 10:40 a.m.": the stop is the time's.
    let behind = found.iter().map(|(span, _)| span.end).max().unwrap_or_default();
    let closed = ends_sentence(text) && behind + 1 < text.trim_end().len();
    label(text).is_some() && !(closed && rest > 40)
        || rest <= 12
        || (rest <= 45 && !closed && size(text) <= 12)
}

/// What the words before a date say that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// First published.
    Published,
    /// Changed since.
    Updated,
}

/// The last label in `text`.
pub(super) fn label(text: &str) -> Option<Label> {
    const PUBLISHED: &[&str] = &[
        "published",
        "posted",
        "first published",
        "publish date",
        "date:",
        "issued",
        "released",
        "veröffentlicht",
        "publié",
        "publicado",
        "pubblicato",
        "gepubliceerd",
        "publiceret",
        "publicerad",
        "publisert",
        "yayın",
        "diterbitkan",
        "dikirim",
        "опубликовано",
        "created",
    ];
    const UPDATED: &[&str] = &[
        "updated",
        "update:",
        "last modified",
        "modified",
        "last update",
        "aktualisiert",
        "mis à jour",
        "actualizado",
        "atualizado",
        "aggiornato",
        "bijgewerkt",
        "opdateret",
        "uppdaterad",
        "oppdatert",
        "güncelleme",
        "diperbarui",
        "обновлено",
        "edited",
    ];
    let lower = text.to_lowercase();
    let last = |words: &[&str]| words.iter().filter_map(|w| lower.rfind(w)).max();
    match (last(PUBLISHED), last(UPDATED)) {
        (None, None) => None,
        (Some(p), Some(u)) => Some(if p > u { Label::Published } else { Label::Updated }),
        (Some(_), None) => Some(Label::Published),
        (None, Some(_)) => Some(Label::Updated),
    }
}

/// Whether paragraphs are broken into lines of even length, as mailers and terminals do.
fn wrapped(text: &str, lines: &[(Span, bool)]) -> bool {
    let (mut inner, mut even, mut open) = (0, 0, 0);
    for pair in lines.windows(2) {
        let [(first, _), (second, apart)] = pair else { continue };
        if *apart {
            continue;
        }
        inner += 1;
        let first = first.of(text);
        even += usize::from((45..=110).contains(&first.chars().count()));
        let goes_on = second.of(text).starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
        open += usize::from(!ends_sentence(first) && goes_on);
    }
    inner >= 3 && even * 10 >= inner * 7 && open * 3 >= inner
}

/// Joins the lines of each paragraph.
fn unwrap(lines: &[(Span, bool)]) -> Vec<(Span, bool)> {
    let mut joined: Vec<(Span, bool)> = Vec::new();
    for (span, apart) in lines {
        match joined.last_mut() {
            Some((last, _)) if !apart => *last = last.join(*span),
            _ => joined.push((*span, *apart)),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(text: &str) -> Vec<Role> {
        read(text).0.into_iter().map(|l| l.role).collect()
    }

    #[test]
    fn lines_by_their_looks() {
        use Role::*;
        for (line, role) in [
            ("OGDC 88.10 Decreased By ▼ -1.15 (-1.29%)", Ticker),
            ("Harbour Web Desk Published May 4, 2023 Updated May 4, 2023 06:10pm", Stamp),
            ("Northern Harbour Morning Ledger Published May 4, 2023 Updated May 4, 2023 06:10 p.m.", Stamp),
            ("By Ana Ruiz", Byline),
            ("• Both sides plan a second round in spring", Bullet),
            ("READ MORE: Harbour talks fail", Furniture),
            ("(Photo by Ana Ruiz/Getty Images)", Credit),
            ("14:05", TimeMark),
            ("2.05pm BST", TimeMark),
            ("The ministers of both states met in Oslo on Monday to speak about fish.", Prose),
            ("“We agree.”", Sentence),
            ("A longer road", Short),
            ("On May 4, 2023 the ministers of both states met in Oslo to speak about fish and boats.", Prose),
        ] {
            assert_eq!(roles(line), [role], "{line}");
        }
    }

    #[test]
    fn wrapped_paragraphs_become_one_line() {
        let text = "The ministers of both states met in Oslo on Monday to speak about\nfish and boats, and they agreed to meet\nagain in spring, when the ice will be gone and the harbours will be open\nfor trade.\n\nThe second paragraph is also broken by a program that counts to about\nseventy and then starts anew.";
        let (lines, _) = read(text);
        assert_eq!(lines.len(), 2);
        assert!(lines[0].text.ends_with("for trade."));
        assert_eq!(lines[0].span.start, 0);
    }
}
