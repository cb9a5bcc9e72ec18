//! Turns the engine's values into column values, and JSON bodies back into the engine's values.

use std::fmt::Display;
use std::str::FromStr;

use demarche_engine::series::Direction;
use demarche_engine::time::Period;
use jiff::civil::Date;
use rusqlite::types::Type;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The word that an enum serialises to; JSON for anything else.
pub(crate) fn word<T: Serialize>(value: &T) -> rusqlite::Result<String> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Ok(word),
        Ok(other) => Ok(other.to_string()),
        Err(e) => Err(rusqlite::Error::ToSqlConversionFailure(Box::new(e))),
    }
}

/// A value as a JSON body.
pub(crate) fn body<T: Serialize>(value: &T) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))
}

/// The value in the JSON body in column `at`.
pub(crate) fn value<T: DeserializeOwned>(row: &rusqlite::Row<'_>, at: usize) -> rusqlite::Result<T> {
    let text = row.get_ref(at)?.as_str()?;
    serde_json::from_str(text)
        .map_err(|e| rusqlite::Error::FromSqlConversionFailure(at, Type::Text, Box::new(e)))
}

/// What the text in column `at` stands for.
pub(crate) fn parsed<T: FromStr<Err: Display>>(row: &rusqlite::Row<'_>, at: usize) -> rusqlite::Result<T> {
    row.get_ref(at)?.as_str()?.parse().map_err(|e| unreadable(at, e))
}

/// The day in column `at`, `2024-03-05`. There are millions of them: this does what `parsed` would, without its general reader.
pub(crate) fn day(row: &rusqlite::Row<'_>, at: usize) -> rusqlite::Result<Date> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = row.get_ref(at)?.as_bytes()? else {
        return parsed(row, at);
    };
    let digits = [y1, y2, y3, y4, m1, m2, d1, d2];
    if !digits.iter().all(u8::is_ascii_digit) {
        return parsed(row, at);
    }
    let number = |digits: &[u8]| digits.iter().fold(0, |n: i16, digit| n * 10 + i16::from(digit - b'0'));
    let (year, month, day) = (number(&digits[..4]), number(&digits[4..6]), number(&digits[6..]));
    Date::new(year, month as i8, day as i8).map_err(|e| unreadable(at, e))
}

/// A column that holds what no writer of ours puts there.
pub(crate) fn unreadable(at: usize, why: impl Display) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(at, Type::Text, why.to_string().into())
}

/// Who acts in a dyad, as a column: 0 both, 1 the first of the two, 2 the second.
pub(crate) fn number(direction: Direction) -> i64 {
    match direction {
        Direction::Mutual => 0,
        Direction::FirstToSecond => 1,
        Direction::SecondToFirst => 2,
    }
}

/// The direction in column `at`.
pub(crate) fn direction(row: &rusqlite::Row<'_>, at: usize) -> rusqlite::Result<Direction> {
    Ok(match row.get::<_, i64>(at)? {
        1 => Direction::FirstToSecond,
        2 => Direction::SecondToFirst,
        _ => Direction::Mutual,
    })
}

/// First and last day of a period, as columns.
pub(crate) fn days(period: Option<Period>) -> (Option<String>, Option<String>) {
    (period.map(|p| p.start.to_string()), period.map(|p| p.end.to_string()))
}
