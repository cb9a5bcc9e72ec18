//! Scores the page room on saved pages with gold text: a folder with `pages.jsonl` and the HTML files that it names.
//!
//! Figures (each between 0 and 1; the flattened variant reads the same pages as plain lines, menus and all):
//! - `body_f1`: 4-gram shingles of `\w+` tokens, true and false ones normalised per page, precision and recall averaged
//!   over pages, as the public article-extraction-benchmark scores (its `evaluate.py`). Body = section headlines and paragraphs.
//! - `title`: same text after folding white space and quotes.
//! - `authors_f1`: names over all pages, case aside.
//! - `day`, `minute`: published on the same day / within one minute, compared in the gold's zone where both have one.
//!   `minute` counts only pages whose gold has a time of day other than midnight.
//! - `standfirst`: pages whose highlights hold the gold's letters and digits and no others; none where the gold has none.
//! - `paragraph_f1`: paragraphs with the same letters and digits, F1 per page, averaged.

use std::collections::BTreeMap;
use std::path::Path;

use demarche_engine::page::{self, Article, BlockKind, Source};
use demarche_engine::time::Stamp;
use serde::Deserialize;

use crate::figures::{Fault, Figures};
use crate::flatten;

#[derive(Deserialize)]
struct Row {
    id: String,
    url: Option<String>,
    html: String,
    gold: Gold,
}

/// A saved page with what a reviewer wants read off it.
pub struct Saved {
    /// Its name in the list.
    pub id: String,
    /// Its address.
    pub url: Option<String>,
    /// The file.
    pub bytes: Vec<u8>,
    gold: Gold,
}

#[derive(Deserialize)]
struct Gold {
    title: Option<String>,
    authors: Option<Vec<String>>,
    published: Option<String>,
    summary: Option<Vec<String>>,
    sections: Vec<Section>,
}

#[derive(Deserialize)]
struct Section {
    headline: Vec<String>,
    paragraphs: Vec<String>,
}

/// One page's score.
#[derive(Default, Clone)]
struct Score {
    /// True, false and missed shingles, normalised to a sum of one.
    shingles: (f64, f64, f64),
    title: bool,
    /// Names right, given, wanted.
    authors: (usize, usize, usize),
    day: Option<bool>,
    minute: Option<bool>,
    standfirst: bool,
    paragraphs: f64,
}

/// The pages that `pages.jsonl` of `folder` lists.
///
/// # Errors
/// Names the file that cannot be read.
pub fn saved(folder: &Path) -> Result<Vec<Saved>, Fault> {
    let list = folder.join("pages.jsonl");
    let text = std::fs::read_to_string(&list).map_err(|e| {
        Fault::new(format!("cannot read {}: {e}; give the folder that holds pages.jsonl", list.display()))
    })?;
    let lines = text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty());
    lines
        .map(|(number, line)| {
            let row: Row = serde_json::from_str(line)
                .map_err(|e| Fault::new(format!("{} line {}: {e}", list.display(), number + 1)))?;
            let file = folder.join(&row.html);
            let bytes = std::fs::read(&file).map_err(|e| Fault::file(&file, &e))?;
            Ok(Saved { id: row.id, url: row.url, bytes, gold: row.gold })
        })
        .collect()
}

/// `body_f1` of other readers' bodies, one for each page.
pub fn body_f1(pages: &[Saved], bodies: &[String]) -> f64 {
    let shingles: Vec<_> =
        pages.iter().zip(bodies).map(|(page, body)| compare(&page.gold.body(), body)).collect();
    averages(&shingles).0
}

/// The text that counts as the body of an article.
pub fn body(article: &Article) -> String {
    texts(article, &[BlockKind::Paragraph, BlockKind::Quote, BlockKind::Subhead]).join("\n")
}

/// Scores every page of `folder`, prints a line for each and the figures at the end.
///
/// # Errors
/// Names the file that cannot be read.
pub fn score(folder: &Path) -> Result<Figures, Fault> {
    let (mut html, mut flat) = (Vec::new(), Vec::new());
    for saved in saved(folder)? {
        let source = Source { name: saved.id.clone(), url: saved.url };
        let page = page::read(&saved.bytes, &source);
        let html_score = score_page(&saved.gold, page.articles.first());
        let lines = flatten::flatten(&String::from_utf8_lossy(&saved.bytes));
        let flattened = page::read(lines.as_bytes(), &Source { name: saved.id.clone(), url: None });
        let flat_score = score_page(&saved.gold, flattened.articles.first());
        show(&saved.id, &html_score, &flat_score);
        html.push(html_score);
        flat.push(flat_score);
    }
    let mut figures = figures(&html);
    figures.extend(self::figures(&flat).into_iter().map(|(name, value)| (format!("flat_{name}"), value)));
    println!("pages: {}", html.len());
    Ok(Figures(figures.into_iter().map(|(name, value)| (name.to_string(), value)).collect()))
}

