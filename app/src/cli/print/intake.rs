//! Prints what an import came to: sums that add up, then what deserves a look.

use std::io;
use std::path::Path;

use demarche_record::{Intake, Layout, Lines};

use crate::cli::print::paper::{FAINT, Paper, STRONG};
use crate::telling::count;

/// Countries that are listed by name; the rest is counted.
const LISTED: usize = 12;

pub(crate) fn intake(paper: &mut Paper<'_>, file: &Path, intake: &Intake) -> io::Result<()> {
    let version = if intake.version.is_empty() { String::new() } else { format!("@{}", intake.version) };
    let head = paper.styled(STRONG, &file.display().to_string());
    paper.hanging(0, 2, &format!("{head}: {} as {}{version}", intake.layout, intake.dataset))?;
    let mut parts = vec![format!("{} kept", intake.kept)];
    for (n, what) in [
        (intake.repeated, "in the record already"),
        (intake.heads, "of column names"),
        (intake.refused, "refused"),
    ] {
        if n > 0 {
            parts.push(format!("{n} {what}"));
        }
    }
    paper.hanging(2, 4, &format!("{}: {}", count(intake.rows as usize, "row"), parts.join(", ")))?;
    for (reason, lines) in &intake.reasons {
        let refused = paper.styled(STRONG, &format!("{} refused", lines.count));
        paper.hanging(2, 4, &format!("{refused}: {reason} ({})", numbers(lines, intake.layout)))?;
    }
    if intake.shared_ids.count > 0 {
        let line = format!(
            "{} kept under an id that another row has too ({})",
            intake.shared_ids.count,
            numbers(&intake.shared_ids, intake.layout)
        );
        paper.hanging(2, 4, &line)?;
    }
    let mut unknown: Vec<(&String, &Lines)> = intake.unknown_countries.iter().collect();
    unknown.sort_by_key(|(name, lines)| (std::cmp::Reverse(lines.count), *name));
    if !unknown.is_empty() {
        let named: Vec<String> =
            unknown.iter().take(LISTED).map(|(name, lines)| format!("{name} ({})", lines.count)).collect();
        let rest = unknown.len().saturating_sub(LISTED);
        let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
        let line = format!("countries that no table knows, kept without a state: {}{more}", named.join(", "));
        paper.hanging(2, 4, &paper.styled(FAINT, &line))?;
    }
    Ok(())
}

/// `lines 3, 17, 20 …`; Parquet has rows and no lines.
fn numbers(lines: &Lines, layout: Layout) -> String {
    let shown: Vec<String> = lines.first.iter().map(u64::to_string).collect();
    let dots = if lines.count > lines.first.len() as u64 { " …" } else { "" };
    let noun = if layout == Layout::Parquet { "row" } else { "line" };
    let plural = if lines.count == 1 { "" } else { "s" };
    format!("{noun}{plural} {}{dots}", shown.join(", "))
}
