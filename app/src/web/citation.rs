//! Turns a page of the record into its citation: APA 7 to paste, BibTeX to keep.

use demarche_engine::ENGINE_VERSION;
use jiff::civil::Date;
use maud::{Markup, html};

use crate::telling::day_words;

/// What is cited.
pub(crate) struct Citation {
    /// What the page is about.
    pub(crate) title: String,
    /// What tells it from the others: an id, two states.
    pub(crate) key: String,
    /// Which record says so.
    pub(crate) record: String,
    /// The day that it answers for; none where the record has none.
    pub(crate) as_of: Option<Date>,
    /// The whole address of the page.
    pub(crate) address: String,
    /// The address of the file.
    pub(crate) file: String,
}

impl Citation {
    fn description(&self) -> String {
        let as_of = self.as_of.map_or_else(String::new, |day| format!(", as of {}", day_words(day)));
        format!("{} in the record {}{as_of}", self.key, self.record)
    }

    /// What stands before the title, the title, and what stands behind it.
    fn apa(&self) -> [String; 3] {
        let year = self.as_of.map_or_else(|| "n.d.".to_owned(), |day| day.year().to_string());
        [
            format!("Demarche. ({year}). "),
            self.title.clone(),
            format!(" (Engine {ENGINE_VERSION}) [{}]. {}", self.description(), self.address),
        ]
    }

    /// An entry of BibTeX.
    pub(crate) fn bibtex(&self) -> String {
        let key: String = self.key.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        let year = self.as_of.map_or_else(String::new, |day| format!("  year = {{{}}},\n", day.year()));
        format!(
            "@misc{{demarche-{key},\n  author = {{{{Demarche}}}},\n  title = {{{{{title}}}}},\n{year}  version = {{{engine}}},\n  \
             note = {{{note}; engine {engine}}},\n  howpublished = {{\\url{{{address}}}}},\n  url = {{{address}}},\n}}\n",
            title = escaped(&self.title),
            note = escaped(&self.description()),
            engine = escaped(ENGINE_VERSION),
            address = self.address,
        )
    }

    /// Both, to be opened on a page.
    pub(crate) fn disclosure(&self) -> Markup {
        let [before, title, behind] = self.apa();
        html! {
            details #cite {
                summary { "Cite this page" }
                p .only { "APA" }
                p .citation { (before) em { (title) } (behind) }
                p .only { "BibTeX" }
                pre tabindex="0" aria-label="BibTeX" { (self.bibtex()) }
                p .facts { a href=(self.file) { "As a file (.bib)" } }
            }
        }
    }
}

/// Text that TeX prints as it is. Whatever a page called somebody is in it.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            // BibTeX counts braces even behind a backslash.
            '\\' => out.push_str("\\textbackslash{}"),
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '$' | '&' | '#' | '%' | '_' => out.extend(['\\', letter]),
            control if control.is_control() => out.push(' '),
            plain => out.push(plain),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_names_stay_names() {
        let citation = Citation {
            title: "{A} \\input{x} 50 % & $1_~^#\nB".into(),
            key: "0badc0de0b-5".into(),
            record: "my_record".into(),
            as_of: Some(Date::constant(2024, 3, 6)),
            address: "http://localhost:1/x/0badc0de0b-5".into(),
            file: "/x/0badc0de0b-5.bib".into(),
        };
        let entry = citation.bibtex();
        assert!(entry.starts_with("@misc{demarche-0badc0de0b-5,\n  author = {{Demarche}},\n"), "{entry}");
        assert!(
            entry.contains(
                "title = {{\\textbraceleft{}A\\textbraceright{} \\textbackslash{}input\\textbraceleft{}x\\textbraceright{} 50 \\% \\& \
                 \\$1\\_\\textasciitilde{}\\textasciicircum{}\\# B}},\n"
            ),
            "{entry}"
        );
        assert!(
            entry.contains("note = {0badc0de0b-5 in the record my\\_record, as of 6 March 2024; engine "),
            "{entry}"
        );
        assert!(entry.contains(&format!("version = {{{ENGINE_VERSION}}},")), "{entry}");
        assert!(entry.contains("howpublished = {\\url{http://localhost:1/x/0badc0de0b-5}},"), "{entry}");
        let depth = entry.chars().try_fold(0i32, |depth, c| match c {
            '{' => Some(depth + 1),
            '}' if depth == 0 => None,
            '}' => Some(depth - 1),
            _ => Some(depth),
        });
        assert_eq!(depth, Some(0), "braces match: {entry}");
        let page = Citation { title: "<b>".into(), ..citation }.disclosure().into_string();
        assert!(page.contains("Demarche. (2024). <em>&lt;b&gt;</em> (Engine "), "{page}");
    }
}
