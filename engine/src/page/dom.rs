//! An HTML tree to what the page room reads off it: chunks of text in nested boxes, and the marks of the head.
//!
//! The walk is a loop over the arena, never a recursion: depth of nesting costs no stack.

use dom_query::{Document, NodeData, NodeId, NodeRef};

use super::fold::{fold, fold_into};
use super::hints::{self, Hint};

/// A block-level element.
#[derive(Debug)]
pub(super) struct Box_ {
    /// The box around it; the root is its own.
    pub(super) parent: usize,
    pub(super) tag: String,
    pub(super) hint: Hint,
    /// Chunks below it: a range, because a walk meets them in order.
    pub(super) first: usize,
    pub(super) end: usize,
}

/// Text that stands on its own: a paragraph, a heading, an item, a caption.
#[derive(Debug)]
pub(super) struct Chunk {
    /// Folded, never empty.
    pub(super) text: String,
    /// Bytes of `text` inside links.
    pub(super) linked: usize,
    /// Bytes of `text` in bold.
    pub(super) bold: usize,
    /// The innermost box.
    pub(super) inside: usize,
}

/// A `<time>` element, or another that carries a machine-readable date.
#[derive(Debug)]
pub(super) struct TimeMark {
    pub(super) machine: String,
    pub(super) printed: String,
    /// Its own class, item property and label.
    pub(super) about: String,
    /// Chunks before it.
    pub(super) at: usize,
}

/// What one walk over a page collects.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) boxes: Vec<Box_>,
    pub(super) chunks: Vec<Chunk>,
    /// `name`, `property` or `itemprop` of `<meta>`, lower case, with its content.
    pub(super) metas: Vec<(String, String)>,
    /// Contents of `<script type="application/ld+json">`.
    pub(super) json_ld: Vec<String>,
    /// Contents of other scripts of JSON, in which pages that a browser builds keep their text.
    pub(super) json: Vec<String>,
    pub(super) canonical: Option<String>,
    pub(super) language: Option<String>,
    pub(super) title: Option<String>,
    pub(super) times: Vec<TimeMark>,
    /// Texts of elements that say that they name an author: `rel=author`, `itemprop=author`, byline classes.
    pub(super) authors: Vec<AuthorMark>,
}

/// An element that names an author.
#[derive(Debug)]
pub(super) struct AuthorMark {
    pub(super) text: String,
    /// How plainly it says so: 0 for `rel` and `itemprop`, 1 for classes.
    pub(super) rank: u8,
    /// Chunks before it.
    pub(super) at: usize,
}

/// Elements whose content is never text of the page.
const SKIPPED: &[&str] = &[
    "script", "style", "noscript", "template", "iframe", "svg", "math", "object", "canvas", "select",
    "option", "button", "textarea", "audio", "video", "datalist", "map", "embed", "applet", "dialog",
    "frameset", "noframes",
];

/// Elements that stand as blocks.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Reads a parsed page.
pub(super) fn read(document: &Document) -> Tree {
    let mut walk = Walk::default();
    walk.tree.boxes.push(Box_ { parent: 0, tag: String::new(), hint: Hint::None, first: 0, end: 0 });
    let root = document.root();
    let mut node = Some(root);
    while let Some(current) = node {
        let into = walk.enter(&current);
        if into && let Some(child) = current.first_child() {
            node = Some(child);
            continue;
        }
        let mut done = current;
        loop {
            walk.leave(&done);
            if done.id == root.id {
                node = None;
                break;
            }
            if let Some(next) = done.next_sibling() {
                node = Some(next);
                break;
            }
            match done.parent() {
                Some(parent) => done = parent,
                None => {
                    node = None;
                    break;
                }
            }
        }
    }
    walk.flush();
    let end = walk.tree.chunks.len();
    walk.tree.boxes[0].end = end;
    walk.tree
}

#[derive(Default)]
struct Walk {
    tree: Tree,
    /// The innermost open box.
    open: usize,
    /// The elements of the open boxes.
    opened: Vec<NodeId>,
    text: String,
    linked: usize,
    bold: usize,
    links: usize,
    bolds: usize,
    breaks: usize,
}

