//! `engine/data/frames/<TYPE>/<concept>.toml` → `Frame`: one concept, the words and roles that tell it, why, and examples.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::actors::ActorKind;
use crate::events::report::{Act, ContactKind, Kind};

include!(concat!(env!("OUT_DIR"), "/frames.rs"));

/// One concept: what it means, which words call it up, which of their dependents play which role.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Frame {
    /// Path below `engine/data/frames`, without the ending; set on loading.
    #[serde(skip)]
    pub name: String,
    /// One line: why these words mean this.
    pub why: String,
    /// Contact, statement or action.
    pub kind: Kind,
    /// CAMEO code, as exactly as the words say.
    pub cameo: String,
    /// For contacts: what sort.
    pub contact: Option<ContactKind>,
    /// For statements: what saying it does.
    pub act: Option<Act>,
    /// Verbs, as lemmas, a particle after a space ("sit down").
    #[serde(default)]
    pub verbs: Vec<String>,
    /// Nouns, as lemmas, a compound's first part before a space ("phone call").
    #[serde(default)]
    pub nouns: Vec<String>,
    /// If given, the object must be one of these lemmas ("sign" an "agreement"), or of a class: `<people>` for anyone that the
    /// page mentions, `<state>`, `<thing>` for what mentions nobody; `<none>` where there must be no object.
    #[serde(default)]
    pub objects: Vec<String>,
    /// If given, one of these phrases (lower case) must stand in what is said.
    #[serde(default)]
    pub content: Vec<String>,
    /// What plays the actor: `subject`, `object`, or a preposition.
    pub actor: Vec<String>,
    /// What plays the recipient, in order of preference: `object`, `indirect`, or a preposition.
    #[serde(default)]
    pub recipient: Vec<String>,
    /// If given, the recipient must be of one of these kinds.
    #[serde(default)]
    pub recipient_is: Vec<ActorKind>,
    /// If given, one of these prepositions must hang on the word, with somebody behind it.
    #[serde(default)]
    pub beside: Vec<String>,
    /// Words that make something else of it where they stand before it: a "trade war" is no war.
    #[serde(default)]
    pub unless: Vec<String>,
    /// If given, how the clause that it takes must be told.
    pub clause: Option<Mood>,
    /// Whether it must be told as still to come: "would welcome talks".
    #[serde(default)]
    pub coming: bool,
    /// Whether all sides act (met, agreed, clashed).
    #[serde(default)]
    pub reciprocal: bool,
    /// Whether it stands without a recipient.
    #[serde(default)]
    pub alone: bool,
    /// Sentences in which it fires.
    pub yes: Vec<Yes>,
    /// Sentences in which it must not.
    pub no: Vec<No>,
}

/// How a clause is told that depends on a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mood {
    /// As a fact: "insists that X has left".
    Fact,
    /// There is no such clause: "called on the president on Friday".
    None,
    /// It says what somebody does, not what he is: "called her | to say so", but not "called her | a liar".
    Deed,
    /// It says what is to be done: "told X | to leave".
    Order,
}

/// A sentence in which a frame fires.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Yes {
    /// The sentence.
    pub text: String,
    /// Names of all actors, as resolved.
    pub actor: Vec<String>,
    /// Names of all recipients.
    #[serde(default)]
    pub recipient: Vec<String>,
}

/// A sentence in which a frame must not fire.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct No {
    /// The sentence.
    pub text: String,
    /// Why not.
    pub why: String,
}

impl Frame {
    /// How narrowly it is drawn: of two frames that one word calls up, the narrower one holds.
    pub(crate) fn specificity(&self) -> usize {
        usize::from(self.objects.iter().any(|word| word != "<none>"))
            + usize::from(!self.content.is_empty())
            + usize::from(!self.recipient_is.is_empty())
            + usize::from(self.coming)
            + if matches!(self.clause, Some(Mood::Fact | Mood::None | Mood::Order)) { 2 } else { 0 }
    }

    /// Whether it wants two sides: everything but a statement and what stands alone.
    pub(crate) fn wants_recipient(&self) -> bool {
        !self.alone && self.kind != Kind::Statement
    }
}

