//! Turns where something happened into the seven columns that GDELT has for a place.

use demarche_engine::actors::World;

use crate::select::EntryPlace;

/// Country codes of FIPS 10-4: `fips`, `iso3`.
const FIPS: &str = include_str!("../../../data/fips.tsv");
/// Which code stands for the whole where FIPS has several for one state.
const WHOLE: [(&str, &str); 5] = [("ATF", "FS"), ("GBR", "UK"), ("PSE", "WE"), ("SJM", "SV"), ("SRB", "RI")];

/// No place: its type is 0.
pub(crate) fn nowhere() -> [String; 7] {
    let mut cells: [String; 7] = Default::default();
    cells[0] = "0".to_owned();
    cells
}

/// Type, full name, country and first-level code in FIPS, latitude, longitude, feature. Beyond the country FIPS is not known.
pub(crate) fn cells(place: Option<&EntryPlace>, world: &World) -> [String; 7] {
    let Some(place) = place else { return nowhere() };
    let state = place.state.as_deref().unwrap_or("");
    let country = world.state(state).map_or(state, |state| state.name.as_str());
    let is_country = place.name.is_empty() || place.name == country;
    let is_region = world.place(&place.name).is_some_and(|known| known.kind == "region");
    let sort = match (is_country, is_region, state == "USA") {
        (true, ..) => "1",
        (_, true, true) => "2",
        (_, false, true) => "3",
        (_, false, false) => "4",
        (_, true, false) => "5",
    };
    let name = match (is_country, country.is_empty()) {
        (true, _) => country.to_owned(),
        (false, true) => place.name.clone(),
        (false, false) => format!("{}, {country}", place.name),
    };
    let fips = fips(state).to_owned();
    let degrees = |degrees: Option<f64>| degrees.map(|degrees| degrees.to_string()).unwrap_or_default();
    let feature = if is_country { fips.clone() } else { String::new() };
    let (north, east) = (degrees(place.latitude), degrees(place.longitude));
    [sort.to_owned(), name, fips.clone(), fips, north, east, feature]
}

/// The FIPS code of a state; empty where it has none.
fn fips(iso3: &str) -> &'static str {
    if let Some((_, whole)) = WHOLE.iter().find(|(state, _)| *state == iso3) {
        return whole;
    }
    let rows = FIPS.lines().skip(1).filter_map(|row| row.split_once('\t'));
    rows.into_iter().find(|(_, state)| *state == iso3).map_or("", |(fips, _)| fips)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_countries_towns_or_regions() {
        let world = World::shipped();
        let of = |name: &str, state: &str| {
            let place = EntryPlace {
                name: name.into(),
                state: Some(state.into()).filter(|s: &String| !s.is_empty()),
                latitude: Some(33.7),
                longitude: None,
            };
            cells(Some(&place), &world).join("|")
        };
        assert_eq!(of("Islamabad", "PAK"), "4|Islamabad, Pakistan|PK|PK|33.7||");
        assert_eq!(of("Pakistan", "PAK"), "1|Pakistan|PK|PK|33.7||PK");
        assert_eq!(of("", "GBR"), "1|United Kingdom|UK|UK|33.7||UK");
        assert_eq!(of("Duluth", "USA"), "3|Duluth, United States|US|US|33.7||");
        assert_eq!(of("Atlantis", ""), "4|Atlantis|||33.7||");
        assert_eq!(cells(None, &world).join("|"), "0||||||");
    }

    #[test]
    fn the_code_of_the_whole_is_in_the_table() {
        for (iso3, code) in WHOLE {
            assert!(FIPS.contains(&format!("\n{code}\t{iso3}\n")), "{code} {iso3}");
        }
        assert_eq!((fips("AUS"), fips("FRA"), fips("ZZZ")), ("AS", "FR", ""));
    }
}
