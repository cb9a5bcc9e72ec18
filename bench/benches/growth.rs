//! Invented inputs of every format, each twice as large as the last, to the page room's time: bytes per second stay level
//! where time grows with size alone.

use bench::made;
use demarche_engine::page::{Source, read};
use divan::Bencher;
use divan::counter::BytesCount;

const SIZES: [usize; 4] = [64 << 10, 256 << 10, 1 << 20, 4 << 20];

fn main() {
    divan::main();
}

fn time(bencher: Bencher<'_, '_>, bytes: &[u8]) {
    let source = Source::default();
    bencher.counter(BytesCount::new(bytes.len())).bench(|| read(bytes, &source).articles.len());
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn html(bencher: Bencher<'_, '_>, size: usize) {
    time(bencher, made::html(size).as_bytes());
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn nested_html(bencher: Bencher<'_, '_>, size: usize) {
    time(bencher, made::nested(size).as_bytes());
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn flat(bencher: Bencher<'_, '_>, size: usize) {
    time(bencher, made::flat(size).as_bytes());
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn feed(bencher: Bencher<'_, '_>, size: usize) {
    time(bencher, made::feed(size).as_bytes());
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn json_lines(bencher: Bencher<'_, '_>, size: usize) {
    time(bencher, made::json_lines(size).as_bytes());
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn warc(bencher: Bencher<'_, '_>, size: usize) {
    time(bencher, made::warc(size).as_bytes());
}

/// Bytes are those before packing.
#[divan::bench(args = SIZES, sample_count = 5)]
fn warc_gzip(bencher: Bencher<'_, '_>, size: usize) {
    let text = made::warc(size);
    let packed = made::gzip(&text);
    let source = Source::default();
    bencher.counter(BytesCount::new(text.len())).bench(|| read(&packed, &source).articles.len());
}
