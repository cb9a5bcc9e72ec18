//! `eval/floors.json`: figures that must not fall, each pinned with the hash of the corpus that it was measured on.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::figures::{Fault, Figures, text};

/// The floors of one scorer on one corpus.
#[derive(Debug, Serialize, Deserialize)]
struct Floor {
    /// Which scorer.
    scorer: String,
    /// Path of the data, from the repository's root.
    corpus: PathBuf,
    /// Hash over the names and bytes of its files.
    sha256: String,
    /// Lowest values allowed.
    figures: BTreeMap<String, f64>,
    /// Why figures were lowered, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    lowered: Vec<String>,
}

/// The file, beside this crate's sources.
fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("floors.json")
}

/// A path of `floors.json` or of the command line, from the repository's root where it is relative.
fn located(path: &Path) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

fn load() -> Result<BTreeMap<String, Floor>, Fault> {
    let path = file();
    if !path.exists() {
        return Ok(BTreeMap::new());
    }
    serde_json::from_str(&text(&path)?).map_err(|e| Fault::new(format!("{}: {e}", path.display())))
}

/// Runs every pinned scorer and compares. A corpus that is not on this machine is said to be skipped.
pub(crate) fn check() -> Result<(), Fault> {
    let mut fallen = Vec::new();
    for (name, floor) in load()? {
        let scorer = &floor.scorer;
        let corpus = located(&floor.corpus);
        if !corpus.exists() {
            println!("skipped {name}: the corpus is not on this machine");
            continue;
        }
        if hash(&corpus)? != floor.sha256 {
            fallen.push(format!(
                "{name}: the corpus has changed since its figures were pinned; look at the figures and pin them again"
            ));
            continue;
        }
        let figures = alone(scorer, &corpus)?;
        for (figure, lowest) in &floor.figures {
            match figures.0.iter().find(|(n, _)| n == figure) {
                None => fallen.push(format!("{name}: no figure {figure} any more")),
                Some((_, value)) if is_worse(figure, *value, *lowest) => {
                    fallen.push(format!("{name}: {figure} is {value:.4}, worse than its floor {lowest:.4}"));
                }
                Some((_, value)) => println!("ok {name}: {figure} {value:.4}, floor {lowest:.4}"),
            }
        }
    }
    if fallen.is_empty() { Ok(()) } else { Err(Fault::new(fallen.join("\neval: "))) }
}

/// The figures of a scorer that runs by itself: what it says of single rows is for those who ask, not for every run of the tests.
fn alone(scorer: &str, corpus: &Path) -> Result<Figures, Fault> {
    let failed = |why: &str| Fault::new(format!("{scorer} {}: {why}", corpus.display()));
    let program = std::env::current_exe().map_err(|e| failed(&e.to_string()))?;
    let ran = Command::new(program).arg(scorer).arg(corpus).output().map_err(|e| failed(&e.to_string()))?;
    if !ran.status.success() {
        return Err(failed(String::from_utf8_lossy(&ran.stderr).trim()));
    }
    String::from_utf8_lossy(&ran.stdout).parse()
}

/// Scores and pins. Figures below their floors are refused unless a reason is given.
pub(crate) fn pin(scorer: &str, path: &Path, reason: Option<&str>) -> Result<(), Fault> {
    let corpus = located(path);
    let figures = crate::scorer(scorer, &corpus)?;
    let mut floors = load()?;
    let name = format!("{scorer} {}", path.display());
    let old = floors.remove(&name);
    let lower = old.as_ref().map_or_else(Vec::new, |old| below(&figures, &old.figures));
    let mut lowered = old.map_or_else(Vec::new, |o| o.lowered);
    if !lower.is_empty() {
        let Some(reason) = reason else {
            return Err(Fault::new(format!(
                "{scorer}: {} would be lowered; if that is meant, give --lower --reason \"…\"",
                lower.join(", ")
            )));
        };
        lowered.push(format!("{}: {reason}", lower.join(", ")));
    }
    // Four digits, rounded so that a floor is never better than what was measured.
    let rounded = |name: &str, value: f64| {
        let digits = value * 1e4;
        (if FAULTS.contains(&name) { digits.ceil() } else { digits.floor() }) / 1e4
    };
    let figures = figures.0.iter().map(|(n, v)| (n.clone(), rounded(n, *v))).collect();
    floors.insert(
        name,
        Floor {
            scorer: scorer.to_owned(),
            corpus: path.to_owned(),
            sha256: hash(&corpus)?,
            figures,
            lowered,
        },
    );
    let json = serde_json::to_string_pretty(&floors).map_err(|e| Fault::new(e.to_string()))?;
    std::fs::write(file(), json + "\n").map_err(|e| Fault::file(&file(), &e))
}

/// Figures that count faults: the lower the better, and their floors are ceilings.
const FAULTS: &[&str] = &["abstained", "alarms_per_1000", "mixed"];

/// Whether a figure is worse than its floor.
fn is_worse(name: &str, value: f64, floor: f64) -> bool {
    if FAULTS.contains(&name) { value > floor + 1e-9 } else { value < floor - 1e-9 }
}

/// Names of the figures that lie below their floors or are gone.
fn below(figures: &Figures, floors: &BTreeMap<String, f64>) -> Vec<String> {
    let value = |name: &str| figures.0.iter().find(|(n, _)| n == name).map(|(_, v)| *v);
    floors
        .iter()
        .filter(|(name, lowest)| value(name).is_none_or(|v| is_worse(name, v, **lowest)))
        .map(|(n, _)| n.clone())
        .collect()
}

/// SHA-256 over relative names and bytes of all files below `path`, in order of name.
fn hash(path: &Path) -> Result<String, Fault> {
    let mut files = Vec::new();
    walk(path, &mut files)?;
    files.sort();
    let mut digest = Sha256::new();
    for file in files {
        let name = file.strip_prefix(path).unwrap_or(&file);
        digest.update(name.to_string_lossy().as_bytes());
        digest.update([0]);
        digest.update(std::fs::read(&file).map_err(|e| Fault::file(&file, &e))?);
    }
    Ok(digest.finalize().iter().map(|b| format!("{b:02x}")).collect())
}

fn walk(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), Fault> {
    if path.is_file() {
        // The goldens of a case are what the engine said of it, not what it is scored on.
        if !path.ends_with("article.json") && !path.ends_with("reports.json") {
            files.push(path.to_owned());
        }
        return Ok(());
    }
    for entry in std::fs::read_dir(path).map_err(|e| Fault::file(path, &e))? {
        walk(&entry.map_err(|e| Fault::file(path, &e))?.path(), files)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_below_its_floor_or_gone_is_named() {
        let figures = Figures(vec![("a".into(), 0.5), ("b".into(), 0.9)]);
        let floors = BTreeMap::from([("a".to_owned(), 0.6), ("b".to_owned(), 0.9), ("c".to_owned(), 0.1)]);
        assert_eq!(below(&figures, &floors), ["a", "c"]);
        assert!(is_worse("mixed", 3.0, 2.0) && !is_worse("mixed", 1.0, 2.0), "faults are to be few");
    }

    #[test]
    fn the_hash_tells_names_and_bytes() {
        let folder = std::env::temp_dir().join(format!("demarche-floors-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("one"), "x").unwrap();
        let before = hash(&folder).unwrap();
        std::fs::write(folder.join("one"), "y").unwrap();
        let after = hash(&folder).unwrap();
        std::fs::rename(folder.join("one"), folder.join("two")).unwrap();
        let renamed = hash(&folder).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        assert!(before != after && after != renamed);
    }
}
