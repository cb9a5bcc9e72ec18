//! Words: turns open text into how often each word stands there in small letters, and the frames into the verbs that
//! they know.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::corpus;

/// Counts of words in small letters.
pub(crate) fn counts(text: &str) -> BTreeMap<&str, u32> {
    let mut counts = BTreeMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric() && c != '-') {
        if word.len() > 1 && word.chars().all(|c| c.is_lowercase() || c == '-') {
            *counts.entry(word).or_insert(0) += 1;
        }
    }
    counts
}

/// The verbs of all frames below a folder, without their particles.
pub(crate) fn frame_verbs(folder: &Path) -> Result<BTreeSet<String>, String> {
    let mut verbs = BTreeSet::new();
    let entries = std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    for entry in entries {
        let path = entry.map_err(|e| format!("{}: {e}", folder.display()))?.path();
        if path.is_dir() {
            verbs.extend(frame_verbs(&path)?);
        } else if path.extension().is_some_and(|e| e == "toml") {
            let frame: toml::Table =
                toml::from_str(&corpus::read(&path)?).map_err(|e| format!("{}: {e}", path.display()))?;
            let own = frame.get("verbs").and_then(|v| v.as_array()).into_iter().flatten();
            verbs.extend(own.filter_map(|v| v.as_str()?.split(' ').next()).map(str::to_owned));
        }
    }
    Ok(verbs)
}
