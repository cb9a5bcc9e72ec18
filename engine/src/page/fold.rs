//! How the text of a block is cleaned: one space for every run of white space, no invisible characters.

/// Appends `raw` to `out` with white space folded, carrying on where an earlier piece of the same block stopped.
///
/// Kept as printed: letters, quotes, dashes and joiners that scripts need (U+200C, U+200D). Dropped: control
/// characters, soft hyphens, zero-width spaces, byte order marks and direction marks, which no reader sees and
/// which would split words for every later room.
pub(super) fn fold_into(out: &mut String, raw: &str) {
    for c in raw.chars() {
        if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !invisible(c) {
            out.push(c);
        }
    }
}

/// The whole of `raw`, folded and trimmed.
pub(super) fn fold(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    fold_into(&mut out, raw);
    out.truncate(out.trim_end().len());
    out
}

fn invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fffc}')
        || ('\u{202a}'..='\u{202e}').contains(&c)
        || ('\u{2066}'..='\u{2069}').contains(&c)
}

/// The form in which texts are compared and hashed: folded as above; curly quotes, primes and dashes of every
/// kind as ASCII; an ellipsis as three dots; ligatures of two Latin letters apart. Case stays.
pub(super) fn normal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in fold(text).chars() {
        match c {
            '‘' | '’' | '‚' | '‛' | '′' | '`' | '´' => out.push('\''),
            '“' | '”' | '„' | '‟' | '″' | '«' | '»' => out.push('"'),
            '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => out.push('-'),
            '…' => out.push_str("..."),
            'ﬁ' => out.push_str("fi"),
            'ﬂ' => out.push_str("fl"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_and_drops() {
        assert_eq!(fold("  A\u{a0}\n\tb\u{ad}c\u{0}d\u{200b}  e \u{202e}"), "A bcd e");
        assert_eq!(fold("\u{feff}"), "");
        assert_eq!(normal("“It’s”\u{a0}— so…"), "\"It's\" - so...");
    }
}
