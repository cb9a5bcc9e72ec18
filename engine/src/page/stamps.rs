//! Printed dates and times to `Stamp`s. A zone is kept where the page prints one that means one offset, never made up.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::civil::{Date, Time};
use rustc_hash::FxBuildHasher;

use crate::text::Span;
use crate::time::Stamp;

/// Month names and their usual short forms in the languages whose news sites print them, lower case: English, German,
/// French, Spanish, Portuguese, Italian, Dutch, the Scandinavian ones, Turkish, Indonesian, Malay, Polish, Russian.
const MONTHS: [&str; 12] = [
    "january jan januar jänner janvier janv enero ene janeiro gennaio januari ocak stycznia января",
    "february feb februar février févr febrero fevereiro fev febbraio februari şubat lutego февраля",
    "march mar märz mars marzo março maart marts mart maret mac marca марта",
    "april apr avril avr abril abr aprile nisan kwietnia апреля",
    "may mai mayo maio maggio mei maj mayıs maja мая",
    "june jun juni juin junio junho giugno haziran czerwca июня",
    "july jul juli juillet juil julio julho luglio temmuz lipca июля",
    "august aug août agosto ago augustus augusti ağustos agustus ogos sierpnia августа",
    "september sept sep septembre septiembre setiembre setembro settembre eylül września сентября",
    "october oct oktober okt octobre octubre outubro out ottobre ekim października октября",
    "november nov novembre noviembre novembro kasım listopada ноября",
    "december dec dezember dez décembre déc diciembre dic dezembro dicembre desember aralık disember grudnia декабря",
];

/// Zone abbreviations that mean one offset wherever news prints them, in minutes. `IST`, `CST`, `ET` and their like
/// mean several, so they stay local.
const ZONES: &str = "gmt=0 utc=0 cet=60 cest=120 eet=120 eest=180 msk=180 pkt=300 jst=540 kst=540 aest=600 aedt=660 sast=120 est=-300 edt=-240 cdt=-300 mst=-420 mdt=-360 pst=-480 pdt=-420";

/// A token: a run of letters, a run of digits or one other character.
#[derive(Clone, Copy)]
struct Token<'t> {
    text: &'t str,
    start: usize,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Word,
    Number,
    Sign,
}

/// Every date that `text` prints, with the time of day and zone that stand beside it.
pub(super) fn find(text: &str) -> Vec<(Span, Stamp)> {
    // A date has a year of four digits: most lines are done here.
    if !text.as_bytes().windows(4).any(|w| w.iter().all(u8::is_ascii_digit)) {
        return Vec::new();
    }
    let tokens = tokens(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let Some((date, mut next)) = date_at(&tokens, at) else {
            at += 1;
            continue;
        };
        let mut stamp = Stamp::day(date);
        let mut from = at;
        if let Some((time, offset, end)) = time_after(&tokens, next) {
            (stamp.time, stamp.offset, next) = (Some(time), offset, end);
        } else if let Some((time, offset, begin)) = time_before(&tokens, at) {
            (stamp.time, stamp.offset, from) = (Some(time), offset, begin);
        }
        let last = tokens[next - 1];
        found.push((Span::new(tokens[from].start, last.start + last.text.len()), stamp));
        at = next;
    }
    found
}

/// The first date in `text`: ISO 8601 and RFC 2822 as machines write them, else as people do.
pub(super) fn read(text: &str) -> Option<Stamp> {
    Stamp::parse(text).or_else(|| compact(text)).or_else(|| find(text).first().map(|(_, stamp)| *stamp))
}

/// `20240102T210200Z` and `20240102210200`, as archives write them.
fn compact(text: &str) -> Option<Stamp> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let zulu = text.trim().ends_with(['Z', 'z']);
    let bare = text.trim().trim_end_matches(['Z', 'z']).replace(['T', 't'], "");
    if bare != digits || !matches!(digits.len(), 8 | 12 | 14) {
        return None;
    }
    let day = format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..8]);
    if digits.len() == 8 {
        return Stamp::parse(&day);
    }
    let second = digits.get(12..14).unwrap_or("00");
    Stamp::parse(&format!(
        "{day}T{}:{}:{second}{}",
        &digits[8..10],
        &digits[10..12],
        if zulu { "Z" } else { "" }
    ))
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() {
            continue;
        }
        let kind = match c {
            c if c.is_ascii_digit() => Kind::Number,
            c if c.is_alphabetic() => Kind::Word,
            _ => Kind::Sign,
        };
        let mut end = start + c.len_utf8();
        while let Some(&(at, next)) = chars.peek() {
            let same = match kind {
                Kind::Number => next.is_ascii_digit(),
                Kind::Word => next.is_alphabetic(),
                Kind::Sign => false,
            };
            if !same {
                break;
            }
            end = at + next.len_utf8();
            chars.next();
        }
        tokens.push(Token { text: &text[start..end], start, kind });
    }
    tokens
}

