//! WARC files (web archives) to the HTML pages in them. Own reader: the one kept crate allots whatever length a record
//! claims, so a forged header ends the program.

use std::io::{BufRead, BufReader, Read, Take};

use flate2::read::{DeflateDecoder, GzDecoder, MultiGzDecoder, ZlibDecoder};

use super::gzip;

/// Bytes of one record that are read; longer records are passed over.
pub(super) const MOST_RECORD: usize = 32 << 20;
/// Unpacked bytes of a whole file for each packed byte, plus one record: archives of pages pack about 5 to 1, bombs 1,000 to 1.
pub(super) const MOST_RATIO: usize = 100;
/// Bytes of one header line.
const MOST_LINE: u64 = 64 << 10;

/// One page of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capture {
    /// `WARC-Target-URI`.
    pub url: Option<String>,
    /// `WARC-Date`: when it was fetched, which is never taken for its publication.
    pub fetched: Option<String>,
    /// The HTTP body, unpacked.
    pub body: Vec<u8>,
    /// The encoding that the HTTP header names.
    pub charset: Option<String>,
}

/// Whether the bytes are a WARC file.
pub(super) fn is_warc(bytes: &[u8]) -> bool {
    bytes.starts_with(b"WARC/")
}

/// The HTML responses of a web archive (plain or gzip), one at a time, so that an archive of any size fits in memory.
pub struct Archive<R: BufRead> {
    reader: BufReader<Take<Unpacking<R>>>,
    /// Records seen.
    number: usize,
    limit: Option<u64>,
    ended: bool,
}

/// The archive's bytes, unpacked where they are packed.
enum Unpacking<R: BufRead> {
    Plain(R),
    Gzip(Box<MultiGzDecoder<R>>),
}

impl<R: BufRead> Read for Unpacking<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        match self {
            Unpacking::Plain(reader) => reader.read(into),
            Unpacking::Gzip(reader) => reader.read(into),
        }
    }
}

impl<R: BufRead> Archive<R> {
    /// Begins an archive of `length` bytes, which sets how much it may unpack to.
    pub fn new(mut from: R, length: u64) -> Self {
        let packed = from.fill_buf().is_ok_and(gzip::is_gzip);
        let most = length.saturating_mul(MOST_RATIO as u64).saturating_add(MOST_RECORD as u64);
        let (unpacking, limit) = if packed {
            (Unpacking::Gzip(Box::new(MultiGzDecoder::new(from))), Some(most))
        } else {
            (Unpacking::Plain(from), None)
        };
        let reader = BufReader::new(unpacking.take(limit.unwrap_or(u64::MAX)));
        Self { reader, number: 0, limit, ended: false }
    }

    /// Ends the archive with a problem.
    fn end(&mut self, why: String) -> Option<Result<Capture, String>> {
        self.ended = true;
        let stopped = self.reader.get_ref().limit() == 0;
        Some(Err(match self.limit {
            Some(limit) if stopped => format!(
                "the archive unpacks to more than {MOST_RATIO} times its size: reading stopped after {limit} bytes"
            ),
            _ => why,
        }))
    }
}

impl<R: BufRead> Iterator for Archive<R> {
    type Item = Result<Capture, String>;

