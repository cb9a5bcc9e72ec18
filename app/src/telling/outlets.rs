//! Turns what people type for an outlet into nothing, where it is known, or into a refusal that names the near ones: an empty
//! answer would say that it told nothing.

use demarche_record::{From, Record};

use crate::fault::Fault;

/// Names that are suggested, at most.
const SUGGESTED: usize = 5;
/// From which likeness on.
const LIKE: f64 = 0.85;

/// Whether the record holds something of an outlet, or why not.
pub(crate) fn outlet_known(record: &Record, from: &From, name: &str) -> Result<(), Fault> {
    if record.has_outlet(from, name)? {
        return Ok(());
    }
    let near = near(name, &record.outlet_names(from)?);
    let suggested = if near.is_empty() {
        "; `demarche serve` lists all at /sources".to_owned()
    } else {
        format!("; did you mean {}?", near.join(" or "))
    };
    Err(Fault::usage(format!("the record holds nothing from an outlet “{name}”{suggested}")))
}

/// Names that are written alike or hold what was typed, the most alike first.
fn near(typed: &str, names: &[String]) -> Vec<String> {
    let typed = typed.trim().to_lowercase();
    let likeness = |name: &String| {
        let name = name.to_lowercase();
        let holds = !typed.is_empty() && (name.contains(&typed) || typed.contains(&name));
        if holds { 1.0 } else { strsim::jaro_winkler(&name, &typed) }
    };
    let mut alike: Vec<(f64, &String)> =
        names.iter().map(|name| (likeness(name), name)).filter(|(like, _)| *like >= LIKE).collect();
    alike.sort_by(|(a, x), (b, y)| b.total_cmp(a).then_with(|| x.cmp(y)));
    alike.into_iter().take(SUGGESTED).map(|(_, name)| name.clone()).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    #[test]
    fn near_names_are_suggested() {
        let (_folder, record) = crate::hand::kept();
        assert!(outlet_known(&record, &From::Own, "Gulf Courier").is_ok());
        for typed in ["gulf courier", "Gulf Curier", "Gulf"] {
            let fault = outlet_known(&record, &From::Own, typed).unwrap_err();
            assert!(fault.is_usage() && fault.to_string().contains("did you mean Gulf Courier?"), "{fault}");
        }
        let fault = outlet_known(&record, &From::Own, "xyz").unwrap_err().to_string();
        assert!(fault.contains("“xyz”; `demarche serve` lists all"), "{fault}");
    }
}
