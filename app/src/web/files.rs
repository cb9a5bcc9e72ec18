//! Turns a selection of events into a file of all of them, however many: they are never in memory at once.

use demarche_engine::actors::World;
use demarche_record::{Export, Format, Record, Selection, Whole};
use maud::Markup;

use crate::fault::Fault;
use crate::web::reply::Reply;
use crate::web::server::Shared;
use crate::web::table::{self, Asked};

/// Events that are in memory at a time while a file is made.
const AT_A_TIME: usize = 2_000;

/// The events as a file that is called after the page; as JSON they come a page at a time, at the address of the page.
pub(crate) fn events(
    shared: &Shared,
    record: &Record,
    selection: Selection,
    asked: &Asked<'_>,
    page: &str,
) -> Result<Reply, Fault> {
    let format = match asked.format {
        Whole::Csv => Format::Csv,
        Whole::Parquet => Format::Parquet,
        Whole::Json => {
            let words = "As JSON they come a page at a time: put .json behind the address of the page. All are there as csv and parquet.";
            return Ok(Reply::missing("There are too many events for one answer", words));
        }
    };
    let selection = Selection { after: None, limit: AT_A_TIME, ..selection };
    let mut bytes = Vec::new();
    let layers = record.layers()?;
    let laid;
    let world = if layers.is_empty() {
        shared.states.world()
    } else {
        laid = World::with(&layers);
        &laid
    };
    record.export(&Export { selection, format }, world, &mut bytes, |_| {})?;
    Ok(asked.file(bytes, page))
}

/// Links to such a file.
pub(crate) fn links(at: &str, query: &str) -> Markup {
    table::links_to(at, query, &["csv", "parquet"])
}
