//! Clauses × frames → reports: the frame that fits most narrowly, its roles filled with actors of the cast.

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::actors::{Actor, ActorKind, Cast, Mention, Sector};
use crate::events::clause::{self, Clause, Filler};
use crate::events::codes::plover;
use crate::events::frame::{Frame, Frames};
use crate::events::issues::Issues;
use crate::events::report::{Evidence, Kind, Party, Report, Role, RoleSpan, Told};
use crate::events::telling::{Telling, telling};
use crate::events::{places, statements};
use crate::language::{Document, Relation, Sentence, Upos, VerbForm};

/// What matching looks at.
pub(crate) struct Page<'a> {
    pub(crate) doc: &'a Document,
    pub(crate) cast: &'a Cast,
    pub(crate) frames: &'a Frames,
    pub(crate) issues: &'a Issues,
    pub(crate) published: Option<Date>,
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

impl<'a> Page<'a> {
    pub(crate) fn new(
        doc: &'a Document,
        cast: &'a Cast,
        frames: &'a Frames,
        issues: &'a Issues,
        published: Option<Date>,
    ) -> Self {
        let mut mention_at = vec![None; doc.tokens.len()];
        for (at, mention) in cast.mentions.iter().enumerate() {
            for slot in &mut mention_at[mention.first..mention.last] {
                slot.get_or_insert(at);
            }
        }
        let mut page = Self { doc, cast, frames, issues, published, mention_at, lists: Vec::new() };
        page.lists = page.lists();
        page
    }

