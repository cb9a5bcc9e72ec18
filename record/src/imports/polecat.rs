//! POLECAT: tab-separated events in PLOVER's terms, with a head by whose names the columns are found.

use crate::imports::cells::{self, Outcome, said, text};
use crate::imports::imported::{Imported, ImportedParty, ImportedPlace, More};
use crate::imports::names::{Names, code};
use crate::imports::parties;

/// The columns in the order in which they are published.
const PUBLISHED: [&str; 40] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
];

/// Where the columns stand that are read; those that a head lacks say nothing.
#[derive(Debug)]
pub(crate) struct Columns {
    width: usize,
    id: usize,
    date: usize,
    event_type: usize,
    mode: Option<usize>,
    intensity: Option<usize>,
    contexts: Option<usize>,
    actor: Side,
    recipient: Side,
    placename: Option<usize>,
    city: Option<usize>,
    country: Option<usize>,
    latitude: Option<usize>,
    longitude: Option<usize>,
    source: Option<usize>,
}

/// The columns of one side.
#[derive(Debug)]
struct Side {
    name: usize,
    country: usize,
    primary_sector: Option<usize>,
    sectors: Option<usize>,
}

impl Columns {
    /// The columns of this head; none where the cells are no head of POLECAT.
    pub(crate) fn of(cells: &[&str]) -> Option<Self> {
        let at = |name: &str| cells.iter().position(|cell| *cell == name);
        Some(Self {
            // First, since all rows are asked whether they are a head.
            id: at("Event ID")?,
            date: at("Event Date")?,
            event_type: at("Event Type")?,
            mode: at("Event Mode"),
            intensity: at("Intensity"),
            contexts: at("Contexts"),
            actor: Side {
                name: at("Actor Name")?,
                country: at("Actor Country")?,
                primary_sector: at("Primary Actor Sector"),
                sectors: at("Actor Sectors"),
            },
            recipient: Side {
                name: at("Recipient Name")?,
                country: at("Recipient Country")?,
                primary_sector: at("Primary Recipient Sector"),
                sectors: at("Recipient Sectors"),
            },
            placename: at("Placename"),
            city: at("City"),
            country: at("Country"),
            latitude: at("Latitude"),
            longitude: at("Longitude"),
            source: at("Source"),
            width: cells.iter().rposition(|cell| !cell.is_empty())? + 1,
        })
    }

    /// The columns as they are published, for files without a head.
    pub(crate) fn published() -> Option<Self> {
        Self::of(&PUBLISHED)
    }
}

/// Reads a row of these columns. POLECAT has no codes of CAMEO, and none is made up for it.
pub(crate) fn read(row: &[&str], columns: &Columns, names: &mut Names<'_>) -> Outcome<Imported> {
    let row = cells::fit(row, columns.width, "the head")?;
    let cell = |at: Option<usize>| at.map_or("", |at| row[at]);
    let contexts = cells::list(cell(columns.contexts));
    let place = said(cell(columns.placename)).or_else(|| said(cell(columns.city)));
    let country = cell(columns.country);
    let place = place.or_else(|| said(country)).map(|_| ImportedPlace {
        name: place.unwrap_or_default().to_owned(),
        country: text(country),
        state: names.iso3(country),
        at: cells::at(cell(columns.latitude), cell(columns.longitude)),
    });
    // Some versions measure on scales of their own: what is not on Goldstein's is left out, and the event stays.
    let intensity = cells::number(cell(columns.intensity), "the intensity")?;
    Ok(Imported {
        id: said(row[columns.id]).ok_or("no id")?.to_owned(),
        date: cells::day(row[columns.date])?,
        actors: side(row, &columns.actor, names),
        recipients: side(row, &columns.recipient, names),
        cameo: None,
        plover: Some(cells::plover(row[columns.event_type], cell(columns.mode), contexts.clone())?),
        intensity: intensity.filter(|value| cells::GOLDSTEIN.contains(value)),
        place,
        publisher: said(cell(columns.source)).map(str::to_owned),
        more: More { contexts, ..More::default() },
    })
}

/// Who takes part on one side.
fn side(row: &[&str], side: &Side, names: &mut Names<'_>) -> Vec<ImportedParty> {
    let cell = |at: Option<usize>| at.map_or("", |at| row[at]);
    let (primary, sectors) = (cell(side.primary_sector), cell(side.sectors));
    let role = names.role_of(said(primary).unwrap_or(sectors));
    let sectors = text(said(sectors).unwrap_or(primary));
    let party = |(name, country): (&str, &str)| {
        let state = names.country_or_code(country);
        ImportedParty {
            name: name.to_owned(),
            country: country.to_owned(),
            sectors: sectors.clone(),
            state,
            code: code(state, role),
        }
    };
    parties::split(row[side.name], row[side.country]).into_iter().map(party).collect()
}
