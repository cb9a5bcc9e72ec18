//! The mentions so far → whom a pronoun, "both sides" or "the two leaders" mean at a point of the text.

use std::collections::{BTreeMap, BTreeSet};

use crate::actors::actor::{Actor, ActorKind, Mention, Rank};
use crate::actors::chains::is_side;
use crate::actors::ranks;
use crate::actors::speeches::speaker;
use crate::actors::world::World;
use crate::language::{Document, Relation, Upos};

/// Who is in view at a point of the text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) doc: &'a Document,
    /// All mentions before that point, in order of text.
    pub(crate) mentions: &'a [Mention],
    pub(crate) actors: &'a [Actor],
    pub(crate) world: &'a World,
    /// Of whom a pronoun has said whether he or she is meant.
    pub(crate) women: &'a BTreeMap<usize, bool>,
    /// Tokens of those mentions that stand inside another's words.
    pub(crate) within: &'a BTreeSet<(usize, usize)>,
}

/// How many mentions back somebody is looked for.
pub(crate) const REACH: usize = 300;

/// Verbs whose object is what somebody said or did, never a body.
const CLAIMS: &[&str] =
    &["admit", "claim", "confirm", "deny", "dispute", "doubt", "explain", "refuse", "regret", "say"];

/// Verbs that say what something is: "calling it an act of war".
const NAMING: &[&str] = &["brand", "call", "denounce", "describe", "dismiss", "dub", "label", "term"];

