//! The flags that say which events count, one set for every command about momentum, turned into a question.

use demarche_engine::events::Issues;
use demarche_engine::series::{Question, Roots};
use demarche_record::From;

use crate::fault::Fault;
use crate::telling;

/// Which events count.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Which events count")]
pub(crate) struct Counted {
    /// Leave out a type of PLOVER, such as CONSULT, or a CAMEO root, such as 04, on both axes; repeat it for several
    #[arg(long, value_name = "TYPE", value_parser = roots)]
    without: Vec<Roots>,
    /// Only what this outlet told; repeat it for several
    #[arg(long, value_name = "NAME")]
    outlet: Vec<String>,
    /// Only what raises this issue: economy/trade, trade, or economy for the whole family; repeat it for several
    #[arg(long, value_name = "ISSUE")]
    issue: Vec<String>,
    /// own for what demarche read itself, or the name of an imported dataset
    #[arg(long, value_name = "own|DATASET", default_value = "own")]
    from: String,
}

impl Counted {
    /// Whose codings count.
    pub(crate) fn origin(&self) -> Result<From, Fault> {
        match self.from.as_str() {
            "own" => Ok(From::Own),
            "all" => Err(Fault::usage(
                "--from all would count what several hands coded as one, and what both tell twice; name one: own, or a dataset",
            )),
            dataset if self.outlet.is_empty() && self.issue.is_empty() => {
                Ok(From::Dataset(dataset.to_owned()))
            }
            dataset => Err(Fault::usage(format!(
                "what --outlet and --issue ask for counts for our own events only; leave them away, or leave --from {dataset} away"
            ))),
        }
    }

    /// The question with these filters.
    pub(crate) fn asked(&self, question: Question) -> Result<Question, Fault> {
        let without = self.without.iter().fold(Roots::default(), |all, one| all.and(*one));
        let issues: Result<Vec<Vec<String>>, Fault> = self.issue.iter().map(|words| issues(words)).collect();
        Ok(Question { without, outlets: self.outlet.clone(), issues: issues?.concat(), ..question })
    }
}

fn roots(name: &str) -> Result<Roots, String> {
    Roots::named(name).ok_or_else(|| {
        "it is a type of PLOVER such as CONSULT or ASSAULT, or a CAMEO root from 01 to 20; `demarche codes` lists them"
            .to_owned()
    })
}

/// The ids of the issues that words mean: an id, a family, or the name of one.
fn issues(words: &str) -> Result<Vec<String>, Fault> {
    let typed = words.trim().to_lowercase().replace(' ', "-");
    let shipped = Issues::shipped();
    let ids: Vec<&str> = shipped.iter().map(|issue| issue.id.as_str()).collect();
    let parts = |id: &str| id.split('/').any(|part| part == typed);
    let meant: Vec<String> =
        ids.iter().filter(|id| **id == typed || parts(id)).map(|id| (*id).to_owned()).collect();
    if !meant.is_empty() {
        return Ok(meant);
    }
    let mut families: Vec<&str> = ids.iter().filter_map(|id| Some(id.split_once('/')?.0)).collect();
    families.dedup();
    let near = ids.iter().filter(|id| strsim::jaro_winkler(&telling::issue_words(id), &typed) >= 0.8);
    let near: Vec<&str> = near.copied().collect();
    let suggested =
        if near.is_empty() { String::new() } else { format!("; did you mean {}?", near.join(", ")) };
    Err(Fault::usage(format!(
        "no issue is called “{words}”{suggested} The families are {}",
        families.join(", ")
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn issues_are_known_by_id_name_and_family() {
        assert_eq!(issues("economy/trade").unwrap(), ["economy/trade"]);
        assert_eq!(issues("Bilateral ties").unwrap(), ["process/bilateral-ties"]);
        assert_eq!(issues("climate").unwrap(), ["climate/climate-change", "climate/disaster-relief"]);
        let fault = issues("trads").unwrap_err().to_string();
        assert!(fault.contains("did you mean economy/trade") && fault.contains("territory"), "{fault}");
    }
}