impl Gold {
    fn body(&self) -> String {
        let sections = self.sections.iter().flat_map(|s| s.headline.iter().chain(&s.paragraphs));
        sections.map(String::as_str).collect::<Vec<_>>().join("\n")
    }
}

fn texts(article: &Article, kinds: &[BlockKind]) -> Vec<String> {
    let blocks = article.blocks.iter().filter(|b| kinds.contains(&b.kind));
    blocks.map(|b| b.span.of(&article.text).to_owned()).collect()
}

fn show(id: &str, score: &Score, flat: &Score) {
    let mark = |right: Option<bool>| match right {
        Some(true) => "yes",
        Some(false) => "NO",
        None => "-",
    };
    println!(
        "{id:36} body {:.3} paragraphs {:.3} title {:3} authors {}/{}/{} day {:3} minute {:3} standfirst {:3} | flat body {:.3} title {:3}",
        f1(score.shingles),
        score.paragraphs,
        mark(Some(score.title)),
        score.authors.0,
        score.authors.1,
        score.authors.2,
        mark(score.day),
        mark(score.minute),
        mark(Some(score.standfirst)),
        f1(flat.shingles),
        mark(Some(flat.title)),
    );
}

fn score_page(gold: &Gold, article: Option<&Article>) -> Score {
    let wanted_paragraphs: Vec<String> = gold
        .sections
        .iter()
        .flat_map(|s| &s.paragraphs)
        .map(|p| squeeze(p))
        .filter(|p| !p.is_empty())
        .collect();
    let paragraphs: Vec<String> = article
        .map(|a| texts(a, &[BlockKind::Paragraph, BlockKind::Quote]))
        .unwrap_or_default()
        .iter()
        .map(|p| squeeze(p))
        .filter(|p| !p.is_empty())
        .collect();
    let highlights = article.map(|a| texts(a, &[BlockKind::Highlight])).unwrap_or_default();
    let wanted_highlights = gold.summary.clone().unwrap_or_default();
    let names = |all: Vec<String>| -> std::collections::BTreeSet<String> {
        all.iter().map(|n| fold(n).to_lowercase()).filter(|n| !n.is_empty()).collect()
    };
    let given = names(article.map(|a| a.byline.iter().map(|b| b.name.clone()).collect()).unwrap_or_default());
    let wanted = names(gold.authors.clone().unwrap_or_default());
    let wanted_stamp = gold.published.as_deref().and_then(Stamp::parse);
    let stamp = article.and_then(|a| a.published);
    Score {
        shingles: compare(&gold.body(), &article.map(body).unwrap_or_default()),
        title: gold.title.as_deref().map(fold) == article.and_then(Article::title).map(fold),
        authors: (given.intersection(&wanted).count(), given.len(), wanted.len()),
        day: wanted_stamp.map(|w| stamp.is_some_and(|s| minutes(s, w).0 == minutes(w, w).0)),
        minute: wanted_stamp.filter(|w| w.time.is_some_and(|t| t != jiff::civil::Time::midnight())).map(
            |w| {
                stamp.is_some_and(|s| {
                    let ((day, minute), (wanted_day, wanted_minute)) = (minutes(s, w), minutes(w, w));
                    let apart = (day - wanted_day) * 24 * 60
                        + (minute.unwrap_or(i64::MAX / 2) - wanted_minute.unwrap_or(0));
                    apart.abs() <= 1
                })
            },
        ),
        standfirst: squeeze(&highlights.concat()) == squeeze(&wanted_highlights.concat()),
        paragraphs: set_f1(&paragraphs, &wanted_paragraphs),
    }
}

/// Day number and minute of the day of `stamp`, in the zone of `like` where both have one.
fn minutes(stamp: Stamp, like: Stamp) -> (i64, Option<i64>) {
    let day = i64::from((stamp.date - jiff::civil::date(1970, 1, 1)).get_days());
    let Some(time) = stamp.time else { return (day, None) };
    let shift = match (stamp.offset, like.offset) {
        (Some(mine), Some(theirs)) => i64::from(theirs) - i64::from(mine),
        _ => 0,
    };
    let minute = day * 24 * 60 + i64::from(time.hour()) * 60 + i64::from(time.minute()) + shift;
    (minute.div_euclid(24 * 60), Some(minute.rem_euclid(24 * 60)))
}

/// White space and typographic quotes as one form.
fn fold(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|c| match c {
            '‘' | '’' | '`' | '´' => '\'',
            '“' | '”' | '„' => '"',
            '–' | '—' => '-',
            c => c,
        })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The benchmark's `_TOKEN_RE = \w+`, then 4-grams; a text of fewer tokens is one shorter shingle.