fn number(token: Option<&Token<'_>>) -> Option<u32> {
    token.filter(|t| t.kind == Kind::Number && t.text.len() <= 4)?.text.parse().ok()
}

fn sign(token: Option<&Token<'_>>) -> char {
    token.filter(|t| t.kind == Kind::Sign).and_then(|t| t.text.chars().next()).unwrap_or('\0')
}

fn word(token: Option<&Token<'_>>) -> Option<String> {
    token.filter(|t| t.kind == Kind::Word).map(|t| t.text.to_lowercase())
}

fn month(token: Option<&Token<'_>>) -> Option<i8> {
    NUMBERS.get(word(token)?.as_str()).copied()
}

/// The number of each month by all its names: asked for every word of a page.
static NUMBERS: LazyLock<HashMap<&str, i8, FxBuildHasher>> = LazyLock::new(|| {
    let mut numbers = HashMap::default();
    for (number, names) in (1..).zip(MONTHS) {
        names.split(' ').for_each(|name| _ = numbers.entry(name).or_insert(number));
    }
    numbers
});

fn year(token: Option<&Token<'_>>) -> Option<i16> {
    let token = token.filter(|t| t.text.len() == 4)?;
    number(Some(token)).filter(|y| (1900..2100).contains(y)).and_then(|y| i16::try_from(y).ok())
}

