//! Real saved pages to the time of each reader over all of them: `DEMARCHE_PAGES=../shared/pages cargo bench …`.

use std::path::Path;

use bench::READERS;
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};

fn main() {
    if std::env::var_os("DEMARCHE_PAGES").is_none() {
        println!(
            "readers: skipped; set DEMARCHE_PAGES to the folder that holds pages.jsonl and the saved pages"
        );
        return;
    }
    divan::main();
}

#[divan::bench(args = READERS.map(|(name, _)| name), sample_count = 5)]
fn saved_pages(bencher: Bencher<'_, '_>, name: &str) {
    let folder = std::env::var_os("DEMARCHE_PAGES").unwrap_or_default();
    let pages = eval::pages::saved(Path::new(&folder)).unwrap_or_else(|fault| panic!("{fault}"));
    let (_, read) = READERS[READERS.iter().position(|(n, _)| *n == name).unwrap_or(0)];
    bencher
        .counter(ItemsCount::new(pages.len()))
        .counter(BytesCount::new(pages.iter().map(|p| p.bytes.len()).sum::<usize>()))
        .bench(|| {
            pages
                .iter()
                .map(|p| read(&p.bytes, p.url.as_deref()))
                .filter(|b| *b != Default::default())
                .count()
        });
}
