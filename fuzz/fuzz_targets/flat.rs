//! Lines of text, or what is detected to be something else, to a panic where something does not hold.

#![no_main]

use demarche_engine::page::Format;
use fuzz::check;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    check(bytes, Some(Format::Flat));
    check(bytes, None);
});
