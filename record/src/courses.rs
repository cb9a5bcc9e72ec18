//! Packs what datasets tell of two states in one year into one value, so that all that counts between them is read at once:
//! a busy dyad's 45,000 rows in a twentieth of the time that SQLite takes to step over them.

use std::array::TryFromSliceError;

use demarche_engine::series::{Cameo, Direction, Dyad, EventId, Goldstein, Observation, State};
use jiff::civil::Date;
use rusqlite::{CachedStatement, Connection, OptionalExtension as _, Params, Row, params};

use crate::columns::{day, direction, number, parsed, unreadable};

/// What an imported event tells of two states.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Tie {
    pub(crate) dyad: Dyad,
    pub(crate) date: Date,
    pub(crate) event: i64,
    pub(crate) direction: Direction,
    pub(crate) code: Cameo,
    pub(crate) intensity: Option<f64>,
    pub(crate) dataset: i64,
    /// Who told whom, from whichever end.
    pub(crate) pair: i64,
}

/// A tie within its dyad and year. Bytes sort as numbers do, so that rows of one day, code and pair, which tell one happening
/// from either end, come together, the earliest event first:
///
/// | bytes | what |
/// |---|---|
/// | 0–1 | day of the year, from 1 |
/// | 2–5 | CAMEO code in digits, zero bytes after it |
/// | 6–13 | pair |
/// | 14–21 | event |
/// | 22–25 | dataset |
/// | 26 | direction: 0 mutual, 1 from the first state, 2 from the second |
/// | 27 | intensity in tenths of Goldstein's scale, two's complement; −128 where the code's own holds |
type Packed = [u8; WIDTH];
const WIDTH: usize = 28;
/// The part that rows of one happening share.
const HAPPENING: usize = 14;
const CODES_OWN: i8 = i8::MIN;

fn pack(tie: &Tie) -> rusqlite::Result<Packed> {
    let mut packed = [0; WIDTH];
    packed[..2].copy_from_slice(&tie.date.day_of_year().to_be_bytes());
    let code = tie.code.to_string();
    packed[2..2 + code.len()].copy_from_slice(code.as_bytes());
    packed[6..14].copy_from_slice(&tie.pair.to_be_bytes());
    packed[14..22].copy_from_slice(&tie.event.to_be_bytes());
    let dataset =
        u32::try_from(tie.dataset).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?;
    packed[22..26].copy_from_slice(&dataset.to_be_bytes());
    packed[26] = number(tie.direction) as u8;
    let tenths = tie.intensity.map_or(CODES_OWN, |value| Goldstein::new(value).tenths() as i8);
    packed[27] = tenths.to_be_bytes()[0];
    Ok(packed)
}

/// What a record's courses tell, each happening once: those of `datasets`, on the days that `within` admits.
pub(crate) struct Reader<'d> {
    pub(crate) datasets: &'d [i64],
    pub(crate) within: Option<(Date, Date)>,
}

/// What [`Reader::read`] expects of a query.
pub(crate) const COURSE: &str = "courses.a, courses.b, courses.year, courses.told";

impl Reader<'_> {
    /// Adds what the rows of a query for [`COURSE`] hold.
    pub(crate) fn read(
        &self,
        query: &mut CachedStatement<'_>,
        params: impl Params,
        into: &mut Vec<Observation>,
    ) -> rusqlite::Result<()> {
        let mut rows = query.query(params)?;
        while let Some(row) = rows.next()? {
            let (a, b): (State, State) = (parsed(row, 0)?, parsed(row, 1)?);
            let dyad = Dyad::new(a, b).ok_or_else(|| unreadable(1, "a state and itself"))?;
            let first = first_day(row.get(2)?)?;
            let told = row.get_ref(3)?.as_blob()?;
            into.reserve(told.len() / WIDTH);
            self.unpack(dyad, first, told, into).map_err(|why| unreadable(3, why))?;
        }
        Ok(())
    }

    fn unpack(
        &self,
        dyad: Dyad,
        first: Date,
        told: &[u8],
        into: &mut Vec<Observation>,
    ) -> Result<(), String> {
        let (rows, []) = told.as_chunks::<WIDTH>() else { return Err("it is cut short".to_owned()) };
        let mut happening: Option<&[u8]> = None;
        let mut known = (0, first);
        for row in rows {
            if !self.datasets.contains(&i64::from(u32::from_be_bytes(part(row, 22)?))) {
                continue;
            }
            let direction = match row[26] {
                1 => Direction::FirstToSecond,
                2 => Direction::SecondToFirst,
                _ => Direction::Mutual,
            };
            if happening == Some(&row[..HAPPENING]) {
                if let Some(known) = into.last_mut().filter(|known| known.direction != direction) {
                    known.direction = Direction::Mutual;
                }
                continue;
            }
            let day = u16::from_be_bytes(part(row, 0)?);
            if day != known.0 {
                known = (day, nth_day(first, day)?);
            }
            let date = known.1;
            if self.within.is_some_and(|(from, to)| date < from || to < date) {
                continue;
            }
            happening = Some(&row[..HAPPENING]);
            let digits = row[2..6].split(|byte| *byte == 0).next().unwrap_or_default();
            let code: Cameo =
                str::from_utf8(digits).map_err(|e| e.to_string())?.parse().map_err(|e| format!("{e}"))?;
            let goldstein = match i8::from_be_bytes(part(row, 27)?) {
                CODES_OWN => code.goldstein(),
                tenths => Goldstein::new(f64::from(tenths) / 10.0),
            };
            let event = EventId::numbered(i64::from_be_bytes(part(row, 14)?));
            into.push(Observation { date, dyad, direction, code, goldstein, event, details: None });
        }
        Ok(())
    }
}

