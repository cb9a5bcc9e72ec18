//! Turns where an article was printed, its near copies and its versions into lists with links.

use demarche_engine::time::Stamp;
use demarche_record::{Kept, Printing, Version};
use maud::{Markup, html};

use crate::telling::{self, Changed, How};
use crate::web::address::is_web;
use crate::web::layout::{article_at, facts};

/// A note that something is out of date: `what` goes on with "replaced by …".
pub(crate) fn replaced(what: &str, by: &Version) -> Markup {
    html! {
        p .note role="note" {
            (what) " " (telling::replaced_words(by)) ". "
            a href=(article_at(&by.hash)) { "See the current version" }
        }
    }
}

/// Where an article was found. Only addresses of the web become links: a page may claim any.
pub(crate) fn printings(printings: &[Printing]) -> Markup {
    html! {
        ul .printings {
            @for place in printings {
                li {
                    (place.outlet.as_deref().unwrap_or("unknown outlet"))
                    @if let Some(url) = &place.url {
                        " · "
                        @if is_web(url) { a href=(url) rel="noreferrer noopener" { (url) } } @else { (url) }
                    }
                    @if let Some(source) = &place.source { " · " code { (source) } }
                    @if place.replaced { " · replaced there" }
                }
            }
        }
    }
}

/// Who prints the same text, with links to the near copies; nothing where nobody else does.
pub(crate) fn copies(kept: &Kept) -> Markup {
    let outlets = telling::printed_by(kept);
    html! {
        @if !kept.copies.is_empty() {
            h2 { "Printed by " (telling::count(outlets.len(), "outlet")) }
            p .facts { "The same text, with at most small changes:" }
            ul .people {
                @for copy in &kept.copies {
                    li {
                        a href=(article_at(&copy.hash)) { (copy.title.as_deref().unwrap_or("(no title)")) }
                        (facts(&[
                            telling::outlets_words(&copy.outlets),
                            copy.published.as_deref().and_then(Stamp::parse).map(telling::stamp_words).unwrap_or_default(),
                        ]))
                    }
                }
            }
        }
    }
}

/// The versions of its page, the last first; nothing where it is the only one.
pub(crate) fn versions(kept: &Kept) -> Markup {
    html! {
        @if !kept.versions.is_empty() {
            h2 { "Versions " span .tally { (kept.versions.len()) } }
            ol .people {
                @for version in kept.versions.iter().rev() {
                    li {
                        @let title = version.title.as_deref().unwrap_or("(no title)");
                        @if version.hash == kept.reading.article.hash { b { (title) } }
                        @else { a href=(article_at(&version.hash)) { (title) } }
                        (facts(&[
                            if version.current { "current" } else { "replaced" }.to_owned(),
                            telling::version_words(version),
                            if version.hash == kept.reading.article.hash { "shown here" } else { "" }.to_owned(),
                        ]))
                    }
                }
            }
        }
    }
}

/// What changed between this version and the next, or the one before it.
pub(crate) fn changed(changed: &Changed, own: &str) -> Markup {
    let (heading, other) = if changed.to == own {
        ("What this version changed", &changed.from)
    } else {
        ("What the current version changed", &changed.to)
    };
    html! {
        section .changes {
            h2 { (heading) }
            p .facts { a href=(article_at(other)) { "The other version" } " · underlined: new · struck out: gone" }
            @match &changed.paragraphs {
                None => p { "The two are too long to be compared here." },
                Some(paragraphs) if paragraphs.is_empty() => p { "No word of the text: only what stands around it." },
                Some(paragraphs) => @for stretches in paragraphs {
                    p { @for (i, stretch) in stretches.iter().enumerate() {
                        @if i > 0 { " " }
                        @match stretch.how {
                            How::Kept => (stretch.words),
                            How::Inserted => ins { (stretch.words) },
                            How::Deleted => del { (stretch.words) },
                        }
                    } }
                },
            }
        }
    }
}