    /// The next page, or what is wrong with the next record; some problems end the archive.
    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            let number = self.number;
            let version = match line(&mut self.reader) {
                Ok(Some(text)) if text.is_empty() => continue,
                Ok(Some(text)) => text,
                Ok(None) if self.reader.get_ref().limit() > 0 => return None,
                Ok(None) | Err(()) => {
                    return self.end(format!(
                        "the archive breaks off after record {number}: what came before is kept"
                    ));
                }
            };
            self.number += 1;
            let number = self.number;
            if !version.starts_with("WARC/") {
                return self.end(format!("record {number} does not start with WARC/: reading stopped there"));
            }
            let Some(headers) = headers(&mut self.reader) else {
                return self.end(format!("record {number} breaks off in its headers: reading stopped there"));
            };
            let length: Option<u64> = value(&headers, "content-length").and_then(|v| v.parse().ok());
            let Some(length) = length else {
                return self.end(format!("record {number} has no Content-Length: reading stopped there"));
            };
            let kind = value(&headers, "warc-type").unwrap_or("");
            let wanted = kind == "response" || kind == "resource";
            let short = || format!("record {number} is shorter than it says: the archive ends there");
            if !wanted || length > MOST_RECORD as u64 {
                let passed = std::io::copy(&mut self.reader.by_ref().take(length), &mut std::io::sink());
                if passed.ok() != Some(length) {
                    return self.end(short());
                }
                if wanted {
                    return Some(Err(format!(
                        "record {number} is longer than {MOST_RECORD} bytes: passed over"
                    )));
                }
                continue;
            }
            let mut block = Vec::new();
            let read = self.reader.by_ref().take(length).read_to_end(&mut block);
            if read.ok().and_then(|n| u64::try_from(n).ok()) != Some(length) {
                return self.end(short());
            }
            let body = if kind == "response" {
                response(&block)
            } else {
                Ok(Some(Body { bytes: block, charset: None }))
            };
            match body {
                Ok(Some(Body { bytes, charset })) => {
                    return Some(Ok(Capture {
                        url: value(&headers, "warc-target-uri")
                            .map(|u| u.trim_matches(['<', '>']).to_owned()),
                        fetched: value(&headers, "warc-date").map(str::to_owned),
                        body: bytes,
                        charset,
                    }));
                }
                Ok(None) => {}
                Err(why) => return Some(Err(format!("record {number}: {why}"))),
            }
        }
        None
    }
}

/// One line without its end; `None` at the end of the file, `Err` where reading fails.
fn line<R: Read>(reader: &mut BufReader<R>) -> Result<Option<String>, ()> {
    let mut raw = Vec::new();
    let read = reader.by_ref().take(MOST_LINE).read_until(b'\n', &mut raw).map_err(|_| ())?;
    Ok((read > 0).then(|| String::from_utf8_lossy(&raw).trim_end().to_owned()))
}

fn headers<R: Read>(reader: &mut BufReader<R>) -> Option<Vec<(String, String)>> {
    let mut found: Vec<(String, String)> = Vec::new();
    loop {
        let text = line(reader).ok()??;
        if text.is_empty() {
            return Some(found);
        }
        if let (true, Some(last)) = (text.starts_with([' ', '\t']), found.last_mut()) {
            last.1.push_str(text.trim());
        } else if let Some((key, value)) = text.split_once(':') {
            found.push((key.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
        if found.len() > 1_000 {
            return None;
        }
    }
}

fn value<'h>(headers: &'h [(String, String)], key: &str) -> Option<&'h str> {
    headers.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str())
}

/// A page as a server sent it.
struct Body {
    bytes: Vec<u8>,
    /// The encoding that the header names.
    charset: Option<String>,
}

