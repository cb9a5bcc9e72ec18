//! Turns what people type into a query of SQLite's full-text index, in which nothing they type is an operator by accident.

/// All words and phrases must occur. `"…"` makes a phrase; a star behind a word stands for any ending. None where no word is
/// typed.
pub(crate) fn query(typed: &str) -> Option<String> {
    let mut parts = Vec::new();
    for (at, stretch) in typed.split('"').enumerate() {
        if at % 2 == 1 {
            if has_word(stretch) {
                parts.push(format!("\"{stretch}\""));
            }
            continue;
        }
        for word in stretch.split_whitespace().filter(|word| has_word(word)) {
            match word.strip_suffix('*') {
                Some(stem) => parts.push(format!("\"{stem}\"*")),
                None => parts.push(format!("\"{word}\"")),
            }
        }
    }
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn has_word(text: &str) -> bool {
    text.contains(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_typed_is_words() {
        assert_eq!(query("textile tariffs").as_deref(), Some(r#""textile" "tariffs""#));
        assert_eq!(
            query(r#"said "gaining momentum" NOT tarif*"#).as_deref(),
            Some(r#""said" "gaining momentum" "NOT" "tarif"*"#)
        );
        assert_eq!(query(r#"title:x OR (y^2 - "open"#).as_deref(), Some(r#""title:x" "OR" "(y^2" "open""#));
        assert_eq!(query(" - * \"\" "), None);
    }
}