/// All frames, indexed by the words that call them up.
#[derive(Debug)]
pub struct Frames {
    frames: Vec<Frame>,
    verbs: BTreeMap<String, Vec<usize>>,
    nouns: BTreeMap<String, Vec<usize>>,
}

impl Frames {
    /// Reads the frames that ship with the engine.
    pub fn shipped() -> Self {
        match Self::parse(FRAMES) {
            Ok(frames) => frames,
            // The tests load every shipped frame, so a release never comes here.
            Err(message) => unreachable!("a shipped frame does not load: {message}"),
        }
    }

    /// Reads frames from `(name, TOML)` pairs; the error names the file and what is wrong.
    pub fn parse(files: &[(&str, &str)]) -> Result<Self, String> {
        let mut all = Frames { frames: Vec::new(), verbs: BTreeMap::new(), nouns: BTreeMap::new() };
        for (name, text) in files {
            let mut frame: Frame = toml::from_str(text).map_err(|e| format!("{name}: {e}"))?;
            frame.name = (*name).to_owned();
            check(&frame).map_err(|e| format!("{name}: {e}"))?;
            let at = all.frames.len();
            for (words, index) in [(&frame.verbs, &mut all.verbs), (&frame.nouns, &mut all.nouns)] {
                for word in words {
                    index.entry(word.clone()).or_default().push(at);
                }
            }
            all.frames.push(frame);
        }
        Ok(all)
    }

    /// Frames that this verb (with particle, if any) calls up.
    pub(crate) fn of_verb(&self, words: &str) -> impl Iterator<Item = &Frame> {
        self.verbs.get(words).into_iter().flatten().map(|&at| &self.frames[at])
    }

    /// Frames that this noun calls up.
    pub(crate) fn of_noun(&self, words: &str) -> impl Iterator<Item = &Frame> {
        self.nouns.get(words).into_iter().flatten().map(|&at| &self.frames[at])
    }

    /// All frames, by name.
    pub fn iter(&self) -> impl Iterator<Item = &Frame> {
        self.frames.iter()
    }

    /// The frame of this name.
    pub fn get(&self, name: &str) -> Option<&Frame> {
        self.frames.iter().find(|f| f.name == name)
    }
}

/// What a frame must hold beyond its types.
fn check(frame: &Frame) -> Result<(), String> {
    if frame.verbs.is_empty() && frame.nouns.is_empty() {
        return Err("no verbs and no nouns: nothing calls it up".into());
    }
    if frame.yes.is_empty() || frame.no.is_empty() {
        return Err("needs at least one [[yes]] and one [[no]] example".into());
    }
    if frame.kind == Kind::Contact && frame.contact.is_none() {
        return Err("a contact needs `contact = \"meeting\"` or another sort".into());
    }
    if frame.kind == Kind::Statement && frame.act.is_none() {
        return Err("a statement needs `act = \"inform\"` or another act".into());
    }
    let folder = frame.name.split('/').next().unwrap_or("");
    let coded = super::codes::plover(&frame.cameo).map_or("STATEMENT".to_owned(), |p| p.event_type);
    if folder != coded {
        return Err(format!("CAMEO {} is {coded}, but the file lies in {folder}/", frame.cameo));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const MEET: &str = r#"
        why = "they meet"
        kind = "contact"
        contact = "meeting"
        cameo = "040"
        verbs = ["meet"]
        actor = ["subject"]
        recipient = ["object"]
        reciprocal = true
        [[yes]]
        text = "A met B."
        actor = ["A", "B"]
        [[no]]
        text = "The goals were met."
        why = "no sides"
    "#;

    #[test]
    fn a_frame_without_both_examples_or_in_the_wrong_folder_does_not_load() {
        assert!(Frames::parse(&[("CONSULT/meet", MEET)]).is_ok());
        let no_no = MEET.split("[[no]]").next().unwrap();
        assert!(Frames::parse(&[("CONSULT/meet", no_no)]).is_err());
        let error = Frames::parse(&[("AID/meet", MEET)]).unwrap_err();
        assert!(error.contains("AID/meet") && error.contains("CONSULT"), "{error}");
        assert!(Frames::parse(&[("CONSULT/meet", &MEET.replace("verbs", "werbs"))]).is_err());
    }

    #[test]
    fn the_shipped_frames_load() {
        assert!(Frames::shipped().iter().count() > 20);
    }
}
