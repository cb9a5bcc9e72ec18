//! Turns rows of one type into a whole table, the same in three formats: CSV, Parquet, JSON. Each column says what it is called,
//! what it means, and how a row fills it.

use std::path::Path;

use serde_json::{Map, Value as Json};

use crate::error::{Error, Result};
use crate::exports::cells::Value;
use crate::exports::field::{Column, Field};
use crate::exports::{delimited, typed};

/// How a row fills a cell.
pub type Fill<R> = for<'r> fn(&'r R) -> Value<'r>;

/// A table of rows of one type.
pub struct Sheet<R: 'static> {
    name: &'static str,
    columns: &'static [Column<Fill<R>>],
}

/// A format of a whole table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whole {
    /// A header, then a row a line (RFC 4180).
    Csv,
    /// The same columns with their types.
    Parquet,
    /// A list of objects with a field for each column.
    Json,
}

impl Whole {
    /// All of them, as files end.
    pub const ALL: [(&'static str, Self); 3] =
        [("csv", Self::Csv), ("parquet", Self::Parquet), ("json", Self::Json)];

    /// The format of files that end so.
    pub fn of(ending: &str) -> Option<Self> {
        Self::ALL.into_iter().find_map(|(name, format)| (name == ending).then_some(format))
    }
}

impl<R> Sheet<R> {
    /// A table of this name.
    pub const fn new(name: &'static str, columns: &'static [Column<Fill<R>>]) -> Self {
        Self { name, columns }
    }

    /// What it says of each column.
    pub fn fields(&self) -> Vec<Field> {
        self.columns.iter().map(|column| column.field).collect()
    }

    /// The whole table.
    pub fn file(&self, format: Whole, rows: &[R]) -> Result<Vec<u8>> {
        let cells = rows.iter().map(|row| self.columns.iter().map(move |column| (column.of)(row)));
        let (place, remedy) = (Path::new("the table"), "ask for less");
        let done = match format {
            Whole::Csv => delimited::table(&self.fields(), cells),
            Whole::Parquet => typed::table(self.name, self.fields(), cells),
            Whole::Json => {
                let object = |row: &R| {
                    let field =
                        |column: &Column<Fill<R>>| (column.field.name.to_owned(), json((column.of)(row)));
                    self.columns.iter().map(field).collect::<Map<_, _>>()
                };
                let rows: Vec<Map<String, Json>> = rows.iter().map(object).collect();
                return serde_json::to_vec_pretty(&rows)
                    .map_err(|e| Error::new(place, format!("cannot write JSON: {e}"), remedy));
            }
        };
        done.map_err(|failure| failure.at(place, remedy))
    }
}

fn json(value: Value<'_>) -> Json {
    match value {
        Value::Nothing => Json::Null,
        Value::Text(text) => text.into(),
        Value::Date(date) => date.to_string().into(),
        Value::Number(number) => number.into(),
        Value::Whole(number) => number.into(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;
    use crate::exports::field::{Sort, column};

    #[test]
    fn one_table_is_the_same_in_all_formats() {
        struct Row(&'static str, Option<i64>);
        const COLUMNS: [Column<Fill<Row>>; 2] = [
            column("name", Sort::Text, "Its name", |row| Value::text(row.0)),
            column("n", Sort::Whole, "How many", |row| row.1.map_or(Value::Nothing, Value::Whole)),
        ];
        const SHEET: Sheet<Row> = Sheet::new("rows", &COLUMNS);
        let rows = [Row("=1+1", Some(2)), Row("b, c", None)];
        let text = |format| String::from_utf8(SHEET.file(format, &rows).unwrap()).unwrap();
        assert_eq!(text(Whole::Csv), "name,n\r\n'=1+1,2\r\n\"b, c\",\r\n");
        let data: Json = serde_json::from_str(&text(Whole::Json)).unwrap();
        assert_eq!(data, serde_json::json!([{ "name": "=1+1", "n": 2 }, { "name": "b, c", "n": null }]));
        assert!(SHEET.file(Whole::Parquet, &rows).unwrap().starts_with(b"PAR1"));
        assert!(SHEET.file(Whole::Parquet, &[]).unwrap().ends_with(b"PAR1"));
        assert_eq!((Whole::of("csv"), Whole::of("xlsx")), (Some(Whole::Csv), None));
    }
}
