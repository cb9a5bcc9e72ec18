//! Prints a reading as a person wants it: the article's head, who is on it, then contacts, statements, actions, issues,
//! each with the sentence that it was read from.

use std::collections::BTreeMap;
use std::io;

use demarche_engine::events::{Event, Filed, Kind, Told};
use demarche_engine::page::{ArticleKind, BlockKind, MarketQuote};
use demarche_engine::{Reading, Seen};

use crate::cli::print::paper::{FAINT, Paper, STRONG};
use crate::telling;

/// An article in one line: its hash, title, and how much was read in it.
pub(crate) fn headline(paper: &mut Paper<'_>, reading: &Reading) -> io::Result<()> {
    let hash = paper.styled(FAINT, short(&reading.article.hash));
    let title = reading.article.title().unwrap_or("(no title)");
    let tally: Vec<String> = [Kind::Contact, Kind::Statement, Kind::Action]
        .into_iter()
        .map(|kind| (reading.events.iter().filter(|e| e.kind == kind).count(), telling::plain(&kind)))
        .filter(|(n, _)| *n > 0)
        .map(|(n, word)| telling::count(n, &word))
        .collect();
    let tally = if tally.is_empty() { "nothing between states".to_owned() } else { tally.join(", ") };
    let tally = paper.styled(FAINT, &format!("· {tally}"));
    paper.hanging(0, 12, &format!("{hash}  {title} {tally}"))
}

/// The whole reading.
pub(crate) fn reading(paper: &mut Paper<'_>, reading: &Reading) -> io::Result<()> {
    head(paper, reading)?;
    people(paper, reading)?;
    for kind in [Kind::Contact, Kind::Statement, Kind::Action] {
        let events: Vec<&Event> = reading.events.iter().filter(|e| e.kind == kind).collect();
        if !events.is_empty() {
            paper.heading(telling::kind_heading(kind))?;
        }
        for event in events {
            one_event(paper, reading, event)?;
        }
    }
    issues(paper, reading)?;
    if reading.events.is_empty() {
        paper.heading("Nothing between states")?;
        paper.paragraph(2, "No contact, statement or action between states was read on this page.")?;
    }
    if !reading.article.doubts.is_empty() {
        paper.heading("The page contradicts itself")?;
        for doubt in &reading.article.doubts {
            paper.hanging(2, 4, doubt)?;
        }
    }
    if !reading.problems.is_empty() {
        paper.heading("Not read as it should be")?;
        for problem in &reading.problems {
            paper.hanging(2, 4, &problem.message)?;
        }
    }
    Ok(())
}

fn head(paper: &mut Paper<'_>, reading: &Reading) -> io::Result<()> {
    let article = &reading.article;
    let title = paper.styled(STRONG, article.title().unwrap_or("(no title)"));
    paper.paragraph(0, &title)?;
    let mut facts: Vec<String> = Vec::new();
    facts.extend(article.outlet.clone());
    facts.extend(article.byline.iter().map(|b| format!("by {}", b.name)));
    facts.extend(article.agency.as_ref().map(|agency| format!("agency {agency}")));
    facts.extend(article.dateline.as_ref().map(|place| format!("from {place}")));
    facts.extend(article.published.map(|s| format!("published {}", telling::stamp_words(s))));
    facts.extend(article.updated.map(|s| format!("updated {}", telling::stamp_words(s))));
    facts.extend(article.fetched.map(|s| format!("saved {}", telling::stamp_words(s))));
    if !matches!(article.kind, ArticleKind::News | ArticleKind::None) {
        facts.push(telling::plain(&article.kind));
    }
    facts.push(short(&article.hash).to_owned());
    let facts = paper.styled(FAINT, &facts.join(" · "));
    paper.paragraph(0, &facts)?;
    if let Some(url) = &article.url {
        let url = paper.styled(FAINT, url);
        paper.paragraph(0, &url)?;
    }
    for highlight in article.of_kind(BlockKind::Highlight) {
        paper.hanging(0, 2, &format!("• {highlight}"))?;
    }
    if !article.quotes.is_empty() {
        let quotes: Vec<String> = article.quotes.iter().map(quote).collect();
        let line =
            paper.styled(FAINT, &format!("Market quotes, kept out of the text: {}", quotes.join("; ")));
        paper.hanging(0, 2, &line)?;
    }
    Ok(())
}

fn quote(quote: &MarketQuote) -> String {
    let signed = |number: f64| format!("{number:+}").replace('-', "−");
    let mut words = format!("{} {}", quote.symbol, quote.value);
    let change: Vec<String> = (quote.change.map(signed).into_iter())
        .chain(quote.percent.map(|percent| format!("{} %", signed(percent))))
        .collect();
    if !change.is_empty() {
        words.push_str(&format!(" ({})", change.join(", ")));
    }
    if let Some(date) = quote.date {
        words.push_str(&format!(" on {}", telling::day_words(date)));
    }
    words
}

