//! Turns what people type for a state — ISO3, ISO2, a name, in any case — into its code, or into the near ones.

use demarche_engine::actors::{State, World};

use crate::fault::Fault;

/// The states and territories that can be asked for: those of the engine's world tables.
#[derive(Debug)]
pub(crate) struct States(World);

/// Names less alike than this are not suggested.
const NEAR: f64 = 0.75;

impl States {
    /// The states of the world tables that ship with the engine.
    pub(crate) fn shipped() -> Self {
        Self(World::shipped())
    }

    /// The tables themselves.
    pub(crate) fn world(&self) -> &World {
        &self.0
    }

    /// The ISO3 code of the state that `words` means, or a fault that suggests near ones.
    pub(crate) fn find(&self, words: &str) -> Result<&str, Fault> {
        let typed = fold(words);
        let all = &self.0.states;
        let found = (all.iter().find(|s| s.iso3.eq_ignore_ascii_case(&typed)))
            .or_else(|| all.iter().find(|s| !s.iso2.is_empty() && s.iso2.eq_ignore_ascii_case(&typed)))
            .or_else(|| all.iter().find(|s| names(s).any(|name| fold(name) == typed)));
        found.map(|state| state.iso3.as_str()).ok_or_else(|| Fault::usage(self.unknown(words, &typed)))
    }

    /// The common name of a state; the code itself where the table lacks it.
    pub(crate) fn name<'s>(&'s self, iso3: &'s str) -> &'s str {
        self.0.state(iso3).map_or(iso3, |state| state.name.as_str())
    }

    /// The states whose code is `words` or whose name holds them, those with the name itself first.
    pub(crate) fn named(&self, words: &str) -> Vec<&State> {
        let typed = fold(words);
        if typed.is_empty() {
            return Vec::new();
        }
        let exact = |state: &State| {
            state.iso3.eq_ignore_ascii_case(&typed) || names(state).any(|name| fold(name) == typed)
        };
        let mut found: Vec<&State> = self.0.states.iter().collect();
        found.retain(|state| exact(state) || names(state).any(|name| holds(&fold(name), &typed)));
        found.sort_by_key(|state| !exact(state));
        found
    }

    /// The two different states that `words` name, however they are joined: `Pakistan – USA`, `pak usa`, `China and Japan`.
    pub(crate) fn pair(&self, words: &str) -> Option<(&str, &str)> {
        let words = words.replace(['-', '–', '—', '/', ',', '→'], " ");
        let words: Vec<&str> = words.split_whitespace().collect();
        (1..words.len()).find_map(|cut| {
            let (a, mut b) = words.split_at(cut);
            if let ["and" | "with" | "vs", rest @ ..] = b {
                b = rest;
            }
            let (a, b) = (self.find(&a.join(" ")).ok()?, self.find(&b.join(" ")).ok()?);
            (a != b).then(|| (a.min(b), a.max(b)))
        })
    }

    fn unknown(&self, words: &str, typed: &str) -> String {
        let mut near: Vec<(f64, &State)> = self
            .0
            .states
            .iter()
            .map(|state| {
                let best = names(state).map(|n| strsim::jaro_winkler(&fold(n), typed)).fold(0.0, f64::max);
                // Codes are short: only one wrong letter, or two that changed places, is near.
                let code = strsim::osa_distance(&state.iso3.to_lowercase(), typed) <= 1;
                (if code { best.max(0.9) } else { best }, state)
            })
            .filter(|(likeness, _)| *likeness >= NEAR)
            .collect();
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.iso3.cmp(&b.1.iso3)));
        let near: Vec<String> =
            near.iter().take(4).map(|(_, s)| format!("{} ({})", s.iso3, s.name)).collect();
        let remedy = "give an ISO 3166 code such as PAK or PK, or a name such as Pakistan";
        match near.split_last() {
            None => format!("no state is known as “{words}”; {remedy}"),
            Some((last, [])) => {
                format!("no state is known as “{words}”; did you mean {last}? Otherwise {remedy}")
            }
            Some((last, rest)) => format!(
                "no state is known as “{words}”; did you mean {} or {last}? Otherwise {remedy}",
                rest.join(", ")
            ),
        }
    }
}

/// All names of a state, the common one first.
fn names(state: &State) -> impl Iterator<Item = &str> {
    std::iter::once(&state.name).chain(&state.aliases).map(String::as_str)
}

/// Whether some word of `name` begins what was typed.
fn holds(name: &str, typed: &str) -> bool {
    name.match_indices(typed).any(|(at, _)| at == 0 || name[..at].ends_with(' '))
}

/// Lower case, without an article or stray white space, hyphens and full stops.
fn fold(words: &str) -> String {
    let words = words.to_lowercase().replace(['-', '_', '’', '\''], " ").replace('.', "");
    let words: Vec<&str> = words.split_whitespace().filter(|word| *word != "the").collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_lead_to_iso3_in_any_case() {
        let states = States::shipped();
        for (words, iso3) in [
            ("PAK", "PAK"),
            ("pk", "PAK"),
            ("pakistan", "PAK"),
            (" United  States ", "USA"),
            ("the united states", "USA"),
            ("U.S.", "USA"),
            ("south-korea", "KOR"),
        ] {
            assert_eq!(states.find(words), Ok(iso3), "{words:?}");
        }
        assert_eq!(states.name("PAK"), "Pakistan");
        assert_eq!(states.name("QQQ"), "QQQ");
    }

    #[test]
    fn parts_of_names_and_pairs_are_found() {
        let states = States::shipped();
        let codes = |words| states.named(words).iter().map(|s| s.iso3.as_str()).collect::<Vec<_>>();
        assert_eq!(codes("pak"), ["PAK"]);
        assert_eq!(codes("niger")[0], "NER", "the name itself first");
        assert!(codes("niger").contains(&"NGA") && codes("korea").contains(&"KOR"));
        assert!(codes("").is_empty() && codes("zzz").is_empty());
        for words in ["PAK-USA", "Pakistan – United States", "usa pk", "pakistan and the united states"] {
            assert_eq!(states.pair(words), Some(("PAK", "USA")), "{words}");
        }
        assert_eq!(states.pair("Trinidad and Tobago and Cuba"), Some(("CUB", "TTO")));
        assert_eq!(states.pair("south-korea / north korea"), Some(("KOR", "PRK")));
        for words in ["Pakistan", "Pakistan PAK", "trade deal", ""] {
            assert_eq!(states.pair(words), None, "{words}");
        }
    }

    #[test]
    fn an_unknown_one_suggests_near_ones() {
        let states = States::shipped();
        for (words, near) in
            [("pakistn", "PAK (Pakistan)"), ("PKA", "PAK (Pakistan)"), ("untied states", "USA (")]
        {
            let fault = states.find(words).unwrap_err();
            assert!(fault.is_usage() && fault.to_string().contains(near), "{fault}");
        }
        let fault = states.find("zzzzzz").unwrap_err().to_string();
        assert!(fault.contains("ISO 3166") && !fault.contains("did you mean"), "{fault}");
        assert!(states.find("").is_err());
    }
}
