//! Turns events into an evidence bundle: what others need to check each of them, and never a whole text.
//!
//! Quotes are W3C Web Annotation selectors into the text of an article, which whoever has the page can find again: by the
//! words (TextQuote) and by their place in code points (TextPosition). Bytes are given as well.

use demarche_engine::events::{Filed, Through, Told};
use demarche_engine::text::{CodePoints, Span};
use serde::Serialize;
use serde_json::{Value, json};

use crate::Record;
use crate::columns::value;
use crate::error::Result;
use crate::overrides::Override;
use crate::select::Entry;

/// What stands behind some events.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bundle {
    /// The program and its version.
    pub generator: String,
    /// The events, in the order in which they were asked for.
    pub events: Vec<Proven>,
    /// The overrides that hold for any of them.
    pub overrides: Vec<Override>,
}

/// An event and every place that tells it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Proven {
    /// The event.
    #[serde(flatten)]
    pub event: Entry,
    /// The places, the first one first; imported events have none.
    pub reports: Vec<Telling>,
}

/// One place in one article that tells an event.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Telling {
    /// The report's id.
    pub id: String,
    /// SHA-256 of the article.
    pub article: String,
    /// The article's title.
    pub title: Option<String>,
    /// When it was published, ISO 8601, as the page says.
    pub published: Option<String>,
    /// Who prints it now.
    pub outlets: Vec<String>,
    /// Where.
    pub urls: Vec<String>,
    /// The version of the engine that read it.
    pub engine: String,
    /// The frame that fired.
    pub frame: String,
    /// How it is told.
    pub told: Told,
    /// Who says that it happened, where it is not the reporter.
    pub claimant: Option<String>,
    /// What a statement came through.
    pub through: Option<Through>,
    /// The words, at most `LONGEST` characters of the sentence around the word that tells.
    pub quote: String,
    /// Where they stand: bytes of the article's text in UTF-8.
    pub bytes: Span,
    /// The same as a W3C Web Annotation target.
    pub target: Value,
}

/// Characters of a quote with what stands before and behind it.
pub const LONGEST: usize = 300;
/// Characters before and behind it, by which it is told from the same words elsewhere.
const AROUND: usize = 30;

impl Record {
    /// The evidence for the events of these ids; ids that the record does not hold are passed over.
    pub fn evidence<'i>(&self, ids: impl IntoIterator<Item = &'i str>) -> Result<Bundle> {
        let mut events = Vec::new();
        for id in ids {
            let Some(event) = self.entry(id)? else { continue };
            let reports = if event.dataset.is_none() { self.told(&event.id)? } else { Vec::new() };
            events.push(Proven { event, reports });
        }
        let named =
            |o: &Override| events.iter().any(|proven: &Proven| proven.event.overridden.contains(&o.id));
        let overrides = self.overrides()?.into_iter().filter(named).collect();
        Ok(Bundle { generator: format!("demarche {}", env!("CARGO_PKG_VERSION")), events, overrides })
    }

    fn told(&self, event: &str) -> Result<Vec<Telling>> {
        let fail = self.fail("gather the evidence");
        let mut query = self
            .db
            .prepare_cached(
                "SELECT reports.body, reports.engine, text, title, published,
                        (SELECT json_group_array(outlet) FROM
                            (SELECT DISTINCT outlet FROM printings WHERE article = articles.id AND outlet <> '' ORDER BY outlet)),
                        (SELECT json_group_array(url) FROM
                            (SELECT DISTINCT url FROM printings WHERE article = articles.id AND url <> '' ORDER BY url))
                 FROM event_reports JOIN reports ON reports.id = report JOIN articles ON articles.id = article
                 WHERE event = ?1 ORDER BY event_reports.position",
            )
            .map_err(&fail)?;
        let rows = query.query_map([event], |row| {
            let filed: Filed = value(row, 0)?;
            let text = row.get_ref(2)?.as_str()?;
            let urls: Vec<String> = value(row, 6)?;
            let bytes = window(text, filed.report.evidence.sentence, filed.report.evidence.trigger);
            Ok(Telling {
                target: target(text, bytes, urls.first().map_or(&filed.article, |url| url)),
                quote: bytes.of(text).to_owned(),
                bytes,
                article: filed.article,
                title: row.get(3)?,
                published: row.get(4)?,
                outlets: value(row, 5)?,
                urls,
                engine: row.get(1)?,
                frame: filed.report.evidence.frame,
                told: filed.report.told,
                claimant: filed.report.claimant.map(|party| party.actor.name),
                through: filed.report.statement.map(|statement| statement.through),
                id: filed.id,
            })
        });
        rows.and_then(|rows| rows.collect()).map_err(fail)
    }
}