fn shingles(text: &str) -> BTreeMap<Vec<&str>, usize> {
    let tokens: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|t| !t.is_empty()).collect();
    let mut counts = BTreeMap::new();
    if tokens.is_empty() {
        return counts;
    }
    for start in 0..tokens.len().saturating_sub(3).max(1) {
        let end = tokens.len().min(start + 4);
        *counts.entry(tokens[start..end].to_vec()).or_insert(0) += 1;
    }
    counts
}

fn compare(wanted: &str, given: &str) -> (f64, f64, f64) {
    let (wanted, given) = (shingles(wanted), shingles(given));
    let (mut hit, mut extra, mut missed) = (0.0, 0.0, 0.0);
    for (shingle, &count) in &wanted {
        let other = given.get(shingle).copied().unwrap_or(0);
        hit += count.min(other) as f64;
        missed += count.saturating_sub(other) as f64;
    }
    for (shingle, &count) in &given {
        extra += count.saturating_sub(wanted.get(shingle).copied().unwrap_or(0)) as f64;
    }
    let all: f64 = hit + extra + missed;
    if all > 0.0 { (hit / all, extra / all, missed / all) } else { (0.0, 0.0, 0.0) }
}

fn f1((hit, extra, missed): (f64, f64, f64)) -> f64 {
    if hit > 0.0 { 2.0 * hit / (2.0 * hit + extra + missed) } else { 0.0 }
}

fn set_f1(given: &[String], wanted: &[String]) -> f64 {
    if given.is_empty() && wanted.is_empty() {
        return 1.0;
    }
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for paragraph in wanted {
        *left.entry(paragraph).or_insert(0) += 1;
    }
    let mut hits = 0;
    for paragraph in given {
        if let Some(count) = left.get_mut(paragraph.as_str()).filter(|c| **c > 0) {
            *count -= 1;
            hits += 1;
        }
    }
    2.0 * f64::from(hits) / (given.len() + wanted.len()) as f64
}

fn mean(values: Vec<f64>) -> f64 {
    if values.is_empty() { 0.0 } else { values.iter().sum::<f64>() / values.len() as f64 }
}

/// F1 of the precision and recall averaged over pages, and those.
fn averages(shingles: &[(f64, f64, f64)]) -> (f64, f64, f64) {
    let precision =
        mean(shingles.iter().filter(|(h, e, _)| h + e > 0.0).map(|(h, e, _)| h / (h + e)).collect());
    let recall = mean(shingles.iter().filter(|(h, _, m)| h + m > 0.0).map(|(h, _, m)| h / (h + m)).collect());
    let f1 = if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
    (f1, precision, recall)
}

fn figures(scores: &[Score]) -> Vec<(String, f64)> {
    let share = |marks: Vec<bool>| {
        if marks.is_empty() { 0.0 } else { marks.iter().filter(|m| **m).count() as f64 / marks.len() as f64 }
    };
    let shingles: Vec<_> = scores.iter().map(|s| s.shingles).collect();
    let (body, precision, recall) = averages(&shingles);
    let (hit, given, wanted) =
        scores.iter().fold((0, 0, 0), |(a, b, c), s| (a + s.authors.0, b + s.authors.1, c + s.authors.2));
    vec![
        ("body_f1".into(), body),
        ("body_precision".into(), precision),
        ("body_recall".into(), recall),
        ("title".into(), share(scores.iter().map(|s| s.title).collect())),
        ("authors_f1".into(), 2.0 * hit as f64 / ((given + wanted) as f64).max(1.0)),
        ("day".into(), share(scores.iter().filter_map(|s| s.day).collect())),
        ("minute".into(), share(scores.iter().filter_map(|s| s.minute).collect())),
        ("standfirst".into(), share(scores.iter().map(|s| s.standfirst).collect())),
        ("paragraph_f1".into(), mean(scores.iter().map(|s| s.paragraphs).collect())),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shingles_as_the_benchmark_counts_them() {
        assert_eq!(compare("a b c d e", "a b c d e"), (1.0, 0.0, 0.0));
        let (hit, extra, missed) = compare("a b c d e", "a b c d f");
        assert!(
            (hit - 1.0 / 3.0).abs() < 1e-9
                && (extra - 1.0 / 3.0).abs() < 1e-9
                && (missed - 1.0 / 3.0).abs() < 1e-9
        );
        assert_eq!(compare("", ""), (0.0, 0.0, 0.0));
    }

    #[test]
    fn stamps_are_compared_in_the_golds_zone() {
        let of = |s| Stamp::parse(s).expect("iso");
        assert_eq!(
            minutes(of("2024-01-02T23:30-05:00"), of("2024-01-03T04:30Z")).0,
            minutes(of("2024-01-03T04:30Z"), of("2024-01-03T04:30Z")).0
        );
    }

    #[test]
    fn paragraphs_count_once_each() {
        let all = |t: &[&str]| t.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>();
        assert!((set_f1(&all(&["a", "a"]), &all(&["a", "b"])) - 0.5).abs() < 1e-9);
    }
}
