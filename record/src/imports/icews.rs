//! ICEWS: tab-separated events with a line of column names, as on Dataverse.

use demarche_engine::series::Cameo;

use crate::imports::cells::{self, Outcome, said, text};
use crate::imports::imported::{Imported, ImportedParty, ImportedPlace, More};
use crate::imports::names::{Names, bracketed, code};

/// Columns, in the order in which ICEWS has them.
pub(crate) const COLUMNS: [&str; 20] = [
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
    "Story ID",
    "Sentence Number",
    "Publisher",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
];

/// Reads a row of these columns.
pub(crate) fn read(row: &[&str], names: &mut Names<'_>) -> Outcome<Imported> {
    let &[
        id,
        date,
        source,
        source_sectors,
        source_country,
        event,
        cameo,
        intensity,
        target,
        target_sectors,
        target_country,
        story,
        sentence,
        publisher,
        city,
        _,
        _,
        country,
        latitude,
        longitude,
    ] = row
    else {
        return Err(format!("{} columns, where ICEWS has {}", row.len(), COLUMNS.len()));
    };
    let place = said(country).or_else(|| said(city)).map(|_| ImportedPlace {
        name: text(city),
        country: text(country),
        state: names.country(country),
        at: cells::at(latitude, longitude),
    });
    Ok(Imported {
        id: said(id).ok_or("no id")?.to_owned(),
        date: cells::day(date)?,
        actors: party(source, source_sectors, source_country, names).into_iter().collect(),
        recipients: party(target, target_sectors, target_country, names).into_iter().collect(),
        cameo: Some(event_code(cameo, event)?),
        plover: None,
        intensity: cells::intensity(intensity)?,
        place,
        publisher: said(publisher).map(str::to_owned),
        more: More {
            story: said(story).map(str::to_owned),
            sentence: cells::count(sentence),
            ..More::default()
        },
    })
}

/// The code, or where a spreadsheet has taken its leading zeros away, the code that the event's name has: `40` beside
/// "Consult" is 040.
fn event_code(code: &str, name: &str) -> Outcome<Cameo> {
    let digits = code.trim();
    if digits.starts_with('0') || digits.len() > 3 {
        return cells::cameo(code);
    }
    match Cameo::named(name) {
        Some(named) if named.to_string().trim_start_matches('0') == digits => Ok(named),
        _ => cells::cameo(code),
    }
}

/// The actor, if the row names any.
fn party(name: &str, sectors: &str, country: &str, names: &mut Names<'_>) -> Option<ImportedParty> {
    let name = said(name)?;
    let state = names.country(country).or_else(|| names.country(name)).or_else(|| {
        let (_, country) = bracketed(name)?;
        names.country(country)
    });
    let role = names.role(sectors);
    Some(ImportedParty {
        name: name.to_owned(),
        country: text(country),
        sectors: text(sectors),
        state,
        code: code(state, role),
    })
}
