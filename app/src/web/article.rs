//! `/a/{hash}`: an article with what was read in it marked, its printings, copies and versions.

use demarche_engine::events::Filed;
use demarche_record::{Kept, Record};
use maud::{Markup, html};
use serde::Serialize;

use crate::fault::Fault;
use crate::telling::Changed;
use crate::web::annotated::{Around, annotated};
use crate::web::layout::article_at;
use crate::web::printed;
use crate::web::reply::{Form, Reply};
use crate::web::{table, tables};

/// An article with what another version of its page changed.
#[derive(Debug, Serialize)]
struct Shown {
    #[serde(flatten)]
    kept: Kept,
    changed: Option<Changed>,
}

/// What an article reports, as a row.
pub(crate) struct Finding {
    pub(crate) filed: Filed,
    pub(crate) sentence: String,
}

/// The table of the page as a file.
pub(crate) fn table(record: &Record, hash: &str, part: &str) -> Result<Reply, Fault> {
    let Some(asked) = table::Asked::of(part).filter(|asked| asked.name == "reports") else {
        return Ok(table::unknown(&["reports"]));
    };
    let Some(kept) = record.article(hash)? else { return Ok(unknown(hash)) };
    let article = kept.reading.article;
    let sentence = |filed: &Filed| filed.report.evidence.sentence.of(&article.text).to_owned();
    let rows: Vec<Finding> =
        kept.reading.reports.into_iter().map(|filed| Finding { sentence: sentence(&filed), filed }).collect();
    asked.reply(&tables::FINDINGS, &rows, hash)
}

fn unknown(hash: &str) -> Reply {
    let words = "Give the hash, or at least its first six digits.";
    Reply::missing(format!("No article has a hash that begins with “{hash}”"), words)
}

pub(crate) fn article(record: &Record, form: Form, hash: &str) -> Result<Reply, Fault> {
    let Some(kept) = record.article(hash)? else { return Ok(unknown(hash)) };
    let title = kept.reading.article.title().unwrap_or("(no title)").to_owned();
    let data_at = format!("{}.json", article_at(&kept.reading.article.hash));
    let changed = Changed::find(record, &kept)?;
    Reply::found(form, &title, data_at, &Shown { kept, changed }, content)
}

fn content(shown: &Shown) -> Markup {
    let Shown { kept, changed } = shown;
    let around = Around {
        above: html! { @if let Some(by) = kept.replaced_by() { (printed::replaced("This version was", by)) } },
        below: html! {
            (printed::printings(&kept.printings))
            @if let Some(changed) = changed { (printed::changed(changed, &kept.reading.article.hash)) }
        },
        beside: html! {
            @if !kept.reading.reports.is_empty() {
                (table::links(&format!("{}/reports", article_at(&kept.reading.article.hash)), ""))
            }
            (printed::copies(kept)) (printed::versions(kept))
        },
        kept: true,
    };
    annotated(&kept.reading, &around)
}