impl Walk {
    /// Meets a node; says whether to go below it.
    fn enter(&mut self, node: &NodeRef<'_>) -> bool {
        let Some(name) = node.query(|n| match &n.data {
            NodeData::Text { .. } => Err(true),
            NodeData::Element(e) => Ok(e.name.local.to_string()),
            NodeData::Document | NodeData::Fragment => Err(false),
            _ => Ok(String::new()),
        }) else {
            return false;
        };
        match name {
            Err(true) => {
                self.text(node);
                false
            }
            Err(false) => true,
            Ok(name) => self.element(node, &name),
        }
    }

    fn text(&mut self, node: &NodeRef<'_>) {
        let before = self.text.len();
        let text = &mut self.text;
        node.query(|n| {
            if let NodeData::Text { contents } = &n.data {
                fold_into(text, contents);
            }
        });
        let grown = self.text.len() - before;
        if grown > 0 && !self.text[before..].trim().is_empty() {
            self.breaks = 0;
        }
        if self.links > 0 {
            self.linked += grown;
        }
        if self.bolds > 0 {
            self.bold += grown;
        }
    }

    fn element(&mut self, node: &NodeRef<'_>, name: &str) -> bool {
        match name {
            "" => return false,
            "head" => {}
            "html" => self.tree.language = attr(node, "lang").or_else(|| attr(node, "xml:lang")),
            "title" => {
                if self.tree.title.is_none() {
                    self.tree.title = Some(fold(&node.text())).filter(|t| !t.is_empty());
                }
                return false;
            }
            "meta" => self.meta(node),
            "link"
                if attr(node, "rel").is_some_and(|r| r.eq_ignore_ascii_case("canonical"))
                    && self.tree.canonical.is_none() =>
            {
                self.tree.canonical = attr(node, "href");
            }
            "script" => {
                let kind = attr(node, "type").unwrap_or_default().to_ascii_lowercase();
                if kind.contains("ld+json") {
                    self.tree.json_ld.push(node.text().to_string());
                } else if kind.contains("json") {
                    self.tree.json.push(node.text().to_string());
                }
                return false;
            }
            "br" => {
                self.breaks += 1;
                // Two in a row end a paragraph; one only ends a line.
                if self.breaks >= 2 {
                    self.flush();
                } else {
                    fold_into(&mut self.text, " ");
                }
                return false;
            }
            "a" => self.links += 1,
            "b" | "strong" => self.bolds += 1,
            _ => {}
        }
        if SKIPPED.contains(&name) {
            return false;
        }
        if matches!(name, "span" | "i" | "em" | "sup" | "b" | "label" | "cite")
            && hints::unseen(attr(node, "class").as_deref(), attr(node, "style").as_deref())
        {
            return false;
        }
        self.mark(node, name);
        let block = BLOCKS.contains(&name);
        if block || name == "span" && node.has_attr("class") {
            let (class, id) = (attr(node, "class"), attr(node, "id"));
            let hint = hints::of(name, class.as_deref(), id.as_deref(), &roles(node));
            // A caption stands apart even where it is only a span.
            if block || hint == Hint::Caption {
                self.flush();
                let first = self.tree.chunks.len();
                self.tree.boxes.push(Box_ {
                    parent: self.open,
                    tag: name.to_owned(),
                    hint,
                    first,
                    end: first,
                });
                self.open = self.tree.boxes.len() - 1;
                self.opened.push(node.id);
            }
        }
        true
    }

    /// Leaves a node that was met.
    fn leave(&mut self, node: &NodeRef<'_>) {
        let Some(Some(name)) = node.query(|n| match &n.data {
            NodeData::Element(e) => Some(e.name.local.to_string()),
            _ => None,
        }) else {
            return;
        };
        match name.as_str() {
            "a" => self.links = self.links.saturating_sub(1),
            "b" | "strong" => self.bolds = self.bolds.saturating_sub(1),
            _ => {}
        }
        if self.opened.last() == Some(&node.id) {
            self.opened.pop();
            self.flush();
            self.tree.boxes[self.open].end = self.tree.chunks.len();
            self.open = self.tree.boxes[self.open].parent;
        }
    }

    /// Closes the chunk that is being read.
    fn flush(&mut self) {
        let text = self.text.trim_end();
        if !text.is_empty() {
            self.tree.chunks.push(Chunk {
                linked: self.linked.min(text.len()),
                bold: self.bold.min(text.len()),
                text: text.to_owned(),
                inside: self.open,
            });
        }
        self.text.clear();
        (self.linked, self.bold, self.breaks) = (0, 0, 0);
    }

