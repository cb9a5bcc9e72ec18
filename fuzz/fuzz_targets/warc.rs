//! A web archive, as it stands and packed, to a panic where something does not hold.

#![no_main]

use std::io::Write as _;

use demarche_engine::page::Format;
use flate2::Compression;
use flate2::write::GzEncoder;
use fuzz::check;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    check(bytes, Some(Format::Warc));
    // No mutation finds the checksum of a gzip file: packing it here opens what lies behind.
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(bytes).expect("memory");
    check(&packer.finish().expect("memory"), None);
});
