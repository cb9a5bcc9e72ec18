//! Flattened text (a page saved as plain lines, menus and all) to a `Draft`.

use super::article::{BlockKind, BylineKind};
use super::draft::Draft;
use super::lines::{self, Label, Line, Role};
use super::origins::{Origin, Origins};
use super::{bylines, chrome, cohesion, stamps, tickers};
use crate::text::Span;

/// Lines above the body that may hold its head.
const HEAD_WINDOW: usize = 150;
/// Words that a page needs in sentences to be an article.
const LEAST_WORDS: usize = 20;

/// Reads a flattened page; a draft without a body where no stretch of it reads as one.
pub(super) fn read(text: &str) -> Draft {
    let (lines, cut) = lines::read(text);
    let mut draft = Draft { origins: Origins::all(Origin::Visible), ..Draft::default() };
    draft.left_out = cut.then(lines::left_out);
    for line in lines.iter().filter(|l| l.role == Role::Ticker) {
        draft.quotes.extend(tickers::read(&line.text));
    }
    let Some((mut first, last)) = body_region(&lines) else { return draft };
    let title = title_line(&lines, first);
    if let Some(at) = title {
        first = first.max(at + 1);
    }
    first = head_end(&lines, title, first, last);
    // A running account starts at its first time mark, which stands above its first sentences.
    if let Some(mark) = title.and_then(|t| (t + 1..first).find(|i| lines[*i].role == Role::TimeMark)) {
        first = mark;
    }
    head(&lines, title, first, &mut draft);
    let kept = cohesion::keep(&lines, first, last, title.map(|t| lines[t].text.as_str()));
    let kept: Vec<Line> = lines[first..=last]
        .iter()
        .zip(&kept)
        .filter(|(_, kept)| **kept)
        .map(|(line, _)| line.clone())
        .collect();
    body(&kept, &mut draft);
    if let Some(at) = title {
        let text = without_site(&lines, at);
        let start = lines[at].span.start;
        let source =
            (lines[at].text.len() == lines[at].span.len()).then(|| Span::new(start, start + text.len()));
        draft.push(BlockKind::Title, text, source);
    }
    draft
}

/// What a line adds to a stretch that may be the body: sentences speak for it, menus against it.
fn weight(line: &Line) -> i64 {
    let size = i64::try_from(line.size.min(60)).unwrap_or(60);
    match line.role {
        Role::Prose => size,
        Role::Sentence => 3,
        Role::Bullet => size.min(6) - 3,
        Role::TimeMark => 0,
        Role::Furniture if chrome::ends_article(&line.text) => -12,
        Role::Furniture | Role::Credit => -1,
        Role::Ticker | Role::Byline | Role::Stamp => -4,
        Role::Short => -6,
    }
}

/// The stretch of lines with the greatest sum of weights (Kadane), if it holds enough sentences.
fn body_region(lines: &[Line]) -> Option<(usize, usize)> {
    let (mut best, mut best_range) = (0, None);
    let (mut sum, mut start) = (0, 0);
    for (at, line) in lines.iter().enumerate() {
        if sum <= 0 {
            (sum, start) = (0, at);
        }
        sum += weight(line);
        if sum > best {
            (best, best_range) = (sum, Some((start, at)));
        }
    }
    let (start, end) = best_range?;
    let prose: usize = lines[start..=end]
        .iter()
        .filter(|l| matches!(l.role, Role::Prose | Role::Sentence | Role::Bullet))
        .map(|l| l.size)
        .sum();
    (prose >= LEAST_WORDS).then_some((start, end))
}

