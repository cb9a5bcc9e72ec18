//! The page as frames look at it: tokens → the mentions that stand there, a clause's fillers → the mentions that fill a role.

use std::collections::HashSet;

use jiff::civil::Date;

use crate::actors::{Actor, ActorKind, Cast, Mention};
use crate::events::Scope;
use crate::events::clause::{self, Clause, Filler};
use crate::events::knowledge::Knowledge;
use crate::events::report::Party;
use crate::events::sides::is_public;
use crate::language::{Document, Relation, Upos, VerbForm};

/// What matching looks at.
pub(crate) struct Page<'a> {
    pub(crate) doc: &'a Document,
    pub(crate) cast: &'a Cast,
    pub(crate) knowledge: &'a Knowledge,
    pub(crate) published: Option<Date>,
    pub(crate) scope: Scope,
    /// The cast's mentions, and behind them towns as places of their states: "shelled Haifa", "flew to Boa Vista".
    mentions: Vec<Mention>,
    /// For each token, the mention that covers it.
    pub(crate) mention_at: Vec<Option<usize>>,
    /// For each mention, the mentions that are coordinated with it in a list, itself included.
    pub(crate) lists: Vec<Vec<usize>>,
}

/// A role filled: the mention, and the way to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Filled {
    pub(crate) mention: usize,
    pub(crate) path: String,
}

/// Words that count some of those behind their "of", or say what they are.
const COUNTS: &[&str] = &[
    "both",
    "convoy",
    "delegation",
    "dozen",
    "each",
    "group",
    "hundred",
    "island",
    "member",
    "none",
    "number",
    "score",
    "several",
    "some",
    "thousand",
];

/// Verbs whose object was not there before.
const MAKING: &[&str] = &["build", "create", "establish", "found", "launch", "set"];
/// Those who stand against somebody.
const AGAINST: &[&str] = &["adversary", "critic", "detractor", "enemy", "foe", "opponent", "rival"];
/// Those who stand beside somebody and are not his.
const BESIDE: &[&str] = &["ally", "backer", "friend", "neighbor", "neighbour", "partner", "sponsor"];

impl<'a> Page<'a> {
    pub(crate) fn new(
        doc: &'a Document,
        cast: &'a Cast,
        knowledge: &'a Knowledge,
        published: Option<Date>,
        scope: Scope,
    ) -> Self {
        let mut mention_at = vec![None; doc.tokens.len()];
        let mut mentions = cast.mentions.clone();
        mentions.extend(towns(doc, cast));
        for (at, mention) in mentions.iter().enumerate() {
            for slot in &mut mention_at[mention.first..mention.last] {
                slot.get_or_insert(at);
            }
        }
        let mut page =
            Self { doc, cast, knowledge, published, scope, mentions, mention_at, lists: Vec::new() };
        page.lists = page.lists();
        page
    }

    /// Lists of mentions of one sort, parted by commas and a conjunction: parsers often lose the later members.
    pub(crate) fn lists(&self) -> Vec<Vec<usize>> {
        let mut lists: Vec<Vec<usize>> = (0..self.mentions.len()).map(|m| vec![m]).collect();
        // Towns stand behind, out of the order of the text, and make no lists.
        let mentions = &self.mentions[..self.cast.mentions.len()];
        let mut start = 0;
        while start < mentions.len() {
            let mut end = start + 1;
            let mut conjunction = false;
            while end < mentions.len() && self.same_sort(&mentions[start], &mentions[end]) {
                let between = mentions[end - 1].last..mentions[end].first;
                let joined = between.len() <= 3
                    && !between.is_empty()
                    && between.clone().all(|t| {
                        matches!(
                            self.doc.form(t).to_lowercase().as_str(),
                            "," | ";" | "and" | "&" | "the" | "as" | "well" | "his" | "her" | "their"
                        )
                    })
                    && self.doc.sentence_of(mentions[start].head).last > mentions[end].first;
                if !joined {
                    break;
                }
                conjunction |= between.clone().any(|t| matches!(self.doc.form(t), "and" | "&" | "well"));
                end += 1;
            }
            if conjunction {
                for list in &mut lists[start..end] {
                    *list = (start..end).collect();
                }
            }
            start = end;
        }
        lists
    }