fn date(year: i16, month: u32, day: u32) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A date that starts at token `at`, and the token after it.
fn date_at(tokens: &[Token<'_>], at: usize) -> Option<(Date, usize)> {
    let get = |i: usize| tokens.get(at + i);
    // January 2, 2024 · Jan. 2 2024 · Jan 2nd, 2024
    if let Some(month) = month(get(0)) {
        let mut i = 1;
        i += usize::from(sign(get(i)) == '.');
        let day = number(get(i)).filter(|d| (1..=31).contains(d))?;
        i += 1;
        i += usize::from(word(get(i)).is_some_and(|w| matches!(w.as_str(), "st" | "nd" | "rd" | "th")));
        i += usize::from(matches!(sign(get(i)), ',' | '.'));
        return Some((date(year(get(i))?, month.unsigned_abs().into(), day)?, at + i + 1));
    }
    let first = number(get(0))?;
    // 2024-01-02 · 2024/1/2 · 2024.01.02 · 2024年1月2日
    if let Some(year) = year(get(0)) {
        let cut = sign(get(1));
        if matches!(cut, '-' | '/' | '.') && sign(get(3)) == cut {
            return Some((date(year, number(get(2))?, number(get(4))?)?, at + 5));
        }
        let unit = |i: usize, units: &[&str]| word(get(i)).is_some_and(|w| units.contains(&w.as_str()));
        if unit(1, &["年", "년"]) && unit(3, &["月", "월"]) {
            return Some((date(year, number(get(2))?, number(get(4))?)?, at + 6.min(tokens.len() - at)));
        }
        return None;
    }
    // 2 January 2024 · 2nd Jan. 2024 · 2. Januar 2024 · 2 de enero de 2024 · 2-Jan-2024
    let mut i = 1;
    i += usize::from(word(get(i)).is_some_and(|w| matches!(w.as_str(), "st" | "nd" | "rd" | "th" | "er")));
    i += usize::from(matches!(sign(get(i)), '.' | '-' | 'º'));
    i += usize::from(word(get(i)).is_some_and(|w| w == "de" || w == "of"));
    if let Some(month) = month(get(i)) {
        i += 1;
        i += usize::from(matches!(sign(get(i)), '.' | '-' | ','));
        i += usize::from(word(get(i)).is_some_and(|w| w == "de" || w == "del"));
        return Some((date(year(get(i))?, month.unsigned_abs().into(), first)?, at + i + 1));
    }
    // 02.01.2024 is day first wherever it is printed. With slashes or hyphens the order depends on the country, so
    // it counts only where one of the two cannot be a month, or both are the same.
    let cut = sign(get(1));
    if matches!(cut, '.' | '/' | '-') && sign(get(3)) == cut {
        let (second, year) = (number(get(2))?, year(get(4))?);
        let (day, month) = match cut {
            '.' => (first, second),
            _ if first > 12 || first == second => (first, second),
            _ if second > 12 => (second, first),
            _ => return None,
        };
        return Some((date(year, month, day)?, at + 5));
    }
    None
}

/// A time of day that starts at token `at`: the time, its offset, the token after it.
fn clock_at(tokens: &[Token<'_>], at: usize) -> Option<(Time, Option<i16>, usize)> {
    let get = |i: usize| tokens.get(at + i);
    let mut hour = number(get(0)).filter(|h| *h < 24)?;
    let mut i = 1;
    let mut minute = 0;
    let cut = sign(get(1));
    let spelled = word(get(1)).is_some_and(|w| matches!(w.as_str(), "h" | "시" | "时" | "時"));
    let mut exact = false;
    if (matches!(cut, ':' | '.') || spelled) && get(2).is_some_and(|t| t.text.len() == 2) {
        minute = number(get(2)).filter(|m| *m < 60)?;
        i = 3;
        // "09.15" is a time where a zone follows; else it may be a figure.
        let zoned = get(0).is_some_and(|t| t.text.len() == 2)
            && word(get(3)).is_some_and(|name| {
                zone(&name).is_some() || matches!(name.as_str(), "ist" | "est" | "et" | "bst" | "cst")
            });
        exact = cut == ':' || spelled || zoned;
    }
    let mut second = 0;
    if exact && sign(get(3)) == ':' {
        second = number(get(4)).filter(|s| *s < 60)?;
        i = 5;
        // Fractions of a second are read and let go.
        if sign(get(5)) == '.' && number(get(6)).is_some() {
            i = 7;
        }
    }
    let mut half = word(get(i));
    let mut after = i + 1;
    // a.m. and p.m.
    if half.as_deref().is_some_and(|w| w == "a" || w == "p")
        && sign(get(i + 1)) == '.'
        && word(get(i + 2)).as_deref() == Some("m")
    {
        half = half.map(|w| w + "m");
        after = i + 3 + usize::from(sign(get(i + 3)) == '.');
    }
    match half.as_deref() {
        Some("am") if hour <= 12 => (hour, i) = (hour % 12, after),
        Some("pm") if hour <= 12 => (hour, i) = (hour % 12 + 12, after),
        Some("uhr" | "hrs" | "h" | "wib" | "kst") if i == 3 => i = after,
        _ if exact => {}
        _ => return None,
    }
    let time = Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, i8::try_from(second).ok()?, 0)
        .ok()?;
    let (offset, end) = zone_at(tokens, at + i);
    Some((time, offset, end))
}

fn zone(name: &str) -> Option<i16> {
    ZONES.split(' ').filter_map(|pair| pair.split_once('=')).find(|(n, _)| *n == name)?.1.parse().ok()
}

/// `GMT`, `UTC+5`, `+05:00`, `Z` at token `at`, with the token after it.
fn zone_at(tokens: &[Token<'_>], at: usize) -> (Option<i16>, usize) {
    let bracket = usize::from(sign(tokens.get(at)) == '(');
    let mut next = at + bracket;
    let mut offset = None;
    if let Some(name) = word(tokens.get(next)) {
        let known = if name == "z" { Some(0) } else { zone(&name) };
        let Some(known) = known else { return (None, at) };
        (offset, next) = (Some(known), next + 1);
        if known != 0 {
            return (offset, next);
        }
    }
    let direction = match sign(tokens.get(next)) {
        '+' => 1,
        '-' | '−' => -1,
        _ => return (offset, if offset.is_some() { next } else { at }),
    };
    let Some(digits) = tokens.get(next + 1).filter(|t| t.kind == Kind::Number) else { return (offset, next) };
    let value: i16 = digits.text.parse().unwrap_or(i16::MAX);
    let (hours, mut minutes, mut end) = match digits.text.len() {
        4 => (value / 100, value % 100, next + 2),
        1 | 2 => (value, 0, next + 2),
        _ => return (offset, next),
    };
    if digits.text.len() < 4
        && sign(tokens.get(end)) == ':'
        && let Some(m) = number(tokens.get(end + 1)).filter(|m| *m < 60)
    {
        (minutes, end) = (i16::try_from(m).unwrap_or(0), end + 2);
    }
    if hours > 14 || minutes >= 60 { (offset, next) } else { (Some(direction * (hours * 60 + minutes)), end) }
}

/// A time right after a date, past a comma, a dash or words such as "at".
fn time_after(tokens: &[Token<'_>], from: usize) -> Option<(Time, Option<i16>, usize)> {
    let mut at = from;
    while at < from + 4 {
        if let Some(found) = clock_at(tokens, at) {
            return Some(found);
        }
        let token = tokens.get(at)?;
        let skip = match token.kind {
            Kind::Sign => matches!(token.text, "," | "-" | "–" | "—" | "|" | "·" | "•" | "/" | "(" | "@"),
            Kind::Word => matches!(
                token.text.to_lowercase().as_str(),
                "at" | "um" | "à" | "a" | "las" | "às" | "ore" | "kl" | "om" | "t" | "pukul" | "os" | "в"
            ),
            Kind::Number => false,
        };
        // A bare "T" glues ISO 8601 together; a dot follows "kl".
        if !skip && token.text != "." {
            return None;
        }
        at += 1;
    }
    None
}

/// A time right before a date: `9:02 pm, Jan 2, 2024`, `21:02 GMT, Tue 2 January 2024`.
fn time_before(tokens: &[Token<'_>], date: usize) -> Option<(Time, Option<i16>, usize)> {
    (date.saturating_sub(9)..date).find_map(|begin| {
        if begin > 0 && matches!(sign(tokens.get(begin - 1)), ':' | '.') {
            return None;
        }
        let (time, offset, end) = clock_at(tokens, begin)?;
        let between = tokens.get(end..date)?;
        let close = between.len() <= 3
            && between.iter().all(|t| {
                matches!(t.text, "," | "-" | "–" | "|" | ")" | "on" | "." | "·")
                    || (t.kind == Kind::Word && weekday(t.text))
                    || (t.kind == Kind::Word && t.text.len() <= 4 && t.text.chars().all(char::is_uppercase))
            });
        close.then_some((time, offset, begin))
    })
}

fn weekday(word: &str) -> bool {
    let word = word.to_lowercase();
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().any(|day| word.starts_with(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_print_dates_in_many_ways() {
        for (printed, iso) in [
            ("January 2, 2024", "2024-01-02"),
            ("Jan. 2, 2024 9:02 p.m. EST", "2024-01-02T21:02-05:00"),
            ("January 2, 2024 09:02pm", "2024-01-02T21:02"),
            ("2nd Jan 2024 at 09.02 am", "2024-01-02T09:02"),
            ("Tue, 02 Jan 2024 21:02:05 +0500", "2024-01-02T21:02:05+05:00"),
            ("2. Januar 2024, 21.02 Uhr", "2024-01-02T21:02"),
            ("2 de enero de 2024 21:02", "2024-01-02T21:02"),
            ("02.01.2024 - 21:02", "2024-01-02T21:02"),
            ("2024年1月2日 21:02", "2024-01-02T21:02"),
            ("21:02 GMT, 2 January 2024", "2024-01-02T21:02Z"),
            ("12:30 am on Jan 2, 2024", "2024-01-02T00:30"),
            ("2024/01/02 21:02 (GMT+9)", "2024-01-02T21:02+09:00"),
            ("13/01/2024", "2024-01-13"),
            ("2024-01-02T21:02:03.123456Z", "2024-01-02T21:02:03Z"),
            ("6:15 PM IST, January 2, 2024", "2024-01-02T18:15"),
            ("20240102T210200Z", "2024-01-02T21:02Z"),
            ("2 January 2024 09.15 GMT", "2024-01-02T09:15Z"),
        ] {
            assert_eq!(read(printed).map(|s| s.to_string()).as_deref(), Some(iso), "{printed}");
        }
    }

    #[test]
    fn doubtful_dates_are_left_alone() {
        for printed in ["02/03/2024", "May 40, 2024", "in March", "2024", "1.5 per cent", ""] {
            assert_eq!(read(printed), None, "{printed}");
        }
    }

    #[test]
    fn finds_several_with_their_places() {
        let text = "Published January 2, 2024 Updated January 3, 2024 08:00am";
        let found = find(text);
        let places: Vec<_> = found.iter().map(|(span, _)| span.of(text)).collect();
        assert_eq!(places, ["January 2, 2024", "January 3, 2024 08:00am"]);
    }
}
