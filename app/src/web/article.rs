//! `/a/{hash}`: an article with what was read in it marked, its printings, copies and versions.

use demarche_record::{Kept, Record};
use maud::{Markup, html};
use serde::Serialize;

use crate::fault::Fault;
use crate::telling::Changed;
use crate::web::annotated::{Around, annotated};
use crate::web::layout::article_at;
use crate::web::printed;
use crate::web::reply::{Form, Reply};

/// An article with what another version of its page changed.
#[derive(Debug, Serialize)]
struct Shown {
    #[serde(flatten)]
    kept: Kept,
    changed: Option<Changed>,
}

pub(crate) fn article(record: &Record, form: Form, hash: &str) -> Result<Reply, Fault> {
    let Some(kept) = record.article(hash)? else {
        let words = "Give the hash, or at least its first six digits.";
        return Ok(Reply::missing(format!("No article has a hash that begins with “{hash}”"), words));
    };
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
        beside: html! { (printed::copies(kept)) (printed::versions(kept)) },
        kept: true,
    };
    annotated(&kept.reading, &around)
}
