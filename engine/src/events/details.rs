//! `engine/data/details/<detail>.toml` → the narrower CAMEO code of a deed by what it is about: an appeal (020) for a loan
//! is one for economic aid (0231), a refusal (120) to lift sanctions is 1244.

use serde::Deserialize;

use crate::events::statements::Said;

include!(concat!(env!("OUT_DIR"), "/details.rs"));

/// What a deed can be about, with the code that it gives to each sort of deed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Detail {
    /// Name of its file, without the ending; set on loading.
    #[serde(skip)]
    pub name: String,
    /// One line: what it is.
    pub why: String,
    /// CAMEO codes of four digits, at most one for each sort of deed.
    pub codes: Vec<String>,
    /// Phrases that tell it, in lower case, one of which must stand in what is said or done.
    pub words: Vec<String>,
    /// Sentences that get one of the codes.
    pub yes: Vec<Narrowed>,
    /// Sentences that get none of them.
    pub no: Vec<Wide>,
}

/// A sentence and the code that a detail gives it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Narrowed {
    /// The sentence.
    pub text: String,
    /// The code.
    pub code: String,
}

/// A sentence that a detail does not narrow.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wide {
    /// The sentence.
    pub text: String,
    /// Why not.
    pub why: String,
}

/// All details.
#[derive(Debug)]
pub struct Details(Vec<Detail>);

impl Details {
    /// Reads the details that ship with the engine.
    pub fn shipped() -> Self {
        match Self::parse(DETAILS) {
            Ok(details) => details,
            // The tests load every shipped detail, so a release never comes here.
            Err(message) => unreachable!("a shipped detail does not load: {message}"),
        }
    }

    /// Reads details from `(name, TOML)` pairs; the error names the file and what is wrong.
    pub fn parse(files: &[(&str, &str)]) -> Result<Self, String> {
        let read = |(name, text): &(&str, &str)| {
            let detail: Detail = toml::from_str(text).map_err(|e| format!("{name}: {e}"))?;
            if detail.yes.is_empty() || detail.no.is_empty() || detail.words.is_empty() {
                return Err(format!("{name}: needs words, and at least one [[yes]] and one [[no]]"));
            }
            if let Some(code) = detail.codes.iter().find(|code| code.len() != 4) {
                return Err(format!("{name}: {code} is no code of four digits"));
            }
            Ok(Detail { name: (*name).to_owned(), ..detail })
        };
        files.iter().map(read).collect::<Result<_, _>>().map(Self)
    }

    /// All details, by name.
    pub fn iter(&self) -> impl Iterator<Item = &Detail> {
        self.0.iter()
    }

    /// The narrower code of a deed of code `cameo` by what is `said`, and the detail that gives it: that whose words stand
    /// first, and the longest of those.
    pub(crate) fn narrowed(&self, cameo: &str, said: impl Fn() -> Option<Said>) -> Option<(&Detail, &str)> {
        if cameo.len() != 3 {
            return None;
        }
        let said = said()?;
        // What is asked for, meant, demanded, refused or threatened can be anything: 020 is any of 02, but 102 is only 102.
        let wide = if matches!(cameo, "020" | "030" | "100" | "120" | "130") { &cameo[..2] } else { cameo };
        let found = self.0.iter().filter_map(|detail| {
            let code = detail.codes.iter().find(|code| code.starts_with(wide))?;
            let first = detail.words.iter().filter_map(|words| Some((said.at(words)?, words.len())));
            let (at, length) = first.min_by_key(|(at, length)| (*at, std::cmp::Reverse(*length)))?;
            Some((at, std::cmp::Reverse(length), detail, code.as_str()))
        });
        let best = found.min_by(|a, b| (a.0, a.1, &a.2.name).cmp(&(b.0, b.1, &b.2.name)));
        best.map(|(.., detail, code)| (detail, code))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_detail_needs_examples_and_codes_of_four_digits() {
        let detail = "why = \"w\"\ncodes = [\"0231\"]\nwords = [\"loan\"]\n\
                      [[yes]]\ntext = \"t\"\ncode = \"0231\"\n[[no]]\ntext = \"t\"\nwhy = \"w\"\n";
        assert!(Details::parse(&[("loans", detail)]).is_ok());
        let wide = Details::parse(&[("loans", &detail.replace("[\"0231\"]", "[\"023\"]"))]).unwrap_err();
        assert!(wide.contains("loans") && wide.contains("023"), "{wide}");
        assert!(Details::parse(&[("loans", detail.split("[[no]]").next().unwrap())]).is_err());
    }
}
