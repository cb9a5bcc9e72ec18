//! Parquet: rows whose cells become text, so that they are read like those of any table.

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp, civil};
use parquet::basic::{Compression, ConvertedType, LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::errors::ParquetError;
use parquet::file::metadata::ParquetMetaData;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, reader::RowIter};
use parquet::schema::types::Type;

use crate::error::{Error, Result};
use crate::imports::lines::digest;
use crate::imports::mapped;
use crate::imports::mapping::{Columns, Mapping, Misfit};
use crate::imports::names::Names;
use crate::imports::rows::{Numbered, Row};

/// How a file begins, and ends.
pub(crate) const MAGIC: &[u8] = b"PAR1";

/// The rows of a file.
pub(crate) struct Parquet {
    rows: RowIter<'static>,
    columns: Columns,
    /// For each column whether it counts nanoseconds, which the reader takes for mere numbers.
    nanoseconds: Vec<bool>,
    number: u64,
}

impl Parquet {
    /// Opens a file by its name: Parquet is read from its end, which a stream does not give.
    pub(crate) fn open(path: &Path, mapping: Option<&Mapping>) -> Result<Self> {
        let whole = |e: ParquetError| {
            Error::new(
                path,
                format!("cannot be read as Parquet: {e}"),
                "check the file: was it copied whole?",
            )
        };
        let is_file = path.as_os_str() != "-" && path.is_file();
        let file =
            Some(path).filter(|_| is_file).and_then(|path| File::open(path).ok()).ok_or_else(|| {
                Error::new(
                    path,
                    "Parquet is read from its end, which a stream does not give",
                    "name the file itself",
                )
            })?;
        let reader = SerializedFileReader::new(file).map_err(whole)?;
        let schema = reader.metadata().file_metadata().schema();
        let head: Vec<&str> = schema.get_fields().iter().map(|field| field.name()).collect();
        let misfit = |misfit: Misfit| Error::new(path, misfit.what, misfit.remedy);
        let columns = Columns::find(mapping, &head).map_err(misfit)?;
        if let Some(nested) = columns.positions().find(|&at| !is_plain(&schema.get_fields()[at])) {
            let what = format!("its column {:?} holds lists or values of an unusual type", head[nested]);
            return Err(Error::new(
                path,
                what,
                "write it as text, with semicolons between the pieces of a list",
            ));
        }
        if let Some(packed) = unreadable_packing(reader.metadata()) {
            let what = format!("its columns are packed with {packed}");
            return Err(Error::new(path, what, "write it again with Snappy, gzip or Zstandard"));
        }
        // All columns that can be read, not only those that are: rows that differ anywhere are two rows.
        let fields: Vec<_> = schema.get_fields().iter().filter(|field| is_plain(field)).cloned().collect();
        let head: Vec<&str> = fields.iter().map(|field| field.name()).collect();
        let columns = Columns::find(mapping, &head).map_err(misfit)?;
        let nanoseconds = fields.iter().map(counts_nanoseconds).collect();
        let plain =
            Type::group_type_builder(schema.name()).with_fields(fields.clone()).build().map_err(whole)?;
        let rows = RowIter::from_file_into(Box::new(reader)).project(Some(plain)).map_err(whole)?;
        Ok(Self { rows, columns, nanoseconds, number: 0 })
    }

    /// The next row, by its number.
    pub(crate) fn next(&mut self, names: &mut Names<'_>) -> io::Result<Option<Numbered>> {
        let Some(row) = self.rows.next() else { return Ok(None) };
        let row = row.map_err(io::Error::other)?;
        self.number += 1;
        let nanoseconds = self.nanoseconds.iter();
        let cells: Vec<String> = row
            .get_column_iter()
            .zip(nanoseconds)
            .map(|((_, field), &nanoseconds)| cell(field, nanoseconds))
            .collect();
        let text = cells.join("\t");
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        let digest = digest(text.as_bytes());
        let event = mapped::read(&self.columns, &cells, digest, names);
        let row = event.and_then(Row::event);
        Ok(Some(Numbered::read(self.number, digest, &text, row)))
    }
}

/// Whether a column has one value a row, of a type that the reader can turn into a value.
fn is_plain(field: &Arc<Type>) -> bool {
    use ConvertedType as As;
    let info = field.get_basic_info();
    if !field.is_primitive() || info.repetition() == Repetition::REPEATED {
        return false;
    }
    let told = info.converted_type();
    match field.get_physical_type() {
        Physical::BOOLEAN | Physical::FLOAT | Physical::DOUBLE | Physical::INT96 => true,
        Physical::INT32 | Physical::INT64 => told != As::INTERVAL,
        Physical::BYTE_ARRAY => matches!(told, As::UTF8 | As::ENUM | As::JSON | As::NONE | As::DECIMAL),
        Physical::FIXED_LEN_BYTE_ARRAY => matches!(told, As::NONE | As::DECIMAL),
    }
}

/// Whether a column of numbers is one of times after 1970 in nanoseconds, as pandas writes them.
fn counts_nanoseconds(field: &Arc<Type>) -> bool {
    match field.get_basic_info().logical_type_ref() {
        Some(LogicalType::Timestamp(time)) => time.unit == TimeUnit::NANOS,
        _ => false,
    }
}

/// The way in which some column is packed, if we cannot unpack it.
fn unreadable_packing(about: &ParquetMetaData) -> Option<&'static str> {
    let all = about.row_groups().iter().flat_map(|group| group.columns()).map(|column| column.compression());
    all.into_iter().find_map(|packing| match packing {
        Compression::UNCOMPRESSED | Compression::SNAPPY | Compression::GZIP(_) | Compression::ZSTD(_) => None,
        Compression::LZ4 | Compression::LZ4_RAW => Some("LZ4"),
        Compression::BROTLI(_) => Some("Brotli"),
        Compression::LZO => Some("LZO"),
    })
}

/// A value as a table of text would have it; empty where there is none.
fn cell(field: &Field, nanoseconds: bool) -> String {
    let time = |time: std::result::Result<Timestamp, jiff::Error>, count: i64| match time {
        Ok(time) => time.to_string(),
        Err(_) => count.to_string(),
    };
    match field {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        Field::Bytes(bytes) => String::from_utf8_lossy(bytes.data()).into_owned(),
        Field::Float(number) => number.to_string(),
        Field::Double(number) => number.to_string(),
        Field::Date(days) => {
            let since = SignedDuration::from_hours(24 * i64::from(*days));
            let day = civil::date(1970, 1, 1).checked_add(since);
            day.map_or_else(|_| days.to_string(), |day| day.to_string())
        }
        Field::TimestampMillis(count) => time(Timestamp::from_millisecond(*count), *count),
        Field::TimestampMicros(count) => time(Timestamp::from_microsecond(*count), *count),
        Field::Long(count) if nanoseconds => time(Timestamp::from_nanosecond(i128::from(*count)), *count),
        other => other.to_string(),
    }
}
