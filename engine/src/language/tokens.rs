//! Words: turns a stretch of text into the byte spans of syntactic words, as UD English splits them.

use crate::text::Span;

/// A word longer than this is cut: nothing that people write is, and all later work is per word.
const LONGEST: usize = 300;

/// Abbreviations whose full stop belongs to them, lower-cased, without it. Those of [`TITLES`] come on top.
const ABBREVIATIONS: &[&str] = &[
    "a.k.a", "apr", "arrv", "attn", "aug", "ave", "bldg", "blvd", "bros", "cf", "co", "conf", "corp", "ct",
    "dec", "dept", "dist", "e.g", "esp", "est", "etc", "ext", "feb", "fig", "figs", "fla", "fri", "ft",
    "i.e", "inc", "jan", "jr", "jul", "jun", "ltd", "mar", "mon", "mt", "mts", "no", "nos", "nov", "oct",
    "op", "p.s", "pp", "pt", "pvt", "rd", "rs", "sat", "sept", "sep", "sq", "sr", "st", "ste", "thur",
    "thurs", "tue", "tues", "univ", "v", "viz", "vol", "vols", "vs", "wed", "al", "approx", "calif", "mass",
    "mich", "penn", "wash", "conn", "ariz", "va",
];

/// Titles before a name, lower-cased, without the full stop: no sentence ends after one.
const TITLES: &[&str] = &[
    "adm", "amb", "brig", "capt", "cdr", "cmdr", "col", "cpl", "dr", "fr", "gen", "gov", "hon", "insp", "lt",
    "maj", "messrs", "mlle", "mme", "mr", "mrs", "ms", "msgr", "mt", "ph.d", "pres", "prof", "rep", "reps",
    "rev", "sen", "sens", "sgt", "st", "supt", "sec", "dep", "spec", "ret", "mx", "pvt",
];

/// First halves that stay joined to what follows their hyphen.
const PREFIXES: &[&str] = &[
    "anti", "co", "counter", "cross", "e", "ex", "inter", "intra", "mid", "mini", "multi", "neo", "non",
    "over", "post", "pre", "pro", "psycho", "re", "semi", "socio", "sub", "trans", "ultra", "un", "uh",
    "under", "quasi", "pseudo",
];

/// Whole forms that are two words, lower-cased, with the bytes of the first.
const PAIRS: &[(&str, usize)] = &[
    ("cannot", 3),
    ("gonna", 3),
    ("wanna", 3),
    ("gotta", 3),
    ("lemme", 3),
    ("gimme", 3),
    ("kinda", 4),
    ("sorta", 4),
    ("lotta", 3),
    ("outta", 3),
    ("dont", 2),
    ("didnt", 3),
    ("doesnt", 4),
    ("isnt", 2),
    ("wasnt", 3),
    ("arent", 3),
    ("werent", 4),
    ("wont", 2),
    ("cant", 2),
    ("couldnt", 5),
    ("wouldnt", 5),
    ("shouldnt", 6),
    ("havent", 4),
    ("hasnt", 3),
    ("hadnt", 3),
    ("aint", 2),
    ("im", 1),
    ("ive", 1),
    ("youre", 3),
    ("youve", 3),
    ("youll", 3),
    ("theyre", 4),
    ("theyve", 4),
    ("thats", 4),
    ("whats", 4),
    ("theres", 5),
];

/// Signs that are words of their own wherever they stand.
fn is_sign(c: char) -> bool {
    matches!(
        c,
        '"' | '\u{201c}'
            | '\u{201d}'
            | '\u{201e}'
            | '\u{ab}'
            | '\u{bb}'
            | '('
            | ')'
            | '['
            | ']'
            | '{'
            | '}'
            | '?'
            | '!'
            | ';'
            | '\u{2014}'
            | '\u{2026}'
            | '\u{2022}'
            | '\u{b7}'
            | '\u{25cf}'
            | '\u{25aa}'
            | '\u{2013}'
            | '|'
            | '~'
            | '\u{2192}'
            | '='
            | '<'
            | '>'
            | '\u{bf}'
            | '\u{a1}'
            | '\u{20ac}'
            | '\u{a3}'
            | '\u{a5}'
            | '\u{20b9}'
            | '\u{a7}'
            | '\u{ae}'
            | '\u{2122}'
            | '\u{a9}'
    )
}

