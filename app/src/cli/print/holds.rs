//! Prints what a record holds.

use std::io;

use crate::cli::print::paper::{FAINT, Paper, STRONG};
use crate::telling::{Holds, count, dataset_words, day_words, holding_words};

pub(crate) fn holds(paper: &mut Paper<'_>, holds: &Holds) -> io::Result<()> {
    let read = &holds.read;
    if holds.is_empty() {
        return paper.paragraph(
            0,
            "nothing yet: `demarche read PAGES… --record FILE` reads pages into it, `demarche import FILE` other datasets",
        );
    }
    let whose = paper.styled(STRONG, "demarche");
    let days = read.published.map_or_else(String::new, |(first, last)| {
        format!(", published from {} to {}", day_words(first), day_words(last))
    });
    let sums = [
        (read.articles, "article"),
        (read.texts, "text"),
        (read.outlets, "outlet"),
        (read.reports, "report"),
        (read.events, "event"),
        (read.dyads, "dyad"),
    ];
    let sums = sums.map(|(n, noun)| count(n, noun)).join(", ");
    paper.hanging(0, 2, &format!("{whose}: {sums}{days}"))?;
    for coded in &holds.engines {
        let articles = count(coded.now, "article");
        paper.hanging(2, 4, &paper.styled(FAINT, &format!("engine {} codes {articles}", coded.engine)))?;
    }
    for holding in &holds.datasets {
        let name = paper.styled(STRONG, &dataset_words(holding));
        paper.hanging(0, 2, &format!("{name}: {}", holding_words(holding)))?;
    }
    Ok(())
}