impl View<'_> {
    /// The person whom "he" or "her" at token `at` means.
    pub(crate) fn person(&self, at: usize) -> Option<usize> {
        // Whoever speaks about "him" in direct speech is not that person.
        let speaker = self.doc.is_quoted(at).then(|| self.speaker(at)).flatten();
        let woman = is_womans(self.doc.form(at));
        // Nobody summons himself: "X summoned Y and handed him a note".
        let doers = self.doers(at);
        let fits = |actor: &Actor, which: usize| {
            matches!(actor.kind, ActorKind::Person | ActorKind::Office)
                && Some(which) != speaker
                && !doers.contains(&which)
                && self.is_woman(actor).or(self.women.get(&which).copied()).is_none_or(|is| is == woman)
        };
        let beside = || {
            let fitting = self.here(at).iter().rev().find(|m| self.means(m, &fits))?;
            fitting.actors.first().copied()
        };
        let object = if self.is_object(at) { beside() } else { None };
        object.or_else(|| self.salient(at, fits))
    }

    /// The mentions of the sentence of token `at` so far.
    fn here(&self, at: usize) -> &[Mention] {
        &self.mentions[self.from(self.doc.sentence_of(at).first)..]
    }

    /// Whether a mention stands for one actor, and for one that fits.
    fn means(&self, mention: &Mention, fits: &impl Fn(&Actor, usize) -> bool) -> bool {
        matches!(*mention.actors.as_slice(), [one] if !mention.place && fits(&self.actors[one], one))
    }

    /// Whether the pronoun at token `at` has something done to it.
    fn is_object(&self, at: usize) -> bool {
        matches!(self.doc.tokens[at].relation, Relation::Obj | Relation::Iobj)
    }

    /// Who does what is done to the pronoun at token `at`: the subjects of its verb and of the verbs that this goes on from.
    fn doers(&self, at: usize) -> Vec<usize> {
        let mut doers = Vec::new();
        let mut verb = self.doc.tokens[at].head.filter(|_| self.is_object(at));
        while let Some(doer) = verb {
            let own = |m: &&Mention| self.is_subject(m) && self.doc.tokens[m.head].head == Some(doer);
            doers.extend(self.here(at).iter().filter(own).flat_map(|m| &m.actors));
            // "X hit Y and | beat it", "X moved to punish Y after | accusing it".
            let goes_on = matches!(self.doc.tokens[doer].relation, Relation::Xcomp | Relation::Advcl);
            let told =
                |c: usize| matches!(self.doc.tokens[c].relation, Relation::Nsubj | Relation::NsubjPass);
            let shares = self.doc.tokens[doer].relation == Relation::Conj
                || goes_on && !self.doc.children(doer).any(told);
            verb = self.doc.tokens[doer].head.filter(|_| shares);
        }
        doers
    }

    /// Whether title or name tells that an actor is a woman, or that he is none.
    fn is_woman(&self, actor: &Actor) -> Option<bool> {
        let title = actor.post.as_ref().map(|post| post.title.to_lowercase()).unwrap_or_default();
        let word = title.rsplit(' ').next().unwrap_or_default();
        if word.ends_with("woman") || matches!(word, "queen" | "princess" | "empress" | "duchess") {
            return Some(true);
        }
        if word.ends_with("man") || matches!(word, "king" | "prince" | "emperor" | "sheikh" | "sultan") {
            return Some(false);
        }
        if actor.kind == ActorKind::Person { self.world.is_woman(&actor.name) } else { None }
    }

    /// The state or body that "it" at token `at` means.
    pub(crate) fn body(&self, at: usize) -> Option<usize> {
        // "Caracas denies it": what was said, not who.
        let said = |verb: usize| CLAIMS.contains(&self.doc.tokens[verb].lemma.as_str());
        if self.is_object(at) && self.doc.tokens[at].head.is_some_and(said) {
            return None;
        }
        let doers = self.doers(at);
        let fits = |actor: &Actor, which: usize| {
            matches!(actor.kind, ActorKind::State | ActorKind::Organisation | ActorKind::Bloc)
                && !doers.contains(&which)
        };
        // "He thanked Turkey for | its | patience": what is nearest owns, where no side acts in the sentence.
        let owner = || {
            let here = self.here(at);
            let acts = |m: &Mention| self.is_subject(m) && self.means(m, &fits);
            let nearest = here.iter().rev().find(|m| self.means(m, &fits) && self.stands_alone(m));
            let owns = self.doc.tokens[at].relation == Relation::NmodPoss && !here.iter().any(acts);
            nearest.filter(|_| owns)
        };
        match self.remarked(at) {
            Some(object) => {
                let mention =
                    self.here(at).iter().rev().find(|m| m.head == object && self.means(m, &fits))?;
                mention.actors.first().copied()
            }
            None => owner().and_then(|m| m.actors.first().copied()).or_else(|| self.salient(at, fits)),
        }
    }

    /// The object of the verb upon which the remark goes in which the pronoun at token `at` is called something: in "rejected
    /// the plan of X, | calling it unjust" the plan, nobody whom the words before name.
    fn remarked(&self, at: usize) -> Option<usize> {
        let doc = self.doc;
        // Parsers take "them" in "calling them a show" for the subject of what follows, too.
        let own = doc.tokens[at].head.filter(|_| doc.tokens[at].relation == Relation::Obj);
        let remark = own.or_else(|| at.checked_sub(1))?;
        let calls = NAMING.contains(&doc.tokens[remark].lemma.as_str())
            && doc.tokens[remark].relation == Relation::Advcl
            && doc.form(remark).ends_with("ing")
            && remark > 0
            && doc.form(remark - 1) == ",";
        let verb = doc.tokens[remark].head.filter(|_| calls)?;
        // A clause without an object is called something itself.
        Some(doc.children(verb).find(|&c| doc.tokens[c].relation == Relation::Obj).unwrap_or(verb))
    }

    /// Who owns what begins at token `at`: whom the "its" or "her" right before it means, or whom "Barké's" names.
    pub(crate) fn owner(&self, at: usize) -> Option<&Actor> {
        let before = at.checked_sub(1)?;
        match self.doc.form(before).to_lowercase().as_str() {
            "its" | "his" | "her" => self.at(before),
            "'s" | "’s" => {
                let mention = self.mentions.last().filter(|m| m.last == before)?;
                mention.actors.first().map(|&a| &self.actors[a])
            }
            _ => None,
        }
    }

    /// The side that was last spoken of before token `at` in its sentence, and the words; with `far`, else the one that acts in
    /// the sentence before, or that was named last there.
    pub(crate) fn side_before(&self, at: usize, far: bool) -> Option<(String, String)> {
        let doc = self.doc;
        let here = *doc.sentence_of(at);
        let state = |m: &Mention| {
            let [only] = *m.actors.as_slice() else { return None };
            let actor = &self.actors[only];
            let state = actor.state.clone().filter(|_| !m.place && self.stands_alone(m) && is_side(actor))?;
            Some((state, m.span.of(&doc.text).to_owned()))
        };
        let (before, inside) = self.mentions.split_at(self.from(here.first));
        let previous = if far { doc.sentence_before(at).map_or(here.first, |s| s.first) } else { here.first };
        let before = &before[self.from(previous)..];
        inside
            .iter()
            .rev()
            .find_map(state)
            .or_else(|| before.iter().filter(|m| self.is_subject(m)).find_map(state))
            .or_else(|| before.iter().rev().find_map(state))
    }

    /// Whose an office with head `head` at token `at` is that no word says: the side that acts in its sentence before it,
    /// unless the office is the one that tells of that, and in the sentence before. None where the two differ.
    pub(crate) fn side_acting(&self, at: usize, head: usize) -> Option<(String, String)> {
        let doc = self.doc;
        let here = doc.sentence_of(at).first;
        let previous = doc.sentence_before(at).map_or(here, |s| s.first);
        let side = |m: &Mention| {
            let [only] = *m.actors.as_slice() else { return None };
            let actor = &self.actors[only];
            let state = actor.state.clone().filter(|_| !m.place && is_side(actor) && self.is_subject(m))?;
            Some((state, m.span.of(&doc.text).to_owned()))
        };
        let (before, inside) = self.mentions.split_at(self.from(here));
        let here = inside.iter().find_map(side);
        let above = before[self.from(previous)..].iter().find_map(side);
        // What the side itself does something to, or who tells of it, may be another's.
        let inner = !matches!(
            doc.tokens[head].relation,
            Relation::Nsubj | Relation::Obj | Relation::Iobj | Relation::Obl
        );
        match (here, above) {
            (Some(here), Some(above)) => {
                (here.0 == above.0 && (inner || doc.tokens[head].relation == Relation::Nsubj)).then_some(here)
            }
            (Some(here), None) => Some(here).filter(|_| inner),
            (None, above) => above,
        }
    }

    /// Whose ministry is in view at token `at`: that of the ministry or of the minister, spokesperson or diplomat who was last
    /// mentioned in its sentence or in the one before.
    pub(crate) fn ministry(&self, at: usize) -> Option<String> {
        let before = self.doc.sentence_before(at).unwrap_or(self.doc.sentence_of(at)).first;
        let serves = |actor: &&Actor| {
            let rank = actor.post.as_ref().and_then(|post| post.rank);
            let name = actor.name.to_lowercase();
            name.ends_with("ministry")
                || name.contains("ministry of ")
                || matches!(rank, Some(Rank::Minister | Rank::Spokesperson | Rank::Diplomat))
        };
        let near = self.mentions[self.from(before)..].iter().rev().flat_map(|m| &m.actors);
        near.map(|&a| &self.actors[a]).filter(serves).find_map(|actor| actor.state.clone())
    }

    /// Whose embassy is in view at token `at`: that of the ambassador or embassy last mentioned.
    pub(crate) fn embassy(&self, at: usize) -> Option<String> {
        let near = self.mentions[..self.from(at)].iter().rev().take(REACH).flat_map(|m| &m.actors);
        let sent = |actor: &&Actor| {
            let rank = actor.post.as_ref().and_then(|post| post.rank);
            matches!(rank, Some(Rank::Ambassador)) || actor.name.to_lowercase().contains("embassy")
        };
        near.map(|&a| &self.actors[a]).filter(sent).find_map(|actor| actor.state.clone())
    }

    /// The states that own together what begins at token `at`: "the two countries' | ministers", "their | ministers".
    pub(crate) fn owners(&self, at: usize) -> Vec<String> {
        // The apostrophe may be taken for a part of what is owned.
        let last = self.mentions.last().filter(|m| m.last == at && m.actors.len() > 1);
        let apostrophe = |t: usize| matches!(self.doc.form(t), "'" | "’" | "'s" | "’s");
        let owns = |m: &&Mention| self.doc.form(m.first).eq_ignore_ascii_case("their") || apostrophe(at);
        let states = |m: &Mention| {
            let of = |&a: &usize| match self.actors[a].kind {
                ActorKind::State => self.actors[a].state.clone(),
                _ => None,
            };
            m.actors.iter().map(of).collect::<Option<Vec<String>>>()
        };
        last.filter(owns).and_then(states).unwrap_or_default()
    }

    /// Who is mentioned by the token `at` alone.
    pub(crate) fn at(&self, at: usize) -> Option<&Actor> {
        let mention = self.mentions[self.from(at)..].iter().find(|m| m.first == at && m.last == at + 1)?;
        mention.actors.first().map(|&a| &self.actors[a])
    }

    /// The last fitting actor by the usual order: the subject before it in the sentence, the subject of the sentence before,
    /// the last one named there, the last one at all.
    pub(crate) fn salient(&self, at: usize, fits: impl Fn(&Actor, usize) -> bool) -> Option<usize> {
        let doc = self.doc;
        let here = *doc.sentence_of(at);
        let fitting = |m: &&Mention| self.means(m, &fits);
        let starts_sentence = (here.first..at).all(|t| doc.tokens[t].upos == Upos::Punct);
        // From the last one backwards: what lies further back than the sentence before is hardly ever looked at.
        let (before, inside) = self.mentions.split_at(self.from(here.first));
        let subject_here = inside.iter().rev().filter(fitting).find(|m| self.is_subject(m));
        let last_before = before.iter().rev().find(fitting);
        let previous = last_before.map_or(before, |m| &before[self.from(doc.sentence_of(m.head).first)..]);
        let chosen = if starts_sentence { None } else { subject_here }
            .or_else(|| previous.iter().filter(fitting).find(|m| self.is_subject(m)))
            .or(last_before)
            .or(subject_here)
            .or_else(|| inside.iter().rfind(fitting))?;
        chosen.actors.first().copied()
    }

    /// The first mention that begins at or after token `at`.
    pub(crate) fn from(&self, at: usize) -> usize {
        self.mentions.partition_point(|m| m.first < at)
    }

    /// Whether a mention is none of those inside another's words.
    fn stands_alone(&self, mention: &Mention) -> bool {
        !self.within.contains(&(mention.first, mention.last))
    }

    fn is_subject(&self, mention: &Mention) -> bool {
        matches!(self.doc.tokens[mention.head].relation, Relation::Nsubj | Relation::NsubjPass)
    }

    /// Who says the direct speech that token `at` stands in: whom the words around it name, else the last subject before.
    pub(crate) fn speaker(&self, at: usize) -> Option<usize> {
        let quotation = self.doc.quotation_of(at)?;
        let told = speaker(self.doc, self.mentions, quotation).map(|m| &self.mentions[m]);
        let before = || {
            let talks = |m: &&Mention| {
                m.actors.len() == 1
                    && !m.place
                    && self.is_subject(m)
                    && self.can_talk(m)
                    && !self.doc.is_quoted(m.head)
            };
            let early = self.mentions.partition_point(|m| m.span.end <= quotation.span.start);
            self.mentions[..early].iter().rfind(talks).filter(|_| quotation.label.is_none())
        };
        told.or_else(before).and_then(|m| m.actors.first().copied())
    }

    /// Whether a mention is of somebody who can go on talking without a verb that says so: a state does not.
    fn can_talk(&self, mention: &Mention) -> bool {
        mention.actors.iter().all(|&a| self.actors[a].kind != ActorKind::State)
    }

    /// Whom "they" at token `at` means: several mentioned as one before it in the sentence or in the sentence before, the
    /// persons or states of two sides there, else a body of several people.
    pub(crate) fn group(&self, at: usize) -> Option<Vec<usize>> {
        let doc = self.doc;
        if let Some(object) = self.remarked(at) {
            return self.here(at).iter().rev().find(|m| m.head == object).map(|m| m.actors.clone());
        }
        let here = doc.sentence_of(at).first;
        // "The Houthis": names are not always tagged as several.
        let plural = |m: &Mention| {
            let token = &doc.tokens[m.head];
            token.feats.plural == Some(true) || token.upos == Upos::Propn && doc.form(m.head).ends_with('s')
        };
        let is_group = |m: &Mention| m.actors.iter().all(|&a| self.actors[a].kind == ActorKind::Group);
        let many = |m: &&Mention| {
            let bodies = || m.actors.iter().all(|&a| self.actors[a].kind == ActorKind::Organisation);
            m.actors.len() > 1 || is_group(m) || plural(m) && bodies()
        };
        // "A spokesman for the rebels said | they …".
        if let Some(body) = self.teller(at).filter(|&a| self.speaks_for(a)).and_then(|a| self.body_of(a)) {
            return Some(vec![body]);
        }
        let (before, own) = self.mentions.split_at(self.from(here));
        // "Arrested two men | and freed them": whoever had something done to them by the same doer.
        let verb = doc.tokens[at].head.filter(|_| self.is_object(at));
        let first = verb.filter(|&verb| doc.tokens[verb].relation == Relation::Conj);
        let first = first.and_then(|verb| doc.tokens[verb].head);
        let undergoes = |m: &&Mention| {
            many(m) && doc.tokens[m.head].relation == Relation::Obj && doc.tokens[m.head].head == first
        };
        if let Some(several) = own.iter().rfind(undergoes).filter(|_| first.is_some()) {
            return Some(several.actors.clone());
        }
        let inside = before.last().map_or(before, |m| &before[self.from(doc.sentence_of(m.head).first)..]);
        let own = own.iter().rev().find(|m| self.is_subject(m) && many(m));
        if let Some(several) = own.or_else(|| inside.iter().rfind(|m| m.actors.len() > 1)) {
            return Some(several.actors.clone());
        }
        let of_kind = |person: bool| -> Option<Vec<usize>> {
            let named = inside
                .iter()
                .filter(|m| !m.place && self.stands_alone(m))
                .flat_map(|m| m.actors.iter().copied());
            let mut group: Vec<usize> = Vec::new();
            for a in named.filter(|&a| is_side(&self.actors[a]) && self.actors[a].state.is_some()) {
                let fits = match self.actors[a].kind {
                    ActorKind::Person | ActorKind::Office => person,
                    ActorKind::State => !person,
                    _ => false,
                };
                if fits && !group.contains(&a) {
                    group.push(a);
                }
            }
            let sides = group.iter().any(|&a| self.actors[a].state != self.actors[group[0]].state);
            sides.then_some(group)
        };
        let subject = inside.iter().find(|m| self.is_subject(m) && many(m)).map(|m| m.actors.clone());
        // "Peru released eleven fishermen. | They …": those to whom something was done, but not those who were told of it.
        let undergone = || {
            inside.iter().rfind(|m| is_group(m) && doc.tokens[m.head].relation == Relation::Obj && plural(m))
        };
        subject
            .or_else(|| of_kind(true))
            .or_else(|| undergone().map(|m| m.actors.clone()))
            .or_else(|| of_kind(false))
            .or_else(|| self.mentions.iter().rfind(many).map(|m| m.actors.clone()))
    }

    /// Those who act upon the pointer with head `at`: "X will receive | both presidents", "Y called on | all parties".
    fn above(&self, at: usize) -> Vec<usize> {
        let governed = matches!(self.doc.tokens[at].relation, Relation::Obj | Relation::Iobj | Relation::Obl);
        let verb = self.doc.tokens[at].head.filter(|_| governed);
        let own = |m: &&Mention| self.is_subject(m) && self.doc.tokens[m.head].head == verb && verb.is_some();
        self.here(at).iter().filter(own).flat_map(|m| m.actors.iter().copied()).collect()
    }

    /// The last two different states in view, in order of text, but for whoever acts upon the two with head `at`.
    pub(crate) fn two_states(&self, at: usize) -> Option<[String; 2]> {
        let above: Vec<Option<&String>> = self
            .above(at)
            .into_iter()
            .map(|a| self.actors[a].state.as_ref())
            .filter(Option::is_some)
            .collect();
        let mut states = self
            .mentions
            .iter()
            .rev()
            .filter(|m| !m.place && self.stands_alone(m))
            .flat_map(|m| m.actors.iter().rev())
            .filter(|&&a| is_side(&self.actors[a]))
            .filter_map(|&a| self.actors[a].state.clone())
            .filter(|state| !above.contains(&Some(state)));
        let last = states.next()?;
        let other = states.find(|s| *s != last)?;
        Some([other, last])
    }

    /// The two persons last in view who serve different states: of the posts that the noun at token `noun` says ("the two
    /// ministers"), where two hold such; else, where `anybody` will do, whoever may: no spokesman is one of two presidents.
    pub(crate) fn two_persons(&self, noun: usize, anybody: bool) -> Option<Vec<usize>> {
        let ranks = ranks::of_plural(&self.doc.tokens[noun].lemma.to_lowercase());
        let above = self.above(noun);
        let last_two = |fits: &dyn Fn(&Actor) -> bool| {
            let mut persons =
                self.mentions.iter().rev().flat_map(|m| m.actors.iter().rev().copied()).filter(|&a| {
                    let actor = &self.actors[a];
                    !above.contains(&a)
                        && matches!(actor.kind, ActorKind::Person | ActorKind::Office)
                        && actor.state.is_some()
                        && fits(actor)
                });
            let last = persons.next()?;
            let other = persons.find(|&a| self.actors[a].state != self.actors[last].state)?;
            Some(vec![other, last])
        };
        let of_those = ranks.and_then(|ranks| last_two(&|actor| ranks::holds(actor, ranks)));
        let may =
            |actor: &Actor| ranks.is_none_or(|ranks| actor.post.is_none() || ranks::holds(actor, ranks));
        of_those
            .or_else(|| if anybody { last_two(&may) } else { None })
            .or_else(|| self.pair(noun).filter(|_| anybody && ranks.is_none()))
    }

    /// The two sides in view that the noun at token `noun` means by their posts, each with whoever is known to hold his: "the two
    /// presidents", where the page names at most one of them.
    pub(crate) fn two_holders(&self, noun: usize) -> Option<[(String, Option<usize>); 2]> {
        let ranks = ranks::of_plural(&self.doc.tokens[noun].lemma.to_lowercase())?;
        let holder = |state: &String| {
            let mut actors = self.mentions.iter().rev().flat_map(|m| m.actors.iter().rev().copied());
            actors.find(|&a| {
                let actor = &self.actors[a];
                actor.kind == ActorKind::Person
                    && actor.state.as_ref() == Some(state)
                    && ranks::holds(actor, ranks)
            })
        };
        self.two_states(noun).map(|pair| {
            pair.map(|state| {
                let holder = holder(&state);
                (state, holder)
            })
        })
    }
}

/// Whether a pronoun in the singular is a woman's.
pub(crate) fn is_womans(form: &str) -> bool {
    matches!(form.to_lowercase().as_str(), "she" | "her" | "hers" | "herself")
}