/// Whether `form` is a title whose full stop ends no sentence.
pub(crate) fn is_title(form: &str) -> bool {
    form.strip_suffix('.').is_some_and(|f| TITLES.contains(&f.to_lowercase().as_str()))
}

/// Whether `form` is a capital with a full stop (`J.`), or several (`J.F.`).
pub(crate) fn is_initial(form: &str) -> bool {
    let mut chars = form.chars();
    let mut any = false;
    while let Some(c) = chars.next() {
        if !c.is_uppercase() || chars.next() != Some('.') {
            return false;
        }
        any = true;
    }
    any
}

/// The words of `text` within `span`.
pub fn split(text: &str, span: Span) -> Vec<Span> {
    let mut words = Vec::new();
    let part = span.of(text);
    let mut begin = None;
    for (at, c) in part.char_indices().chain([(part.len(), ' ')]) {
        if is_space(c) {
            if let Some(from) = begin.take() {
                chunk(part, from, at, &mut words);
            }
        } else if begin.is_none() {
            begin = Some(at);
        }
    }
    words.iter().map(|w: &Span| w.shift(span.start)).collect()
}

/// White space and what shows as nothing.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}' | '\u{ad}' | '\u{200e}' | '\u{200f}')
}

/// Splits what stands between two spaces. The loop peels signs off the front; the rest of each turn is one core word.
fn chunk(text: &str, mut from: usize, to: usize, words: &mut Vec<Span>) {
    while from < to {
        let rest = &text[from..to];
        let length = first_word(text, from, rest).clamp(1, rest.len());
        let mut end = from + length;
        while !text.is_char_boundary(end) {
            end += 1;
        }
        if end - from > LONGEST {
            end = from + LONGEST;
            while !text.is_char_boundary(end) {
                end -= 1;
            }
        }
        clitics(text, from, end, words);
        from = end;
    }
}

/// How many bytes of `rest`, which stands at `at`, are its first word (clitics still attached).
fn first_word(text: &str, at: usize, rest: &str) -> usize {
    let Some(first) = rest.chars().next() else { return 0 };
    if let Some(length) = smiley(rest) {
        return length;
    }
    // Runs of one sign: "...", "--", "!!!", "***", "====".
    let same = rest.chars().take_while(|&c| c == first).map(char::len_utf8).sum::<usize>();
    match first {
        '.' | '*' | '_' | '#' | '+' | '^' if same > 1 => return same,
        '-' if same > 1 => return same,
        '?' | '!' => return rest.chars().take_while(|&c| c == '?' || c == '!').count(),
        '`' | '\'' if same == 2 => return same,
        '=' | '<' | '>' | '~' | '|' | '\u{2022}' => return same,
        _ => {}
    }
    if let Some(length) = address(rest) {
        return length;
    }
    if is_sign(first)
        || matches!(first, ',' | ':' | '%' | '$' | '&' | '@' | '#' | '*' | '`' | '/' | '\\' | '^')
    {
        return first.len_utf8();
    }
    let second = rest[first.len_utf8()..].chars().next();
    if is_hyphen(first) && !second.is_some_and(|c| c.is_ascii_digit() && !glued(text, at)) {
        return first.len_utf8();
    }
    if matches!(first, '\'' | '\u{2018}' | '\u{2019}') {
        // An apostrophe before figures or a cut-off word stays with it ('90s, 'em); otherwise it is a quote.
        let word: String = rest[first.len_utf8()..].chars().take_while(|c| c.is_alphanumeric()).collect();
        let cut = matches!(
            word.to_lowercase().as_str(),
            "em" | "til" | "till" | "cause" | "bout" | "n" | "tis" | "twas"
        ) || (word.len() >= 2 && word.starts_with(|c: char| c.is_ascii_digit()) && word.len() <= 3);
        let clitic = at > 0 && glued(text, at) && is_clitic(&word.to_lowercase());
        if !cut && !clitic {
            return first.len_utf8();
        }
        return first.len_utf8() + word.len();
    }
    if first == '.' && !second.is_some_and(|c| c.is_ascii_digit()) {
        return 1;
    }
    core(rest)
}

/// Whether a word ends right before `at`.
fn glued(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '.')
}

