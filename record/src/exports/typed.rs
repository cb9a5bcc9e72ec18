//! Rows as Parquet: the columns of CSV with their types, in groups of rows that fit into memory.

use std::sync::Arc;

use jiff::civil::Date;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

use crate::exports::cells::Value;
use crate::exports::columns::COLUMNS;
use crate::exports::field::{Field, Sort};
use crate::exports::{Failure, Out, Writer, Written};
use crate::select::Entry;

/// Rows of a group: some 30 MB while they wait.
const GROUP: usize = 50_000;

/// A table with types. Lists are texts with semicolons, as in CSV, so that one script reads both.
pub(crate) struct Typed<'o> {
    fields: Vec<Field>,
    file: SerializedFileWriter<Out<'o>>,
    waiting: Vec<Waiting>,
    rows: usize,
}

/// The values of a column that wait to be written, and for each row whether there is one.
struct Waiting {
    values: Values,
    there: Vec<i16>,
}

enum Values {
    Texts(Vec<ByteArray>),
    /// Days since 1970-01-01.
    Dates(Vec<i32>),
    Numbers(Vec<f64>),
    Wholes(Vec<i64>),
}

impl Waiting {
    fn of(sort: Sort) -> Self {
        let values = match sort {
            Sort::Date => Values::Dates(Vec::new()),
            Sort::Number => Values::Numbers(Vec::new()),
            Sort::Whole => Values::Wholes(Vec::new()),
            Sort::Text | Sort::List | Sort::Object => Values::Texts(Vec::new()),
        };
        Self { values, there: Vec::new() }
    }

    /// A value of another sort than the column's counts as none: the table of columns has no such value.
    fn push(&mut self, value: Value<'_>) {
        let pushed = match (&mut self.values, value) {
            (Values::Texts(texts), Value::Text(text)) => {
                texts.push(ByteArray::from(text.into_owned().into_bytes()));
                true
            }
            (Values::Dates(dates), Value::Date(date)) => {
                dates.push(days(date));
                true
            }
            (Values::Numbers(numbers), Value::Number(number)) => {
                numbers.push(number);
                true
            }
            (Values::Wholes(numbers), Value::Whole(number)) => {
                numbers.push(number);
                true
            }
            _ => false,
        };
        self.there.push(pushed.into());
    }
}

impl<'o> Typed<'o> {
    /// A table of this name with these columns.
    pub(crate) fn new(out: Out<'o>, name: &str, fields: Vec<Field>) -> Result<Self, Failure> {
        let columns = fields.iter().map(|field| Ok(Arc::new(schema(*field)?)));
        let columns = columns.collect::<parquet::errors::Result<_>>()?;
        let schema = Type::group_type_builder(name).with_fields(columns).build()?;
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        let file = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties))?;
        Ok(Self { waiting: nothing(&fields), fields, file, rows: 0 })
    }

    /// The table of events.
    pub(crate) fn events(out: Out<'o>) -> Result<Self, Failure> {
        Self::new(out, "events", COLUMNS.iter().map(|column| column.field).collect())
    }

    /// Adds a row: a value for each column.
    pub(crate) fn row<'v>(&mut self, values: impl Iterator<Item = Value<'v>>) -> Result<(), Failure> {
        for (waiting, value) in self.waiting.iter_mut().zip(values) {
            waiting.push(value);
        }
        self.rows += 1;
        if self.rows == GROUP { self.close_group() } else { Ok(()) }
    }

    /// Writes the rows that wait, and the end of the file.
    pub(crate) fn close(&mut self) -> Result<(), Failure> {
        if self.rows > 0 {
            self.close_group()?;
        }
        self.file.finish()?;
        Ok(())
    }

    /// Writes the rows that wait.
    fn close_group(&mut self) -> Result<(), Failure> {
        let mut group = self.file.next_row_group()?;
        for Waiting { values, there } in std::mem::replace(&mut self.waiting, nothing(&self.fields)) {
            let Some(mut column) = group.next_column()? else { break };
            let there = Some(there.as_slice());
            match values {
                Values::Texts(values) => column.typed::<ByteArrayType>().write_batch(&values, there, None)?,
                Values::Dates(values) => column.typed::<Int32Type>().write_batch(&values, there, None)?,
                Values::Numbers(values) => column.typed::<DoubleType>().write_batch(&values, there, None)?,
                Values::Wholes(values) => column.typed::<Int64Type>().write_batch(&values, there, None)?,
            };
            column.close()?;
        }
        group.close()?;
        self.rows = 0;
        Ok(())
    }
}

/// A whole table of this name.
pub(crate) fn table<'v>(
    name: &str,
    fields: Vec<Field>,
    rows: impl Iterator<Item = impl Iterator<Item = Value<'v>>>,
) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let mut out = Typed::new(&mut bytes, name, fields)?;
    for row in rows {
        out.row(row)?;
    }
    out.close()?;
    drop(out);
    Ok(bytes)
}

impl Writer for Typed<'_> {
    fn event(&mut self, entry: &Entry) -> Result<Written, Failure> {
        self.row(COLUMNS.iter().map(|column| (column.of)(entry)))?;
        Ok(Written::Rows(1))
    }

    fn finish(&mut self) -> Result<(), Failure> {
        self.close()
    }
}

fn nothing(fields: &[Field]) -> Vec<Waiting> {
    fields.iter().map(|field| Waiting::of(field.sort)).collect()
}

/// Every column may be empty: which ones never are is the table's business, not the format's.
fn schema(field: Field) -> parquet::errors::Result<Type> {
    let (physical, logical) = match field.sort {
        Sort::Date => (Physical::INT32, Some(LogicalType::Date)),
        Sort::Number => (Physical::DOUBLE, None),
        Sort::Whole => (Physical::INT64, None),
        Sort::Text | Sort::List | Sort::Object => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
    };
    Type::primitive_type_builder(field.name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical)
        .build()
}

fn days(date: Date) -> i32 {
    // A civil date lies within ±3.7 million days.
    (date.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24) as i32
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_count_from_1970() {
        assert_eq!(days(date(1970, 1, 1)), 0);
        assert_eq!(days(date(1969, 12, 31)), -1);
        assert_eq!(days(date(2024, 3, 5)), 19_787);
    }
}
