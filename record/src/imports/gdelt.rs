//! GDELT's events: tab-separated rows without a head, 58 columns in version 1.0 and 61 in version 2.0.

use crate::imports::cells::{self, Outcome, said, text};
use crate::imports::imported::{Imported, ImportedParty, ImportedPlace, More};
use crate::imports::names::{Names, sector};

/// Columns of version 1.0.
const FIRST: usize = 58;
/// Columns of version 2.0: its three places have a second administrative level.
const SECOND: usize = 61;
/// Columns of one actor: code, name, country, known group, ethnic group, two religions, three types.
const ACTOR: usize = 10;

/// A version of GDELT's layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Version {
    /// 1.0.
    First,
    /// 2.0.
    Second,
}

/// The version whose row this is, as far as the number of cells and the first two of them tell.
pub(crate) fn version(cells: &[&str]) -> Option<Version> {
    let digits = |at: usize| cells.get(at).is_some_and(|cell| cells::is_digits(cell));
    if !digits(0) || !digits(1) || cells[1].len() != 8 {
        return None;
    }
    match cells.len() {
        SECOND => Some(Version::Second),
        FIRST => Some(Version::First),
        _ if is_old(cells) => Some(Version::First),
        _ => None,
    }
}

/// Files of version 1.0 for the years before April 2013 end with the day on which a row was added: they lack the address.
fn is_old(row: &[&str]) -> bool {
    row.len() == FIRST - 1 && row.last().is_some_and(|added| added.len() == 8 && cells::is_digits(added))
}

/// Reads a row of this version.
pub(crate) fn read(row: &[&str], version: Version, names: &Names<'_>) -> Outcome<Imported> {
    let row = match version {
        Version::Second => cells::fit(row, SECOND, "GDELT 2.0")?,
        Version::First if is_old(row) => row,
        Version::First => cells::fit(row, FIRST, "GDELT 1.0")?,
    };
    let place_columns = if version == Version::Second { 8 } else { 7 };
    let (actors, rest) = row[5..].split_at(2 * ACTOR);
    let [_, code, _, _, _, intensity, mentions, sources, articles, tone] = rest[..10] else {
        return Err("its columns are not those of GDELT".into());
    };
    // Those of the first actor, of the second, and of what happened.
    let place = &rest[10 + 2 * place_columns..][..place_columns];
    // What was not read on the web has a source's name where its address would stand.
    let source = row.get(15 + 2 * ACTOR + 3 * place_columns + 1).copied().and_then(said);
    let is_address = |source: &&str| source.contains("://");
    Ok(Imported {
        id: said(row[0]).ok_or("no id")?.to_owned(),
        date: cells::day(row[1])?,
        actors: party(&actors[..ACTOR], names).into_iter().collect(),
        recipients: party(&actors[ACTOR..], names).into_iter().collect(),
        cameo: Some(cells::cameo(code)?),
        plover: None,
        intensity: cells::intensity(intensity)?,
        place: self::place(place, names),
        publisher: source.filter(|source| !is_address(source)).map(str::to_owned),
        more: More {
            url: source.filter(is_address).map(str::to_owned),
            mentions: cells::count(mentions),
            sources: cells::count(sources),
            articles: cells::count(articles),
            tone: cells::number(tone, "the tone")?,
            ..More::default()
        },
    })
}

/// The actor, if the row names any.
fn party(columns: &[&str], names: &Names<'_>) -> Option<ImportedParty> {
    let &[code, name, country, group, ethnic, religion, other_religion, ref types @ ..] = columns else {
        return None;
    };
    let (code, name) = (code.trim(), text(name));
    if code.is_empty() && name.is_empty() {
        return None;
    }
    // A code is its parts one behind the other, so that it begins with a country only if no other part comes first.
    let leads = |part: &str| said(part).is_some_and(|part| code.starts_with(part));
    let state = names.cameo_country(country).or_else(|| {
        let other = [group, ethnic, religion, other_religion].into_iter().any(leads);
        code.get(..3).filter(|_| !other).and_then(|letters| names.cameo_country(letters))
    });
    let types: Vec<&str> = types.iter().copied().filter_map(said).collect();
    // GDELT's codes of countries are CAMEO's, which the state's ISO 3166 code takes the place of.
    let code = match state {
        None => code.to_owned(),
        Some(state) => match types.first().and_then(|first| sector(first)) {
            Some(role) => format!("{state}{role}"),
            None => format!("{state}{}", code.get(3..).unwrap_or_default()),
        },
    };
    Some(ImportedParty { name, country: text(country), sectors: types.join(";"), state, code })
}

/// Where it happened: type, name, country and provinces, degrees, and an id.
fn place(columns: &[&str], names: &Names<'_>) -> Option<ImportedPlace> {
    let [_, name, country, .., latitude, longitude, _] = columns else { return None };
    said(name).or_else(|| said(country))?;
    Some(ImportedPlace {
        name: text(name),
        country: text(country),
        state: names.fips(country),
        at: cells::at(latitude, longitude),
    })
}
