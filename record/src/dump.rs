//! Writes all that a record holds as lines of JSON in one order, without the numbers that SQLite gives: two records that hold
//! the same write the same bytes, in whatever order and batches it came into them.

use std::io::{self, Write};
use std::path::Path;

use rusqlite::types::ValueRef;
use serde_json::{Map, Value};

use crate::Record;
use crate::error::{Error, Result};

/// What is written of each table: its name, and a query that puts what a row points at in place of its number.
const TABLES: &[(&str, &str)] = &[
    ("engines", "SELECT version FROM engines ORDER BY version"),
    (
        "articles",
        "SELECT hash, engine, title, published, updated, language, kind, text, body, problems FROM articles ORDER BY hash",
    ),
    (
        "printings",
        "SELECT a.hash AS article, outlet, url, source, address, c.hash AS current
         FROM printings JOIN articles AS a ON a.id = article LEFT JOIN articles AS c ON c.id = current
         ORDER BY a.hash, outlet, url, source",
    ),
    (
        "kin",
        "SELECT a.hash AS article, (SELECT min(hash) FROM kin AS k JOIN articles ON articles.id = k.article WHERE k.text = kin.text) AS text,
                replaced, hex(sketch) AS sketch
         FROM kin JOIN articles AS a ON a.id = article ORDER BY a.hash",
    ),
    (
        "actors_seen",
        "SELECT hash AS article, position, actors_seen.body AS body FROM actors_seen JOIN articles ON articles.id = article ORDER BY hash, position",
    ),
    (
        "reports",
        "SELECT reports.id, hash AS article, position, reports.engine, reports.kind, cameo, event_type, mode, date_start,
                date_end, told, frame, reports.body
         FROM reports JOIN articles ON articles.id = article ORDER BY reports.id",
    ),
    (
        "past_codings",
        "SELECT hash AS article, past_codings.engine, reports FROM past_codings JOIN articles ON articles.id = article
         ORDER BY hash, past_codings.engine",
    ),
    (
        "events",
        "SELECT id, kind, cameo, event_type, mode, date_start, date_end, told, body FROM events ORDER BY id",
    ),
    ("event_reports", "SELECT report, event, position FROM event_reports ORDER BY report"),
    ("event_dyads", "SELECT a, b, event, direction FROM event_dyads ORDER BY a, b, event"),
    ("event_facets", "SELECT facet, value, event FROM event_facets ORDER BY facet, value, event"),
    (
        "unsettled",
        "SELECT hash AS article FROM unsettled JOIN articles ON articles.id = article ORDER BY hash",
    ),
    ("layers", "SELECT position, name, body FROM layers ORDER BY position"),
    ("overrides", "SELECT id, author, made, reason, body, reverted FROM overrides ORDER BY id"),
    ("datasets", "SELECT name, version, format FROM datasets ORDER BY name, version"),
    (
        "imported",
        "SELECT d.name AS dataset, d.version, source_id, nth, digest, date, cameo, event_type, mode, intensity,
                p.name AS place, p.country, p.latitude, p.longitude, s.name AS publisher, more,
                (SELECT json_group_array(json_array(role, parties.name, country, sectors, code, state)) FROM
                    (SELECT * FROM imported_parties WHERE event = imported.id ORDER BY role, position)
                    JOIN parties ON parties.id = party) AS parties,
                (SELECT json_group_array(json_array(publishers.name, url, sentence, time)) FROM
                    (SELECT publishers.name, url, sentence, time FROM imported_mentions
                     JOIN publishers ON publishers.id = publisher
                     WHERE event = imported.id ORDER BY publishers.name, url, sentence) AS publishers) AS mentions
         FROM imported JOIN datasets AS d ON d.id = dataset LEFT JOIN places AS p ON p.id = place
              LEFT JOIN publishers AS s ON s.id = publisher
         ORDER BY d.name, d.version, source_id, nth",
    ),
    (
        "imported_dyads",
        "SELECT a, b, imported_dyads.date, d.name AS dataset, d.version, source_id, nth, direction, code, imported_dyads.intensity
         FROM imported_dyads JOIN imported ON imported.id = event JOIN datasets AS d ON d.id = imported.dataset
         ORDER BY a, b, imported_dyads.date, d.name, d.version, source_id, nth",
    ),
];

impl Record {
    /// Writes everything, one JSON object on each line, with the table that it comes from. Nothing is written that others may
    /// change meanwhile: it is one look at one moment.
    pub fn dump(&self, out: &mut dyn Write) -> Result<()> {
        let moment = self.db.unchecked_transaction().map_err(self.fail("dump it"))?;
        for (table, sql) in TABLES {
            let mut query = moment.prepare(sql).map_err(self.fail("dump it"))?;
            let names: Vec<String> = query.column_names().map(str::to_owned).collect();
            let mut rows = query.query([]).map_err(self.fail("dump it"))?;
            while let Some(row) = rows.next().map_err(self.fail("dump it"))? {
                let mut object = Map::new();
                object.insert("table".into(), (*table).into());
                for (at, name) in names.iter().enumerate() {
                    let cell = row.get_ref(at).map_err(self.fail("dump it"))?;
                    object.insert(name.clone(), json(cell));
                }
                writeln!(out, "{}", Value::Object(object)).map_err(lost)?;
            }
        }
        out.flush().map_err(lost)
    }
}

fn lost(error: io::Error) -> Error {
    Error::output(Path::new("the output"), "check where it leads", error)
}

fn json(cell: ValueRef<'_>) -> Value {
    match cell {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(n) => n.into(),
        ValueRef::Real(x) => x.into(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned().into(),
        ValueRef::Blob(bytes) => bytes.iter().map(|b| format!("{b:02x}")).collect::<String>().into(),
    }
}
