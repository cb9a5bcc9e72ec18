//! Turns the cells of a row into values, or into the reason why not. Empty cells, `NA`, `None` and `NULL` say nothing.

use std::ops::RangeInclusive;

use demarche_engine::events::Plover;
use demarche_engine::series::Cameo;
use jiff::civil::Date;

/// Goldstein's scale, from the worst to the best that states do to each other.
pub(crate) const GOLDSTEIN: RangeInclusive<f64> = -10.0..=10.0;

/// Why a row cannot be kept: a few words that rows with the same fault share, so that they can be counted.
pub(crate) type Outcome<T> = Result<T, String>;

/// The cell, if it says something.
pub(crate) fn said(cell: &str) -> Option<&str> {
    let cell = cell.trim();
    (!matches!(cell, "" | "NA" | "None" | "NULL" | "nan" | "NaN" | "---")).then_some(cell)
}

/// The cell as text; empty where it says nothing.
pub(crate) fn text(cell: &str) -> String {
    said(cell).unwrap_or_default().to_owned()
}

/// The pieces of a list with semicolons between them that say something.
pub(crate) fn pieces(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';').filter_map(said)
}

/// The same, owned.
pub(crate) fn list(cell: &str) -> Vec<String> {
    pieces(cell).map(str::to_owned).collect()
}

/// Whether the cell is a whole number without a sign.
pub(crate) fn is_digits(cell: &str) -> bool {
    !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit())
}

/// The cells of a row that should have so many; empty ones behind them are an exporter's.
pub(crate) fn fit<'r, 'c>(row: &'r [&'c str], width: usize, whose: &str) -> Outcome<&'r [&'c str]> {
    match row.split_at_checked(width) {
        Some((cells, surplus)) if surplus.iter().all(|cell| cell.is_empty()) => Ok(cells),
        _ => Err(format!("{} columns, where {whose} has {width}", row.len())),
    }
}

/// A day: `2018-06-01` or `20180601`, with a time behind it or without.
pub(crate) fn day(cell: &str) -> Outcome<Date> {
    let cell = said(cell).ok_or("no date")?;
    let bytes = cell.as_bytes();
    let number = |from: usize, to: usize| -> Option<i16> {
        let digits = bytes.get(from..to)?;
        digits
            .iter()
            .all(u8::is_ascii_digit)
            .then(|| digits.iter().fold(0, |n, d| n * 10 + i16::from(d - b'0')))
    };
    let dashed = bytes.get(4) == Some(&b'-') && bytes.get(7) == Some(&b'-');
    let (month, day, end) = if dashed { (5, 8, 10) } else { (4, 6, 8) };
    // Behind the day nothing, or a time.
    let ends = match bytes.get(end) {
        None => true,
        Some(b'T' | b' ') => true,
        Some(_) => !dashed && bytes.len() == 14 && bytes.iter().all(u8::is_ascii_digit),
    };
    let parts = (number(0, 4), number(month, month + 2), number(day, day + 2));
    let (Some(y), Some(m), Some(d), true) = (parts.0, parts.1, parts.2, ends) else {
        return Err(format!(
            "the date {cell:?} is none: year, month and day are expected, as in 2018-06-01 or 20180601"
        ));
    };
    Date::new(y, m as i8, d as i8).map_err(|_| format!("there is no day {cell:?}"))
}

/// Refuses what began on `first` and whose last day, if the cell says one, is another: imported events have one day.
pub(crate) fn on_one_day(first: Date, last: &str) -> Outcome<()> {
    match said(last).map(day).transpose()? {
        Some(last) if last != first => {
            Err(format!("somewhen from {first} to {last}, where an exact day is needed"))
        }
        _ => Ok(()),
    }
}

/// Refuses what is told otherwise than as the news: imported events count as if it had happened on their day.
pub(crate) fn has_happened(told: &str) -> Outcome<()> {
    match said(told) {
        Some(told) if told != "current" => Err(format!("told as {told}, which an imported event cannot say")),
        _ => Ok(()),
    }
}

/// An event code of CAMEO's codebook.
pub(crate) fn cameo(cell: &str) -> Outcome<Cameo> {
    let cell = said(cell).ok_or("no event code")?;
    let code = cell.parse::<Cameo>().ok().filter(|code| code.is_listed());
    code.ok_or_else(|| format!("the event code {cell:?} is not in CAMEO’s codebook"))
}

/// A coding in PLOVER's terms. Its types are few and fixed; modes differ between its versions, and stay as they are given.
pub(crate) fn plover(event_type: &str, mode: &str, context: Vec<String>) -> Outcome<Plover> {
    let event_type = said(event_type).ok_or("no event type")?.to_uppercase();
    if Cameo::of_plover(&event_type).is_none() {
        return Err(format!("the event type {event_type:?} is none of PLOVER’s"));
    }
    Ok(Plover { event_type, mode: said(mode).map(str::to_lowercase), context })
}

/// A number, if the cell says one.
pub(crate) fn number(cell: &str, what: &str) -> Outcome<Option<f64>> {
    let Some(cell) = said(cell) else { return Ok(None) };
    let number = cell.parse::<f64>().ok().filter(|n| n.is_finite());
    number.map(Some).ok_or_else(|| format!("{what} is no number: {cell:?}"))
}

/// A value on Goldstein's scale, if the cell says one.
pub(crate) fn intensity(cell: &str) -> Outcome<Option<f64>> {
    match number(cell, "the intensity")? {
        Some(value) if !GOLDSTEIN.contains(&value) => {
            Err(format!("the intensity {value} lies outside −10 to +10"))
        }
        value => Ok(value),
    }
}

/// Degrees north and east, if both cells say some and they lie on the globe.
pub(crate) fn at(latitude: &str, longitude: &str) -> Option<(f64, f64)> {
    let degrees = |cell: &str, most: f64| said(cell)?.parse::<f64>().ok().filter(|n| n.abs() <= most);
    Some((degrees(latitude, 90.0)?, degrees(longitude, 180.0)?))
}

/// A count, if the cell says one.
pub(crate) fn count(cell: &str) -> Option<u32> {
    said(cell)?.parse().ok()
}

/// The id of a row that has none of its own: a digest of its bytes.
pub(crate) fn made_id(digest: i64) -> String {
    format!("{digest:016x}")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    #[test]
    fn days_are_read_or_refused() {
        for cell in ["2018-06-01", "20180601", " 2018-06-01T10:00:00Z", "2018-06-01 10:00", "20180601101500"]
        {
            assert_eq!(day(cell).unwrap().to_string(), "2018-06-01", "{cell}");
        }
        for cell in [
            "",
            "NA",
            "2018-02-30",
            "2018-6-1",
            "01/06/2018",
            "2018",
            "20181301",
            "2018-06-011",
            "２018-06-01",
        ] {
            assert!(day(cell).is_err(), "{cell}");
        }
    }

    #[test]
    fn codes_and_numbers_are_read_or_refused() {
        assert_eq!(cameo("040").unwrap().to_string(), "040");
        assert!(cameo("999").is_err() && cameo("---").is_err() && cameo("0579").is_err());
        assert_eq!(intensity("NA"), Ok(None));
        assert_eq!(intensity("-4.4"), Ok(Some(-4.4)));
        assert!(intensity("11").is_err() && intensity("inf").is_err() && intensity("x").is_err());
        assert_eq!(at("21.0", "105.8"), Some((21.0, 105.8)));
        assert_eq!(at("121.0", "105.8"), None);
    }
}
