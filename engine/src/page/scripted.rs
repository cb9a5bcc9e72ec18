//! Bodies that stand only in a script's JSON: pages that a browser builds itself.

use serde_json::Value;

use super::fold::fold;
use super::jsonld;
use super::lines;

/// Values looked at in one script.
const MOST_VALUES: usize = 200_000;
/// Characters that a text needs to be a paragraph here: keys and labels are shorter.
const LEAST_TEXT: usize = 60;
/// Names under which sites keep a paragraph's text.
const TEXT_KEYS: &[&str] = &["content", "text", "html", "value", "body", "paragraph", "data"];

/// The paragraphs of the longest article that the scripts hold, each perhaps with tags; empty where there is none.
///
/// Two shapes are known: a list whose items are paragraphs, and one text that holds `<p>` after `<p>`.
pub(super) fn paragraphs(scripts: &[String]) -> Vec<String> {
    let mut best: (usize, Vec<String>) = (0, Vec::new());
    for script in scripts {
        let Ok(value) = serde_json::from_str::<Value>(script.trim().trim_end_matches(';')) else { continue };
        let mut queue = std::collections::VecDeque::from([&value]);
        let mut seen = 0;
        while let Some(value) = queue.pop_front() {
            seen += 1;
            if seen > MOST_VALUES {
                break;
            }
            let found = match value {
                Value::Array(items) => {
                    queue.extend(items);
                    items.iter().filter_map(item_text).filter(|t| is_prose(t)).map(str::to_owned).collect()
                }
                Value::Object(object) => {
                    queue.extend(object.values());
                    Vec::new()
                }
                Value::String(text) if text.matches("<p").count() >= 3 => {
                    text.split("</p>").filter(|p| is_prose(p)).map(str::to_owned).collect()
                }
                _ => Vec::new(),
            };
            // A list of teasers is no article: paragraphs of one are many and long together.
            let weight = if found.len() >= 3 { found.iter().map(String::len).sum() } else { 0 };
            if weight > best.0 {
                best = (weight, found);
            }
        }
    }
    best.1.iter().map(|p| fold(&jsonld::entities(p))).filter(|p| !p.is_empty()).collect()
}

fn item_text(item: &Value) -> Option<&str> {
    match item {
        Value::String(text) => Some(text),
        Value::Object(object) => {
            // Teasers have addresses and headlines of their own; paragraphs have neither.
            let teaser = ["url", "canonical_url", "href", "link", "headline", "title", "slug"]
                .iter()
                .any(|k| object.contains_key(*k));
            (!teaser).then(|| TEXT_KEYS.iter().find_map(|k| object.get(*k).and_then(Value::as_str)))?
        }
        _ => None,
    }
}

fn is_prose(text: &str) -> bool {
    text.len() >= LEAST_TEXT
        && lines::size(text) >= 10
        && !text.contains("function(")
        && !text.contains("{\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_single_texts() {
        let sentence =
            "The ministers of Norland and Sudland met in Oslo on Monday and spoke about fish &amp; boats.";
        let list = format!(
            r#"{{"a":{{"content_elements":[{{"type":"text","content":"{sentence}"}},{{"content":"{sentence} Again."}},{{"content":"<b>{sentence}</b> Twice."}}]}}}}"#
        );
        let found = paragraphs(&[list]);
        assert_eq!(found.len(), 3);
        assert!(found[2].ends_with("fish & boats. Twice."), "{found:?}");
        let single = format!(r#"{{"body":"<p>{sentence}</p><p>{sentence}</p><p>{sentence}</p>"}}"#);
        assert_eq!(paragraphs(&[single, "var x".into()]).len(), 3);
        let teasers = format!(
            r#"[{{"title":"A","text":"{sentence}"}},{{"title":"B","text":"{sentence}"}},{{"title":"C","text":"{sentence}"}}]"#
        );
        assert!(paragraphs(&[teasers]).is_empty());
    }
}
