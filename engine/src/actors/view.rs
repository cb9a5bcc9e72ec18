//! The mentions so far → whom a pronoun, "both sides" or "the two leaders" mean at a point of the text.

use crate::actors::actor::{Actor, ActorKind, Mention, Rank, Sector};
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
}

impl View<'_> {
    /// The person whom "he" or "her" at token `at` means.
    pub(crate) fn person(&self, at: usize) -> Option<usize> {
        // Whoever speaks about "him" in direct speech is not that person.
        let speaker = self.doc.is_quoted(at).then(|| self.speaker(at)).flatten();
        let woman = matches!(self.doc.form(at).to_lowercase().as_str(), "she" | "her" | "hers" | "herself");
        // Nobody summons himself: "X summoned Y and handed him a note".
        let doers = self.doers(at);
        let fits = |actor: &Actor, which: usize| {
            matches!(actor.kind, ActorKind::Person | ActorKind::Office)
                && Some(which) != speaker
                && !doers.contains(&which)
                && self.is_woman(actor).is_none_or(|is| is == woman)
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
            verb = self.doc.tokens[doer].head.filter(|_| self.doc.tokens[doer].relation == Relation::Conj);
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
        self.salient(at, |actor, _| {
            matches!(actor.kind, ActorKind::State | ActorKind::Organisation | ActorKind::Bloc)
        })
    }

    /// The state that "the country" at token `at` means.
    pub(crate) fn country(&self, at: usize) -> Option<usize> {
        self.salient(at, |actor, _| actor.kind == ActorKind::State)
    }

    /// The body that "the bloc" at token `at` means; one of the noun's own `sector` ("the party") where it tells one.
    pub(crate) fn organisation(&self, at: usize, sector: Option<Sector>) -> Option<usize> {
        self.salient(at, |actor, _| match actor.kind {
            ActorKind::Bloc => true,
            ActorKind::Organisation => sector.is_none_or(|s| actor.sector == Some(s)),
            _ => false,
        })
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
            let state = actor.state.clone().filter(|_| !m.place && is_side(actor))?;
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

    /// Whose ministry is in view at token `at`: that of the ministry or of the minister, spokesperson or diplomat who was last
    /// mentioned in its sentence or in the one before.
    pub(crate) fn ministry(&self, at: usize) -> Option<String> {
        let before = self.doc.sentence_before(at).unwrap_or(self.doc.sentence_of(at)).first;
        let serves = |actor: &&Actor| {
            let rank = actor.post.as_ref().and_then(|post| post.rank);
            actor.name.to_lowercase().ends_with("ministry")
                || matches!(rank, Some(Rank::Minister | Rank::Spokesperson | Rank::Diplomat))
        };
        let near = self.mentions[self.from(before)..].iter().rev().flat_map(|m| &m.actors);
        near.map(|&a| &self.actors[a]).filter(serves).find_map(|actor| actor.state.clone())
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
    fn salient(&self, at: usize, fits: impl Fn(&Actor, usize) -> bool) -> Option<usize> {
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
    fn from(&self, at: usize) -> usize {
        self.mentions.partition_point(|m| m.first < at)
    }

    fn is_subject(&self, mention: &Mention) -> bool {
        matches!(self.doc.tokens[mention.head].relation, Relation::Nsubj | Relation::NsubjPass)
    }

    /// Who says the direct speech that token `at` stands in: whom the words around it name, else the last subject before.
    pub(crate) fn speaker(&self, at: usize) -> Option<usize> {
        let quotation = self.doc.quotation_of(at)?;
        let told = speaker(self.doc, self.mentions, quotation).map(|m| &self.mentions[m]);
        let before = || {
            let subject = |m: &&Mention| m.actors.len() == 1 && !m.place && self.is_subject(m);
            let early = self.mentions.partition_point(|m| m.span.end <= quotation.span.start);
            self.mentions[..early].iter().rfind(subject).filter(|_| quotation.label.is_none())
        };
        told.or_else(before).and_then(|m| m.actors.first().copied())
    }

    /// Whom "they" at token `at` means: several mentioned as one before it in the sentence or in the sentence before, the
    /// persons or states of two sides there, else a body of several people.
    pub(crate) fn group(&self, at: usize) -> Option<Vec<usize>> {
        let doc = self.doc;
        let here = doc.sentence_of(at).first;
        let many = |m: &&Mention| {
            m.actors.len() > 1
                || m.actors.iter().all(|&a| self.actors[a].kind == ActorKind::Group)
                || doc.tokens[m.head].feats.plural == Some(true)
                    && m.actors.iter().all(|&a| self.actors[a].kind == ActorKind::Organisation)
        };
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
            let mut group: Vec<usize> = inside
                .iter()
                .filter(|m| !m.place)
                .flat_map(|m| m.actors.iter().copied())
                .filter(|&a| is_side(&self.actors[a]) && self.actors[a].state.is_some())
                .filter(|&a| matches!(self.actors[a].kind, ActorKind::Person | ActorKind::Office) == person)
                .collect();
            group.dedup();
            let sides = group.iter().any(|&a| self.actors[a].state != self.actors[group[0]].state);
            sides.then_some(group)
        };
        let subject = inside.iter().find(|m| self.is_subject(m) && many(m)).map(|m| m.actors.clone());
        subject
            .or_else(|| of_kind(true))
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
            .filter(|m| !m.place)
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
        of_those.or_else(|| if anybody { last_two(&may) } else { None })
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
