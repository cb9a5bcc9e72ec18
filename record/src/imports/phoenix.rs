//! Phoenix: 26 tab-separated columns without a head, actors by their CAMEO codes.

use crate::imports::cells::{self, Outcome, pieces, said, text};
use crate::imports::imported::{Imported, ImportedParty, ImportedPlace, More};
use crate::imports::names::{Names, code, sector};

/// Columns of a row.
const COLUMNS: usize = 26;

/// Whether these cells can be a row of Phoenix: a day, and its year and month again.
pub(crate) fn is_row(cells: &[&str]) -> bool {
    cells.len() == COLUMNS
        && cells[1..5].iter().all(|cell| cells::is_digits(cell))
        && cells[1].len() == 8
        && cells[1].starts_with(cells[2])
}

/// Reads a row of these columns.
pub(crate) fn read(row: &[&str], names: &Names<'_>) -> Outcome<Imported> {
    let &[
        id,
        date,
        _,
        _,
        _,
        source,
        source_entity,
        source_role,
        source_attribute,
        target,
        target_entity,
        target_role,
        target_attribute,
        cameo,
        _,
        _,
        intensity,
        issues,
        latitude,
        longitude,
        location,
        province,
        country,
        sentence,
        urls,
        publishers,
    ] = cells::fit(row, COLUMNS, "Phoenix")?
    else {
        return Err("its columns are not those of Phoenix".into());
    };
    let place = said(location).or_else(|| said(province)).or_else(|| said(country));
    let place = place.map(|_| ImportedPlace {
        name: text(said(location).unwrap_or(province)),
        country: text(country),
        state: names.cameo_country(country),
        at: cells::at(latitude, longitude),
    });
    // "5500aa01_1" is the first sentence of the text 5500aa01.
    let (story, sentence) = sentence.rsplit_once('_').unwrap_or((sentence, ""));
    let mut publishers = cells::list(publishers).into_iter();
    Ok(Imported {
        id: said(id).ok_or("no id")?.to_owned(),
        date: cells::day(date)?,
        actors: party(source, source_entity, source_role, source_attribute, names).into_iter().collect(),
        recipients: party(target, target_entity, target_role, target_attribute, names).into_iter().collect(),
        cameo: Some(cells::cameo(cameo)?),
        plover: None,
        intensity: cells::intensity(intensity)?,
        place,
        publisher: publishers.next(),
        more: More {
            story: said(story).map(str::to_owned),
            sentence: cells::count(sentence),
            url: pieces(urls).next().map(str::to_owned),
            others: publishers.collect(),
            // "ID_TERROR,2" counts the words that tell of the issue.
            contexts: pieces(issues)
                .map(|issue| issue.split(',').next().unwrap_or(issue).to_owned())
                .collect(),
            ..More::default()
        },
    })
}

/// The actor, if the row has any: an entity, which is a state or a sort of organisation, what it does in it, and of which sort
/// it is. Phoenix gives no names but these codes.
fn party(full: &str, entity: &str, role: &str, attribute: &str, names: &Names<'_>) -> Option<ImportedParty> {
    let full = said(full)?;
    let state = names.cameo_country(entity);
    // An organisation is not a country that our tables lack.
    let country =
        said(entity).filter(|entity| state.is_some() || sector(entity).is_none()).unwrap_or_default();
    let sectors: Vec<&str> = [role, attribute].into_iter().filter_map(said).collect();
    Some(ImportedParty {
        name: full.to_owned(),
        country: country.to_owned(),
        sectors: sectors.join(";"),
        state,
        code: match state {
            Some(_) => code(state, &sectors.concat()),
            None => full.to_owned(),
        },
    })
}
