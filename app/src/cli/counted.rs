//! The flags that say which events count, one set for every command about momentum, turned into a question.

use demarche_engine::series::{Question, Roots};
use demarche_record::{From, Record};

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

    /// The question with these filters, which the record has to know.
    pub(crate) fn asked(&self, record: &Record, question: Question) -> Result<Question, Fault> {
        for outlet in &self.outlet {
            telling::outlet_known(record, &From::Own, outlet)?;
        }
        let without = self.without.iter().fold(Roots::default(), |all, one| all.and(*one));
        let issues: Result<Vec<Vec<String>>, Fault> =
            self.issue.iter().map(|words| telling::issues_meant(words)).collect();
        Ok(Question { without, outlets: self.outlet.clone(), issues: issues?.concat(), ..question })
    }
}

fn roots(name: &str) -> Result<Roots, String> {
    Roots::named(name).ok_or_else(|| {
        "it is a type of PLOVER such as CONSULT or ASSAULT, or a CAMEO root from 01 to 20; `demarche codes` lists them"
            .to_owned()
    })
}
