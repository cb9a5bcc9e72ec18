//! Which format a file is in.

use serde::{Deserialize, Serialize};

use super::{feed, records};

/// The formats that the page room reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// An HTML page or fragment.
    Html,
    /// Lines of text.
    Flat,
    /// RSS or Atom.
    Feed,
    /// A web archive, plain or gzip.
    Warc,
    /// One JSON document: an article, a list of them, JSON Feed, ninjs, GDELT DOC.
    Json,
    /// One JSON object to a line.
    JsonLines,
    /// A table with a header: CSV, or the same with tabs or semicolons.
    Table,
}

impl Format {
    /// The format of data by the ending of its name: broken or unusual data looks like text.
    pub fn named(name: &str) -> Option<Self> {
        let lower = name.to_ascii_lowercase();
        let ends = |endings: &[&str]| endings.iter().any(|ending| lower.ends_with(ending));
        if ends(&[".csv", ".tsv", ".tab"]) {
            Some(Self::Table)
        } else if ends(&[".json", ".jsonfeed"]) {
            Some(Self::Json)
        } else if ends(&[".jsonl", ".ndjson"]) {
            Some(Self::JsonLines)
        } else {
            None
        }
    }
}

/// Bytes looked at.
const WINDOW: usize = 20_000;

/// Decides by what the text is made of.
pub(super) fn detect(text: &str) -> Format {
    let mut end = text.len().min(WINDOW);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text[..end].trim_start().to_ascii_lowercase();
    if head.starts_with("<!doctype html") || head.starts_with("<html") {
        return Format::Html;
    }
    if feed::is_feed(text) {
        return Format::Feed;
    }
    if head.starts_with('{') && records::is_json_lines(text) {
        return Format::JsonLines;
    }
    if head.starts_with(['{', '[']) && text.trim_end().ends_with(['}', ']']) {
        return Format::Json;
    }
    // A text may quote a tag or two; a page is made of them.
    const TAGS: &[&str] = &[
        "<p", "<div", "<br", "<a ", "<span", "<html", "<head", "<body", "<meta", "<h1", "<article", "<li",
        "<!--", "<script", "<section", "<table", "<td", "<i>", "<b>",
    ];
    let opened: usize = TAGS.iter().map(|t| head.matches(t).count()).sum();
    if opened >= 3 || (opened >= 1 && head.contains("</")) { Format::Html } else { Format::Flat }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_texts_and_data() {
        for (text, format) in [
            ("<!DOCTYPE html><p>One", Format::Html),
            ("\n<div>One</div><p>Two", Format::Html),
            ("Profits < losses, and a <b tag is named once.\n", Format::Flat),
            ("", Format::Flat),
            ("<?xml version='1.0'?><rss version='2.0'></rss>", Format::Feed),
            ("{\"title\":\"a\"}\n{\"title\":\"b\"}\n", Format::JsonLines),
            ("[{\"title\":\"a\"}]", Format::Json),
            ("[Applause] The minister spoke.", Format::Flat),
        ] {
            assert_eq!(detect(text), format, "{text}");
        }
    }
}
