//! Prints why the engine thinks that something was said or done: sentence, frame, parties, codes, article, other reports.

use std::io;

use demarche_engine::events::{Party, Told};
use demarche_engine::text::Span;
use demarche_engine::time::Stamp;

use crate::cli::print::paper::{FAINT, Paper, STRONG};
use crate::telling::{self, Explained, Mark, Stands};

/// All about one report.
pub(crate) fn explained(paper: &mut Paper<'_>, about: &Explained) -> io::Result<()> {
    let filed = &about.report.filed;
    let report = &filed.report;
    let text = &about.article.text;
    let who = telling::acts(&report.actors, &report.recipients);
    let mut facts = format!("· {} · {}", telling::kind_words(report), telling::date_words(report.date));
    if report.told != Told::Current {
        facts.push_str(&format!(" · {}", telling::told_words(report.told)));
    }
    let title = format!("{} {}", paper.styled(STRONG, &who), facts);
    paper.hanging(0, 2, &title)?;
    paper.paragraph(0, &paper.styled(FAINT, &filed.id))?;
    if let Some(by) = &about.article.replaced_by {
        let now = match &about.event {
            Some(event) => format!("the current version still tells it: {}", event.id),
            None => "no report of the current version takes its place".to_owned(),
        };
        paper.paragraph(
            0,
            &format!("It stands in a version that was {}; {now}.", telling::replaced_words(by)),
        )?;
    }
    if let Some(event) = about.corrected() {
        let counts = telling::counts_as(event);
        paper.paragraph(0, &format!("Corrected: it counts as {counts}. Below is what was read."))?;
    }

    paper.heading("The sentence")?;
    let pieces = telling::pieces(text, report.evidence.sentence, &telling::roles(report));
    paper.paragraph(2, &paper.marked(&pieces))?;
    if let Some(legend) = paper.legend(&pieces) {
        paper.paragraph(2, &legend)?;
    }

    paper.heading("The frame that fired")?;
    let why = about.why.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
    paper.hanging(2, 4, &format!("{}{why}", report.evidence.frame))?;
    if let Some((detail, narrowed)) = report.evidence.detail.as_ref().zip(about.narrowed.as_ref()) {
        paper.hanging(2, 4, &format!("narrowed by {detail}: {narrowed}"))?;
    }
    paper.hanging(2, 4, &format!("called up by “{}”", report.evidence.trigger.of(text)))?;
    for role in &report.evidence.roles {
        let path = if role.path.is_empty() { String::new() } else { format!(", by way of {}", role.path) };
        paper.hanging(2, 4, &format!("{}: “{}”{path}", telling::plain(&role.role), role.span.of(text)))?;
    }

    paper.heading("Who")?;
    parties(paper, "actor", &report.actors, text)?;
    parties(paper, "recipient", &report.recipients, text)?;

    paper.heading("Coded as")?;
    coded(paper, about)?;

    if !about.overrides.is_empty() {
        paper.heading("Overrides")?;
        about.overrides.iter().try_for_each(|one| paper.hanging(2, 4, &telling::override_words(one)))?;
        if about.event.is_none() && about.article.replaced_by.is_none() {
            paper.paragraph(2, "As they hold, this report is in no event.")?;
        }
    }

    paper.heading("Stands in")?;
    stands(paper, &about.article, report.evidence.sentence)?;

    if !about.others.is_empty() {
        paper.heading("Other reports of the same event")?;
        for (other, more) in about.elsewhere() {
            let outlet = other.filed.outlet.as_deref().unwrap_or("unknown outlet");
            let when = other.filed.published.map(telling::stamp_words).unwrap_or_else(|| "no date".into());
            let more = if more == 0 { String::new() } else { format!(" · {more} more in the same words") };
            let head = paper.styled(FAINT, &format!("{} · {outlet} · {when}{more}", other.filed.id));
            paper.paragraph(2, &head)?;
            paper.paragraph(6, &other.sentence)?;
        }
    }
    Ok(())
}

fn parties(paper: &mut Paper<'_>, role: &str, parties: &[Party], text: &str) -> io::Result<()> {
    for party in parties {
        let actor = &party.actor;
        let name = paper.styled(STRONG, &telling::with_post(actor));
        let code = if actor.code.is_empty() { "no code" } else { &actor.code };
        paper.hanging(2, 4, &format!("{name} · {role} · {code}"))?;
        paper.hanging(6, 8, &format!("here: “{}”", party.span.of(text)))?;
        for step in &actor.settled {
            paper.hanging(6, 8, &format!("{}: {}", step.rule, step.by))?;
        }
    }
    Ok(())
}

