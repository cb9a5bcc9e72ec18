//! Turns the tables that stand on a page into files of their own, each in the formats of all, and into the links to them.

use demarche_record::{Sheet, Whole};
use maud::{Markup, html};

use crate::fault::Fault;
use crate::web::reply::{Form, Reply};

/// A table that somebody asks for: the last part of an address.
pub(crate) struct Asked<'a> {
    /// Its name.
    pub(crate) name: &'a str,
    /// As what.
    pub(crate) format: Whole,
}

impl<'a> Asked<'a> {
    /// The table that `movers.csv` asks for; none where the ending is none of ours.
    pub(crate) fn of(part: &'a str) -> Option<Self> {
        let (name, ending) = part.rsplit_once('.')?;
        Some(Self { name, format: Whole::of(ending)? })
    }

    /// The table as a file that is called after the page and itself.
    pub(crate) fn reply<R>(&self, sheet: &Sheet<R>, rows: &[R], page: &str) -> Result<Reply, Fault> {
        Ok(self.file(sheet.file(self.format, rows)?, page))
    }

    /// What such a file holds, as an answer.
    pub(crate) fn file(&self, bytes: Vec<u8>, page: &str) -> Reply {
        let name = |ending: &str| format!("{}-{}.{ending}", plain(page), self.name);
        match self.format {
            Whole::Csv => Reply::csv(name("csv"), bytes),
            Whole::Parquet => Reply::parquet(name("parquet"), bytes),
            // What we have written is UTF-8.
            Whole::Json => Reply::Data(String::from_utf8_lossy(&bytes).into_owned()),
        }
    }
}

/// What is said of a table that a page does not have.
pub(crate) fn unknown(all: &[&str]) -> Reply {
    let words = format!("There are {}, each as csv, parquet or json.", all.join(", "));
    Reply::missing("There is no such table", words)
}

/// The form in which a refusal is wanted.
pub(crate) fn form(part: &str) -> Form {
    Form::of(part).1
}

/// Links to a table as files: `at` is its address without an ending, `query` what is asked of it, with its question mark.
pub(crate) fn links(at: &str, query: &str) -> Markup {
    links_to(at, query, &["csv", "parquet", "json"])
}

/// The same to some formats.
pub(crate) fn links_to(at: &str, query: &str, endings: &[&str]) -> Markup {
    let name = at.rsplit('/').next().unwrap_or(at);
    html! {
        p .facts .files {
            "As a file: "
            @for (i, ending) in endings.iter().enumerate() {
                @if i > 0 { " · " }
                @let words = ending.to_uppercase();
                // Several tables of a page have such links.
                a href={ (at) "." (ending) (query) } aria-label={ (words) ": " (name) } { (words) }
            }
        }
    }
}

/// A name that all systems take for a file: of other letters, what is left are hyphens.
fn plain(name: &str) -> String {
    let kept = name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' });
    kept.collect::<String>().trim_matches(['-', '.']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_have_names_that_no_header_can_break() {
        assert_eq!(plain("Sara Iqbal"), "Sara-Iqbal");
        assert_eq!(plain("../a\"\r\nb"), "a---b");
        assert!(Asked::of("movers.xlsx").is_none() && Asked::of("movers").is_none());
        let asked = Asked::of("movers.csv").map(|asked| (asked.name, asked.format));
        assert_eq!(asked, Some(("movers", Whole::Csv)));
    }
}
