//! The model file: turns bytes into named parts and back. Weights are kept as one byte each with a scale per column
//! (matrices) or row (tables); what the trainer writes is exactly what the engine reads.

use std::collections::BTreeMap;
use std::fmt;

/// Raised whenever features, shapes or meanings change: an older or newer file would be read wrongly.
pub const VERSION: u32 = 2;

const MAGIC: &[u8; 8] = b"DEMARCHE";

/// Why a model file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelError(String);

impl ModelError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "language model: {}", self.0)
    }
}

impl std::error::Error for ModelError {}

/// Rows × columns of numbers, row-major.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Matrix {
    /// Rows.
    pub rows: usize,
    /// Columns.
    pub columns: usize,
    /// All values.
    pub values: Vec<f32>,
}

/// Rows of one-byte numbers, each row with a scale of its own.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// Columns.
    pub columns: usize,
    /// One per row.
    pub scales: Vec<f32>,
    /// Row-major.
    pub values: Vec<i8>,
}

impl Table {
    /// Rounds a matrix to bytes.
    pub fn new(matrix: &Matrix) -> Self {
        let mut table = Self { columns: matrix.columns, ..Self::default() };
        for row in 0..matrix.rows {
            let row = &matrix.values[row * matrix.columns..][..matrix.columns];
            let scale = row.iter().fold(0.0_f32, |m, v| m.max(v.abs())) / 127.0;
            table.scales.push(scale);
            table.values.extend(row.iter().map(|v| if scale > 0.0 { (v / scale).round() as i8 } else { 0 }));
        }
        table
    }

    /// Adds row `row` to `out`.
    #[inline(always)]
    pub fn add_row(&self, row: usize, out: &mut [f32]) {
        let scale = self.scales[row];
        let values = &self.values[row * self.columns..][..self.columns];
        for (out, value) in out.iter_mut().zip(values) {
            *out += scale * f32::from(*value);
        }
    }
}

/// One part of a model.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// Dense weights.
    Matrix(Matrix),
    /// Looked-up rows.
    Table(Table),
    /// Numbers kept as they are.
    Floats(Vec<f32>),
    /// Hashes.
    Hashes(Vec<u32>),
    /// Words, one a line.
    Text(String),
}

/// All parts of a model by name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Parts(BTreeMap<String, Part>);

impl Parts {
    /// Puts a part in.
    pub fn insert(&mut self, name: &str, part: Part) {
        self.0.insert(name.to_owned(), part);
    }

    /// The matrix of this name and size; a size of 0 stands for any.
    pub fn matrix(&self, name: &str, rows: usize, columns: usize) -> Result<&Matrix, ModelError> {
        match self.0.get(name) {
            Some(Part::Matrix(m))
                if (rows == 0 || m.rows == rows) && (columns == 0 || m.columns == columns) =>
            {
                Ok(m)
            }
            Some(_) => Err(ModelError::new(format!("part {name:?} is no matrix of {rows} × {columns}"))),
            None => Err(missing(name)),
        }
    }

    /// The numbers of this name and length.
    pub fn floats(&self, name: &str, length: usize) -> Result<&[f32], ModelError> {
        match self.0.get(name) {
            Some(Part::Floats(values)) if length == 0 || values.len() == length => Ok(values),
            Some(_) => Err(ModelError::new(format!("part {name:?} is no list of {length} numbers"))),
            None => Err(missing(name)),
        }
    }

    /// The table of this name with as many rows as `hashes` of the same name are kept.
    pub fn table(&self, name: &str) -> Result<(&Table, &[u32]), ModelError> {
        let hashes = self.hashes(&format!("{name}.rows"))?;
        match self.0.get(name) {
            Some(Part::Table(table)) if table.scales.len() == hashes.len() => Ok((table, hashes)),
            Some(_) => Err(ModelError::new(format!("part {name:?} has not one row per hash"))),
            None => Err(missing(name)),
        }
    }

    /// The hashes of this name.
    pub fn hashes(&self, name: &str) -> Result<&[u32], ModelError> {
        match self.0.get(name) {
            Some(Part::Hashes(hashes)) => Ok(hashes),
            _ => Err(missing(name)),
        }
    }

    /// The text of this name.
    pub fn text(&self, name: &str) -> Result<&str, ModelError> {
        match self.0.get(name) {
            Some(Part::Text(text)) => Ok(text),
            _ => Err(missing(name)),
        }
    }

    /// The file's bytes.
    pub fn write(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        number(&mut out, VERSION as usize);
        number(&mut out, self.0.len());
        for (name, part) in &self.0 {
            number(&mut out, name.len());
            out.extend(name.bytes());
            match part {
                Part::Matrix(matrix) => {
                    // Columns of a weight matrix differ more in size than its rows: scales go with columns.
                    let table = Table::new(&turned(matrix));
                    out.push(b'M');
                    number(&mut out, matrix.rows);
                    write_table(&mut out, &table);
                }
                Part::Table(table) => {
                    out.push(b'T');
                    number(&mut out, table.scales.len());
                    write_table(&mut out, table);
                }
                Part::Floats(values) => {
                    out.push(b'F');
                    number(&mut out, values.len());
                    out.extend(values.iter().flat_map(|v| v.to_le_bytes()));
                }
                Part::Hashes(values) => {
                    out.push(b'H');
                    number(&mut out, values.len());
                    out.extend(values.iter().flat_map(|v| v.to_le_bytes()));
                }
                Part::Text(text) => {
                    out.push(b'S');
                    number(&mut out, text.len());
                    out.extend(text.bytes());
                }
            }
        }
        out
    }

