//! `engine/data/issues/<family>/<issue>.toml` → what a sentence is about: the issues whose phrases stand in it.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::language::{Document, Sentence};

include!(concat!(env!("OUT_DIR"), "/issues.rs"));

/// One issue between states.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issue {
    /// `family/issue`, from the path of its file; set on loading.
    #[serde(skip)]
    pub id: String,
    /// What people call it.
    pub name: String,
    /// PLOVER contexts that it belongs to.
    pub contexts: Vec<String>,
    /// Phrases that raise it: lower-case ones match words or their dictionary forms in any case, others as written.
    pub phrases: Vec<String>,
    /// A sentence that raises it.
    pub yes: Vec<String>,
    /// A sentence with like words that does not.
    pub no: Vec<String>,
}

/// All issues, indexed by the first word of each phrase.
#[derive(Debug)]
pub struct Issues {
    issues: Vec<Issue>,
    first: BTreeMap<String, Vec<(usize, Vec<String>)>>,
}

impl Issues {
    /// Reads the issues that ship with the engine.
    pub fn shipped() -> Self {
        match Self::parse(ISSUES) {
            Ok(issues) => issues,
            // The tests load every shipped issue, so a release never comes here.
            Err(message) => unreachable!("a shipped issue does not load: {message}"),
        }
    }

    /// Reads issues from `(id, TOML)` pairs; the error names the file and what is wrong.
    pub fn parse(files: &[(&str, &str)]) -> Result<Self, String> {
        let mut all = Issues { issues: Vec::new(), first: BTreeMap::new() };
        for (id, text) in files {
            let mut issue: Issue = toml::from_str(text).map_err(|e| format!("{id}: {e}"))?;
            issue.id = (*id).to_owned();
            if issue.phrases.is_empty() || issue.yes.is_empty() || issue.no.is_empty() {
                return Err(format!("{id}: needs phrases, and at least one `yes` and one `no` sentence"));
            }
            for phrase in &issue.phrases {
                let words: Vec<String> = phrase.split([' ', '-']).map(str::to_owned).collect();
                all.first.entry(words[0].to_lowercase()).or_default().push((all.issues.len(), words));
            }
            all.issues.push(issue);
        }
        Ok(all)
    }

    /// Ids of the issues that `sentence` raises, sorted.
    pub fn raised(&self, doc: &Document, sentence: &Sentence) -> Vec<String> {
        // Hyphens join words of a phrase ("cross-border"), so they are looked through.
        let tokens: Vec<usize> = (sentence.first..sentence.last).filter(|&t| doc.form(t) != "-").collect();
        let mut raised: Vec<String> = Vec::new();
        for at in 0..tokens.len() {
            let form = doc.form(tokens[at]).to_lowercase();
            let lemma = doc.tokens[tokens[at]].lemma.to_lowercase();
            let keys = if form == lemma { vec![form] } else { vec![form, lemma] };
            for (issue, words) in keys.iter().filter_map(|k| self.first.get(k)).flatten() {
                let fits = words.len() <= tokens.len() - at
                    && words.iter().zip(&tokens[at..]).all(|(word, &t)| says(doc, t, word));
                if fits {
                    raised.push(self.issues[*issue].id.clone());
                }
            }
        }
        raised.sort();
        raised.dedup();
        raised
    }

    /// All issues, by id.
    pub fn iter(&self) -> impl Iterator<Item = &Issue> {
        self.issues.iter()
    }

    /// The issue of this id.
    pub fn get(&self, id: &str) -> Option<&Issue> {
        self.issues.iter().find(|i| i.id == id)
    }
}

/// Whether token `t` is this word of a phrase.
fn says(doc: &Document, t: usize, word: &str) -> bool {
    let form = doc.form(t);
    if word.chars().any(char::is_uppercase) {
        return form == word;
    }
    form.to_lowercase() == word || doc.tokens[t].lemma.to_lowercase() == word
}
