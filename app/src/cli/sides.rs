//! The flags that name two sides, one set for the commands about one relationship.

use demarche_engine::actors::Sector;
use demarche_engine::series::{Acts, Question, Sides};
use demarche_record::From;

use crate::fault::Fault;
use crate::telling::{AsOf, Inquiry, States};

/// Between whom.
#[derive(Debug, clap::Args)]
pub(crate) struct Between {
    /// A state: ISO 3166 code of three or two letters, or its name, in any case; or a bloc, such as EU or ASEAN, which is its members of that day
    #[arg(value_name = "A")]
    a: String,
    /// The other side
    #[arg(value_name = "B")]
    b: String,
    /// Only what A does or says to B, or both do
    #[arg(long)]
    directed: bool,
    /// Only events in which this sector of A takes part, by CAMEO role: GOV, MIL, LEG, BUS …; repeat it for several
    #[arg(long, value_name = "ROLE", value_parser = sector)]
    a_sector: Vec<Sector>,
    /// The same of B
    #[arg(long, value_name = "ROLE", value_parser = sector)]
    b_sector: Vec<Sector>,
}

impl Between {
    /// The question, put about these sides as they are on the day.
    pub(crate) fn inquiry(
        &self,
        states: &States,
        from: From,
        as_of: AsOf,
        question: Question,
    ) -> Result<Inquiry, Fault> {
        if let (From::Dataset(name), false) = (&from, self.a_sector.is_empty() && self.b_sector.is_empty()) {
            return Err(Fault::usage(format!(
                "what --a-sector and --b-sector ask for counts for our own events only; leave them away, or leave --from {name} away"
            )));
        }
        Ok(Inquiry {
            from,
            sides: Sides::new(states.side(&self.a, as_of.day)?, states.side(&self.b, as_of.day)?),
            question: Question {
                acts: if self.directed { Acts::First } else { Acts::Both },
                first_sectors: self.a_sector.clone(),
                second_sectors: self.b_sector.clone(),
                ..question
            },
            on_last_day: as_of.is_last,
        })
    }
}

fn sector(code: &str) -> Result<Sector, String> {
    Sector::parse(&code.to_uppercase()).ok_or_else(|| {
        "it is a role of CAMEO in three letters, such as GOV, MIL, LEG, OPP, REB or BUS".to_owned()
    })
}