/// The headline among the lines above the body (or the body's own first line, where nothing stands above it).
fn title_line(lines: &[Line], first: usize) -> Option<usize> {
    let body: std::collections::BTreeSet<String> = lines[first..]
        .iter()
        .filter(|l| l.role == Role::Prose)
        .take(12)
        .flat_map(|l| content_words(&l.text))
        .collect();
    let from = first.saturating_sub(HEAD_WINDOW);
    let mut best: Option<(i64, usize)> = None;
    let mut opener = true;
    let mut last_shared: Option<usize> = None;
    for (at, line) in lines.iter().enumerate().take(first).skip(from) {
        let candidate = match line.role {
            Role::Short | Role::Sentence | Role::Prose => {
                (2..=40).contains(&line.size) && line.text.len() <= 300
            }
            // "Live", "Opinion": furniture, unless a headline happens to hold such words and is long enough.
            Role::Furniture => line.size >= 6 && !line.text.contains('©'),
            _ => false,
        };
        // What stands below a time mark heads an entry of a running account.
        let entry = at > 0 && lines[at - 1].role == Role::TimeMark;
        if !candidate || entry || !stamps::find(&line.text).is_empty() {
            continue;
        }
        let mut score: i64 = match line.size {
            0..=2 => -30,
            3..=4 => 0,
            5..=22 => 20,
            _ => 8,
        };
        score -= i64::try_from((first - at).min(30)).unwrap_or(0);
        if opener && from == 0 && line.role != Role::Furniture {
            score += 12;
        }
        opener &= line.role == Role::Furniture;
        if line.text.ends_with(['.', ':']) || line.role == Role::Prose {
            score -= 14;
        }
        if line.role == Role::Furniture {
            score -= 25;
        }
        // "… at the pier. (Ana Ruiz)" is a caption.
        if line.text.ends_with(')') {
            score -= 12;
        }
        let words = content_words(&line.text);
        let shared = words.iter().filter(|w| body.contains(*w)).count();
        let share = if words.is_empty() { 0 } else { 100 * shared / words.len() };
        score += i64::try_from(share / 5 + 4 * shared.min(5)).unwrap_or(0);
        score += 14 * i64::from(named_elsewhere(lines, at));
        // Official texts are headed by what they are, often below the letterhead of the office.
        score += if names_itself(&line.text) { 25 } else { 0 };
        // A standfirst follows its headline closely and shares its words: the first of a cluster is the headline.
        if shared >= 2 && share >= 40 {
            score += if last_shared.is_some_and(|last| at - last <= 3) { -10 } else { 0 };
            last_shared = Some(at);
        }
        if best.is_none_or(|(top, _)| score > top) {
            best = Some((score, at));
        }
    }
    if let Some((score, at)) = best {
        return (score > 0).then_some(at);
    }
    // Nothing above: a first line without a full stop is a headline, a sentence is text.
    let line = lines.get(first)?;
    (line.size <= 25 && !lines::ends_sentence(&line.text) && first + 1 < lines.len()).then_some(first)
}

/// Whether a line names a document as official texts are headed: "Readout of …", "Joint Statement by …".
fn names_itself(text: &str) -> bool {
    const HEADS: &[&str] = &[
        "readout of",
        "joint statement",
        "joint declaration",
        "joint communiqu",
        "press statement by",
        "press statement on",
        "statement by",
        "statement on",
        "statement from",
        "remarks by",
        "press release:",
        "declaration by",
        "communiqué",
        "press briefing by",
        "transcript of",
    ];
    let lower = text.to_lowercase();
    HEADS.iter().any(|h| lower.starts_with(h)) && lines::size(text) >= 4
}

/// Whether another line repeats this one, alone or before the outlet's name ("Headline | Harbour News").
fn named_elsewhere(lines: &[Line], at: usize) -> bool {
    let text = &lines[at].text;
    lines.iter().take(400).enumerate().any(|(i, line)| {
        i != at
            && line.text.strip_prefix(text.as_str()).is_some_and(|rest| {
                rest.is_empty()
                    || (rest.len() <= 60
                        && rest.trim_start().starts_with(['|', '-', '–', '—', '·', '•', ':', '»']))
            })
    })
}

/// A headline without the site's name behind a bar, which page titles carry and headings do not.
fn without_site(lines: &[Line], at: usize) -> String {
    let text = &lines[at].text;
    for cut in [" | ", " – ", " — ", " - "] {
        if let Some((head, tail)) = text.rsplit_once(cut) {
            let repeated = lines.iter().enumerate().take(400).any(|(i, l)| i != at && l.text == head);
            if repeated
                || cut == " | "
                    && tail.split_whitespace().count() <= 3
                    && head.split_whitespace().count() >= 5
            {
                return head.to_owned();
            }
        }
    }
    text.clone()
}