    pub(crate) fn same_sort(&self, a: &Mention, b: &Mention) -> bool {
        let sort = |m: &Mention| {
            m.actors
                .first()
                .map(|&a| matches!(self.cast.actors[a].kind, ActorKind::Person | ActorKind::Office))
        };
        sort(a) == sort(b) && a.place == b.place
    }

    pub(crate) fn mention(&self, at: usize) -> &Mention {
        &self.mentions[at]
    }

    /// The state that an actor serves, as an actor of the page.
    pub(crate) fn state_of(&self, actor: &Actor) -> Option<usize> {
        state_actor(self.cast, actor.state.as_deref()?)
    }

    pub(crate) fn actors_of(&self, filled: &[Filled]) -> Vec<usize> {
        let mut actors: Vec<usize> =
            filled.iter().flat_map(|f| self.mention(f.mention).actors.clone()).collect();
        let mut seen = Vec::new();
        actors.retain(|a| {
            !seen.contains(a) && {
                seen.push(*a);
                true
            }
        });
        actors
    }

    /// The mention that a filler stands for; for a recipient also whose thing it is ("condemned India's decision").
    pub(crate) fn fill(&self, filler: &Filler, owners: bool) -> Vec<Filled> {
        if let Some(mention) = self.mention_at[filler.token] {
            let list = &self.lists[mention];
            let from = list.iter().position(|&m| m == mention).unwrap_or(0);
            return list[from..].iter().map(|&m| Filled { mention: m, path: filler.path.clone() }).collect();
        }
        // "The island of Nauru"; "wounded one of its soldiers", "downed 15 of 18 Russian drones": of the many who are counted.
        let of_many = |t: usize| {
            let counts =
                self.doc.tokens[t].upos == Upos::Num || COUNTS.contains(&self.doc.tokens[t].lemma.as_str());
            let many = self.doc.children(t).find(|&c| self.doc.preposition(c).as_deref() == Some("of"));
            many.filter(|_| counts)
        };
        if let Some(many) = of_many(filler.token) {
            return self.fill(&Filler { token: many, path: format!("{}>nmod:of", filler.path) }, owners);
        }
        if !owners {
            return Vec::new();
        }
        let things = &self.cast.belongings;
        let from = things.partition_point(|thing| thing.head < filler.token);
        things[from..]
            .iter()
            .take_while(|thing| thing.head == filler.token)
            // "Kyiv's allies": others than Kyiv, who do and undergo what they do for themselves.
            .filter(|thing| {
                let noun = self.doc.tokens[thing.head].lemma.as_str();
                !(AGAINST.contains(&noun) || BESIDE.contains(&noun) && thing.path.ends_with("nmod:poss"))
            })
            .map(|thing| Filled { mention: thing.owner, path: format!("{}{}", filler.path, thing.path) })
            .collect()
    }

