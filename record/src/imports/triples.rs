//! ICEWS as triples: tab-separated date, source, relation and target, all by name, with a line of column names.

use demarche_engine::series::Cameo;
use jiff::civil::Date;

use crate::imports::cells::{self, Outcome, said};
use crate::imports::imported::{Imported, ImportedParty, More};
use crate::imports::names::Names;

/// Its columns.
pub(crate) const COLUMNS: [&str; 4] = ["date", "source", "relation", "target"];

/// Reads a row of these columns. It has no id of its own: the same line again is the same event.
pub(crate) fn read(row: &[&str], digest: i64, names: &mut Names<'_>) -> Outcome<Imported> {
    let &[date, source, relation, target] = row else {
        return Err(format!("{} columns, where triples have {}", row.len(), COLUMNS.len()));
    };
    let date = cells::day(date)?;
    let code =
        Cameo::named(relation).ok_or_else(|| format!("the relation {relation:?} is no event of CAMEO"))?;
    let mut party = |name: &str| party(name, date, names);
    Ok(Imported {
        id: cells::made_id(digest),
        date,
        actors: party(source).into_iter().collect(),
        recipients: party(target).into_iter().collect(),
        cameo: Some(code),
        plover: None,
        intensity: None,
        place: None,
        publisher: None,
        more: More::default(),
    })
}

fn party(name: &str, date: Date, names: &mut Names<'_>) -> Option<ImportedParty> {
    let name = said(name)?;
    let (state, code) = names.actor(name, date);
    Some(ImportedParty { name: name.to_owned(), state, code, ..ImportedParty::default() })
}
