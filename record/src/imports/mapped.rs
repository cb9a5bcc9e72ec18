//! Turns a row of a table whose columns are found into an event, for tables of text and for Parquet alike.

use jiff::civil::Date;

use crate::imports::cells::{self, Outcome, pieces, said, text};
use crate::imports::imported::{Imported, ImportedParty, ImportedPlace, More};
use crate::imports::mapping::{Column, Columns};
use crate::imports::names::{Names, code};
use crate::imports::parties;

/// Reads a row. Without an id of its own, the same row again is the same event.
pub(crate) fn read(columns: &Columns, row: &[&str], digest: i64, names: &mut Names<'_>) -> Outcome<Imported> {
    let cell = |column| columns.cell(row, column);
    let date = cells::day(cell(Column::Date))?;
    cells::on_one_day(date, cell(Column::DateEnd))?;
    cells::has_happened(cell(Column::Told))?;
    let contexts = cells::list(cell(Column::Contexts));
    let cameo = said(cell(Column::Code)).map(cells::cameo).transpose()?;
    let plover = match (said(cell(Column::EventType)), cameo) {
        (None, Some(_)) => None,
        (None, None) => return Err("neither an event code nor an event type".into()),
        (Some(event_type), _) => Some(cells::plover(event_type, cell(Column::Mode), contexts.clone())?),
    };
    let (place, country) = (cell(Column::Place), cell(Column::PlaceState));
    let place = said(place).or_else(|| said(country)).map(|_| ImportedPlace {
        name: text(place),
        country: text(country),
        state: names.country_or_code(country),
        at: cells::at(cell(Column::Latitude), cell(Column::Longitude)),
    });
    let mut publishers = cells::list(cell(Column::Publisher)).into_iter();
    Ok(Imported {
        id: said(cell(Column::Id)).map_or_else(|| cells::made_id(digest), str::to_owned),
        date,
        actors: side(&ACTOR, columns, row, date, names),
        recipients: side(&RECIPIENT, columns, row, date, names),
        cameo,
        plover,
        intensity: cells::intensity(cell(Column::Intensity))?,
        place,
        publisher: publishers.next(),
        more: More {
            url: said(cell(Column::Url)).map(str::to_owned),
            others: publishers.collect(),
            contexts,
            ..More::default()
        },
    })
}

/// The columns of one side.
struct Side {
    name: Column,
    state: Column,
    sector: Column,
    code: Column,
}

const ACTOR: Side = Side {
    name: Column::Actor,
    state: Column::ActorState,
    sector: Column::ActorSector,
    code: Column::ActorCode,
};
const RECIPIENT: Side = Side {
    name: Column::Recipient,
    state: Column::RecipientState,
    sector: Column::RecipientSector,
    code: Column::RecipientCode,
};

/// Who takes part on one side. A table that has a column for the state says with an empty cell that there is none, unless the
/// name is that of a country; in one that has no such column, names are looked up.
fn side(
    side: &Side,
    columns: &Columns,
    row: &[&str],
    date: Date,
    names: &mut Names<'_>,
) -> Vec<ImportedParty> {
    let cell = |column| columns.cell(row, column);
    let split = parties::split(cell(side.name), cell(side.state));
    let many = split.len();
    let mut all = Vec::with_capacity(many);
    for (nth, (name, country)) in split.into_iter().enumerate() {
        let own_code = piece(cell(side.code), nth, many);
        let sectors = piece(cell(side.sector), nth, many);
        let (state, meant) = if columns.has(side.state) {
            (names.country_or_code(country).or_else(|| names.country(name)), String::new())
        } else if let Some(state) = own_code.get(..3).and_then(|letters| names.cameo_country(letters)) {
            (Some(state), String::new())
        } else {
            names.actor(name, date)
        };
        let role = names.role_of(sectors);
        all.push(ImportedParty {
            name: name.to_owned(),
            country: country.to_owned(),
            sectors: sectors.to_owned(),
            state,
            code: match said(own_code) {
                Some(own) => own.to_owned(),
                None if role.is_empty() && !meant.is_empty() => meant,
                None => code(state, role),
            },
        });
    }
    all
}

/// What a list says of the nth of so many; a cell that does not list as many says it of all.
fn piece(cell: &str, nth: usize, many: usize) -> &str {
    if many > 1 && pieces(cell).count() == many {
        return pieces(cell).nth(nth).unwrap_or_default();
    }
    said(cell).unwrap_or_default()
}
