//! `engine/data/issues/<family>/<issue>.toml` → what a sentence is about: the issues whose phrases stand in it.

use rustc_hash::FxHashMap;
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
    first: FxHashMap<String, Vec<(usize, Vec<String>)>>,
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
        let mut all = Issues { issues: Vec::new(), first: FxHashMap::default() };
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
        // Hyphens join words of a phrase ("cross-border", "counter-terrorism"), so they are looked through.
        let words: Vec<Word<'_>> = (sentence.first..sentence.last).flat_map(|t| words(doc, t)).collect();
        let mut raised: Vec<String> = Vec::new();
        for at in 0..words.len() {
            let Word { form, lemma } = &words[at];
            let lower = form.to_lowercase();
            let keys = if lower == *lemma { vec![lower] } else { vec![lower, lemma.clone()] };
            for (issue, phrase) in keys.iter().filter_map(|k| self.first.get(k)).flatten() {
                let fits = phrase.len() <= words.len() - at
                    && phrase.iter().zip(&words[at..]).all(|(wanted, word)| word.is(wanted));
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

/// A word as phrases are compared with it.
struct Word<'t> {
    form: &'t str,
    /// Lower case.
    lemma: String,
}

impl Word<'_> {
    /// Whether it is this word of a phrase.
    fn is(&self, wanted: &str) -> bool {
        if wanted.chars().any(char::is_uppercase) {
            return self.form == wanted;
        }
        self.lemma == wanted || self.form.to_lowercase() == wanted
    }
}

/// The words of token `t`: its parts between hyphens, or itself.
fn words(doc: &Document, t: usize) -> Vec<Word<'_>> {
    let form = doc.form(t);
    let parts: Vec<&str> = form.split('-').filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [] => Vec::new(),
        [only] => vec![Word { form: only, lemma: doc.tokens[t].lemma.to_lowercase() }],
        several => several.iter().map(|&part| Word { form: part, lemma: part.to_lowercase() }).collect(),
    }
}
