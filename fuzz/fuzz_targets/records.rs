//! JSON, JSON Lines and tables to a panic where something does not hold.

#![no_main]

use demarche_engine::page::Format;
use fuzz::check;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for format in [Format::Json, Format::JsonLines, Format::Table] {
        check(bytes, Some(format));
    }
});