    /// Reads what [`Parts::write`] wrote.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let mut reader = Reader { bytes };
        if reader.take(MAGIC.len()).ok() != Some(MAGIC.as_slice()) {
            return Err(ModelError::new(
                "this is not a model of demarche; make one with `cargo run --release -p train`",
            ));
        }
        let version = reader.number()?;
        if version != VERSION as usize {
            return Err(ModelError::new(format!(
                "made for version {version}, this engine reads version {VERSION}; train it again with this engine's `train`"
            )));
        }
        let mut parts = Self::default();
        for _ in 0..reader.number()? {
            let length = reader.number()?;
            let name = String::from_utf8_lossy(reader.take(length)?).into_owned();
            let part = reader.part()?;
            parts.0.insert(name, part);
        }
        Ok(parts)
    }
}

fn missing(name: &str) -> ModelError {
    ModelError::new(format!("part {name:?} is missing; train the model again"))
}

fn number(out: &mut Vec<u8>, value: usize) {
    out.extend((value as u32).to_le_bytes());
}

fn write_table(out: &mut Vec<u8>, table: &Table) {
    number(out, table.columns);
    number(out, table.scales.len());
    out.extend(table.scales.iter().flat_map(|v| v.to_le_bytes()));
    out.extend(table.values.iter().map(|v| v.to_le_bytes()[0]));
}

fn turned(matrix: &Matrix) -> Matrix {
    Matrix {
        rows: matrix.columns,
        columns: matrix.rows,
        values: super::linear::transpose(&matrix.values, matrix.rows, matrix.columns),
    }
}

struct Reader<'b> {
    bytes: &'b [u8],
}

impl<'b> Reader<'b> {
    fn take(&mut self, length: usize) -> Result<&'b [u8], ModelError> {
        let (head, rest) =
            self.bytes.split_at_checked(length).ok_or_else(|| ModelError::new("the file is cut short"))?;
        self.bytes = rest;
        Ok(head)
    }

    fn number(&mut self) -> Result<usize, ModelError> {
        Ok(self.words(1)?[0] as usize)
    }

    fn words(&mut self, count: usize) -> Result<Vec<u32>, ModelError> {
        let bytes = self.take(count.saturating_mul(4))?;
        Ok(bytes.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect())
    }

    fn floats(&mut self, count: usize) -> Result<Vec<f32>, ModelError> {
        Ok(self.words(count)?.into_iter().map(f32::from_bits).collect())
    }

    fn table(&mut self) -> Result<Table, ModelError> {
        let (columns, rows) = (self.number()?, self.number()?);
        let scales = self.floats(rows)?;
        let values = self.take(rows.saturating_mul(columns))?;
        Ok(Table { columns, scales, values: values.iter().map(|&b| i8::from_le_bytes([b])).collect() })
    }

    fn part(&mut self) -> Result<Part, ModelError> {
        let kind = self.take(1)?[0];
        let count = self.number()?;
        Ok(match kind {
            b'M' => {
                let table = self.table()?;
                if table.columns != count {
                    return Err(ModelError::new("a matrix has not the size that it claims"));
                }
                let mut values = vec![0.0; table.values.len()];
                for (row, out) in values.chunks_exact_mut(count.max(1)).enumerate() {
                    table.add_row(row, out);
                }
                Part::Matrix(turned(&Matrix { rows: table.scales.len(), columns: count, values }))
            }
            b'T' => Part::Table(self.table()?),
            b'F' => Part::Floats(self.floats(count)?),
            b'H' => Part::Hashes(self.words(count)?),
            b'S' => Part::Text(
                String::from_utf8(self.take(count)?.to_vec())
                    .map_err(|_| ModelError::new("a text is not UTF-8"))?,
            ),
            other => return Err(ModelError::new(format!("a part of unknown kind {other}"))),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Parts {
        let mut parts = Parts::default();
        let matrix = Matrix { rows: 2, columns: 3, values: vec![1.0, -2.0, 0.0, 127.0, 254.0, 0.0] };
        parts.insert("t", Part::Table(Table::new(&matrix)));
        parts.insert("t.rows", Part::Hashes(vec![7, 9]));
        parts.insert("m", Part::Matrix(matrix));
        parts.insert("f", Part::Floats(vec![0.5]));
        parts.insert("s", Part::Text("é".to_owned()));
        parts
    }

    #[test]
    fn what_is_written_reads_back() {
        let parts = sample();
        let again = Parts::read(&parts.write()).unwrap();
        assert_eq!(again, parts);
        assert_eq!(again.matrix("m", 2, 3).unwrap().values[3], 127.0);
        assert!(again.matrix("m", 3, 3).is_err() && again.floats("x", 0).is_err());
    }

    #[test]
    fn wrong_files_are_refused_in_words() {
        let mut bytes = sample().write();
        for cut in [0, 5, 11, 40, bytes.len() - 1] {
            assert!(Parts::read(&bytes[..cut]).is_err(), "cut at {cut}");
        }
        bytes[8] = 200;
        let message = Parts::read(&bytes).unwrap_err().to_string();
        assert!(message.contains("version 200") && message.contains("train"), "{message}");
        assert!(Parts::read(b"PK\x03\x04").unwrap_err().to_string().contains("not a model"));
    }
}