    /// Lists of mentions of one sort, parted by commas and a conjunction: parsers often lose the later members.
    fn lists(&self) -> Vec<Vec<usize>> {
        let mentions = &self.cast.mentions;
        let mut lists: Vec<Vec<usize>> = (0..mentions.len()).map(|m| vec![m]).collect();
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

    fn same_sort(&self, a: &Mention, b: &Mention) -> bool {
        let sort = |m: &Mention| {
            m.actors
                .first()
                .map(|&a| matches!(self.cast.actors[a].kind, ActorKind::Person | ActorKind::Office))
        };
        sort(a) == sort(b) && a.place == b.place
    }

    pub(crate) fn mention(&self, at: usize) -> &Mention {
        &self.cast.mentions[at]
    }

    fn actors_of(&self, filled: &[Filled]) -> Vec<usize> {
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
    fn fill(&self, filler: &Filler, owners: bool) -> Vec<Filled> {
        let direct = self.mention_at[filler.token].filter(|&m| {
            // A token inside a mention but below its head modifies it: it stands for the mention only if it is its head.
            self.mention(m).head == filler.token
                || self.doc.has_ancestor(self.mention(m).head, filler.token)
                || self.mention(m).first <= filler.token
        });
        if let Some(mention) = direct {
            let list = &self.lists[mention];
            let from = list.iter().position(|&m| m == mention).unwrap_or(0);
            return list[from..].iter().map(|&m| Filled { mention: m, path: filler.path.clone() }).collect();
        }
        if !owners {
            return Vec::new();
        }
        self.doc
            .children(filler.token)
            .filter(|&c| {
                let token = &self.doc.tokens[c];
                match token.relation {
                    Relation::NmodPoss | Relation::Compound | Relation::Amod | Relation::NmodDesc => true,
                    Relation::Nmod => clause::preposition(self.doc, c)
                        .is_some_and(|p| matches!(p.as_str(), "of" | "by" | "against")),
                    _ => false,
                }
            })
            .filter_map(|c| {
                let mention = self.mention_at[c]?;
                let label = self.doc.tokens[c].relation;
                Some(Filled { mention, path: format!("{}>{label}", filler.path) })
            })
            .collect()
    }

    /// What stands right beside a verb whose parse gives it nothing there: "Blome and Jilani | discussed", "spoke | with X".
    fn beside(&self, clause: &Clause, role: &str) -> Vec<Filled> {
        let doc = self.doc;
        let mut t = clause.trigger;
        if doc.tokens[t].upos != Upos::Verb {
            return Vec::new();
        }
        let sentence = doc.sentence_of(t);
        if role == "subject" {
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
            let fits = self.mention(mention).last == before && self.mention(mention).first >= sentence.first;
            // After a preposition it is no subject: "in talks with Iran broke down".
            let governed = self.mention(mention).first > sentence.first
                && doc.tokens[self.mention(mention).first - 1].upos == Upos::Adp;
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
        let Some(mention) = (after < sentence.last).then(|| self.mention_at[after]).flatten() else {
            return Vec::new();
        };
        let list = &self.lists[mention];
        let from = list.iter().position(|&m| m == mention).unwrap_or(0);
        list[from..].iter().map(|&m| Filled { mention: m, path: format!("beside:{role}") }).collect()
    }

    /// Whom the clauses under a verb of speech are about: "refused to meet X", "demanded that X withdraw from Y".
    fn governed(&self, clause: &Clause) -> Vec<Filled> {
        let mut filled: Vec<Filled> = Vec::new();
        for &complement in &clause.complements {
            let inner = clause::of_verb(self.doc, complement);
            let finite = self.doc.tokens[complement].relation == Relation::Ccomp;
            let subjects = inner.subjects.iter().filter(|_| finite);
            let obliques = inner.obliques.iter().filter(|(p, _)| {
                matches!(p.as_str(), "with" | "to" | "from" | "on" | "against" | "for" | "of" | "into")
            });
            for filler in subjects.chain(&inner.objects).chain(obliques.map(|(_, f)| f)) {
                for mut found in self.fill(filler, true) {
                    if !self.mention(found.mention).place
                        && !filled.iter().any(|f| f.mention == found.mention)
                    {
                        found.path = format!("complement>{}", found.path);
                        filled.push(found);
                    }
                }
            }
        }
        filled
    }

    /// Every mention in the roles that a frame names.
    fn roles(&self, clause: &Clause, names: &[String], owners: bool) -> Vec<Filled> {
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

/// Every report of a page, in order of text, with whether its sentence names another side than the one that acts or speaks.
pub(crate) fn reports(page: &Page<'_>, sentences: impl Iterator<Item = Sentence>) -> Vec<(Report, bool)> {
    let mut reports = Vec::new();
    let mut thread = Thread::default();
    for sentence in sentences {
        for t in sentence.first..sentence.last {
            let Some((frame, clause)) = best(page, t) else { continue };
            if let Some(report) = report(page, frame, &clause, &sentence, &mut thread) {
                let others = names_others(page, &report, &sentence);
                reports.push((report, others));
            }
        }
    }
    reports
}

/// Whether the sentence names a side that is not the first actor's.
fn names_others(page: &Page<'_>, report: &Report, sentence: &Sentence) -> bool {
    let own = report.actors.first().and_then(|p| side(&p.actor));
    page.cast
        .mentions
        .iter()
        .filter(|m| sentence.span.contains(m.span))
        .flat_map(|m| &m.actors)
        .map(|&a| &page.cast.actors[a])
        .any(|a| is_public(a) && side(a).is_some() && side(a) != own)
}

/// Particles that stand right behind their verb.
const PARTICLES: &[&str] = &["back", "out", "down", "off", "up", "in", "over", "away"];

/// The narrowest frame that fits token `t`, by name where two are equally narrow.
fn best<'p>(page: &Page<'p>, t: usize) -> Option<(&'p Frame, Clause)> {
    let doc = page.doc;
    let lemma = doc.tokens[t].lemma.to_lowercase();
    let (clause, candidates): (Clause, Vec<&Frame>) = match doc.tokens[t].upos {
        // "Visiting officials": a participle before a noun tells nothing by itself.
        Upos::Verb
            if doc.tokens[t].relation != Relation::Amod || !clause::of_verb(doc, t).subjects.is_empty() =>
        {
            let particle = doc
                .children(t)
                .find(|&c| doc.tokens[c].relation == Relation::CompoundPrt)
                // "Handed back to", "bailed out X": parsers take a particle for an adverb or a preposition.
                .or_else(|| {
                    (t + 1 < doc.tokens.len() && PARTICLES.contains(&doc.form(t + 1).to_lowercase().as_str()))
                        .then_some(t + 1)
                })
                .map(|c| format!("{lemma} {}", doc.form(c).to_lowercase()));
            let with_particle: Vec<&Frame> = particle.iter().flat_map(|w| page.frames.of_verb(w)).collect();
            let found =
                if with_particle.is_empty() { page.frames.of_verb(&lemma).collect() } else { with_particle };
            (clause::of_verb(doc, t), found)
        }
        Upos::Noun | Upos::Propn => {
            let compound = doc
                .children(t)
                .filter(|&c| matches!(doc.tokens[c].relation, Relation::Compound | Relation::Amod))
                .flat_map(|c| {
                    page.frames
                        .of_noun(&format!("{} {lemma}", doc.tokens[c].lemma.to_lowercase()))
                        .collect::<Vec<_>>()
                })
                .collect::<Vec<_>>();
            let found = if compound.is_empty() { page.frames.of_noun(&lemma).collect() } else { compound };
            (clause::of_noun(doc, t), found)
        }
        _ => return None,
    };
    let frame = candidates
        .into_iter()
        .filter(|f| fits(page, f, &clause))
        .max_by(|a, b| a.specificity().cmp(&b.specificity()).then_with(|| b.name.cmp(&a.name)))?;
    Some((frame, clause))
}

/// Whether the words around the trigger are what the frame asks for; roles are filled later.
fn fits(page: &Page<'_>, frame: &Frame, clause: &Clause) -> bool {
    let doc = page.doc;
    if !frame.objects.is_empty() {
        let named = clause
            .objects
            .iter()
            .chain(clause.obliques.iter().map(|(_, f)| f).filter(|f| !f.path.contains(">nmod")))
            .any(|f| frame.objects.iter().any(|o| *o == doc.tokens[f.token].lemma.to_lowercase()));
        if !named {
            return false;
        }
    }
    if !frame.content.is_empty() && !statements::says(page, clause, &frame.content) {
        return false;
    }
    if !frame.recipient_is.is_empty() {
        let recipients = page.roles(clause, &frame.recipient, false);
        let fitting = recipients.iter().any(|f| {
            page.mention(f.mention)
                .actors
                .iter()
                .any(|&a| frame.recipient_is.contains(&page.cast.actors[a].kind))
        });
        if !fitting {
            return false;
        }
    }
    true
}

/// The report that a frame makes of a clause, if its roles can be filled.
fn report(
    page: &Page<'_>,
    frame: &Frame,
    clause: &Clause,
    sentence: &Sentence,
    thread: &mut Thread,
) -> Option<Report> {
    let doc = page.doc;
    let mut actors = page.roles(clause, &frame.actor, frame.kind == Kind::Statement);
    actors.retain(|f| !page.mention(f.mention).place);
    let owners = frame.kind != Kind::Contact;
    let mut recipients = page.roles(clause, &frame.recipient, owners);
    recipients.retain(|f| !actors.iter().any(|a| a.mention == f.mention));
    // A place is nobody to speak to; but "rockets at Israel" are meant for it.
    recipients
        .retain(|f| !page.mention(f.mention).place || frame.kind != Kind::Statement && !f.path.contains('>'));
    if recipients.is_empty() && frame.kind == Kind::Statement && !frame.cameo.starts_with("01") {
        recipients = page.governed(clause);
        recipients.retain(|f| !actors.iter().any(|a| a.mention == f.mention));
    }
    let (mut who, mut whom) = (page.actors_of(&actors), page.actors_of(&recipients));
    whom.retain(|a| !who.contains(a));
    if who.is_empty() || (frame.wants_recipient() && whom.is_empty() && !(frame.reciprocal && who.len() > 1))
    {
        return None;
    }
    let Telling { told, date, words } = telling(doc, clause, page.published);
    let mut told = told?;
    if frame.reciprocal {
        who.append(&mut whom);
    }
    let parties = |actors: &[usize], filled: &[Filled]| -> Vec<Party> {
        actors.iter().map(|&a| page.party(a, filled)).collect()
    };
    let all: Vec<Filled> = actors.iter().chain(&recipients).cloned().collect();
    let who_parties = parties(&who, &all);
    let whom_parties = parties(&whom, &all);
    if frame.kind != Kind::Statement && !interstate(&who_parties, &whom_parties) {
        return None;
    }
    let statement =
        (frame.kind == Kind::Statement).then(|| statements::statement(page, frame, clause)).flatten();
    // What might be said is not said.
    if frame.kind == Kind::Statement && (statement.is_none() || told == Told::Hypothetical) {
        return None;
    }
    let date = date.or_else(|| thread.date(&who, page.cast, sentence, &mut told));
    let date = date
        .or_else(|| (told == Told::Current).then(|| page.published.map(crate::time::Period::day)).flatten());
    let involved: Vec<usize> = who.iter().chain(&whom).copied().collect();
    // A story's time is recent; "relations since 1964" tells none.
    let recent = date.zip(page.published).is_some_and(|(d, p)| d.start >= p.saturating_sub(400.days()));
    thread.note(&involved, sentence, date.filter(|_| recent), told);
    let mut roles: Vec<RoleSpan> = Vec::new();
    for (role, filled) in [(Role::Actor, &actors), (Role::Recipient, &recipients)] {
        for f in filled {
            roles.push(RoleSpan { role, span: page.mention(f.mention).span, path: f.path.clone() });
        }
    }
    if let Some(content) = statement.as_ref().and_then(|s| s.content) {
        roles.push(RoleSpan { role: Role::Content, span: content, path: "content".into() });
    }
    if let Some(span) = words {
        roles.push(RoleSpan { role: Role::Time, span, path: "time".into() });
    }
    let (place, place_span) = places::place(page, clause, frame, &whom_parties, &who_parties);
    if let Some(span) = place_span {
        roles.push(RoleSpan { role: Role::Place, span, path: "place".into() });
    }
    // A contact still to come is so far an intent to meet: CAMEO 036, PLOVER AGREE.
    let cameo = if frame.kind == Kind::Contact && told == Told::Planned { "036" } else { &frame.cameo };
    Some(Report {
        kind: frame.kind,
        claimant: statements::claimant(page, clause, &who),
        actors: who_parties,
        recipients: whom_parties,
        cameo: Some(cameo.to_owned()),
        plover: plover(cameo),
        date,
        told,
        place,
        issues: page.issues.raised(doc, sentence),
        contact: frame.contact,
        statement,
        evidence: Evidence {
            frame: frame.name.clone(),
            sentence: sentence.span,
            trigger: doc.tokens[clause.trigger].span,
            roles,
        },
    })
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

/// Which side an actor is on: its state, or the body itself where it serves none.
pub(crate) fn side(actor: &Actor) -> Option<&str> {
    match &actor.state {
        Some(state) => Some(state),
        None if matches!(actor.kind, ActorKind::Bloc | ActorKind::Organisation) && !actor.code.is_empty() => {
            Some(&actor.code)
        }
        None if actor.sector == Some(Sector::Igo) => Some(&actor.code),
        None => None,
    }
}

/// Whether an actor can act for a state or a body of states.
fn is_public(actor: &Actor) -> bool {
    actor.kind == ActorKind::State
        || actor.kind == ActorKind::Bloc
        || matches!(
            actor.sector,
            Some(
                Sector::Gov
                    | Sector::Mil
                    | Sector::Leg
                    | Sector::Jud
                    | Sector::Cop
                    | Sector::Spy
                    | Sector::Igo
                    | Sector::Reb
                    | Sector::Ins
                    | Sector::Sep
                    | Sector::Uaf
                    | Sector::Img
            )
        )
}

/// Whether a happening is between two sides, both of which can act for a state, a body of states or an armed group.
fn interstate(actors: &[Party], recipients: &[Party]) -> bool {
    let sides: Vec<&str> = actors
        .iter()
        .chain(recipients)
        .filter(|p| is_public(&p.actor) || !recipients.is_empty() && p.actor.state.is_some())
        .filter_map(|p| side(&p.actor))
        .collect();
    sides.iter().any(|s| *s != sides[0]) && actors.iter().any(|p| is_public(&p.actor))
}

/// The time that a story stays at: after "X visited Y last month" the next sentences about X are of last month as well.
#[derive(Debug, Default)]
struct Thread {
    date: Option<crate::time::Period>,
    actors: Vec<usize>,
    /// End of the last sentence that was told of that time.
    until: usize,
}

/// Bytes without a report of the story's time after which it is over.
const THREAD_REACH: usize = 700;

impl Thread {
    /// The story's time, for a report without one of its own about the same people, or about their two states.
    fn date(
        &self,
        who: &[usize],
        cast: &Cast,
        sentence: &Sentence,
        told: &mut Told,
    ) -> Option<crate::time::Period> {
        let near = sentence.span.start <= self.until + THREAD_REACH;
        let sides: Vec<Option<&str>> = self.actors.iter().map(|&a| side(&cast.actors[a])).collect();
        let states = who.len() > 1
            && who
                .iter()
                .all(|&a| cast.actors[a].kind == ActorKind::State && sides.contains(&side(&cast.actors[a])));
        let same = states || who.iter().any(|a| self.actors.contains(a));
        if *told == Told::Current && near && same && self.date.is_some() {
            *told = Told::Recalled;
            return self.date;
        }
        None
    }

    fn note(&mut self, who: &[usize], sentence: &Sentence, date: Option<crate::time::Period>, told: Told) {
        match told {
            Told::Recalled if date.is_some() => {
                if date == self.date {
                    self.actors.extend(who);
                } else {
                    self.actors = who.to_vec();
                }
                self.date = date;
                self.until = sentence.span.end;
            }
            Told::Current => *self = Self::default(),
            _ => {}
        }
    }
}
