//! `dates FILE.jsonl`: turns time expressions with gold values into shares (in per cent) of right values.
//!
//! A row counts where its gold value is full: a year stands in it, and either `when` or both `from` and `to`.
//! `full` is over all these rows, `without_year` over those whose words hold no four-digit year. The rows of one
//! document are read in their order as the sentences of one text, so that later ones can lean on earlier ones.

use std::path::Path;

use demarche_engine::language::{Analyser, Register, Segment, Setting};
use demarche_engine::text::Span;
use demarche_engine::time::Period;
use jiff::civil::Date;
use serde::Deserialize;

use crate::figures::{Fault, Figures, rows};

#[derive(Deserialize)]
struct Row {
    doc: String,
    document_date: String,
    text: String,
    value: Value,
}

#[derive(Deserialize)]
struct Value {
    when: Option<String>,
    from: Option<String>,
    to: Option<String>,
}

impl Value {
    /// First and last day, if the value is full.
    fn days(&self) -> Option<(Date, Date)> {
        let (from, to) = match (&self.when, &self.from, &self.to) {
            (Some(when), ..) => (when, when),
            (None, Some(from), Some(to)) => (from, to),
            _ => return None,
        };
        Some((period(from)?.start, period(to)?.end))
    }
}

/// A value of the gold, whose years may have three figures and whose times are cut to days.
fn period(text: &str) -> Option<Period> {
    if text.starts_with('-') {
        return None;
    }
    let day = text.split('T').next().unwrap_or(text);
    Period::parse(&if day.len() == 3 { format!("0{day}") } else { day.to_owned() })
}

/// Scores the engine on one file; wrong rows are listed.
pub(crate) fn run(path: &Path) -> Result<Figures, Fault> {
    let rows = rows::<Row>(path)?;
    let analyser = Analyser::new();
    let (mut full, mut without) = ((0, 0), (0, 0));
    for document in rows.chunk_by(|a, b| a.doc == b.doc) {
        let mut text = String::new();
        let mut segments = Vec::new();
        for row in document {
            let start = text.len();
            text.push_str(&row.text);
            segments.push(Segment { span: Span::new(start, text.len()), register: Register::Prose });
            text.push('\n');
        }
        let anchor: Option<Date> = document[0].document_date.parse().ok();
        let analysed = analyser.analyse(&text, &segments, Setting::on(anchor));
        for (row, segment) in document.iter().zip(&segments) {
            let Some(gold) = row.value.days() else { continue };
            let longest = analysed
                .times
                .iter()
                .filter(|t| segment.span.contains(t.span))
                .max_by_key(|t| (t.span.len(), std::cmp::Reverse(t.span.start)));
            let found = longest.and_then(|t| t.value);
            let right = found.is_some_and(|f| (f.start, f.end) == gold);
            full = (full.0 + usize::from(right), full.1 + 1);
            let has_year = row.text.as_bytes().windows(4).any(|w| w.iter().all(u8::is_ascii_digit));
            if !has_year {
                without = (without.0 + usize::from(right), without.1 + 1);
            }
            if !right {
                let found = found.map_or("nothing".to_owned(), |f| f.to_string());
                println!("{} {:?}: {found}, gold {}/{}", row.document_date, row.text, gold.0, gold.1);
            }
        }
    }
    println!("{} rows with a full value, {} of them without a year", full.1, without.1);
    let share = |(right, of): (usize, usize)| 100.0 * right as f64 / of.max(1) as f64;
    let mut figures = Figures::default();
    figures.set("full", share(full));
    figures.set("without_year", share(without));
    Ok(figures)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gold_values_become_days() {
        let days = |when: Option<&str>, from: Option<&str>, to: Option<&str>| {
            let own = |s: Option<&str>| s.map(str::to_owned);
            let value = Value { when: own(when), from: own(from), to: own(to) };
            value.days().map(|(a, b)| format!("{a}/{b}"))
        };
        assert_eq!(days(Some("2024-02"), None, None).as_deref(), Some("2024-02-01/2024-02-29"));
        assert_eq!(days(Some("347"), None, None).as_deref(), Some("0347-01-01/0347-12-31"));
        assert_eq!(days(None, Some("1960"), Some("1963-05-02")).as_deref(), Some("1960-01-01/1963-05-02"));
        assert_eq!(days(Some("2010-09-04T22:30:00"), None, None).as_deref(), Some("2010-09-04/2010-09-04"));
        assert_eq!(days(Some("--07-04"), None, None), None);
        assert_eq!(days(None, Some("1960"), None), None);
    }
}
