//! Any bytes, read by the page room, to a panic where something does not hold that must hold for every input.

use demarche_engine::page::{self, Article, BlockKind, Format, Options, Page, Source};

/// Bytes of text and names that may come of one byte of input (of unpacked input, in an archive), over a ground of 64 KiB.
///
/// An entity of five bytes stands for six, a byte that fits no character for three; a text is at most told in the head, in
/// the data and in the body; and a feed says its outlet, at most 200 bytes, in every entry of 20 bytes.
const MOST_GROWTH: usize = 24;
/// What the page room says of an archive: it unpacks at most so much for each packed byte, plus one record.
const MOST_RATIO: usize = 100;
/// The longest record of an archive.
const MOST_RECORD: usize = 32 << 20;

/// Reads `bytes` as `format` (`None`: as detected) and checks whatever comes of it.
pub fn check(bytes: &[u8], format: Option<Format>) {
    let source = Source { name: "fuzz".into(), url: Some("https://harbour.example/2024/01/02/fish".into()) };
    let options = Options { format, ..Options::default() };
    let page = page::read_with(bytes, &source, &options);
    assert!(!page.articles.is_empty() || !page.problems.is_empty(), "neither an article nor a problem");
    let given = plain(bytes);
    for article in &page.articles {
        check_article(article);
        if let Some(given) = given {
            check_places(article, given, format);
        }
    }
    check_size(bytes, &page);
    assert!(page == page::read_with(bytes, &source, &options), "the same bytes, read twice, differ");
}

/// The blocks are the text, in the order that the engine promises; what is printed can be printed; the hash is one.
fn check_article(article: &Article) {
    let mut end = 0;
    for (number, block) in article.blocks.iter().enumerate() {
        let (span, gap) = (block.span, if number == 0 { "" } else { "\n\n" });
        assert_eq!(article.text.get(end..span.start), Some(gap), "what stands before block {number}");
        let text =
            article.text.get(span.start..span.end).expect("a span outside the text or inside a character");
        assert!(!text.trim().is_empty(), "block {number} is empty");
        assert!(!text.contains('\n'), "block {number} has several lines: {text:?}");
        end = span.end;
    }
    assert_eq!(end, article.text.len(), "text behind the last block");
    let head = |kind| match kind {
        BlockKind::Title => 0,
        BlockKind::Highlight => 1,
        _ => 2,
    };
    assert!(article.blocks.is_sorted_by_key(|b| head(b.kind)), "the head does not stand first");
    let names = [&article.dateline, &article.agency, &article.outlet, &article.url, &article.language];
    let names =
        names.into_iter().flatten().chain(&article.section).chain(article.byline.iter().map(|b| &b.name));
    for shown in names.chain([&article.text.replace('\n', " ")]) {
        assert!(!shown.chars().any(char::is_control), "a control character in {shown:?}");
    }
    let hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
    assert!(article.hash.len() == 64 && article.hash.bytes().all(hex), "no hash: {:?}", article.hash);
}

/// A block that says where it stands in the source stands there: in a page letter for letter, in lines but for white space
/// and signs.
fn check_places(article: &Article, given: &str, format: Option<Format>) {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    for block in &article.blocks {
        let Some(place) = block.source else { continue };
        let (text, there) = (block.span.of(&article.text), given.get(place.start..place.end));
        let there = there.expect("a place outside the source or inside a character");
        if format == Some(Format::Html) {
            assert_eq!(there, text, "the source says something else");
        } else {
            assert!(letters(there).contains(&letters(text)), "{text:?} does not stand in {there:?}");
        }
    }
}

/// The text that the page room decodes from `bytes`, where that is plain: UTF-8 without marks or shifts.
fn plain(bytes: &[u8]) -> Option<&str> {
    let packed = bytes.starts_with(b"WARC/") || bytes.starts_with(&[0x1f, 0x8b]);
    let marked = bytes.starts_with(&[0xef, 0xbb, 0xbf]) || bytes.contains(&0) || bytes.contains(&0x1b);
    if packed || marked { None } else { std::str::from_utf8(bytes).ok() }
}

/// What is kept of an input is bounded by its size, and by the limit of unpacking where it is packed.
fn check_size(bytes: &[u8], page: &Page) {
    let names = |a: &Article| {
        [&a.dateline, &a.agency, &a.outlet, &a.url, &a.language, &a.section]
            .into_iter()
            .flatten()
            .map(String::len)
            .sum::<usize>()
            + a.byline.iter().map(|b| b.name.len()).sum::<usize>()
    };
    let kept: usize = page.articles.iter().map(|a| a.text.len() + a.hash.len() + names(a)).sum();
    let packed = bytes.starts_with(&[0x1f, 0x8b]) || bytes.starts_with(b"WARC/");
    let read = if packed { bytes.len() * MOST_RATIO + MOST_RECORD } else { bytes.len() };
    let most = read * MOST_GROWTH + (64 << 10);
    assert!(kept <= most, "{kept} bytes kept of {}", bytes.len());
}
