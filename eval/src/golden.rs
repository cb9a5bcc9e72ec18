//! `cases/<slug>/page.*` → `article.json` and `reports.json` beside it, written so that a diff can be read.

use std::path::Path;

use demarche_engine::events::{Party, Report};
use demarche_engine::page::Source;
use demarche_engine::{Reader, Reading, Readings};
use serde_json::{Value, json};
use similar::TextDiff;

use crate::figures::{Fault, text};
use crate::seed::page_file;

/// Writes the goldens of the named cases (all, if none is named) and prints what changed.
pub(crate) fn refresh(cases: &Path, only: &[String]) -> Result<(), Fault> {
    let reader = Reader::new();
    for folder in folders(cases, only)? {
        for (name, new) in goldens(&reader, &folder)? {
            let path = folder.join(name);
            let old = text(&path).unwrap_or_default();
            if old == new {
                continue;
            }
            println!(
                "{}",
                TextDiff::from_lines(&old, &new)
                    .unified_diff()
                    .header(&path.display().to_string(), "read now")
            );
            std::fs::write(&path, new).map_err(|e| Fault::file(&path, &e))?;
        }
    }
    Ok(())
}

/// The folders of cases, sorted.
fn folders(cases: &Path, only: &[String]) -> Result<Vec<std::path::PathBuf>, Fault> {
    let entries = std::fs::read_dir(cases).map_err(|e| Fault::file(cases, &e))?;
    let mut folders: Vec<_> = entries.flatten().map(|e| e.path()).filter(|p| p.is_dir()).collect();
    folders.sort();
    for name in only {
        if !folders.iter().any(|f| f.ends_with(name)) {
            return Err(Fault::new(format!("{}: no case is called {name}", cases.display())));
        }
    }
    folders.retain(|f| only.is_empty() || only.iter().any(|name| f.ends_with(name)));
    Ok(folders)
}

/// File name and text of each golden of a case.
fn goldens(reader: &Reader, folder: &Path) -> Result<[(&'static str, String); 2], Fault> {
    let page = page_file(folder)?;
    let bytes = std::fs::read(&page).map_err(|e| Fault::file(&page, &e))?;
    // The folder's own path must not show: goldens are the same wherever the repository lies.
    let name = page.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let readings = reader.read(&bytes, &Source { name, url: None });
    let pretty = |value: &Value| {
        serde_json::to_string_pretty(value).map(|t| t + "\n").map_err(|e| Fault::new(e.to_string()))
    };
    Ok([("article.json", pretty(&articles(&readings))?), ("reports.json", pretty(&reports(&readings))?)])
}

fn articles(readings: &Readings) -> Value {
    let articles: Vec<Value> = readings
        .readings
        .iter()
        .map(|r| {
            let mut article = serde_json::to_value(&r.article).unwrap_or_default();
            // The blocks with their words in place of the text and its offsets: what a reviewer reads.
            let blocks: Vec<Value> = r
                .article
                .blocks
                .iter()
                .map(|b| json!({ "kind": b.kind, "text": b.span.of(&r.article.text) }))
                .collect();
            if let Some(fields) = article.as_object_mut() {
                fields.remove("text");
                fields.insert("blocks".into(), blocks.into());
            }
            article
        })
        .collect();
    let problems: Vec<&str> = readings.problems.iter().map(|p| p.message.as_str()).collect();
    json!({ "articles": articles, "problems": problems })
}

fn reports(readings: &Readings) -> Value {
    readings.readings.iter().map(reading).collect()
}

/// A reading, short: who is seen, what is reported, what happened.
fn reading(reading: &Reading) -> Value {
    let text = &reading.article.text;
    let seen: Vec<Value> = reading
        .seen
        .iter()
        .map(|s| {
            let post = s.actor.post.as_ref().map(|p| {
                let manner: Vec<String> = p.manner.iter().map(|m| format!("{m:?} ").to_lowercase()).collect();
                format!("{}{}", manner.concat(), p.title)
            });
            let mentions: Vec<&str> = s.mentions.iter().map(|m| m.of(text)).collect();
            json!({ "actor": format!("{:?} {} {}", s.actor.kind, s.actor.code, s.actor.name), "post": post, "mentions": mentions })
        })
        .collect();
    let reports: Vec<Value> = reading
        .reports
        .iter()
        .map(|f| {
            let mut value = report(&f.report, text);
            value["id"] = json!(f.id.split_once('-').map_or("", |(_, offset)| offset));
            value
        })
        .collect();
    let events: Vec<Value> = reading
        .events
        .iter()
        .map(|e| {
            let reports: Vec<&str> =
                e.reports.iter().filter_map(|r| r.split_once('-')).map(|(_, o)| o).collect();
            json!({
                "what": format!("{:?} {}", e.kind, e.cameo.as_deref().unwrap_or("-")),
                "actors": parties(&e.actors), "recipients": parties(&e.recipients),
                "date": e.date, "told": e.told, "place": e.place.as_ref().map(|p| &p.name),
                "issues": e.issues, "reports": reports,
            })
        })
        .collect();
    json!({ "seen": seen, "reports": reports, "events": events, "problems": reading.problems })
}

fn report(report: &Report, text: &str) -> Value {
    json!({
        "what": format!("{:?} {}", report.kind, report.cameo.as_deref().unwrap_or("-")),
        "frame": report.evidence.frame,
        "actors": parties(&report.actors),
        "recipients": parties(&report.recipients),
        "claimant": report.claimant.as_ref().map(|p| &p.actor.name),
        "date": report.date,
        "told": report.told,
        "statement": report.statement.as_ref().map(|s| json!({
            "act": s.act, "through": s.through, "content": s.content.map(|c| c.of(text)),
        })),
        "issues": report.issues,
        "sentence": report.evidence.sentence.of(text),
        "trigger": report.evidence.trigger.of(text),
    })
}

fn parties(parties: &[Party]) -> Vec<String> {
    parties.iter().map(|p| format!("{} {}", p.actor.code, p.actor.name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_golden_cases_are_read_as_before() {
        let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cases");
        let reader = Reader::new();
        let mut changed = String::new();
        for folder in folders(&cases, &[]).unwrap() {
            for (name, new) in goldens(&reader, &folder).unwrap() {
                let old = text(&folder.join(name)).unwrap_or_default();
                if old != new {
                    let title = format!("{}/{name}", folder.display());
                    changed += &TextDiff::from_lines(&old, &new)
                        .unified_diff()
                        .header(&title, "read now")
                        .to_string();
                }
            }
        }
        assert!(
            changed.is_empty(),
            "the goldens differ; look at each change and, if it is right, run \
             `cargo run --release -p eval -- golden cases`:\n{changed}"
        );
    }
}