/// Length of an address or file name at the beginning of `rest`.
fn address(rest: &str) -> Option<usize> {
    let lower = rest.get(..rest.len().min(8)).map(str::to_ascii_lowercase).unwrap_or_default();
    let web = ["http:", "https:", "ftp:", "www.", "mailto:"].iter().any(|p| lower.starts_with(p));
    let at_sign = rest
        .find('@')
        .is_some_and(|at| at > 0 && rest[at..].contains('.') && rest[..at].chars().all(is_mailbox));
    if !web && !at_sign {
        return None;
    }
    let end = rest.find(['<', '>', '"', '\u{201d}', ')', ']', '|', '\u{201c}']).unwrap_or(rest.len());
    let trimmed = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '\u{2019}', '*']);
    (trimmed.len() > 4).then_some(trimmed.len())
}

fn is_mailbox(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | ':')
}

/// Length of a smiley that begins `rest`.
fn smiley(rest: &str) -> Option<usize> {
    const FACES: &[&str] = &[
        ":-)", ":-(", ";-)", ":-/", ":-D", ":-P", ":-p", ":')", ":'(", ":)", ":(", ";)", ";(", ":D", ":P",
        ":p", ":/", ":]", "=)", "=(", "=D", "^_^", "<3", "8)", "XD", "xD", ":o", ":O",
    ];
    let face = FACES.iter().find(|f| rest.starts_with(**f))?;
    let after = rest[face.len()..].chars().next();
    // Repeated mouths belong to it; a letter or slash after it means that it was none (http://, list:Delhi).
    let mouth = face.chars().next_back()?;
    let more = rest[face.len()..].chars().take_while(|&c| c == mouth && !c.is_alphanumeric()).count();
    let ends = after.is_none_or(|c| !(c.is_alphanumeric() || c == '/'));
    (ends && !(face.starts_with(['8', '=']) && after.is_some())).then_some(face.len() + more)
}

/// Length of the word that begins `rest` with a letter or figure (or a sign within a number).
fn core(rest: &str) -> usize {
    let mut end = 0;
    let mut before = '\0';
    for (at, c) in rest.char_indices() {
        if at > 0 && breaks(rest, at, before, c) {
            break;
        }
        end = at + c.len_utf8();
        before = c;
    }
    let word = &rest[..end];
    let word = number_with_unit(word).map_or(word, |n| &word[..n]);
    if word.ends_with('.') && !keeps_stop(word, &rest[word.len()..]) {
        return word.trim_end_matches('.').len().max(1);
    }
    word.len()
}

/// Whether the character `c` at `at`, after `before`, begins another word.
fn breaks(rest: &str, at: usize, before: char, c: char) -> bool {
    let next = rest[at + c.len_utf8()..].chars().next();
    let digits = before.is_ascii_digit() && next.is_some_and(|n| n.is_ascii_digit());
    match c {
        c if is_hyphen(c) => hyphen_breaks(rest, at, next),
        '$' => {
            // US$, A$, C$ and the like.
            !(rest[..at].chars().all(|c| c.is_ascii_uppercase()) && at <= 3)
        }
        ',' => !digits || !rest[at + 1..].chars().take(3).all(|c| c.is_ascii_digit()),
        ':' => !digits || !is_clock(rest, at),
        '/' => !slash_joins(rest, at),
        '.' => {
            // "...": an ellipsis, not a stop.
            next == Some('.')
                // A stop glued between two sentences.
                || (before.is_lowercase() && next.is_some_and(char::is_uppercase) && at >= 3
                    && rest[at + 1..].chars().nth(1).is_some_and(char::is_lowercase))
        }
        '&' => {
            let capitals = before.is_uppercase() && next.is_some_and(char::is_uppercase);
            let short = at == 1 && next.is_some_and(char::is_alphanumeric);
            !(capitals || short)
        }
        '\'' | '\u{2019}' => !next.is_some_and(char::is_alphanumeric),
        '%' | '*' | '+' | '`' | '\\' | '#' | '\u{2018}' | '^' => !(c == '+' && next.is_none() && at == 1),
        '@' | '_' => false,
        c => is_sign(c),
    }
}

