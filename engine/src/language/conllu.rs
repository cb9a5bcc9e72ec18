//! CoNLL-U: turns a `Document` into the format that treebank tools read.

use std::fmt::Write as _;

use super::document::Document;

/// The document as CoNLL-U, one block per sentence; clitics stand under the range of the written word.
pub fn conllu(document: &Document) -> String {
    let mut out = String::new();
    for (number, sentence) in document.sentences.iter().enumerate() {
        let text: Vec<&str> = sentence.span.of(&document.text).split_whitespace().collect();
        let _ = writeln!(out, "# sent_id = {}\n# text = {}", number + 1, text.join(" "));
        let mut i = sentence.first;
        while i < sentence.last {
            let mut end = i + 1;
            while end < sentence.last && is_clitic(document, end) {
                end += 1;
            }
            if end > i + 1 {
                let span = document.tokens[i].span.join(document.tokens[end - 1].span);
                let _ = writeln!(
                    out,
                    "{}-{}\t{}\t_\t_\t_\t_\t_\t_\t_\t{}",
                    i - sentence.first + 1,
                    end - sentence.first,
                    clean(span.of(&document.text)),
                    space_after(document, end - 1)
                );
            }
            for word in i..end {
                let token = &document.tokens[word];
                let head = token.head.map_or(0, |h| (h + 1).saturating_sub(sentence.first));
                let misc = if end > i + 1 { "_" } else { space_after(document, word) };
                let _ = writeln!(
                    out,
                    "{}\t{}\t{}\t{}\t_\t{}\t{head}\t{}\t_\t{misc}",
                    word - sentence.first + 1,
                    clean(document.form(word)),
                    clean(&token.lemma),
                    token.upos,
                    token.feats,
                    token.relation
                );
            }
            i = end;
        }
        out.push('\n');
    }
    out
}

/// Whether token `i` is written onto the word before it, as `'s` and `n't` are.
pub fn is_clitic(document: &Document, i: usize) -> bool {
    let Some(before) = i.checked_sub(1).and_then(|b| document.tokens.get(b)) else { return false };
    if before.span.end != document.tokens[i].span.start {
        return false;
    }
    let form = document.form(i).to_lowercase();
    let form = form.replace(['\u{2019}', '`'], "'");
    let whole = document.form(i - 1).to_lowercase();
    let word = whole.ends_with(char::is_alphanumeric);
    match form.as_str() {
        "n't" | "nt" | "'s" | "'re" | "'ve" | "'ll" | "'d" | "'m" => word,
        "'" => whole.ends_with('s') && document.tokens[i].upos == super::Upos::Part,
        "not" => whole == "can",
        "na" => matches!(whole.as_str(), "gon" | "wan"),
        "ta" => matches!(whole.as_str(), "got" | "lot" | "out"),
        "me" => matches!(whole.as_str(), "lem" | "gim"),
        "a" => matches!(whole.as_str(), "kind" | "sort"),
        "m" => whole == "i",
        "ve" => matches!(whole.as_str(), "i" | "you" | "they"),
        "re" | "ll" => matches!(whole.as_str(), "you" | "they"),
        "s" => matches!(whole.as_str(), "that" | "what" | "there"),
        _ => false,
    }
}

fn space_after(document: &Document, i: usize) -> &'static str {
    let next = document.tokens.get(i + 1);
    if next.is_some_and(|next| next.span.start == document.tokens[i].span.end) {
        "SpaceAfter=No"
    } else {
        "_"
    }
}

/// No white space within a column.
fn clean(text: &str) -> String {
    let text: String =
        text.chars().map(|c| if c.is_whitespace() || c.is_control() { ' ' } else { c }).collect();
    if text.is_empty() { "_".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Analyser;

    #[test]
    fn clitics_stand_under_a_range_and_every_row_has_ten_columns() {
        let document = Analyser::new().analyse(
            "Kenya's envoy can't stay, he said.",
            &[],
            crate::language::Setting::default(),
        );
        let text = conllu(&document);
        assert!(text.contains("1-2\tKenya's\t") && text.contains("4-5\tcan't\t"), "{text}");
        for line in text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
            assert_eq!(line.split('\t').count(), 10, "{line}");
        }
        assert_eq!(text.lines().filter(|l| l.split('\t').nth(6) == Some("0")).count(), 1);
    }
}