    /// What stands right beside a verb whose parse gives it nothing there: "Blome and Jilani | discussed", "spoke | with X".
    pub(crate) fn beside(&self, clause: &Clause, role: &str) -> Vec<Filled> {
        let doc = self.doc;
        let mut t = clause.trigger;
        if doc.tokens[t].upos != Upos::Verb {
            return Vec::new();
        }
        let sentence = doc.sentence_of(t);
        if role == "subject" {
            // What stands before "was summoned" undergoes it.
            if doc.children(t).any(|c| doc.tokens[c].relation == Relation::AuxPass) {
                return Vec::new();
            }
            // "X visited Y and | spoke with Z": the first of coordinated verbs has the subject beside it.
            while t > sentence.first
                && doc.tokens[t - 1].upos == Upos::Cconj
                && doc.tokens[t].relation == Relation::Conj
                && let Some(first) = doc.tokens[t].head.filter(|&h| doc.tokens[h].upos == Upos::Verb)
            {
                t = first;
            }
            let mut before = t;
            while before > sentence.first
                && (doc.tokens[before - 1].upos == Upos::Aux
                    || doc.tokens[before - 1].relation == Relation::Advmod)
            {
                before -= 1;
            }
            // "Geneviève Laforge, Minister of Foreign Affairs, | spoke": the comma closes the post.
            if before > sentence.first + 1
                && doc.form(before - 1) == ","
                && self.mention_at[before - 2]
                    .is_some_and(|m| self.mention(m).span.of(&doc.text).contains(','))
            {
                before -= 1;
            }
            let Some(mention) = before.checked_sub(1).and_then(|b| self.mention_at[b]) else {
                return Vec::new();
            };
            let first = self.mention(mention).first;
            let fits = self.mention(mention).last == before && first >= sentence.first;
            // After a preposition it is no subject: "in talks with Iran broke down"; but "on Tuesday | Greek jets intercepted".
            let of_time = doc.times.iter().any(|time| {
                time.span.contains(doc.tokens[first].span)
                    || first > sentence.first && time.span.contains(doc.tokens[first - 1].span)
            });
            let governed = first > sentence.first && doc.tokens[first - 1].upos == Upos::Adp && !of_time;
            // Taggers take a plain past tense for a participle; at the head of a clause it is none.
            let heads_clause = matches!(
                doc.tokens[t].relation,
                Relation::Root | Relation::Ccomp | Relation::Conj | Relation::Parataxis
            );
            let finite = doc.tokens[t].feats.verb_form == Some(VerbForm::Fin);
            if !fits || governed || !(finite || heads_clause) {
                return Vec::new();
            }
            return self.lists[mention]
                .iter()
                .map(|&m| Filled { mention: m, path: "beside".into() })
                .collect();
        }
        // "visited | the US last month", "spoke | with X".
        let mut after = t + 1;
        if role != "object" {
            if after >= sentence.last || !doc.form(after).eq_ignore_ascii_case(role) {
                return Vec::new();
            }
            after += 1;
        }
        if after + 1 < sentence.last
            && doc.tokens[after].upos == Upos::Det
            && self.mention_at[after].is_none()
        {
            after += 1;
        }
        // "Welcomed | the president's decision": whose thing it is does not stand there himself.
        let owner = |m: usize| doc.tokens[self.mention(m).head].relation == Relation::NmodPoss;
        let here = (after < sentence.last).then(|| self.mention_at[after]).flatten();
        let Some(mention) = here.filter(|&m| !owner(m)) else {
            return Vec::new();
        };
        let list = &self.lists[mention];
        let from = list.iter().position(|&m| m == mention).unwrap_or(0);
        list[from..].iter().map(|&m| Filled { mention: m, path: format!("beside:{role}") }).collect()
    }

    /// Whom the clauses under a verb of speech are about: "refused to meet X", "demanded that X withdraw from Y".
    pub(crate) fn governed(&self, clause: &Clause) -> Vec<Filled> {
        let mut filled: Vec<Filled> = Vec::new();
        for &complement in &clause.complements {
            let inner = clause::of_verb(self.doc, complement);
            let finite = self.doc.tokens[complement].relation == Relation::Ccomp;
            let subjects = inner.subjects.iter().filter(|_| finite);
            // "Agreed to set up a university": what is yet to be made is nobody.
            let made = MAKING.contains(&self.doc.tokens[complement].lemma.as_str());
            let objects = inner.objects.iter().filter(|_| !made);
            // "Demanded that Addis Ababa | hand over X": parsers take a verb that is a noun as well for a noun.
            let head = (finite && self.doc.tokens[complement].upos == Upos::Propn)
                .then(|| Filler { token: complement, path: "head".into() });
            let obliques = inner.obliques.iter().filter(|(p, _)| {
                matches!(p.as_str(), "with" | "to" | "from" | "on" | "against" | "for" | "of" | "into" | "by")
            });
            for filler in head.iter().chain(subjects).chain(objects).chain(obliques.map(|(_, f)| f)) {
                for mut found in self.fill(filler, true) {
                    // "Refused to hand over his papers": whose, is said of the one who refuses.
                    let owner = self.mention(found.mention);
                    let own = self.doc.tokens[owner.head].upos == Upos::Pron
                        && self.doc.tokens[owner.head].relation == Relation::NmodPoss;
                    let place = self.mention(found.mention).place;
                    if !place && !own && !filled.iter().any(|f| f.mention == found.mention) {
                        found.path = format!("complement>{}", found.path);
                        filled.push(found);
                    }
                }
            }
        }
        filled
    }

    /// The state within the words of a mention to which they say that he is sent: "its ambassador to | Ecuador".
    pub(crate) fn sent_to(&self, mention: usize) -> Option<usize> {
        let outer = &self.mentions[mention];
        let behind = self.cast.mentions.get(mention + 1..)?;
        let inside = behind.iter().take_while(|m| m.first < outer.last);
        let state = |m: &&Mention| m.actors.iter().all(|&a| self.cast.actors[a].kind == ActorKind::State);
        let at = inside.enumerate().find(|(_, m)| m.last <= outer.last && state(m)).map(|(at, _)| at)?;
        Some(mention + 1 + at)
    }