fn part<const N: usize>(row: &Packed, at: usize) -> Result<[u8; N], String> {
    row[at..at + N].try_into().map_err(|e: TryFromSliceError| e.to_string())
}

fn first_day(year: i16) -> rusqlite::Result<Date> {
    Date::new(year, 1, 1).map_err(|e| unreadable(2, e))
}

fn nth_day(first: Date, day: u16) -> Result<Date, String> {
    first.with().day_of_year(day.cast_signed()).build().map_err(|e| e.to_string())
}

/// Adds ties to the courses that they belong to. Those of one dyad and year stand together.
pub(crate) fn add(db: &Connection, ties: &[Tie]) -> rusqlite::Result<()> {
    let mut known = db.prepare_cached("SELECT told FROM courses WHERE a = ?1 AND b = ?2 AND year = ?3")?;
    let mut put = db.prepare_cached(
        "INSERT INTO courses (a, b, year, told) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (a, b, year) DO UPDATE SET told = excluded.told",
    )?;
    for ties in ties.chunk_by(|one, next| (one.dyad, one.date.year()) == (next.dyad, next.date.year())) {
        let key = (ties[0].dyad.first.as_str(), ties[0].dyad.second.as_str(), ties[0].date.year());
        let mut told: Vec<u8> = known.query_row(key, |row| row.get(0)).optional()?.unwrap_or_default();
        for tie in ties {
            told.extend(pack(tie)?);
        }
        put.execute(params![key.0, key.1, key.2, sorted(told)])?;
    }
    Ok(())
}

fn sorted(mut told: Vec<u8>) -> Vec<u8> {
    told.as_chunks_mut::<WIDTH>().0.sort_unstable();
    told
}

/// Makes all courses anew.
pub(crate) fn fill(db: &Connection) -> rusqlite::Result<()> {
    db.execute("DELETE FROM courses", [])?;
    each(db, |ties| add(db, ties))
}

/// Dyads and years whose course is not what their ties make, or is there without any.
pub(crate) fn wrong(db: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut wrong = Vec::new();
    let mut known = db.prepare_cached("SELECT told FROM courses WHERE a = ?1 AND b = ?2 AND year = ?3")?;
    let mut found: i64 = 0;
    each(db, |ties| {
        let (dyad, year) = (ties[0].dyad, ties[0].date.year());
        let packed: Vec<Packed> = ties.iter().map(pack).collect::<rusqlite::Result<_>>()?;
        let key = (dyad.first.as_str(), dyad.second.as_str(), year);
        let told: Option<Vec<u8>> = known.query_row(key, |row| row.get(0)).optional()?;
        found += i64::from(told.is_some());
        if told != Some(sorted(packed.concat())) {
            wrong.push(format!("the course of {dyad} in {year} is not what its events make"));
        }
        Ok(())
    })?;
    let all: i64 = db.query_row("SELECT count(*) FROM courses", [], |row| row.get(0))?;
    if all > found {
        wrong.push(format!("{} courses are of dyads without events in their year", all - found));
    }
    Ok(wrong)
}

/// Hands on the ties of each dyad and year.
fn each(db: &Connection, mut take: impl FnMut(&[Tie]) -> rusqlite::Result<()>) -> rusqlite::Result<()> {
    let mut query = db.prepare(
        "SELECT a, b, date, event, direction, code, intensity, dataset, pair FROM imported_dyads ORDER BY a, b, date, event",
    )?;
    let mut rows = query.query([])?;
    let mut ties: Vec<Tie> = Vec::new();
    while let Some(row) = rows.next()? {
        let tie = tie(row)?;
        if ties.last().is_some_and(|last| (last.dyad, last.date.year()) != (tie.dyad, tie.date.year())) {
            take(&ties)?;
            ties.clear();
        }
        ties.push(tie);
    }
    if ties.is_empty() { Ok(()) } else { take(&ties) }
}

fn tie(row: &Row<'_>) -> rusqlite::Result<Tie> {
    let (a, b): (State, State) = (parsed(row, 0)?, parsed(row, 1)?);
    Ok(Tie {
        dyad: Dyad::new(a, b).ok_or_else(|| unreadable(1, "a state and itself"))?,
        date: day(row, 2)?,
        event: row.get(3)?,
        direction: direction(row, 4)?,
        code: parsed(row, 5)?,
        intensity: row.get(6)?,
        dataset: row.get(7)?,
        pair: row.get(8)?,
    })
}
