//! Which format a text is in.

/// The formats that the page room reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// An HTML page or fragment.
    Html,
    /// Lines of text.
    Flat,
}

/// Characters looked at.
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
    // A text may quote a tag or two; a page is made of them.
    let tags = [
        "<p", "<div", "<br", "<a ", "<span", "<html", "<head", "<body", "<meta", "<h1", "<article", "<li",
        "<!--", "<script", "<section", "<table", "<td", "<i>", "<b>",
    ];
    let opened: usize = tags.iter().map(|t| head.matches(t).count()).sum();
    if opened >= 3 || (opened >= 1 && head.contains("</")) { Format::Html } else { Format::Flat }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_texts() {
        assert_eq!(detect("<!DOCTYPE html><p>One"), Format::Html);
        assert_eq!(detect("\n<div>One</div><p>Two"), Format::Html);
        assert_eq!(detect("Profits < losses, and a <b tag is named once.\n"), Format::Flat);
        assert_eq!(detect(""), Format::Flat);
    }
}
