//! Turns what people type for an issue into the ids that it means, or into the near ones.

use demarche_engine::events::Issues;

use crate::fault::Fault;
use crate::telling::issue_words;

/// The ids of the issues that words mean: an id, a family, or the name of one.
pub(crate) fn issues_meant(words: &str) -> Result<Vec<String>, Fault> {
    let typed = words.trim().to_lowercase().replace(' ', "-");
    let shipped = Issues::shipped();
    let ids: Vec<&str> = shipped.iter().map(|issue| issue.id.as_str()).collect();
    let parts = |id: &str| id.split('/').any(|part| part == typed);
    let meant: Vec<String> =
        ids.iter().filter(|id| **id == typed || parts(id)).map(|id| (*id).to_owned()).collect();
    if !meant.is_empty() {
        return Ok(meant);
    }
    let mut families: Vec<&str> = ids.iter().filter_map(|id| Some(id.split_once('/')?.0)).collect();
    families.dedup();
    let near = ids.iter().filter(|id| strsim::jaro_winkler(&issue_words(id), &typed) >= 0.8);
    let near: Vec<&str> = near.copied().collect();
    let suggested =
        if near.is_empty() { ".".to_owned() } else { format!("; did you mean {}?", near.join(", ")) };
    Err(Fault::usage(format!(
        "no issue is called “{words}”{suggested} The families are {}",
        families.join(", ")
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn issues_are_known_by_id_name_and_family() {
        assert_eq!(issues_meant("economy/trade").unwrap(), ["economy/trade"]);
        assert_eq!(issues_meant("Bilateral ties").unwrap(), ["process/bilateral-ties"]);
        assert_eq!(issues_meant("climate").unwrap(), ["climate/climate-change", "climate/disaster-relief"]);
        let fault = issues_meant("trads").unwrap_err().to_string();
        assert!(fault.contains("did you mean economy/trade") && fault.contains("territory"), "{fault}");
    }
}
