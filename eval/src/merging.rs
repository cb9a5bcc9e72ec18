//! `merging FOLDER`: turns stories told by several pages each into how well their reports become happenings.
//!
//! A story is a folder of pages with `gold.tsv`: page, happening, words that tell it there. Reports are told apart by B³
//! (Bagga and Baldwin 1998) over the places that gold names and the engine reports; `found` is their share, `mixed` counts
//! events that join different happenings of the gold.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use demarche_engine::Reader;
use demarche_engine::events::{self, Filed, Kind};
use demarche_engine::page::Source;

use crate::figures::{Fault, Figures, text};
use crate::spans::locate;

/// Scores the engine on all stories of a folder; what is not found, parted or mixed is listed.
pub(crate) fn run(folder: &Path) -> Result<Figures, Fault> {
    let reader = Reader::new();
    let entries = std::fs::read_dir(folder).map_err(|e| Fault::file(folder, &e))?;
    let mut stories: Vec<PathBuf> = entries.flatten().map(|e| e.path()).filter(|p| p.is_dir()).collect();
    stories.sort();
    let (mut precision, mut recall, mut placed, mut all, mut mixed) = (0.0, 0.0, 0, 0, 0);
    let mut happenings = 0;
    for story in stories {
        let told = Story::read(&reader, &story)?;
        happenings += told.gold.iter().map(|(happening, _)| happening).collect::<BTreeSet<_>>().len();
        all += told.gold.len();
        let found: Vec<(&str, usize)> =
            told.gold.iter().filter_map(|(happening, event)| Some((happening.as_str(), (*event)?))).collect();
        placed += found.len();
        for (happening, event) in &found {
            let of_event: Vec<_> = found.iter().filter(|(_, e)| e == event).collect();
            let of_happening = found.iter().filter(|(h, _)| h == happening).count();
            let both = of_event.iter().filter(|(h, _)| h == happening).count() as f64;
            precision += both / of_event.len() as f64;
            recall += both / of_happening as f64;
        }
        let name = story.file_name().unwrap_or_default().to_string_lossy().into_owned();
        mixed += told.list(&name, &found);
    }
    let mean = |sum: f64| if placed == 0 { 0.0 } else { sum / placed as f64 };
    let (p, r) = (mean(precision), mean(recall));
    let mut figures = Figures::default();
    figures.set("b3_precision", p);
    figures.set("b3_recall", r);
    figures.set("b3_f1", if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) });
    figures.share("found", placed, all);
    figures.set("mixed", mixed as f64);
    println!("{happenings} happenings, told in {all} places");
    Ok(figures)
}

/// One story as the engine reads it.
struct Story {
    /// For each row of the gold the happening, and the event that the engine makes of the report there, if it reports one.
    gold: Vec<(String, Option<usize>)>,
    /// The rows, as listed.
    rows: Vec<String>,
}

impl Story {
    fn read(reader: &Reader, folder: &Path) -> Result<Self, Fault> {
        let path = folder.join("gold.tsv");
        let mut filed: Vec<Filed> = Vec::new();
        let mut texts: BTreeMap<String, (String, String)> = BTreeMap::new();
        let (mut asked, mut rows) = (Vec::new(), Vec::new());
        for (number, line) in text(&path)?.lines().enumerate().skip(1) {
            let wrong = |what: &str| Fault::new(format!("{}:{}: {what}", path.display(), number + 1));
            let [page, happening, words] = line.split('\t').collect::<Vec<_>>()[..] else {
                return Err(wrong("not page, happening and words"));
            };
            if !texts.contains_key(page) {
                let file = folder.join(page);
                let bytes = std::fs::read(&file).map_err(|e| Fault::file(&file, &e))?;
                let readings = reader.read(&bytes, &Source { name: page.to_owned(), url: None }).readings;
                let reading = readings.into_iter().next().ok_or_else(|| wrong("the page is no article"))?;
                texts.insert(page.to_owned(), (reading.article.hash.clone(), reading.article.text));
                filed.extend(reading.reports);
            }
            let (hash, body) = &texts[page];
            let span = locate(body, words).ok_or_else(|| wrong("the words do not stand in the page"))?;
            asked.push((happening.to_owned(), hash.clone(), span));
            rows.push(format!("{page} {happening}: {words}"));
        }
        let merged = events::merge(&filed);
        let gold = asked.into_iter().map(|(happening, hash, span)| {
            let mut here: Vec<&Filed> = filed
                .iter()
                .filter(|f| f.article == hash && span.contains(f.report.evidence.trigger))
                .collect();
            // What was said at a happening is not the happening.
            here.sort_by_key(|f| f.report.kind == Kind::Statement);
            let event = here.first().and_then(|f| merged.iter().position(|e| e.reports.contains(&f.id)));
            (happening, event)
        });
        Ok(Self { gold: gold.collect(), rows })
    }

    /// Lists what went wrong; how many events mix happenings.
    fn list(&self, name: &str, found: &[(&str, usize)]) -> usize {
        for ((_, event), row) in self.gold.iter().zip(&self.rows) {
            if event.is_none() {
                println!("{name} not found: {row}");
            }
        }
        let mut mixed = 0;
        let events: BTreeSet<usize> = found.iter().map(|(_, event)| *event).collect();
        for event in events {
            let joined: BTreeSet<&str> = found.iter().filter(|(_, e)| *e == event).map(|(h, _)| *h).collect();
            if joined.len() > 1 {
                println!("{name} mixed: {joined:?}");
                mixed += 1;
            }
        }
        let happenings: BTreeSet<&str> = found.iter().map(|(happening, _)| *happening).collect();
        for happening in happenings {
            let parts: BTreeSet<usize> =
                found.iter().filter(|(h, _)| *h == happening).map(|(_, event)| *event).collect();
            if parts.len() > 1 {
                println!("{name} parted: {happening} into {}", parts.len());
            }
        }
        mixed
    }
}
