//! Prints what a check of a record has looked at and found.

use std::io;

use demarche_record::Checked;

use crate::cli::print::paper::{FAINT, Paper, STRONG};
use crate::telling::count;

pub(crate) fn checked(paper: &mut Paper<'_>, checked: &Checked) -> io::Result<()> {
    let looked = format!(
        "{} with {}, {}, {} imported",
        count(checked.articles, "article"),
        count(checked.reports, "report"),
        count(checked.events, "event"),
        count(checked.imported, "event")
    );
    if checked.unsettled > 0 {
        let line = format!(
            "{} not settled into events yet: reading or importing goes on, or was broken off; `demarche reread` settles them",
            count(checked.unsettled, "article")
        );
        paper.hanging(0, 2, &line)?;
    }
    if checked.faults.is_empty() {
        return paper.paragraph(0, &format!("nothing is wrong: {looked}"));
    }
    let head = paper.styled(STRONG, &format!("{} found", count(checked.faults.len(), "fault")));
    paper.paragraph(0, &format!("{head} in {looked}"))?;
    for fault in &checked.faults {
        paper.hanging(2, 4, &fault.what)?;
        paper.hanging(4, 6, &paper.styled(FAINT, &fault.remedy))?;
    }
    Ok(())
}
