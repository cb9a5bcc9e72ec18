//! Reads mutated pages for a while and checks what must hold for any input. Needs no nightly compiler, so it runs in any
//! checkout: `cargo run --release -p eval -- mutate SECONDS`.

use std::time::{Duration, Instant};

use demarche_engine::page::{self, Source};

/// Pages of every format, our own text.
const SEEDS: &[&[u8]] = &[
    b"<!doctype html><html lang=en><head><title>Fish | Harbour</title><meta property='og:title' content='Fish'><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Fish\",\"author\":{\"name\":\"Ana Ruiz\"},\"datePublished\":\"2024-01-02T21:02:00+05:00\"}</script></head><body><nav><a href=/>Home</a></nav><article><h1>Fish</h1><p class=standfirst>Both sides want more piers.</p><time datetime=2024-01-02>2 January 2024</time><p>OSLO (AP) \xe2\x80\x94 The ministers of Norland and Sudland met on Monday.</p><blockquote>A quote.</blockquote><figure><img><figcaption>A pier (Photo: Ruiz)</figcaption></figure><ul><li>One.</li></ul></article></body></html>",
    b" date 2023-05-04 OGDC 88.10 Decreased By \xe2\x96\xbc -1.15 (-1.29%)\nEnvoy calls pact a turning point\n\n  \xe2\x80\xa2 Both sides want more piers\nHarbour Web Desk Published May 4, 2023 Updated May 5, 2023 06:10pm\n\nThe envoy of Norland met the port minister of Sudland on Thursday and called the pact a turning point.\n\nTalks had begun in the spring, when the first crews were let go.\n",
    b"<?xml version='1.0'?><rss version='2.0'><channel><title>Harbour</title><item><title>Fish &amp; boats</title><link>https://h.example/1</link><description><![CDATA[<p>Short.</p>]]></description><pubDate>Tue, 02 Jan 2024 21:02:00 +0500</pubDate></item></channel></rss>",
    b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>One</title><link href='https://h.example/1'/><content type='xhtml'><div><p>Text.</p></div></content></entry></feed>",
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://h.example/1\r\nContent-Length: 90\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>The ministers met in Oslo on Monday at noon.\r\n\r\n",
    b"{\"articles\":[{\"title\":\"Fish\",\"body\":\"The ministers met.\",\"date\":\"20240102T210200Z\",\"authors\":[{\"name\":\"Ana\"}]}]}",
    b"{\"title\":\"One\",\"text\":\"Body.\"}\n{\"title\":\"Two\"}\n",
    b"headline,text,date\n\"Fish, boats\",Body.,2024-01-02\n",
];

/// Mutates and reads for `seconds`; returns an error that holds the input where something does not hold.
///
/// # Errors
/// Names the broken rule and prints the input as a byte string.
pub(crate) fn run(seconds: u64) -> Result<(), String> {
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut random = Xorshift(0x9e37_79b9_7f4a_7c15);
    let (mut read, mut articles) = (0u64, 0usize);
    while Instant::now() < end {
        let mut bytes = SEEDS[random.below(SEEDS.len())].to_vec();
        for _ in 0..=random.below(12) {
            mutate(&mut bytes, &mut random);
        }
        let page = page::read(&bytes, &Source { name: "mutant.csv".into(), url: None });
        let wrong = |rule: &str| Err(format!("{rule}: {}", bytes.escape_ascii()));
        if page.articles.is_empty() && page.problems.is_empty() {
            return wrong("neither an article nor a problem");
        }
        for article in &page.articles {
            let joined: Vec<&str> = article.blocks.iter().map(|b| b.span.of(&article.text)).collect();
            if joined.join("\n\n") != article.text || joined.iter().any(|b| b.is_empty()) {
                return wrong("blocks do not cover the text");
            }
            if article.text.chars().any(|c| c.is_control() && c != '\n') {
                return wrong("a control character in the text");
            }
        }
        articles += page.articles.len();
        read += 1;
    }
    println!("read {read} mutated files, {articles} articles, nothing broke");
    println!("figures: mutants={read} broken=0");
    Ok(())
}

fn mutate(bytes: &mut Vec<u8>, random: &mut Xorshift) {
    if bytes.is_empty() {
        bytes.push(b'<');
    }
    let at = random.below(bytes.len());
    match random.below(6) {
        0 => bytes[at] = u8::try_from(random.below(256)).unwrap_or(0),
        1 => {
            bytes.remove(at);
        }
        2 => bytes.truncate(at),
        3 => {
            let to = (at + random.below(40)).min(bytes.len());
            let piece = bytes[at..to].repeat(1 + random.below(8));
            bytes.splice(at..at, piece);
        }
        4 => {
            let seed = SEEDS[random.below(SEEDS.len())];
            let from = random.below(seed.len());
            let to = (from + random.below(60)).min(seed.len());
            bytes.splice(at..at, seed[from..to].iter().copied());
        }
        _ => {
            const BITS: &[&[u8]] = &[
                b"<",
                b">",
                b"\0",
                b"\xff",
                b"&#x10ffff;",
                b"<![CDATA[",
                b"<p",
                b"\xe2\x80",
                b"2024-13-45",
                b"(",
                "\u{202e}é".as_bytes(),
            ];
            bytes.splice(at..at, BITS[random.below(BITS.len())].iter().copied());
        }
    }
}

/// Marsaglia's generator: the same run from the same seed.
struct Xorshift(u64);

impl Xorshift {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(most.max(1)).unwrap_or(1)).unwrap_or(0)
    }
}
