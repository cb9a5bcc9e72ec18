//! Prints a page of events, whoever coded them.

use std::io;

use demarche_record::Entry;

use crate::cli::print::paper::{FAINT, Paper, STRONG};
use crate::telling;

pub(crate) fn entries(paper: &mut Paper<'_>, entries: &[Entry], next: Option<&str>) -> io::Result<()> {
    if entries.is_empty() {
        return paper.paragraph(0, "no event is like that; ask for less, or look elsewhere with --from");
    }
    for entry in entries {
        let head = paper.styled(STRONG, &telling::entry_line(entry));
        paper.hanging(0, 2, &head)?;
        if let Some(sentence) = &entry.sentence {
            let words = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
            paper.hanging(2, 4, &format!("“{words}”"))?;
        }
        let mut facts = telling::entry_coding(entry);
        facts.push(telling::outlets_words(&entry.outlets));
        facts.push(entry.id.clone());
        facts.retain(|fact| !fact.is_empty());
        paper.hanging(2, 4, &paper.styled(FAINT, &facts.join(" · ")))?;
    }
    match next {
        Some(next) => paper.paragraph(0, &paper.styled(FAINT, &format!("more: --after {next}"))),
        None => Ok(()),
    }
}
