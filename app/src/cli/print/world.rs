//! Prints whom words mean, and what came of files that were laid over the world tables.

use std::io;

use demarche_engine::actors::{Days, Laid, Layer, LayerFormat};

use crate::cli::print::paper::{FAINT, Paper, STRONG};
use crate::telling::{self, Meant};

/// Conflicts that are printed one by one; the rest are counted.
const CONFLICTS: usize = 20;

/// Whom words mean on a day, and why.
pub(crate) fn meant(paper: &mut Paper<'_>, meant: &Meant) -> io::Result<()> {
    let day = meant.on.map_or(String::new(), |day| format!(" on {}", telling::day_words(day)));
    paper.hanging(0, 2, &format!("{}{day}", paper.styled(STRONG, &meant.words)))?;
    if !meant.actors.is_empty() {
        paper.heading("On a page, by these words alone")?;
    }
    for actor in &meant.actors {
        let name = paper.styled(STRONG, &telling::with_post(actor));
        let item = actor.wikidata.as_ref().map_or(String::new(), |item| format!(" · {item}"));
        paper.hanging(2, 4, &format!("{name} · {} · {}{item}", telling::plain(&actor.kind), actor.code))?;
        for step in &actor.settled {
            paper.hanging(6, 8, &format!("{}: {}", step.rule, step.by))?;
        }
    }
    if !meant.entries.is_empty() || !meant.posts.is_empty() {
        paper.heading("In the tables")?;
    }
    for row in &meant.entries {
        paper.hanging(2, 4, &format!("{} · {} · {}", paper.styled(STRONG, &row.name), row.kind, row.code))?;
    }
    for row in &meant.posts {
        let days = match (row.from, row.to) {
            (None, None) => "days unknown".to_owned(),
            (from, to) => Days { from, to }.to_string(),
        };
        let away = if row.held == Some(false) { " · not on that day" } else { "" };
        let side = if row.side.is_empty() { String::new() } else { format!(" ({})", row.side) };
        let facts = format!("{}{side} · {days}{away}", row.office);
        let source = paper.styled(FAINT, &format!(" · {}", row.source));
        paper.hanging(2, 4, &format!("{} · {facts}{source}", paper.styled(STRONG, &row.name)))?;
    }
    Ok(())
}

/// What came of one file.
pub(crate) fn laid(paper: &mut Paper<'_>, laid: &Laid, dry: bool) -> io::Result<()> {
    let what = match laid.format {
        LayerFormat::Table => "a table",
        LayerFormat::Petrarch => "a dictionary of PETRARCH's kind",
        LayerFormat::Wikidata => "Wikidata's JSON",
    };
    let kept = if dry { "would be kept" } else { "kept" };
    let mut sums = vec![format!("{} entries read", laid.read)];
    sums.push(format!("{} {kept}", telling::count(laid.layer.count(), "row")));
    if laid.known > 0 {
        sums.push(format!("{} say nothing new", laid.known));
    }
    sums.push(format!("{} refused", laid.refused.len()));
    paper.hanging(
        0,
        2,
        &format!("{}, {what}: {}", paper.styled(STRONG, &laid.layer.name), sums.join(", ")),
    )?;
    tables(paper, &laid.layer)?;
    if !laid.conflicts.is_empty() {
        let count = telling::count(laid.conflicts.len(), "conflict");
        paper.hanging(2, 4, &format!("{count} with what lies below; this file prevails:"))?;
    }
    for conflict in laid.conflicts.iter().take(CONFLICTS) {
        paper.hanging(4, 6, &format!("{}: {}, below {}", conflict.about, conflict.above, conflict.below))?;
    }
    if laid.conflicts.len() > CONFLICTS {
        paper.hanging(4, 6, &format!("and {} more; --json lists all", laid.conflicts.len() - CONFLICTS))?;
    }
    Ok(())
}

/// One layer of a record.
pub(crate) fn layer(paper: &mut Paper<'_>, layer: &Layer) -> io::Result<()> {
    let name = paper.styled(STRONG, &layer.name);
    paper.hanging(0, 2, &format!("{name}: {}", telling::count(layer.count(), "row")))?;
    tables(paper, layer)
}

fn tables(paper: &mut Paper<'_>, layer: &Layer) -> io::Result<()> {
    let counts: Vec<String> = layer
        .rows
        .iter()
        .map(|(table, rows)| format!("{} {}", table.name().replace('_', " "), rows.len()))
        .collect();
    if counts.is_empty() { Ok(()) } else { paper.hanging(2, 4, &counts.join(", ")) }
}