fn content_words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.chars().count() >= 4)
        .map(str::to_lowercase)
        .collect()
}

/// Where the body starts once bylines, stamps and a standfirst printed as a sentence are taken off its top.
fn head_end(lines: &[Line], title: Option<usize>, first: usize, last: usize) -> usize {
    let Some(title) = title else { return first };
    // A byline or a stamp among the first lines below the title: what stands before it is the head.
    let mut end = first;
    let mut prose = 0;
    for (at, line) in lines.iter().enumerate().take(last.min(title + 12) + 1).skip(title + 1) {
        match line.role {
            Role::Byline | Role::Stamp if at >= first => end = at + 1,
            Role::Prose => prose += 1,
            _ => {}
        }
        if prose > 2 {
            break;
        }
    }
    // The name under a stamp belongs to the head as well.
    while end > first
        && end < last
        && lines[end].role == Role::Short
        && lines[end].size <= 5
        && lines[end + 1].role != Role::Prose
    {
        end += 1;
    }
    end.min(last)
}

/// Bylines, stamps, highlights and labels between the lines above the title and the body.
fn head(lines: &[Line], title: Option<usize>, first: usize, draft: &mut Draft) {
    let top = title.unwrap_or(first);
    let (mut labelled, mut loose) = ((None, None), Vec::new());
    let mut signed = false;
    for at in top.saturating_sub(6)..first.min(lines.len()) {
        let line = &lines[at];
        if Some(at) == title {
            continue;
        }
        match line.role {
            Role::Stamp | Role::Byline => {
                let mut from = 0;
                for (span, stamp) in stamps::find(&line.text) {
                    let before = line.text.get(from..span.start).unwrap_or("");
                    match lines::label(before) {
                        Some(Label::Updated) => labelled.1 = labelled.1.or(Some(stamp)),
                        Some(Label::Published) => labelled.0 = labelled.0.or(Some(stamp)),
                        None => loose.push(stamp),
                    }
                    from = span.end;
                }
                let mut names = bylines::read(names_part(&line.text));
                // "Oslo, 2 January 2024" names a place: one word signs only where the line says so.
                if !bylines::opens(&line.text) && lines::label(&line.text).is_none() {
                    names.retain(|n| n.kind != BylineKind::Person || n.name.contains(' '));
                }
                if !signed && !names.is_empty() {
                    draft.byline = names;
                    signed = true;
                }
            }
            Role::Bullet if at > top => draft.push(BlockKind::Highlight, line.text.clone(), Some(line.span)),
            Role::Prose | Role::Sentence | Role::Short
                if at > top
                    && at <= top + 5
                    && line.size >= 7
                    && !line.text.ends_with(')')
                    && title.is_some_and(|t| {
                        lines[t].text != line.text && !lines[t].text.starts_with(&line.text)
                    }) =>
            {
                draft.push(BlockKind::Highlight, line.text.clone(), Some(line.span));
            }
            Role::Short | Role::Furniture | Role::Sentence => {
                if line.size <= 6 {
                    draft.labels.push(line.text.clone());
                }
                // A readout's own head: "Ministry for Foreign Affairs of Finland".
                if line.role == Role::Short && draft.outlet.is_none() && names_office(&line.text) {
                    draft.outlet = Some(line.text.clone());
                }
                // A name alone, right beside a byline's "By" or a stamp.
                let beside = at > top
                    && (lines.get(at + 1).is_some_and(|l| l.role == Role::Stamp)
                        || lines[at - 1].text.eq_ignore_ascii_case("by")
                        || lines[at - 1].role == Role::Stamp);
                let name = (2..=5).contains(&line.size)
                    && line
                        .text
                        .split_whitespace()
                        .all(|w| w.starts_with(|c: char| !c.is_lowercase()) || w.len() <= 3);
                let label = line.text.to_lowercase().contains("release")
                    || line.text.to_lowercase().contains("statement");
                if beside && !signed && name && !label && line.role == Role::Short {
                    draft.byline = bylines::read(&line.text);
                    signed = !draft.byline.is_empty();
                }
            }
            _ => {}
        }
    }
    let mut loose = loose.into_iter();
    draft.published = labelled.0.or_else(|| loose.next());
    draft.updated = labelled.1.or_else(|| loose.next());
}