fn coded(paper: &mut Paper<'_>, about: &Explained) -> io::Result<()> {
    let report = &about.report.filed.report;
    let mut line = |label: &str, words: &str| {
        let label = paper.styled(FAINT, &format!("{label:<8}"));
        paper.hanging(2, 11, &format!("{label} {words}"))
    };
    match &report.cameo {
        Some(code) => {
            let name = telling::code_words(code).map(|words| format!(" ({words})")).unwrap_or_default();
            line("CAMEO", &format!("{code}{name}"))?;
        }
        None => line("CAMEO", "none")?,
    }
    match &report.plover {
        Some(plover) => {
            let mut words = plover.event_type.clone();
            for part in plover.mode.iter().chain(&plover.context) {
                words.push_str(&format!(" · {part}"));
            }
            line("PLOVER", &words)?;
        }
        None => line("PLOVER", "none: PLOVER has no type for it")?,
    }
    line("told", &format!("{}: {}", telling::told_words(report.told), telling::told_why(report.told)))?;
    if let Some(claimant) = &report.claimant {
        line("says so", &telling::parties(std::slice::from_ref(claimant)))?;
    }
    line("date", &telling::date_words(report.date))?;
    if let Some(place) = &report.place {
        let state = place.state.as_ref().map(|s| format!(" ({s})")).unwrap_or_default();
        line("place", &format!("{}{state}", place.name))?;
    }
    if let Some(statement) = &report.statement {
        let quoted = if statement.direct { ", partly quoted to the letter" } else { "" };
        line("through", &format!("{}{quoted}", telling::plain(&statement.through)))?;
    }
    if !report.issues.is_empty() {
        line("issues", &telling::issues_words(&report.issues))?;
    }
    Ok(())
}

/// The article's head, and the paragraph around the sentence.
fn stands(paper: &mut Paper<'_>, article: &Stands, sentence: Span) -> io::Result<()> {
    let title = paper.styled(STRONG, article.title.as_deref().unwrap_or("(no title)"));
    paper.hanging(2, 4, &title)?;
    let mut facts = Vec::new();
    facts.extend(article.published.as_deref().and_then(Stamp::parse).map(telling::stamp_words));
    facts.push(format!("hash {}", article.hash.get(..10).unwrap_or(&article.hash)));
    facts.push(format!("read by engine {}", article.engine));
    let facts = paper.styled(FAINT, &facts.join(" · "));
    paper.hanging(2, 4, &facts)?;
    for place in &article.printings {
        let known = [&place.outlet, &place.url, &place.source].into_iter().flatten();
        let words: Vec<&str> = known.map(String::as_str).collect();
        paper.hanging(2, 4, &paper.styled(FAINT, &words.join(" · ")))?;
    }
    // Blocks are parted by an empty line, and a sentence lies in one block.
    let text = &article.text;
    let start = text.get(..sentence.start).and_then(|t| t.rfind("\n\n")).map_or(0, |at| at + 2);
    let end =
        text.get(sentence.end..).and_then(|t| t.find("\n\n")).map_or(text.len(), |at| sentence.end + at);
    let around = Span::new(start, end);
    if around != sentence && around.len() > sentence.len() {
        let pieces = telling::pieces(text, around, &[(sentence, Mark::Sentence(0))]);
        paper.line("")?;
        paper.paragraph(4, &paper.marked(&pieces))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use demarche_record::Record;

    use super::*;
    use crate::hand;

    #[test]
    fn an_explanation_names_all_that_it_rests_on() {
        let folder = tempfile::tempdir().unwrap();
        let mut record = Record::create_or_open(folder.path().join("r.demarche")).unwrap();
        let meeting = hand::meeting();
        record.keep(&meeting, &hand::source("pages/a.html")).unwrap();
        let about = Explained::find(&record, &meeting.reports[1].id).unwrap();
        let mut bytes = Vec::new();
        explained(&mut Paper::new(&mut bytes, 78, false), &about).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let unwrapped = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for words in [
            "[actor: Iqbal] [trigger: told] [recipient: the ambassador] [content: that trade",
            "called up by “told”",
            "recipient: “the ambassador”, by way of obj",
            "Sara Iqbal, Foreign Minister · actor · PAKGOV",
            "title before the name: Foreign Minister",
            "010 (Make statement)",
            "none: PLOVER has no type for it",
            "current: as the news of the page",
            "Pakistan, US talk trade in Islamabad",
            "pages/a.html",
        ] {
            assert!(unwrapped.contains(words), "{words:?} is in:\n{text}");
        }
        let fault = Explained::find(&record, "3f9a2c81d0-1").unwrap_err().to_string();
        assert!(fault.contains("begin like it: 3f9a2c81d0-153, 3f9a2c81d0-66"), "{fault}");
        assert!(Explained::find(&record, "").unwrap_err().to_string().contains("no report or event"));
    }
}