/// The plain hyphen, the typographic one, and the one that no line breaks at.
fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Whether the hyphen at `at` stands between two words (or none) rather than within one.
fn hyphen_breaks(rest: &str, at: usize, next: Option<char>) -> bool {
    if !next.is_some_and(char::is_alphanumeric) {
        return true;
    }
    let left = &rest[..at];
    let mut after = rest[at..].chars();
    after.next();
    let right = after.as_str().split(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or("");
    let left_digits = left.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '/' | '(' | ')' | '.'));
    let right_digits = right.chars().all(|c| c.is_ascii_digit() || c == '-');
    if left_digits && right_digits {
        // Telephone numbers and numeric dates stay whole, spans of years, scores and the like do not.
        let groups: Vec<usize> = left.split(['-', '/']).chain(right.split('-')).map(str::len).collect();
        let telephone = groups.len() >= 3 || (groups.len() == 2 && groups[0] == 3 && groups[1] == 4);
        return !telephone;
    }
    let last = left.rsplit(is_hyphen).next().unwrap_or(left);
    !(last.len() == left.len() && PREFIXES.contains(&left.to_lowercase().as_str()))
}

/// 7:30, 12:45:10.
fn is_clock(rest: &str, at: usize) -> bool {
    at <= 8 && rest[at + 1..].chars().take_while(char::is_ascii_digit).count() <= 2
}

/// 9/11, 04/30/2001, w/o: the slash stays within.
fn slash_joins(rest: &str, at: usize) -> bool {
    let left = &rest[..at];
    let right: String =
        rest[at + 1..].chars().take_while(|c| c.is_alphanumeric() || matches!(c, '/')).collect();
    let digits = |s: &str| !s.is_empty() && s.chars().all(|c| c.is_ascii_digit() || c == '/');
    if digits(left) && digits(&right) {
        let month = |s: &str| s.parse::<u32>().is_ok_and(|n| (1..=31).contains(&n));
        let parts: Vec<&str> = left.split('/').chain(right.split('/')).collect();
        // Two figures are a date only where both could be; ½ and ¾ are fractions.
        return parts.len() == 3
            || (parts.len() == 2
                && month(parts[0])
                && month(parts[1])
                && !matches!((parts[0], parts[1]), ("1", "2" | "3" | "4") | ("2", "3") | ("3", "4")));
    }
    matches!(
        (left.to_ascii_lowercase().as_str(), right.to_ascii_lowercase().as_str()),
        ("w", "o" | "out") | ("l", "c") | ("i", "c") | ("b", "t") | ("s", "he") | ("n", "a")
    )
}

/// Figures glued to a unit: where the unit begins (5pm, 35mm, 10k).
fn number_with_unit(word: &str) -> Option<usize> {
    const UNITS: &[&str] = &[
        "am", "pm", "a.m", "p.m", "a.m.", "p.m.", "mm", "cm", "km", "m", "kg", "g", "mg", "lb", "lbs", "ft",
        "in", "k", "mph", "kph", "bn", "mn", "tn", "x", "mb", "gb", "tb", "kb", "mhz", "ghz", "hz", "kw",
        "mw", "gw", "kwh", "hrs", "hr", "min", "mins", "sec", "yrs", "yr", "nm", "kt",
    ];
    let at = word.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',' | ':'))?;
    (at > 0 && UNITS.contains(&word[at..].to_lowercase().as_str())).then_some(at)
}

/// Whether the full stop at the end of `word` belongs to it; `after` is what is glued behind.
fn keeps_stop(word: &str, after: &str) -> bool {
    let bare = &word[..word.len() - 1];
    if bare.ends_with('.') {
        return false;
    }
    let lower = bare.to_lowercase();
    let letters = bare.chars().filter(|c| *c != '.').count();
    // U.S., D.C., a.m., i.e.: single letters between stops.
    let dotted = bare.contains('.')
        && bare.split('.').all(|p| p.chars().count() == 1 && p.chars().all(char::is_alphabetic));
    let initial = letters == 1 && bare.chars().all(char::is_uppercase) && bare != "I";
    if dotted || initial || TITLES.contains(&lower.as_str()) && word.starts_with(char::is_uppercase) {
        return true;
    }
    // "no." and "co." in small letters are more often a word that ends a sentence.
    let small = matches!(
        lower.as_str(),
        "no" | "nos"
            | "co"
            | "mass"
            | "wash"
            | "mar"
            | "sat"
            | "sun"
            | "wed"
            | "dec"
            | "jan"
            | "op"
            | "est"
            | "al"
            | "va"
            | "mon"
            | "v"
            | "fig"
    );
    let known = ABBREVIATIONS.contains(&lower.as_str())
        && (!small || word.starts_with(char::is_uppercase) || lower == "al");
    known && !after.starts_with(|c: char| c.is_alphanumeric())
}