/// Whether a line is the name of an office that puts out what stands below it.
fn names_office(text: &str) -> bool {
    const OFFICES: [&str; 9] = [
        "Cabinet",
        "Chancellery",
        "Commission",
        "Department",
        "Embassy",
        "Mission",
        "Ministry",
        "Presidency",
        "Secretariat",
    ];
    let mut words = text.split_whitespace();
    let named = words.clone().any(|w| OFFICES.contains(&w.trim_matches([',', ':'])));
    named
        && words.clone().count() <= 10
        && !text.ends_with(['.', ':', '?', '!'])
        && words.all(|w| {
            w.len() <= 3 || w.starts_with(|c: char| !c.is_lowercase()) || matches!(w, "with" | "from")
        })
}

/// The part of a byline line before its first label or date.
fn names_part(text: &str) -> &str {
    let lower = text.to_lowercase();
    let mut end = stamps::find(text).first().map_or(text.len(), |(span, _)| span.start);
    if lower.len() == text.len() {
        for word in [
            "published",
            "updated",
            "posted",
            "last updated",
            "first published",
            "issued",
            "date:",
            "modified",
            "veröffentlicht",
            "publié le",
        ] {
            if let Some(at) = lower.find(word)
                && !lower[..at].ends_with(|c: char| c.is_alphanumeric())
                && !lower[at + word.len()..].starts_with(" by")
            {
                end = end.min(at);
            }
        }
    }
    let part = text.get(..end).unwrap_or("");
    // A weekday right before a date is part of the date.
    let part = part.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '.');
    match part.rsplit_once([' ', ',', '|']) {
        Some((rest, day)) if is_weekday(day) => rest,
        None if is_weekday(part) => "",
        _ => part,
    }
}

