//! Prints what one engine reads otherwise than another.

use std::io;

use demarche_engine::events::Event;
use demarche_record::{Changed, Diff};

use crate::cli::print::paper::{FAINT, Paper, STRONG};
use crate::telling;

pub(crate) fn diff(paper: &mut Paper<'_>, diff: &Diff, engines: (&str, &str)) -> io::Result<()> {
    let (mut added, mut removed, mut differ) = (0, 0, 0);
    for change in &diff.changes {
        match change {
            Changed::Added { event, sentence } => {
                added += 1;
                whole(paper, "added", event, sentence)?;
            }
            Changed::Removed { event, sentence } => {
                removed += 1;
                whole(paper, "removed", event, sentence)?;
            }
            Changed::Differs { id, sentence, fields } => {
                differ += 1;
                paper.hanging(0, 2, &paper.styled(STRONG, &format!("changed {id}")))?;
                for field in fields {
                    let or_none =
                        |text: &str| if text.is_empty() { "–".to_owned() } else { text.to_owned() };
                    let line =
                        format!("{}: {} → {}", field.name, or_none(&field.before), or_none(&field.after));
                    paper.hanging(2, 4, &line)?;
                }
                quote(paper, sentence)?;
            }
        }
    }
    let line = format!(
        "{} → {}: {} compared, {} the same, {differ} changed, {added} added, {removed} removed",
        engines.0,
        engines.1,
        telling::count(diff.articles, "article"),
        telling::count(diff.same, "event"),
    );
    paper.paragraph(0, &paper.styled(FAINT, &line))
}

fn whole(paper: &mut Paper<'_>, how: &str, event: &Event, sentence: &str) -> io::Result<()> {
    let head = paper.styled(STRONG, &format!("{how} {}", event.id));
    paper.hanging(0, 2, &format!("{head} {}", telling::event_line(event)))?;
    quote(paper, sentence)
}

fn quote(paper: &mut Paper<'_>, sentence: &str) -> io::Result<()> {
    if sentence.is_empty() {
        return Ok(());
    }
    paper.hanging(
        2,
        4,
        &paper.styled(FAINT, &format!("“{}”", sentence.split_whitespace().collect::<Vec<_>>().join(" "))),
    )
}
