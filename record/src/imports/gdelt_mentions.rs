//! GDELT's mentions: 16 tab-separated columns without a head, one row for each place that tells an event.

use jiff::civil::DateTime;

use crate::imports::cells::{self, Outcome, said, text};
use crate::imports::imported::Mention;

/// Columns of a row.
const COLUMNS: usize = 16;

/// Whether these cells can be a row of mentions: an event's id and two times.
pub(crate) fn is_row(cells: &[&str]) -> bool {
    cells.len() == COLUMNS
        && cells[..3].iter().all(|cell| cells::is_digits(cell))
        && cells[1..3].iter().all(|cell| cell.len() == 14)
}

/// Reads a row of these columns.
pub(crate) fn read(row: &[&str]) -> Outcome<Mention> {
    let &[event, _, time, _, publisher, url, sentence, ..] = cells::fit(row, COLUMNS, "a mention of GDELT")?
    else {
        return Err("its columns are not those of a mention of GDELT".into());
    };
    Ok(Mention {
        event: said(event).ok_or("no id of an event")?.to_owned(),
        publisher: text(publisher),
        url: said(url).ok_or("no address")?.to_owned(),
        sentence: cells::count(sentence).ok_or("no sentence number")?,
        time: self::time(time)?,
    })
}

/// `20190612143000` → `2019-06-12T14:30:00Z`.
fn time(cell: &str) -> Outcome<String> {
    let cell = said(cell).ok_or("no time")?;
    let time = Some(cell).filter(|cell| cell.len() == 14 && cells::is_digits(cell));
    let time = time.and_then(|cell| DateTime::strptime("%Y%m%d%H%M%S", cell).ok());
    time.map(|time| format!("{time}Z"))
        .ok_or_else(|| format!("there is no time {cell:?}: it is expected as in 20190612143000"))
}