/// The sentence, or where it is too long, whole words of it around its trigger.
fn window(text: &str, sentence: Span, trigger: Span) -> Span {
    let most = LONGEST - 2 * AROUND;
    let long = |span: Span| span.of(text).chars().count();
    if long(sentence) <= most {
        return sentence;
    }
    let all = words(text, sentence);
    let Some(middle) = all.iter().position(|word| word.overlaps(trigger)) else { return trigger };
    if long(all[middle]) > most {
        return trigger;
    }
    let (mut first, mut last) = (middle, middle);
    // A word at each end in turn, as long as it fits.
    loop {
        let before = (first, last);
        for (next, wider) in
            [(first.checked_sub(1), true), (Some(last + 1).filter(|at| *at < all.len()), false)]
        {
            let Some(next) = next else { continue };
            let span = Span::new(all[first.min(next)].start, all[last.max(next)].end);
            if long(span) <= most {
                if wider { first = next } else { last = next }
            }
        }
        if (first, last) == before {
            return Span::new(all[first].start, all[last].end);
        }
    }
}

/// The words of a stretch of text, as spaces part them.
fn words(text: &str, within: Span) -> Vec<Span> {
    let stretch = within.of(text);
    let place = |word: &str| word.as_ptr() as usize - stretch.as_ptr() as usize;
    stretch
        .split_whitespace()
        .map(|word| Span::new(place(word), place(word) + word.len()).shift(within.start))
        .collect()
}

/// A W3C Web Annotation target: a source and two selectors into its text.
fn target(text: &str, bytes: Span, source: &str) -> Value {
    let points = CodePoints::new(text).span(bytes);
    let prefix: Vec<char> = text[..bytes.start].chars().rev().take(AROUND).collect();
    let suffix: String = text[bytes.end..].chars().take(AROUND).collect();
    json!({
        "type": "SpecificResource",
        "source": source,
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": bytes.of(text),
                "prefix": prefix.into_iter().rev().collect::<String>(),
                "suffix": suffix,
            },
            { "type": "TextPositionSelector", "start": points.start, "end": points.end },
        ],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_sentence_is_cut_to_words_around_its_trigger() {
        let text = format!("Before. {} condemned {}. After.", "é word".repeat(60), "other ".repeat(60));
        let at = text.find("condemned").expect("it is there");
        let (sentence, trigger) = (Span::new(8, text.len() - 7), Span::new(at, at + 9));
        let quote = window(&text, sentence, trigger);
        assert!(quote.contains(trigger) && sentence.contains(quote));
        let long = quote.of(&text).chars().count();
        assert!((LONGEST - 2 * AROUND - 8..=LONGEST - 2 * AROUND).contains(&long), "{long}");
        assert_eq!(window(&text, Span::new(0, 7), Span::new(0, 6)), Span::new(0, 7));
        let target = target(&text, quote, "https://example.org/a");
        let place = &target["selector"][1];
        let points: Vec<char> = text.chars().collect();
        let (start, end) =
            (place["start"].as_u64().unwrap_or(0) as usize, place["end"].as_u64().unwrap_or(0) as usize);
        assert_eq!(points[start..end].iter().collect::<String>(), quote.of(&text));
        let all: usize = ["exact", "prefix", "suffix"]
            .iter()
            .map(|part| target["selector"][0][part].as_str().map_or(0, |s| s.chars().count()))
            .sum();
        assert!(all <= LONGEST, "{all}");
    }
}
