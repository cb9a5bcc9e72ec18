//! The flags that say which events are meant, one set for every command that lists or exports them, turned into a
//! `Selection`.

use demarche_engine::events::{Kind, Told};
use demarche_record::{From, Record, Selection};
use jiff::civil::Date;
use serde::de::DeserializeOwned;

use crate::fault::Fault;
use crate::telling::{self, States};

/// Which events.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Which events")]
pub(crate) struct Chosen {
    /// A state that takes part: ISO 3166 code of three or two letters, or its name, in any case
    #[arg(value_name = "A")]
    a: Option<String>,
    /// Another one: only events between the two
    #[arg(value_name = "B")]
    b: Option<String>,
    /// Only what A does or says to B, or both do
    #[arg(long, requires = "b")]
    directed: bool,
    /// Somebody takes part: a name as events have it, an ISO 3166 code of three letters, or a CAMEO actor code
    #[arg(long, value_name = "WHO")]
    actor: Option<String>,
    /// CAMEO codes that begin so: 04 is every consultation
    #[arg(long, value_name = "CODE", value_parser = code)]
    code: Option<String>,
    /// A type of PLOVER, such as CONSULT
    #[arg(long = "type", value_name = "TYPE")]
    event_type: Option<String>,
    /// Not wholly before this day
    #[arg(long, value_name = "DATE")]
    since: Option<Date>,
    /// Not wholly after this day
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,
    /// contact, statement or action; imported events do not say
    #[arg(long, value_parser = kind)]
    kind: Option<Kind>,
    /// current, recalled, planned, requested, hypothetical or denied; imported events do not say
    #[arg(long, value_name = "HOW", value_parser = told)]
    told: Option<Told>,
    /// Who printed it
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
    /// A state or body that speaks or acts in it, by code; imported events do not say
    #[arg(long, value_name = "CODE")]
    side: Option<String>,
    /// An issue that it raises; for imported events a context
    #[arg(long, value_name = "ISSUE")]
    issue: Option<String>,
    /// Words of its sentences, or of the names in imported events: "a phrase" in quotation marks, tarif* for any ending
    #[arg(long, value_name = "WORDS")]
    words: Option<String>,
    /// own for what demarche read itself, the name of an imported dataset, or all
    #[arg(long, value_name = "own|all|DATASET", default_value = "own")]
    from: String,
}

impl Chosen {
    /// What is asked for, `limit` events at a time.
    pub(crate) fn selection(
        &self,
        record: &Record,
        states: &States,
        limit: usize,
    ) -> Result<Selection, Fault> {
        let find = |words: &String| states.find(words).map(str::to_owned);
        let (a, b) = (self.a.as_ref().map(find).transpose()?, self.b.as_ref().map(find).transpose()?);
        let (dyad, alone) = match (a, b) {
            (Some(a), Some(b)) if a == b => {
                return Err(Fault::usage(format!("both are {}; name two different states", states.name(&a))));
            }
            (Some(a), Some(b)) => (Some((a, b)), None),
            (a, _) => (None, a),
        };
        if let (Some(alone), Some(_)) = (&alone, &self.actor) {
            return Err(Fault::usage(format!(
                "{} and --actor both say who takes part; leave one away, or name two states",
                states.name(alone)
            )));
        }
        if let (Some(since), Some(until)) = (self.since, self.until)
            && since > until
        {
            return Err(Fault::usage(format!("--since {since} lies after --until {until}")));
        }
        let from = match self.from.as_str() {
            "own" => From::Own,
            "all" => From::All,
            dataset => From::Dataset(dataset.to_owned()),
        };
        if let Some(outlet) = &self.outlet {
            telling::outlet_known(record, &from, outlet)?;
        }
        Ok(Selection {
            from,
            dyad,
            directed: self.directed,
            actor: alone.or_else(|| self.actor.clone()),
            code: self.code.clone(),
            event_type: self.event_type.clone(),
            since: self.since,
            until: self.until,
            kind: self.kind,
            outlet: self.outlet.clone(),
            side: self.side.clone(),
            issue: self.issue.clone(),
            told: self.told,
            level: None,
            words: self.words.clone(),
            latest_first: false,
            after: None,
            limit,
        })
    }
}

fn code(text: &str) -> Result<String, String> {
    if (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(text.to_owned());
    }
    Err("a CAMEO code has one to four digits, such as 04 or 0431".to_owned())
}

fn kind(text: &str) -> Result<Kind, String> {
    named(text, "contact, statement or action")
}

/// How something is told, by its word.
pub(crate) fn told(text: &str) -> Result<Told, String> {
    named(text, "current, recalled, planned, requested, hypothetical or denied")
}

/// The value of this name, which has to be one of `all`.
pub(crate) fn named<T: DeserializeOwned>(text: &str, all: &str) -> Result<T, String> {
    telling::by_name(text).ok_or_else(|| format!("it is {all}"))
}