/// The body of an HTTP response, if it is a page that came through.
fn response(block: &[u8]) -> Result<Option<Body>, String> {
    let mut reader = BufReader::new(block);
    let Ok(Some(status)) = line(&mut reader) else { return Ok(None) };
    if !status.starts_with("HTTP/") || status.split(' ').nth(1).is_none_or(|code| !code.starts_with('2')) {
        return Ok(None);
    }
    let Some(headers) = headers(&mut reader) else { return Ok(None) };
    let kind = value(&headers, "content-type").unwrap_or("text/html").to_ascii_lowercase();
    if !["html", "text/plain", "xml", "json"].iter().any(|k| kind.contains(k)) {
        return Ok(None);
    }
    let charset = kind.split_once("charset=").map(|(_, c)| c.trim_matches(['"', '\'', ' ', ';']).to_owned());
    let mut body = Vec::new();
    reader.read_to_end(&mut body).map_err(|e| e.to_string())?;
    if value(&headers, "transfer-encoding").is_some_and(|t| t.to_ascii_lowercase().contains("chunked")) {
        // Archives often keep the header although the body was joined already.
        body = dechunk(&body).unwrap_or(body);
    }
    let unpacked = match value(&headers, "content-encoding").map(str::to_ascii_lowercase).as_deref() {
        Some("gzip" | "x-gzip") if gzip::is_gzip(&body) => gzip::read(GzDecoder::new(&body[..]), MOST_RECORD),
        Some("deflate") => {
            let wrapped = gzip::read(ZlibDecoder::new(&body[..]), MOST_RECORD);
            if wrapped.damaged { gzip::read(DeflateDecoder::new(&body[..]), MOST_RECORD) } else { wrapped }
        }
        Some(other @ ("br" | "zstd")) => {
            return Err(format!("packed as {other}, which is not read: fetch or convert it unpacked"));
        }
        _ => return Ok(Some(Body { bytes: body, charset })),
    };
    if unpacked.stopped {
        return Err(format!("unpacks to more than {MOST_RECORD} bytes: passed over"));
    }
    Ok(Some(Body { bytes: unpacked.bytes, charset }))
}

/// Joins a chunked body; `None` where it is not chunked.
fn dechunk(body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let end = rest.windows(2).take(64).position(|w| w == b"\r\n")?;
        let size = std::str::from_utf8(&rest[..end]).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        rest = rest.get(end + 2..)?;
        if size == 0 {
            return Some(out);
        }
        out.extend_from_slice(rest.get(..size)?);
        rest = rest.get(size..)?.strip_prefix(b"\r\n")?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    fn record(kind: &str, url: &str, block: &str) -> String {
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-01-02T10:00:00Z\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
            block.len()
        )
    }

    fn captures(bytes: &[u8]) -> (Vec<Capture>, Vec<String>) {
        let (found, problems): (Vec<_>, Vec<_>) =
            Archive::new(bytes, bytes.len() as u64).partition(Result::is_ok);
        (found.into_iter().flatten().collect(), problems.into_iter().filter_map(Result::err).collect())
    }

    #[test]
    fn html_responses_only() {
        let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=\"windows-1251\"\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>Hi\r\n0\r\n\r\n";
        let file = record("warcinfo", "", "software: x")
            + &record("response", "https://a.example/1", page)
            + &record("response", "https://a.example/2", "HTTP/1.1 404 Not Found\r\n\r\n<p>No")
            + &record(
                "response",
                "https://a.example/3",
                "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx",
            );
        let (found, problems) = captures(file.as_bytes());
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].url.as_deref(), Some("https://a.example/1"));
        assert_eq!(found[0].body, b"<p>Hi");
        assert_eq!(found[0].charset.as_deref(), Some("windows-1251"));
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(file.as_bytes()).expect("memory");
        assert_eq!(captures(&packer.finish().expect("memory")).0, found);
    }

    #[test]
    fn forged_lengths_and_cuts_are_said() {
        let forged = "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 999999999999999\r\n\r\nx";
        assert!(captures(forged.as_bytes()).1.iter().any(|p| p.contains("shorter than it says")));
        let file = record("response", "u", "HTTP/1.1 200 OK\r\n\r\n<p>Hi");
        for cut in 0..file.len() {
            captures(&file.as_bytes()[..cut]);
        }
    }

    #[test]
    fn a_bomb_stops_at_a_limit_that_is_said() {
        let block = "a".repeat(1 << 20);
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        for _ in 0..80 {
            packer.write_all(record("metadata", "u", &block).as_bytes()).expect("memory");
        }
        let (found, problems) = captures(&packer.finish().expect("memory"));
        assert!(found.is_empty());
        assert!(problems.iter().any(|p| p.contains("more than 100 times its size")), "{problems:?}");
    }
}
