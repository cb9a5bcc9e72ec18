//! Turns actors, kinds, tellings and codes into the words that people use for them.

use demarche_engine::actors::{Actor, ActorKind};
use demarche_engine::events::{Event, Kind, Party, Report, Told};
use demarche_engine::series::Cameo;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The word that an enum serialises to, with spaces: `joint statement`.
pub(crate) fn plain<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word.replace('_', " "),
        _ => String::new(),
    }
}

/// The value that data calls so, letter case aside.
pub(crate) fn by_name<T: DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(word.to_lowercase())).ok()
}

/// `1 event`, `2 events`.
pub(crate) fn count(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

/// The side someone stands on: `PAK GOV`, `PAK`, or the code of a body without a state.
pub(crate) fn side(actor: &Actor) -> String {
    match (&actor.state, actor.sector) {
        (Some(state), Some(sector)) => format!("{state} {}", sector.as_str()),
        (Some(state), None) => state.clone(),
        (None, _) => actor.code.clone(),
    }
}

/// A post with its manner: `caretaker Foreign Minister`.
pub(crate) fn post_words(actor: &Actor) -> Option<String> {
    let post = actor.post.as_ref()?;
    let manner: Vec<String> = post.manner.iter().map(plain).filter(|m| !says(&post.title, m)).collect();
    Some(if manner.is_empty() { post.title.clone() } else { format!("{} {}", manner.join(" "), post.title) })
}

/// A name with its post, unless the name is the post.
pub(crate) fn with_post(actor: &Actor) -> String {
    match post_words(actor) {
        Some(post) if !actor.name.to_lowercase().contains(&post.to_lowercase()) => {
            format!("{}, {post}", actor.name)
        }
        _ => actor.name.clone(),
    }
}

/// An issue in words: `process/bilateral-ties` is `bilateral ties`.
pub(crate) fn issue_words(id: &str) -> String {
    id.rsplit('/').next().unwrap_or(id).replace('-', " ")
}

/// Several issues in words.
pub(crate) fn issues_words(ids: &[String]) -> String {
    ids.iter().map(|id| issue_words(id)).collect::<Vec<_>>().join(", ")
}

fn says(title: &str, manner: &str) -> bool {
    title.to_lowercase().split(' ').any(|word| word == manner || manner == "deputy" && word == "vice")
}

/// Names of parties with their sides: `Sara Iqbal (PAK) and John Reed (USA)`.
pub(crate) fn parties(parties: &[Party]) -> String {
    let mut names: Vec<String> = Vec::new();
    for party in parties {
        let name = named(&party.actor);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    match names.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

fn named(actor: &Actor) -> String {
    match &actor.state {
        Some(state) if actor.kind != ActorKind::State => format!("{} ({state})", actor.name),
        _ => actor.name.clone(),
    }
}

/// What sort of happening it is, in a word or two: `meeting`, `statement: optimism`, `action: aid`.
pub(crate) fn kind_words(report: &Report) -> String {
    match report.kind {
        Kind::Contact => report.contact.as_ref().map_or_else(|| "contact".to_owned(), plain),
        Kind::Statement => match &report.statement {
            Some(statement) => format!("statement: {}", plain(&statement.act)),
            None => "statement".to_owned(),
        },
        Kind::Action => match &report.plover {
            Some(plover) => format!("action: {}", plover.event_type.to_lowercase()),
            None => "action".to_owned(),
        },
    }
}

/// The heading of a list of one kind.
pub(crate) fn kind_heading(kind: Kind) -> &'static str {
    match kind {
        Kind::Contact => "Contacts",
        Kind::Statement => "Statements",
        Kind::Action => "Actions",
    }
}

/// Who with whom, or who to whom.
pub(crate) fn event_line(event: &Event) -> String {
    acts(&event.actors, &event.recipients)
}

/// `A → B`, or `A and B` where it goes both ways.
pub(crate) fn acts(actors: &[Party], recipients: &[Party]) -> String {
    match (parties(actors), parties(recipients)) {
        (actors, recipients) if recipients.is_empty() => actors,
        (actors, recipients) => format!("{actors} → {recipients}"),
    }
}

/// `as Sara Iqbal (PAK) says`, of something that is only claimed; `names` joins the names of those who claim it.
pub(crate) fn claim_words<P>(claimants: &[P], names: impl Fn(&[P]) -> String) -> Option<String> {
    let says = if claimants.len() == 1 { "says" } else { "say" };
    (!claimants.is_empty()).then(|| format!("as {} {says}", names(claimants)))
}

/// How something is told, in one word.
pub(crate) fn told_words(told: Told) -> String {
    plain(&told)
}

/// What that word means.
pub(crate) fn told_why(told: Told) -> &'static str {
    match told {
        Told::Current => "as the news of the page",
        Told::Recalled => "as something earlier, called back to mind",
        Told::Planned => "as agreed or announced, still to come",
        Told::Requested => "as asked for",
        Told::Hypothetical => "as possible, conditional or imagined",
        Told::Denied => "as said not to be so",
    }
}

/// The name of a CAMEO code in its codebook.
pub(crate) fn code_words(cameo: &str) -> Option<&'static str> {
    cameo.parse::<Cameo>().ok().map(Cameo::name).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_codes_have_words() {
        assert_eq!(count(1, "event"), "1 event");
        assert_eq!(count(0, "event"), "0 events");
        assert_eq!(code_words("010"), Some("Make statement"));
        for wrong in ["", "0", "00", "21", "é1"] {
            assert_eq!(code_words(wrong), None, "{wrong:?}");
        }
        assert_eq!(told_words(Told::Hypothetical), "hypothetical");
    }
}