    /// The side in view that is opposite to `actors` at token `at`: the last one mentioned before it in its sentence or, if
    /// none is, in the one before.
    pub(crate) fn opposite(&self, at: usize, actors: &[Filled]) -> Option<Filled> {
        let own: Vec<Option<&str>> =
            self.actors_of(actors).into_iter().map(|a| self.cast.actors[a].state.as_deref()).collect();
        if own.iter().all(Option::is_none) {
            return None;
        }
        let floor = self.doc.sentence_before(at).unwrap_or(self.doc.sentence_of(at)).first;
        let mentions = &self.mentions[..self.cast.mentions.len()];
        let behind = mentions.partition_point(|m| m.first < at);
        let near = (0..behind).rev().take_while(|&m| mentions[m].first >= floor);
        let other = |&m: &usize| {
            let [only] = *mentions[m].actors.as_slice() else { return false };
            let actor = &self.cast.actors[only];
            is_public(actor) && actor.state.is_some() && !own.contains(&actor.state.as_deref())
        };
        near.into_iter().find(other).map(|mention| Filled { mention, path: "in view".into() })
    }

    /// Every mention in the roles that a frame names.
    pub(crate) fn roles(&self, clause: &Clause, names: &[String], owners: bool) -> Vec<Filled> {
        let mut filled: Vec<Filled> = Vec::new();
        for name in names {
            let before = filled.len();
            for filler in clause.role(name) {
                let modifier = filler.path.ends_with("modifier");
                let mut fillings = self.fill(&filler, owners);
                // "A, Minister of X, and B, Minister of Y, exchanged views": the whole list before the verb.
                if name == "subject"
                    && let [one] = fillings.as_slice()
                    && let list = &self.lists[one.mention]
                    && list.iter().all(|&m| self.mention(m).last <= clause.trigger)
                {
                    fillings = list.iter().map(|&m| Filled { mention: m, path: one.path.clone() }).collect();
                }
                for found in fillings {
                    let mention = self.mention(found.mention);
                    // "a US official visit": a modifier is a side only if it is a state or a body by itself.
                    let fits = !modifier || mention.first <= filler.token && filler.token < mention.last;
                    if fits && !filled.iter().any(|f| f.mention == found.mention) {
                        filled.push(found);
                    }
                }
            }
            if filled.len() == before {
                filled.extend(self.beside(clause, name));
            }
        }
        filled
    }
}

/// Towns, regions and bases outside all mentions, as places of states that the page names.
fn towns(doc: &Document, cast: &Cast) -> Vec<Mention> {
    let standing: HashSet<usize> = cast.mentions.iter().flat_map(|m| m.actors.iter().copied()).collect();
    cast.places
        .iter()
        .filter_map(|place| {
            let state = state_actor(cast, place.state.as_deref()?)?;
            // One that is named only to say whose somebody is has no part in what happens there.
            if !standing.contains(&state) {
                return None;
            }
            let (span, first, last) = (place.span, place.first, place.last);
            Some(Mention {
                span,
                first,
                last,
                head: doc.head_of(first, last),
                actors: vec![state],
                place: true,
            })
        })
        .collect()
}

/// A state, by its ISO3 code, as an actor of the page.
pub(crate) fn state_actor(cast: &Cast, iso3: &str) -> Option<usize> {
    cast.actors.iter().position(|a| a.kind == ActorKind::State && a.state.as_deref() == Some(iso3))
}

impl Page<'_> {
    /// An actor with the words that mention it here.
    pub(crate) fn party(&self, actor: usize, filled: &[Filled]) -> Party {
        let span = filled
            .iter()
            .map(|f| self.mention(f.mention))
            .find(|m| m.actors.contains(&actor))
            .map(|m| {
                // A group that lists its members: the member's own words, where they stand.
                let own =
                    self.cast.mentions.iter().find(|o| o.actors == [actor] && o.span.start >= m.span.end);
                if m.actors.len() > 1 { own.map_or(m.span, |o| o.span) } else { m.span }
            })
            .unwrap_or_default();
        Party { actor: self.cast.actors[actor].clone(), span }
    }
}
