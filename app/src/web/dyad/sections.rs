//! The tables of a pair's page that are made of our own events: who met on which level, who speaks about what, how several
//! texts tell one contact.

use demarche_record::Level;
use maud::{Markup, html};

use crate::telling::{self, Account, Ladder, Readouts, Rung, Voices};
use crate::web::dyad::asked::Period;
use crate::web::dyad::pair::Pair;
use crate::web::layout::{article_at, event_at, facts};
use crate::web::table;

/// Months and issues that a page lists; the data holds all.
const ROWS: usize = 18;

/// Levels across, months down; each number leads to its contacts.
pub(crate) fn ladder(pair: &Pair, ladder: &Ladder, period: Period) -> Markup {
    let link = |rung: &Rung, level: Level| {
        let days = period.within(rung.from, rung.to).query();
        let query = days.with("told", "current").with("level", telling::plain(&level).as_str());
        format!("{}{query}", pair.at("contacts"))
    };
    html! {
        section #ladder {
            h2 { "Who met, by level and month" }
            @if ladder.months.is_empty() { p { "No contact between the two with a date is on record for these days." } }
            @else {
                p .facts {
                    "By the highest post that took part on either side. Leaders head a state or its government; with ministers stand the "
                    "chiefs of the forces, with deputies the envoys and ambassadors, with officials also officers and members of "
                    "parliaments. Each number leads to its contacts."
                }
                div .scroll tabindex="0" role="region" aria-label="Contacts by level and month" {
                    table .grid-table {
                        thead { tr {
                            th scope="col" { "Month" }
                            @for level in Level::ALL { th scope="col" { (telling::level_words(level)) } }
                        } }
                        tbody {
                            @for rung in ladder.months.iter().take(ROWS) {
                                tr {
                                    th scope="row" { (rung.from.strftime("%b %Y")) }
                                    @for (level, n) in Level::ALL.into_iter().zip(rung.contacts) {
                                        td { @if n > 0 { a href=(link(rung, level)) { (n) } } @else { span .none { "0" } } }
                                    }
                                }
                            }
                        }
                    }
                }
                @if ladder.months.len() > ROWS {
                    p .facts { "The latest " (ROWS) " months with a contact; " (ladder.months.len() - ROWS) " earlier ones are in the data." }
                }
            }
            @if !ladder.months.is_empty() { (table::links(&pair.at("ladder"), &period.query().to_string())) }
            @if ladder.undated > 0 {
                p .facts { (telling::count(ladder.undated, "contact")) " without a date that is exact to the month: not in the table." }
            }
        }
    }
}

/// Issues down, sides across; each number leads to its statements.
pub(crate) fn voices(pair: &Pair, voices: &[Voices], period: Period) -> Markup {
    let period = period.query();
    let link = |issue: &str, side: &str| {
        format!("{}{}", pair.at("statements"), period.with("issue", issue).with("side", side))
    };
    html! {
        section #voices {
            h2 { "Who speaks about what" }
            @if voices.is_empty() { p { "No statement of either side that raises an issue is on record for these days." } }
            @else {
                p .facts { "Statements between the two by issue. Each number leads to its statements." }
                table .grid-table .narrow {
                    thead { tr {
                        th scope="col" { "Issue" }
                        @for side in &pair.0 { th scope="col" { (side.name) } }
                    } }
                    tbody {
                        @for row in voices.iter().take(ROWS) {
                            tr {
                                th scope="row" { (telling::issue_words(&row.issue)) }
                                @for (side, n) in pair.0.iter().zip(row.sides) {
                                    td { @if n > 0 { a href=(link(&row.issue, &side.code)) { (n) } } @else { span .none { "0" } } }
                                }
                            }
                        }
                    }
                }
                @if voices.len() > ROWS {
                    p .facts { "The " (ROWS) " most spoken of; " a href={ (pair.at("issues")) (period) } { "all issues" } }
                }
                (table::links(&pair.at("voices"), &period.to_string()))
            }
        }
    }
}

/// Accounts of one contact beside each other.
pub(crate) fn readouts(pair: &Pair, all: &[Readouts], period: Period) -> Markup {
    html! {
        section #readouts {
            h2 { "The same contact as different texts tell it" }
            @if all.is_empty() {
                p { "No contact of these days is told by two texts in different words, so there is nothing to compare." }
            } @else {
                p .facts {
                    "The latest contacts that at least two texts tell in words of their own. Whose outlet is whose, the record does not "
                    "know: it says what a text is, and whose claim, where the page says so."
                }
            }
            @for one in all {
                article .readouts data-row {
                    h3 { a href=(event_at(&one.event.id)) { (telling::event_line(&one.event)) } }
                    (facts(&[telling::date_words(one.event.date), telling::told_times(&one.event)]))
                    div .accounts { @for account in &one.accounts { (one_account(account)) } }
                }
            }
            @if !all.is_empty() { (table::links(&pair.at("readouts"), &period.query().to_string())) }
        }
    }
}

fn one_account(account: &Account) -> Markup {
    let mut about = vec![telling::outlets_words(&account.outlets)];
    about.extend(account.nature.iter().cloned());
    html! {
        section .account {
            h4 { a href=(article_at(&account.article)) { (account.title.as_deref().unwrap_or("(no title)")) } }
            (facts(&about))
            blockquote { (account.sentence) }
            @if account.only_issues.is_empty() && account.only_sentences.is_empty() {
                p .facts { "Nothing between the two that the others do not have." }
            } @else {
                p .only { "Only here" }
                @if !account.only_issues.is_empty() { p .facts { "Issues: " (telling::issues_words(&account.only_issues)) } }
                @for sentence in &account.only_sentences { p .sentence { (sentence) } }
            }
        }
    }
}