fn is_weekday(word: &str) -> bool {
    let word = word.to_lowercase();
    ["mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "on"].contains(&word.as_str())
        || ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
            .contains(&word.as_str())
}

/// Types the lines of the body.
fn body(lines: &[Line], draft: &mut Draft) {
    let mut at = 0;
    while at < lines.len() {
        let line = &lines[at];
        let source: Option<Span> = Some(line.span);
        match line.role {
            Role::Prose | Role::Sentence => draft.push(BlockKind::Paragraph, line.text.clone(), source),
            Role::Bullet if line.size >= 4 => draft.push(BlockKind::Paragraph, line.text.clone(), source),
            Role::TimeMark => draft.time_marks += 1,
            Role::Credit if line.size >= 6 => draft.push(BlockKind::Caption, line.text.clone(), source),
            Role::Short => {
                let mut end = at;
                while end + 1 < lines.len() && lines[end + 1].role == Role::Short {
                    end += 1;
                }
                // One short line between sentences is a heading; several in a row are links.
                let heads = lines
                    .get(end + 1)
                    .is_some_and(|l| matches!(l.role, Role::Prose | Role::Sentence | Role::Bullet));
                if end == at
                    && heads
                    && (1..=16).contains(&line.size)
                    && line.text.chars().any(char::is_alphabetic)
                {
                    draft.push(BlockKind::Subhead, line.text.clone(), source);
                }
                at = end;
            }
            _ => {}
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = " date 2023-05-04 OGDC 88.10 Decreased By ▼ -1.15 (-1.29%)\nEnvoy calls harbour pact a turning point for Norland and Sudland\n\n  • At a meeting with the port minister, the envoy says both sides should open more piers\nHarbour Web Desk Published May 4, 2023 Updated May 5, 2023 06:10pm\n\nThe envoy of Norland met the port minister of Sudland on Thursday and called the pact a turning point for both coasts.\n\nA note by the ministry said that the two spoke about piers, fish and the crews of seized boats.\n\n“We agree.”\n\nThe long road to the pact\n\nTalks had begun in the spring, when the first crews were let go after months in custody.\n";

    fn texts(draft: &Draft, kind: BlockKind) -> Vec<&str> {
        draft.pieces.iter().filter(|p| p.kind == kind).map(|p| p.text.as_str()).collect()
    }

    #[test]
    fn a_wire_page_with_a_ticker() {
        let draft = read(PAGE);
        assert_eq!(draft.quotes.len(), 1);
        assert_eq!(
            texts(&draft, BlockKind::Title),
            ["Envoy calls harbour pact a turning point for Norland and Sudland"]
        );
        assert_eq!(texts(&draft, BlockKind::Highlight).len(), 1);
        assert_eq!(draft.byline.len(), 1);
        assert_eq!(draft.byline[0].name, "Harbour Web Desk");
        assert_eq!(draft.published.map(|s| s.to_string()).as_deref(), Some("2023-05-04"));
        assert_eq!(draft.updated.map(|s| s.to_string()).as_deref(), Some("2023-05-05T18:10"));
        assert_eq!(texts(&draft, BlockKind::Paragraph).len(), 4);
        assert_eq!(texts(&draft, BlockKind::Subhead), ["The long road to the pact"]);
        for piece in &draft.pieces {
            let source = piece.source.expect("flat text has places").of(PAGE);
            assert!(source.contains(&piece.text), "{source} / {}", piece.text);
        }
    }

    #[test]
    fn menus_around_a_story_stay_out() {
        let page = "Harbour News\nHome\nWorld\nSport\nSign in\nSubscribe\nCoast guard frees three crews after talks in Oslo\nBy Ana Ruiz\n4 May 2023\nShare\nThree crews came home on Thursday after a week of talks between Norland and Sudland in Oslo.\nAdvertisement\nThe coast guard said that the boats would follow once their papers had been checked again.\nRead more: Who owns the northern banks?\nBoth sides will meet again in June, officials said.\nRelated stories\nFish prices fall\nNew pier opens\nStorm warning for the coast\nAbout us\nContact\n© 2023 Harbour News. All rights reserved.\n";
        let draft = read(page);
        assert_eq!(texts(&draft, BlockKind::Title), ["Coast guard frees three crews after talks in Oslo"]);
        assert_eq!(texts(&draft, BlockKind::Paragraph).len(), 3);
        assert_eq!(draft.byline[0].name, "Ana Ruiz");
        assert_eq!(draft.published.map(|s| s.to_string()).as_deref(), Some("2023-05-04"));
    }

    #[test]
    fn official_texts_and_running_accounts() {
        let readout = "Ministry of Foreign Affairs of Norland\nOffice of the Spokesperson\nFor Immediate Release\nJanuary 2, 2024\n\nReadout of Foreign Minister Ana Ruiz's Call with Sudland's Foreign Minister\n\nForeign Minister Ana Ruiz spoke today with Foreign Minister Jo Lee of Sudland about the harbour pact.\n\nShe thanked her counterpart for the release of three crews.\n";
        let draft = read(readout);
        assert_eq!(
            texts(&draft, BlockKind::Title),
            ["Readout of Foreign Minister Ana Ruiz's Call with Sudland's Foreign Minister"]
        );
        assert!(draft.byline.is_empty());
        let live = "Harbour talks: live updates\nBy Ana Ruiz\n2 January 2024\n\n18:15\nMinisters leave the palace\nThe two ministers have left the palace without a word to the press, our reporter says.\n\n17:40\nCrews to be freed\nThe envoy of Norland tells reporters that three crews will be freed within a week.\n";
        let draft = read(live);
        assert_eq!(draft.time_marks, 2);
        assert_eq!(texts(&draft, BlockKind::Subhead), ["Ministers leave the palace", "Crews to be freed"]);
    }

    #[test]
    fn a_menu_alone_is_no_article() {
        assert!(!read("Home\nWorld\nSport\nSign in\n").has_body());
        assert!(!read("").has_body());
    }
}
