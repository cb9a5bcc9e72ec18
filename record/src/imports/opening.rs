//! Opens the bytes of a file: unpacks them, reads ahead to their first line, and tells by it which layout they come in.

use std::io::{self, BufRead, BufReader, Chain, Cursor, Read};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;

use crate::error::{Error, Result};
use crate::imports::lines::{LONGEST, decode};
use crate::imports::mapping::Mapping;
use crate::imports::table::Head;
use crate::imports::{Layout, parquet};

/// Bytes that are read at a time.
const BUFFER: usize = 1 << 18;

/// How files begin that are packed in ways we do not unpack.
const PACKED: [(&[u8], &str); 5] = [
    (b"PK\x03\x04", "a zip archive"),
    (b"BZh", "packed with bzip2"),
    (b"\xFD7zXZ", "packed with xz"),
    (b"\x28\xB5\x2F\xFD", "packed with zstd"),
    (b"7z\xBC\xAF", "a 7z archive"),
];

/// An opened file.
pub(crate) struct Opened<'r> {
    /// All of its bytes, unpacked.
    pub(crate) bytes: Box<dyn BufRead + 'r>,
    /// Its first line that is not empty.
    pub(crate) first: String,
    pub(crate) is_parquet: bool,
}

impl<'r> Opened<'r> {
    /// Opens the bytes of a file.
    pub(crate) fn of(input: impl Read + 'r, file: &Path) -> Result<Self> {
        let fail = |e| unreadable(file, &e);
        let (magic, input) = ahead(BufReader::with_capacity(BUFFER, input), |input, seen| {
            input.take(6).read_to_end(seen).map(drop)
        })
        .map_err(fail)?;
        if let Some((_, what)) = PACKED.iter().find(|(begins, _)| magic.starts_with(begins)) {
            return Err(Error::new(file, format!("it is {what}"), "unpack it and name the files in it"));
        }
        let packed = magic.starts_with(b"\x1f\x8b");
        let input: Box<dyn BufRead + 'r> = match packed {
            true => Box::new(BufReader::with_capacity(BUFFER, MultiGzDecoder::new(input))),
            false => Box::new(input),
        };
        let (seen, bytes) = ahead(input, first_line).map_err(fail)?;
        let is_parquet = seen.starts_with(parquet::MAGIC);
        if is_parquet && packed {
            return Err(Error::new(file, "it is Parquet packed with gzip", "unpack it first"));
        }
        let text = seen.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&seen);
        if text.trim_ascii().is_empty() {
            return Err(Error::new(file, "the file is empty", "name a file with events"));
        }
        if !is_parquet && text.contains(&0) {
            return Err(Error::new(file, "it is no text, or text in UTF-16", "name a file of text in UTF-8"));
        }
        let mut first = String::new();
        decode(text, &mut first);
        let first = first.trim_matches(['\r', '\n']).to_owned();
        Ok(Self { bytes: Box::new(bytes), first, is_parquet })
    }

    /// The layout that the first line tells; with a mapping, any line is that of a table.
    pub(crate) fn layout(&self, file: &Path, mapping: Option<&Mapping>) -> Result<Layout> {
        if self.is_parquet {
            return Ok(Layout::Parquet);
        }
        if mapping.is_some() {
            return Ok(Layout::Table);
        }
        let known = Layout::of(&self.first);
        let known = known.or_else(|| Head::of(&self.first, None).is_ok().then_some(Layout::Table));
        known.ok_or_else(|| unknown(file, &self.first))
    }
}

/// What was read ahead, and what stands behind it.
type Again<R> = Chain<Cursor<Vec<u8>>, R>;

/// Reads ahead: what was read, and all bytes again.
fn ahead<R: BufRead>(
    mut input: R,
    read: impl FnOnce(&mut R, &mut Vec<u8>) -> io::Result<()>,
) -> io::Result<(Vec<u8>, Again<R>)> {
    let mut seen = Vec::new();
    read(&mut input, &mut seen)?;
    Ok((seen.clone(), Cursor::new(seen).chain(input)))
}

/// Reads to the end of the first line that is not empty.
fn first_line(input: &mut Box<dyn BufRead + '_>, seen: &mut Vec<u8>) -> io::Result<()> {
    let mut input = input.take(LONGEST as u64);
    while input.read_until(b'\n', seen)? > 0 && seen.trim_ascii().is_empty() {}
    Ok(())
}

/// A file whose first line fits no layout.
fn unknown(file: &Path, first: &str) -> Error {
    let names: Vec<&str> = Layout::ALL.iter().map(|layout| layout.name()).collect();
    let columns = first.split('\t').count();
    let delimiter = [(',', "commas"), (';', "semicolons"), ('|', "bars")]
        .into_iter()
        .find(|(mark, _)| Layout::of(&first.replace(*mark, "\t")).is_some());
    if let Some((_, marks)) = delimiter {
        let what = format!("its columns have {marks} between them, where tabs are expected");
        return Error::new(file, what, "save it again with tabs");
    }
    if first.starts_with('[') {
        let what = "it begins like a list in JSON, where an object a line is expected";
        return Error::new(file, what, "write each object on a line of its own: jq -c '.[]'");
    }
    Error::new(
        file,
        format!("its first line fits no known layout: {columns} columns with tabs between them"),
        format!(
            "say with --layout which of these it is: {}; or if it is a table of your own, with --map which column is which",
            names.join(", ")
        ),
    )
}

/// A file that cannot be read on.
pub(crate) fn unreadable(file: &Path, error: &io::Error) -> Error {
    let what = match error.kind() {
        io::ErrorKind::UnexpectedEof => "it ends in the middle: was it copied whole?".to_owned(),
        _ => format!("cannot be read: {error}"),
    };
    Error::new(file, what, "check the file; what was kept so far is safe, import it again")
}