fn is_clitic(word: &str) -> bool {
    matches!(word, "s" | "m" | "d" | "re" | "ve" | "ll")
}

/// Splits `'s`, `n't` and the like off the word from `from` to `to`, and words written as one.
fn clitics(text: &str, from: usize, to: usize, words: &mut Vec<Span>) {
    let word = &text[from..to];
    let lower = word.to_lowercase();
    if lower.len() == word.len() {
        if let Some((_, at)) = PAIRS.iter().find(|(form, _)| *form == lower) {
            words.push(Span::new(from, from + at));
            words.push(Span::new(from + at, to));
            return;
        }
        for ending in ["n't", "n\u{2019}t", "n`t"] {
            if lower.len() > ending.len() && lower.ends_with(ending) {
                words.push(Span::new(from, to - ending.len()));
                words.push(Span::new(to - ending.len(), to));
                return;
            }
        }
    }
    if let Some((at, sign)) = word.char_indices().rev().find(|(_, c)| matches!(c, '\'' | '\u{2019}' | '`')) {
        let tail = word[at + sign.len_utf8()..].to_lowercase();
        // 1980's and O's keep theirs; so do names such as Ba'ath, whose tail is no clitic.
        let decade = word[..at].chars().all(|c| c.is_ascii_digit());
        if at > 0 && is_clitic(&tail) && !decade {
            clitics(text, from, from + at, words);
            words.push(Span::new(from + at, to));
            return;
        }
    }
    words.push(Span::new(from, to));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        split(text, Span::new(0, text.len())).into_iter().map(|s| s.of(text)).collect()
    }

    fn check(cases: &[&str]) {
        for case in cases {
            // A bar stands for a cut without a space.
            let text: String = case.chars().filter(|c| *c != '|').collect();
            let want: Vec<&str> = case.split([' ', '|']).filter(|w| !w.is_empty()).collect();
            assert_eq!(words(&text), want, "{text}");
        }
    }

    #[test]
    fn titles_initials_and_abbreviations_keep_their_stops() {
        check(&[
            "Lt. Gen. Omar K. Bashir met Dr. Lund in Washington, D.C. on Sept. 4|."
                .replace("Washington,", "Washington|,")
                .as_str(),
            "The U.S.|-|led talks at No. 10 ended|.",
            "Mr. Adeyemi|, Jr. and Acme Corp. agreed at 5 p.m. (|i.e. late|)|.",
            "He said no|.",
            "DVB|‐|T2 pre‑war x|‐",
        ]);
    }

    #[test]
    fn clitics_are_split_and_names_with_apostrophes_are_not() {
        check(&[
            "Kenya|'s envoy do|n't know what they|'ve done",
            "the ministers|’ talks",
            "Kenya|’s can|not wo|n’t I|’m",
            "Sana'a O'Hara Ba'ath",
            "in the 1980's and '90s",
        ]);
    }

    #[test]
    fn hyphens_slashes_and_numbers() {
        check(&[
            "a state|-|run non-aligned pro-Kremlin e-mail anti-American al|-|Noor F|-|16",
            "9/11 and|/|or 1|/|2 04/30/2001 2019|-|2021 555-0142",
            "$|5.2|bn US$ 1,200|, 5|% €|30 10|am 7:30|pm 20th 1960s",
            "AT&T R&D well|—|known yes|,|but wait|...|what|?! (|sic|)",
            "see www.example.org/a-b.|, or a.b@example.org|.".replace("a-b.|,", "a-b|.|,").as_str(),
        ]);
    }

    #[test]
    fn anything_is_split_without_panic_and_nothing_is_lost() {
        let long = "a".repeat(5000);
        for text in [
            "",
            "\0\u{feff}",
            "''''",
            "n't",
            "'s",
            "😀👍🏽 ok",
            "“‘x’”",
            "U.S..",
            "....a",
            "-",
            "--5",
            "é'é",
            long.as_str(),
            "İ'İn't",
        ] {
            let spans = split(text, Span::new(0, text.len()));
            let joined: String = spans.iter().map(|s| s.of(text)).collect();
            assert_eq!(joined, text.chars().filter(|c| !is_space(*c)).collect::<String>());
            assert!(spans.iter().all(|s| !s.is_empty() && s.len() <= LONGEST));
        }
    }
}