/// People with their posts first, then bodies and groups, each on a line; states together on one.
fn people(paper: &mut Paper<'_>, reading: &Reading) -> io::Result<()> {
    let seen = telling::on_page(reading);
    for (heading, list) in [("People", seen.people), ("Bodies and groups", seen.bodies)] {
        if !list.is_empty() {
            paper.heading(heading)?;
        }
        for seen in list {
            one_seen(paper, seen)?;
        }
    }
    if !seen.states.is_empty() {
        paper.heading("States")?;
        paper.paragraph(2, &seen.states.join(", "))?;
    }
    Ok(())
}

fn one_seen(paper: &mut Paper<'_>, seen: &Seen) -> io::Result<()> {
    let mut line = telling::with_post(&seen.actor);
    let side = telling::side(&seen.actor);
    if !side.is_empty() {
        line.push_str(&paper.styled(FAINT, &format!(" · {side}")));
    }
    if seen.mentions.len() > 1 {
        line.push_str(&paper.styled(FAINT, &format!(" · {} mentions", seen.mentions.len())));
    }
    paper.hanging(2, 6, &line)
}

fn one_event(paper: &mut Paper<'_>, reading: &Reading, event: &Event) -> io::Result<()> {
    let first = reading.reports.iter().find(|filed| event.reports.first() == Some(&filed.id));
    let mut facts: Vec<String> = Vec::new();
    facts.push(first.map_or_else(|| telling::plain(&event.kind), |filed| telling::kind_words(&filed.report)));
    facts.push(telling::date_words(event.date));
    facts.extend(event.place.as_ref().map(|place| place.name.clone()));
    if event.told != Told::Current {
        facts.push(telling::told_words(event.told));
    }
    facts.extend(telling::claim_words(&event.claimed_by, telling::parties));
    facts.extend(event.cameo.as_ref().map(|code| format!("CAMEO {code}")));
    facts.extend(event.plover.as_ref().map(|plover| {
        let mode = plover.mode.iter().map(|m| format!(" {m}")).collect::<String>();
        format!("{}{mode}", plover.event_type)
    }));
    let who = telling::event_line(event);
    let who = paper.styled(STRONG, if who.is_empty() { "(nobody named)" } else { &who });
    let facts = paper.styled(FAINT, &format!("· {}", facts.join(" · ")));
    paper.hanging(2, 4, &format!("{who} {facts}"))?;
    let sentence = first.map_or("", |filed| sentence(reading, filed));
    paper.paragraph(6, sentence)?;
    let others = telling::told_times(event);
    let ids =
        if others.is_empty() { event.id.clone() } else { format!("{} · {others}", event.reports.join(" ")) };
    let ids = paper.styled(FAINT, &ids);
    paper.paragraph(6, &ids)
}

fn sentence<'r>(reading: &'r Reading, filed: &Filed) -> &'r str {
    filed.report.evidence.sentence.of(&reading.article.text)
}

/// Each issue with the sentences that raise it.
fn issues(paper: &mut Paper<'_>, reading: &Reading) -> io::Result<()> {
    let mut raised: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for filed in &reading.reports {
        for issue in &filed.report.issues {
            let sentences = raised.entry(issue).or_default();
            let words = sentence(reading, filed);
            if !sentences.contains(&words) {
                sentences.push(words);
            }
        }
    }
    if !raised.is_empty() {
        paper.heading("Issues")?;
    }
    for (issue, sentences) in raised {
        paper.paragraph(2, &paper.styled(STRONG, &telling::issue_words(issue)))?;
        for words in sentences {
            paper.hanging(6, 6, words)?;
        }
    }
    Ok(())
}

/// The digits of a hash that ids begin with.
fn short(hash: &str) -> &str {
    hash.get(..10).unwrap_or(hash)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;
    use crate::hand;

    fn printed(value: &Reading, width: usize, colour: bool) -> String {
        let mut bytes = Vec::new();
        reading(&mut Paper::new(&mut bytes, width, colour), value).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_reading_prints_its_head_people_events_and_issues() {
        let text = printed(&hand::meeting(), 80, false);
        for words in [
            "Pakistan, US talk trade in Islamabad\n",
            "Gulf Courier · by Our Staff · published 5 March 2024, 18:30 · 3f9a2c81d0\n",
            "KTX 41.2 (−0.3, −0.72 %)",
            "  Sara Iqbal, Foreign Minister · PAK GOV · 2 mentions\n",
            "Contacts\n  Sara Iqbal (PAK) and John Reed (USA) · meeting · 5 March 2024 · Islamabad",
            "      3f9a2c81d0-66\n",
            "Statements\n  Sara Iqbal (PAK) → John Reed (USA) · statement: optimism",
            "Issues\n  trade\n      Foreign Minister",
        ] {
            assert!(text.contains(words), "{words:?} is in:\n{text}");
        }
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        assert!(!text.contains('\u{1b}'));
        assert!(printed(&hand::meeting(), 40, true).contains("\u{1b}["));
    }

    #[test]
    fn a_page_with_nothing_in_it_says_so() {
        let text = printed(
            &hand::article(1, "Village Post", "2024-01-01", "Fair opens", &["A fair opened."]),
            80,
            false,
        );
        assert!(text.contains("Nothing between states"), "{text}");
    }
}
