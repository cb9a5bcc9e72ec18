//! Who acts: persons, offices, organisations, groups, states and blocs, with the codes that the field uses for them.

use serde::{Deserialize, Serialize};

use crate::text::Span;

/// Someone or something that can act between states, as it stands on the article's date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// What it is.
    pub kind: ActorKind,
    /// Its fullest name on the page, or the canonical one of the world tables.
    pub name: String,
    /// ISO 3166 alpha-3 code of the state it belongs to; none for international bodies and unknown sides.
    pub state: Option<String>,
    /// CAMEO actor code, state and role: `PAKGOV`, `USAMIL`, `IGOUNO`; empty where nothing is known.
    pub code: String,
    /// The sector of PLOVER.
    pub sector: Option<Sector>,
    /// The post it holds, as the page or the tables say.
    pub post: Option<Post>,
    /// Wikidata item, where known.
    pub wikidata: Option<String>,
    /// How each of these was settled, in the order in which it was.
    pub settled: Vec<Settled>,
}

/// What an actor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActorKind {
    /// A named person.
    Person,
    /// Someone known only by a post ("the Turkish foreign minister").
    Office,
    /// A named body.
    Organisation,
    /// People taken together ("Pakistan's top civil and military leaders").
    Group,
    /// A state or territory, by name, capital or demonym.
    State,
    /// Several states with a name of their own.
    Bloc,
}

/// CAMEO roles and PLOVER sectors: one list, since PLOVER took CAMEO's over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs, reason = "the codes are CAMEO's own and stand in its codebook")]
pub enum Sector {
    Gov,
    Mil,
    Leg,
    Jud,
    Cop,
    Spy,
    Opp,
    Pty,
    Reb,
    Ins,
    Sep,
    Uaf,
    Crm,
    Rad,
    Mod,
    Civ,
    Cvl,
    Eli,
    Edu,
    Bus,
    Mnc,
    Agr,
    Lab,
    Med,
    Hlh,
    Hri,
    Env,
    Rel,
    Ref,
    Set,
    Igo,
    Ngo,
    Img,
}

impl Sector {
    /// Whether those in it act for a state: its government, forces, parliament, courts, police and services.
    pub fn is_a_states(self) -> bool {
        matches!(self, Sector::Gov | Sector::Mil | Sector::Leg | Sector::Jud | Sector::Cop | Sector::Spy)
    }

    /// The three letters of CAMEO.
    pub fn as_str(self) -> &'static str {
        match self {
            Sector::Gov => "GOV",
            Sector::Mil => "MIL",
            Sector::Leg => "LEG",
            Sector::Jud => "JUD",
            Sector::Cop => "COP",
            Sector::Spy => "SPY",
            Sector::Opp => "OPP",
            Sector::Pty => "PTY",
            Sector::Reb => "REB",
            Sector::Ins => "INS",
            Sector::Sep => "SEP",
            Sector::Uaf => "UAF",
            Sector::Crm => "CRM",
            Sector::Rad => "RAD",
            Sector::Mod => "MOD",
            Sector::Civ => "CIV",
            Sector::Cvl => "CVL",
            Sector::Eli => "ELI",
            Sector::Edu => "EDU",
            Sector::Bus => "BUS",
            Sector::Mnc => "MNC",
            Sector::Agr => "AGR",
            Sector::Lab => "LAB",
            Sector::Med => "MED",
            Sector::Hlh => "HLH",
            Sector::Hri => "HRI",
            Sector::Env => "ENV",
            Sector::Rel => "REL",
            Sector::Ref => "REF",
            Sector::Set => "SET",
            Sector::Igo => "IGO",
            Sector::Ngo => "NGO",
            Sector::Img => "IMG",
        }
    }

    /// Reads the three letters of CAMEO.
    pub fn parse(code: &str) -> Option<Self> {
        serde_json::from_value(serde_json::Value::String(code.to_owned())).ok()
    }
}

/// A post, and the way in which it is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// As the page gives it, without the manner: "Foreign Minister", "Special Representative for Afghanistan".
    pub title: String,
    /// The canonical office of the world tables, if the title is one.
    pub office: Option<String>,
    /// How high it stands.
    pub rank: Option<Rank>,
    /// How it is held; empty for a plain holder.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub manner: Vec<Manner>,
}

/// How a post is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "plain words")]
pub enum Manner {
    Acting,
    Caretaker,
    Deputy,
    Elect,
    Former,
    Retired,
}

/// How high a post stands; the levels of contacts are read off it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "plain words")]
pub enum Rank {
    HeadOfState,
    Monarch,
    HeadOfGovernment,
    IgoHead,
    Minister,
    MilitaryChief,
    DeputyMinister,
    Envoy,
    Ambassador,
    Legislator,
    Judge,
    PartyLeader,
    MilitaryOfficer,
    Diplomat,
    Official,
    Spokesperson,
}

/// One step of settling who is meant: the rule, and the words or the row of a world table that it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    /// The rule's name.
    pub rule: String,
    /// The words or the row.
    pub by: String,
}

/// Everyone on a page: actors, and the places in the text that mean them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cast {
    /// The actors, in order of first mention.
    pub actors: Vec<Actor>,
    /// The mentions, in order of text.
    pub mentions: Vec<Mention>,
    /// States and bodies named inside the words of another's mention, in order of text: they say whose he is, and act in
    /// nothing that is told of him ("the | Turkish | foreign minister").
    pub within: Vec<Mention>,
    /// Towns, regions, bases … that the tables know, in order of text.
    pub places: Vec<Located>,
    /// Things of somebody's, in order of text.
    pub belongings: Vec<Belonging>,
    /// Direct speech whose speaker the page names, in order of text.
    pub speeches: Vec<Speech>,
}

/// A stretch of direct speech, and who says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Speech {
    /// What is said, marks included.
    pub span: Span,
    /// The mention of the speaker.
    pub speaker: usize,
}

impl Speech {
    /// The one of `speeches`, in order of text, that holds the words at `span`.
    pub(crate) fn at(speeches: &[Speech], span: Span) -> Option<&Speech> {
        let at = speeches.partition_point(|s| s.span.end < span.end);
        speeches.get(at).filter(|s| s.span.contains(span))
    }
}

/// A noun that mentions nobody, and whose thing it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Belonging {
    /// The noun.
    pub head: usize,
    /// The mention of the owner.
    pub owner: usize,
    /// The way from the noun to the owner, as relations.
    pub path: String,
}

impl Cast {
    /// The mention of who says the words at `span`, where they are direct speech and the page names him.
    pub(crate) fn speaker(&self, span: Span) -> Option<usize> {
        Speech::at(&self.speeches, span).map(|speech| speech.speaker)
    }
}

impl Located {
    /// The one of `places`, in order of text, that holds token `i`.
    pub fn at(places: &[Located], i: usize) -> Option<&Located> {
        let at = places.partition_point(|p| p.last <= i);
        places.get(at).filter(|p| p.first <= i)
    }
}

/// A stretch of text that names a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    /// The words.
    pub span: Span,
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub last: usize,
    /// ISO3 of the state that it lies in; none where several claim or share it, and for seas.
    pub state: Option<String>,
}

/// A stretch of text that means an actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The words, with title and post where they stand beside the name.
    pub span: Span,
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub last: usize,
    /// The token that the others hang on.
    pub head: usize,
    /// Whom it means: one actor, or each of several ("both sides", "the two leaders").
    pub actors: Vec<usize>,
    /// Whether the words stand for a place here ("arrived in Islamabad") rather than for who sits there.
    pub place: bool,
}