    fn meta(&mut self, node: &NodeRef<'_>) {
        let Some(content) = attr(node, "content").map(|c| fold(&c)).filter(|c| !c.is_empty()) else { return };
        for key in ["property", "name", "itemprop"] {
            if let Some(key) = attr(node, key) {
                self.tree.metas.push((key.trim().to_ascii_lowercase(), content.clone()));
            }
        }
    }

    /// Notes what an element says about dates and authors.
    fn mark(&mut self, node: &NodeRef<'_>, name: &str) {
        let at = self.tree.chunks.len();
        let item = attr(node, "itemprop").unwrap_or_default().to_ascii_lowercase();
        let class = attr(node, "class").unwrap_or_default();
        if name == "time" || item.contains("datepublished") || item.contains("datemodified") {
            let about = format!("{item} {class} {}", attr(node, "data-testid").unwrap_or_default())
                .to_ascii_lowercase();
            let machine = attr(node, "datetime").or_else(|| attr(node, "content")).unwrap_or_default();
            self.tree.times.push(TimeMark { machine, printed: short_text(node), about, at });
        }
        let rel = attr(node, "rel").unwrap_or_default().to_ascii_lowercase();
        let plain = rel.split_whitespace().any(|r| r == "author")
            || item.split_whitespace().any(|i| i == "author" || i == "creator");
        if plain || hints::names_author(&class) {
            let text = short_text(node);
            if !text.is_empty() {
                self.tree.authors.push(AuthorMark { text, rank: u8::from(!plain), at });
            }
        }
    }
}

/// The text below an element, if it is short: the texts of names and dates.
fn short_text(node: &NodeRef<'_>) -> String {
    let mut out = String::new();
    for below in node.descendants_it().take(60) {
        let is_text = below.is_text();
        if is_text && below.parent().is_some_and(|p| p.has_name("script") || p.has_name("style")) {
            continue;
        }
        if is_text {
            below.query(|n| {
                if let NodeData::Text { contents } = &n.data {
                    fold_into(&mut out, contents);
                }
            });
        } else if below
            .query_or(false, |n| matches!(&n.data, NodeData::Element(e) if BLOCKS.contains(&&*e.name.local)))
        {
            out.push('\n');
        }
        if out.len() > 300 {
            return String::new();
        }
    }
    out.trim().to_owned()
}

fn roles(node: &NodeRef<'_>) -> String {
    let mut said = String::new();
    for key in [
        "role",
        "itemprop",
        "data-testid",
        "data-component",
        "data-component-name",
        "data-qa",
        "aria-label",
        "property",
    ] {
        // A label of many words is a text for listeners.
        if let Some(value) = attr(node, key).filter(|v| v.len() <= 40) {
            said.push(' ');
            said.push_str(&value);
        }
    }
    if node.has_attr("hidden")
        || attr(node, "style").is_some_and(|s| s.replace(' ', "").contains("display:none"))
    {
        said.push_str(" hidden");
    }
    said
}

fn attr(node: &NodeRef<'_>, name: &str) -> Option<String> {
    node.attr(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(html: &str) -> Vec<String> {
        read(&Document::from(html)).chunks.into_iter().map(|c| c.text).collect()
    }

    #[test]
    fn blocks_and_breaks_part_text() {
        assert_eq!(
            texts("<p>One <b>two</b>\n three<div>Four<br>five<br><br>six</div>seven<script>var x</script>"),
            ["One two three", "Four five", "six", "seven"]
        );
    }

    #[test]
    fn marks_of_the_head() {
        let tree = read(&Document::from(
            "<html lang=en><head><title> A\nB </title><meta property='og:title' content='A'><link rel=canonical href='https://a.example/b'><script type='application/ld+json'>{}</script></head><body><time datetime='2024-01-02'>2 Jan</time><a rel=author>Ana Ruiz</a>",
        ));
        assert_eq!(tree.language.as_deref(), Some("en"));
        assert_eq!(tree.title.as_deref(), Some("A B"));
        assert_eq!(tree.metas, [("og:title".to_owned(), "A".to_owned())]);
        assert_eq!(tree.canonical.as_deref(), Some("https://a.example/b"));
        assert_eq!(tree.json_ld, ["{}"]);
        assert_eq!((tree.times[0].machine.as_str(), tree.times[0].printed.as_str()), ("2024-01-02", "2 Jan"));
        assert_eq!(tree.authors[0].text, "Ana Ruiz");
    }
}
