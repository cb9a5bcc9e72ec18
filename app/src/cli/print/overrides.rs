//! Prints the overrides of a record.

use std::io;

use demarche_record::Override;

use crate::cli::print::paper::Paper;
use crate::telling;

pub(crate) fn overrides(paper: &mut Paper<'_>, all: &[Override]) -> io::Result<()> {
    if all.is_empty() {
        return paper.paragraph(0, "nothing is overridden in this record");
    }
    all.iter().try_for_each(|one| paper.hanging(0, 2, &telling::override_words(one)))
}
