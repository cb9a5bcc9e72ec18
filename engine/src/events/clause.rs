//! A word that can tell an event → its clause: who is subject and object of it, and what hangs on it by which preposition.
//!
//! Passives, coordination, control, relative clauses, light verbs and nominal forms are undone here once, for every frame.

mod lending;
mod misparsed;

use crate::language::{Document, Relation, Upos, VerbForm};

use lending::{borrow_subject, relativise};
pub(crate) use lending::{goes_on_from, is_charged, is_taken_for_purpose, opens_behind_comma, remarked};
use misparsed::{
    has_nearer_subject, is_receiver, is_stolen, looks_away, named_by, shares_object, stolen_subject,
};

/// A token that fills a role, and the way to it through the parse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Filler {
    /// The token.
    pub(crate) token: usize,
    /// Relations from the trigger, e.g. `nsubj`, `xcomp>nsubj`, `obl:with`.
    pub(crate) path: String,
}

/// A trigger with all that depends on it, in the order of the text.
#[derive(Debug, Clone)]
pub(crate) struct Clause {
    /// The word that tells the event.
    pub(crate) trigger: usize,
    /// The verb that carries tense and negation: the trigger itself, or the light verb of a noun.
    pub(crate) governor: usize,
    /// Deep subjects: who does it.
    pub(crate) subjects: Vec<Filler>,
    /// Deep objects: to whom or what.
    pub(crate) objects: Vec<Filler>,
    /// Indirect objects.
    pub(crate) indirect: Vec<Filler>,
    /// Prepositional dependents with their preposition (lower case).
    pub(crate) obliques: Vec<(String, Filler)>,
    /// Heads of what is said or done as a clause (`ccomp`, `xcomp`).
    pub(crate) complements: Vec<usize>,
}

impl Clause {
    /// Word `t` with nothing around it yet.
    fn bare(t: usize) -> Self {
        Self {
            trigger: t,
            governor: t,
            subjects: Vec::new(),
            objects: Vec::new(),
            indirect: Vec::new(),
            obliques: Vec::new(),
            complements: Vec::new(),
        }
    }

    /// The fillers of a role as frames name it: `subject`, `object`, `indirect`, or a preposition.
    pub(crate) fn role(&self, name: &str) -> Vec<Filler> {
        match name {
            "subject" => self.subjects.clone(),
            "object" => self.objects.clone(),
            "indirect" => self.indirect.clone(),
            preposition => {
                self.obliques.iter().filter(|(p, _)| p == preposition).map(|(_, f)| f.clone()).collect()
            }
        }
    }
}

/// Verbs that lend a noun its subject and tense and mean little themselves.
const LIGHT: &[&str] = &[
    "accept",
    "agree",
    "announce",
    "approve",
    "authorise",
    "authorize",
    "attend",
    "begin",
    "carry",
    "claim",
    "conclude",
    "conduct",
    "continue",
    "convene",
    "deliver",
    "do",
    "end",
    "exchange",
    "express",
    "finish",
    "give",
    "grant",
    "have",
    "hold",
    "host",
    "impose",
    "issue",
    "kick",
    "launch",
    "lead",
    "make",
    "mount",
    "offer",
    "open",
    "order",
    "pay",
    "place",
    "provide",
    "put",
    "reach",
    "receive",
    "resume",
    "send",
    "sign",
    "stage",
    "start",
    "strike",
    "take",
    "undertake",
    "voice",
    "complete",
    "bring",
    "commit",
    "convey",
    "extend",
    "file",
    "perpetrate",
    "wage",
    "lodge",
    "slap",
    "level",
];

/// The clause of verb `t`.
pub(crate) fn of_verb(doc: &Document, t: usize) -> Clause {
    let mut clause = own(doc, t);
    borrow_subject(doc, t, &mut clause, 0);
    relativise(doc, t, &mut clause);
    clause
}

/// The clause of noun `t`, which tells an event as a thing: "talks", "the visit of X", "X's trip".
pub(crate) fn of_noun(doc: &Document, t: usize) -> Clause {
    let mut clause = Clause::bare(t);
    for child in doc.children(t) {
        match doc.tokens[child].relation {
            // "Norway is a donor to X": what the noun says, its subject does; but "it was the first trip" says nothing of it.
            Relation::Nsubj if doc.tokens[child].upos == Upos::Pron && is_thing(doc, child) => {}
            Relation::Nsubj => with_conjuncts(doc, child, "nsubj", &mut clause.subjects),
            Relation::NmodPoss => with_conjuncts(doc, child, "nmod:poss", &mut clause.subjects),
            Relation::Compound | Relation::Amod | Relation::NmodDesc
                if child < t && matches!(doc.tokens[child].upos, Upos::Propn | Upos::Adj | Upos::Noun) =>
            {
                with_conjuncts(doc, child, "modifier", &mut clause.subjects);
            }
            Relation::Nmod | Relation::Obl => {
                if let Some(preposition) = preposition(doc, child) {
                    let mut fillers = Vec::new();
                    with_conjuncts(doc, child, &format!("nmod:{preposition}"), &mut fillers);
                    clause.obliques.extend(fillers.into_iter().map(|f| (preposition.clone(), f)));
                }
            }
            Relation::Acl => {
                // "talks held with X", "a visit made by X".
                let inner = own(doc, child);
                clause.obliques.extend(inner.obliques);
                if LIGHT.contains(&doc.tokens[child].lemma.as_str()) {
                    clause.subjects.extend(inner.subjects);
                }
                // "Threats to close the border", "a call to free X": what the noun says.
                if doc.tokens[child].feats.verb_form == Some(VerbForm::Inf) {
                    clause.complements.push(child);
                }
            }
            _ => {}
        }
    }
    // "An attack on X by Y": the second phrase may hang on the first.
    let mut late: Vec<(String, Filler)> = Vec::new();
    for (_, filler) in &clause.obliques {
        nested(doc, filler.token, "nmod", &mut late, 1);
    }
    late.retain(|(p, _)| p != "of" && at_most_once(p, &clause.obliques));
    clause.obliques.extend(late);
    // "Talks between A and B": both act. "By" names the doer as in a passive.
    let doers: Vec<Filler> =
        clause.obliques.iter().filter(|(p, _)| p == "between" || p == "by").map(|(_, f)| f.clone()).collect();
    clause.subjects.extend(doers);
    support(doc, t, &mut clause);
    // "The visit of X": with no other subject, "of" names the doer, else the undergoer.
    let of: Vec<Filler> = clause.obliques.iter().filter(|(p, _)| p == "of").map(|(_, f)| f.clone()).collect();
    if clause.subjects.is_empty() {
        clause.subjects = of;
    } else {
        clause.objects.extend(of);
    }
    clause
}

/// Whether pronoun `t` points at a thing: "it", "this".
fn is_thing(doc: &Document, t: usize) -> bool {
    matches!(doc.form(t).to_lowercase().as_str(), "it" | "this" | "that" | "these" | "those")
}

/// What the verb around an event noun adds: the light verb's subject, or the subject of the clause that the noun sets.
fn support(doc: &Document, t: usize, clause: &mut Clause) {
    let carrier = measured(doc, t);
    let token = &doc.tokens[carrier];
    let Some(verb) = token.head else { return };
    if doc.tokens[verb].upos != Upos::Verb {
        // "their first meeting since …": conjuncts share their first's support.
        if token.relation == Relation::Conj && doc.tokens[verb].upos == Upos::Noun {
            let first = of_noun(doc, verb);
            if clause.subjects.is_empty() {
                clause.subjects = first.subjects;
            }
            clause.governor = first.governor;
            if clause.obliques.is_empty() {
                clause.obliques = first.obliques;
            }
        }
        return;
    }
    let outer = of_verb(doc, verb);
    let own_preposition = preposition(doc, carrier);
    match token.relation {
        Relation::Obj | Relation::Obl | Relation::NsubjPass | Relation::Nsubj
            if matches!(token.relation, Relation::Obj | Relation::NsubjPass)
                && (LIGHT.contains(&doc.tokens[verb].lemma.as_str())) =>
        {
            clause.governor = verb;
            for filler in outer.subjects.into_iter().filter(|f| f.token != t) {
                clause.subjects.push(Filler { token: filler.token, path: format!("light>{}", filler.path) });
            }
            clause.obliques.extend(outer.obliques.into_iter().filter(|(_, f)| f.token != t));
            clause.indirect.extend(outer.indirect);
        }
        Relation::Nsubj | Relation::NsubjPass => {
            // "Talks between A and B took place in Doha on Monday."
            clause.governor = verb;
            clause.obliques.extend(outer.obliques.into_iter().filter(|(_, f)| f.token != t));
        }
        Relation::Obl
            if clause.subjects.is_empty()
                && own_preposition.as_deref().is_some_and(|p| {
                    matches!(
                        p,
                        "during" | "in" | "at" | "on" | "after" | "before" | "following" | "for" | "amid"
                    )
                }) =>
        {
            // "Announced it after talks in Ankara with X": parsers hang X on the verb.
            if at_most_once("with", &clause.obliques) {
                let with = outer.obliques.into_iter().filter(|(p, f)| p == "with" && f.token > t);
                clause.obliques.extend(with);
            }
            // What the host clause plans or asks for says nothing of the setting: the noun keeps its own tense.
            for filler in outer.subjects {
                clause.subjects.push(Filler { token: filler.token, path: format!("host>{}", filler.path) });
            }
        }
        _ => {}
    }
}

/// The noun that measures event noun `t`, or `t` itself: "four hours of talks", "a round of negotiations".
fn measured(doc: &Document, t: usize) -> usize {
    const MEASURES: [&str; 12] = [
        "day", "hour", "minute", "month", "number", "part", "round", "series", "session", "set", "string",
        "week",
    ];
    let token = &doc.tokens[t];
    let of = token.relation == Relation::Nmod && preposition(doc, t).as_deref() == Some("of");
    let head =
        token.head.filter(|&head| of && MEASURES.contains(&doc.tokens[head].lemma.to_lowercase().as_str()));
    head.unwrap_or(t)
}

/// What depends on verb `t` itself.
fn own(doc: &Document, t: usize) -> Clause {
    let passive = is_passive(doc, t);
    let mut clause = Clause::bare(t);
    for child in doc.children(t) {
        let relation = doc.tokens[child].relation;
        match relation {
            // A second subject, behind the verb, is an object that the parser mislabelled.
            Relation::Nsubj
                if child > t
                    && doc.children(t).any(|c| c < t && doc.tokens[c].relation == Relation::Nsubj) =>
            {
                with_conjuncts(doc, child, "obj", &mut clause.objects);
            }
            // "And the club, | he told me, is closing": of two subjects the one beside the verb is its own.
            Relation::Nsubj if !passive && has_nearer_subject(doc, t, child) => {}
            Relation::Nsubj | Relation::NsubjPass | Relation::NsubjOuter if !passive => {
                with_conjuncts(doc, child, "nsubj", &mut clause.subjects);
            }
            Relation::Nsubj | Relation::NsubjPass => {
                with_conjuncts(doc, child, "nsubj:pass", &mut clause.objects);
            }
            // "Keep the crossing shut": where the parser makes one thing of it, what is kept shut is the object.
            Relation::Xcomp | Relation::Obj
                if doc.tokens[child].upos == Upos::Noun && doc.form(child) == "shut" =>
            {
                for kept in doc.children(child).filter(|&c| doc.tokens[c].relation == Relation::Compound) {
                    with_conjuncts(doc, kept, "xcomp>compound", &mut clause.objects);
                }
            }
            Relation::Obj => {
                // "Sell Armenia three radars": a name before the article or number of the object is no part of it.
                let whom = doc.children(child).find(|&c| is_receiver(doc, t, c, child));
                if let Some(whom) = whom {
                    with_conjuncts(doc, whom, "obj>compound", &mut clause.indirect);
                }
                // "Condemned what it called raids by X": the name that it gives is the thing.
                if let Some(called) = named_by(doc, child) {
                    let inner = own(doc, called);
                    clause.objects.extend(inner.objects.into_iter().filter(|f| f.token != child));
                    clause.obliques.extend(inner.obliques);
                    continue;
                }
                with_conjuncts(doc, child, "obj", &mut clause.objects);
            }
            Relation::Iobj => with_conjuncts(doc, child, "iobj", &mut clause.indirect),
            Relation::OblAgent if passive => with_conjuncts(doc, child, "obl:agent", &mut clause.subjects),
            // "Spoke by telephone": what an active verb has by it is no agent.
            Relation::Obl | Relation::Nmod | Relation::OblAgent => {
                if let Some(preposition) = preposition(doc, child) {
                    let mut fillers = Vec::new();
                    with_conjuncts(doc, child, &format!("obl:{preposition}"), &mut fillers);
                    if passive && preposition == "by" {
                        clause.subjects.extend(fillers);
                    } else {
                        clause.obliques.extend(fillers.into_iter().map(|f| (preposition.clone(), f)));
                    }
                }
            }
            Relation::Ccomp | Relation::Xcomp => clause.complements.push(child),
            Relation::Advcl if is_taken_for_purpose(doc, child) => clause.complements.push(child),
            // "Struck a depot west of Homs": where the adverb looks.
            Relation::Advmod if looks_away(doc, child) => {
                let places = doc.children(child).filter(|&c| doc.preposition(c).is_some());
                clause.obliques.extend(
                    places.map(|c| ("near".to_owned(), Filler { token: c, path: "advmod>obl".into() })),
                );
            }
            Relation::Parataxis if doc.tokens[child].upos == Upos::Verb => {}
            _ => {}
        }
    }
    // "Nowak obstructed trucks": where the parser joins the noun after a finite verb to the one before it, they are its object
    // and its subject.
    if doc.tokens[t].relation == Relation::Amod
        && doc.tokens[t].feats.verb_form == Some(VerbForm::Fin)
        && clause.subjects.is_empty()
        && let Some(head) = doc.tokens[t].head.filter(|&head| head > t)
        && let Some(before) = doc.tokens[head].head.filter(|&before| before < t)
        && matches!(doc.tokens[head].relation, Relation::Appos | Relation::Conj | Relation::Flat)
        && (before + 1..t).all(|between| doc.has_ancestor(between, before))
    {
        with_conjuncts(doc, before, "nsubj", &mut clause.subjects);
        clause.subjects.retain(|f| f.token < t);
    }
    // "Turkey has suspended flights": where the parser takes the participle for an adjective, the auxiliary has the subject.
    if doc.tokens[t].relation == Relation::Amod
        && clause.subjects.is_empty()
        && let Some(object) = doc.tokens[t].head.filter(|&head| head > t)
        && let Some(have) = doc.tokens[object].head.filter(|&have| have < t)
        && doc.tokens[have].upos == Upos::Aux
        && doc.tokens[have].lemma == "have"
    {
        for child in doc.children(have).filter(|&c| doc.tokens[c].relation == Relation::Nsubj) {
            with_conjuncts(doc, child, "aux>nsubj", &mut clause.subjects);
        }
    }
    // "India on Wednesday suspended services": so it does without an auxiliary; a noun that has a subject but no copula is no
    // clause of its own.
    if doc.tokens[t].relation == Relation::Amod
        && clause.subjects.is_empty()
        && doc.form(t).ends_with("ed")
        && let Some(object) =
            doc.tokens[t].head.filter(|&head| head > t && doc.tokens[head].upos == Upos::Noun)
        && !doc.children(object).any(|c| matches!(doc.tokens[c].relation, Relation::Cop | Relation::Aux))
        && let Some(subject) = doc.children(object).find(|&c| doc.tokens[c].relation == Relation::Nsubj)
        && subject < t
        && !doc.children(object).any(|c| subject < c && c < t && doc.tokens[c].relation == Relation::Det)
    {
        with_conjuncts(doc, subject, "head>nsubj", &mut clause.subjects);
    }
    // "Bolivia on Monday suspended flights": or the parser makes one phrase of it all; a day between a name and a participle
    // parts them.
    if doc.tokens[t].relation == Relation::Amod
        && clause.subjects.is_empty()
        && doc.form(t).ends_with("ed")
        && let Some(object) =
            doc.tokens[t].head.filter(|&head| head > t && doc.tokens[head].relation == Relation::Nmod)
        && let Some(name) =
            doc.tokens[object].head.filter(|&name| name < t && doc.tokens[name].upos == Upos::Propn)
        && doc.tokens[name].relation == Relation::Root
        && name + 2 < t
        && doc.tokens[name + 1].upos == Upos::Adp
        && (name + 2..t).all(|day| doc.times.iter().any(|time| time.span.contains(doc.tokens[day].span)))
    {
        with_conjuncts(doc, name, "root", &mut clause.subjects);
        clause.subjects.retain(|f| f.token < t);
    }
    // "Britain suspended aid": a participle with a subject of its own is a verb that the parser took for an adjective.
    if doc.tokens[t].relation == Relation::Amod
        && !clause.subjects.is_empty()
        && let Some(head) = doc.tokens[t].head
    {
        with_conjuncts(doc, head, "head", &mut clause.objects);
    }
    // "Killed at least six people", "called off a trip": counted or determined people and things behind a verb that hang on no
    // preposition are its object, whatever the parser takes the words before them for.
    // "Called on all parties": a preposition that the parser takes for the verb's particle keeps its noun.
    let bare = t + 1 < doc.tokens.len() && !matches!(doc.form(t + 1), "on" | "upon" | "for" | "with");
    if clause.objects.is_empty() && !passive && bare {
        let counted = |&c: &usize| {
            c > t
                && doc.tokens[c].relation == Relation::Obl
                && doc.tokens[c].upos == Upos::Noun
                && preposition(doc, c).is_none()
                && doc.children(c).any(|n| matches!(doc.tokens[n].relation, Relation::Nummod | Relation::Det))
                && !doc.times.iter().any(|time| time.span.contains(doc.tokens[c].span))
        };
        if let Some(object) = doc.children(t).find(counted) {
            with_conjuncts(doc, object, "obl", &mut clause.objects);
        }
    }
    // "Told the envoys to leave", "warned X that …": the only object is one, whatever the parser makes of it.
    if clause.objects.is_empty() && !passive {
        clause.objects = clause.indirect.clone();
    }
    // "Shot down or jammed 33 drones": two verbs side by side share what stands behind them.
    if clause.objects.is_empty()
        && !passive
        && let Some(second) = doc.children(t).find(|&c| shares_object(doc, t, c))
    {
        for child in doc.children(second).filter(|&c| doc.tokens[c].relation == Relation::Obj) {
            with_conjuncts(doc, child, "conj>obj", &mut clause.objects);
        }
    }
    if clause.subjects.is_empty()
        && !passive
        && let Some(stolen) = stolen_subject(doc, t)
    {
        clause.subjects.push(Filler { token: stolen, path: "nsubj".into() });
    }
    // "Impose sanctions on X", "pledged aid of Y to X": the parser hangs X on the verb or on a noun before it, as it likes.
    let heads: Vec<usize> =
        clause.objects.iter().map(|f| f.token).chain(clause.obliques.iter().map(|(_, f)| f.token)).collect();
    let mut late: Vec<(String, Filler)> = Vec::new();
    for (at, head) in heads.iter().enumerate() {
        nested(doc, *head, if at < clause.objects.len() { "obj" } else { "obl" }, &mut late, 0);
    }
    // "Imposed sanctions on X on Tuesday": a time takes no preposition away from what else stands with it.
    let of_no_time: Vec<(String, Filler)> = clause
        .obliques
        .iter()
        .filter(|(_, f)| !doc.times.iter().any(|time| time.span.contains(doc.tokens[f.token].span)))
        .cloned()
        .collect();
    late.retain(|(p, _)| at_most_once(p, &of_no_time));
    // "Promised to X by Y": the agent may hang on the last noun before it.
    if passive && clause.subjects.is_empty() {
        clause.subjects.extend(late.iter().filter(|(p, f)| p == "by" && f.token > t).map(|(_, f)| f.clone()));
    }
    clause.obliques.extend(late);
    clause
}

/// Prepositional phrases that hang on a noun of the clause, and on those in turn.
fn nested(doc: &Document, head: usize, path: &str, found: &mut Vec<(String, Filler)>, depth: usize) {
    if depth > 2 {
        return;
    }
    let flat = doc.children(head).filter(|&c| doc.tokens[c].relation == Relation::Flat);
    for child in doc.children(head).chain(flat.flat_map(|c| doc.children(c))) {
        if matches!(doc.tokens[child].relation, Relation::Nmod | Relation::Obl)
            && let Some(preposition) = preposition(doc, child)
        {
            let path = format!("{path}>nmod:{preposition}");
            let mut fillers = Vec::new();
            with_conjuncts(doc, child, &path, &mut fillers);
            found.extend(fillers.into_iter().map(|f| (preposition.clone(), f)));
            nested(doc, child, &path, found, depth + 1);
        }
    }
    // "Tents, pumps and medicine to Pakistan": what follows a list may hang on its last member.
    let listed = doc.children(head).filter(|&c| doc.tokens[c].relation == Relation::Conj);
    for conjunct in listed {
        nested(doc, conjunct, path, found, depth + 1);
    }
}

/// Whether a preposition is not yet among `obliques`.
fn at_most_once(preposition: &str, obliques: &[(String, Filler)]) -> bool {
    obliques.iter().all(|(p, _)| p != preposition)
}

/// Adds `token` and all that is coordinated with it.
fn with_conjuncts(doc: &Document, token: usize, path: &str, fillers: &mut Vec<Filler>) {
    fillers.push(Filler { token, path: path.to_owned() });
    for child in doc.children(token) {
        if doc.tokens[child].relation == Relation::Conj && !is_stolen(doc, child) {
            with_conjuncts(doc, child, &format!("{path}>conj"), fillers);
        }
    }
}

/// The preposition of a prepositional dependent, lower case.
pub(crate) fn preposition(doc: &Document, token: usize) -> Option<String> {
    // "The visit of President X": parsers hang "of" on the title.
    doc.preposition(token).or_else(|| {
        doc.children(token)
            .filter(|&c| {
                c < token && matches!(doc.tokens[c].relation, Relation::NmodDesc | Relation::Compound)
            })
            .find_map(|c| doc.preposition(c))
    })
}

/// Whether verb `t` is in the passive, a participle after a noun included.
pub(crate) fn is_passive(doc: &Document, t: usize) -> bool {
    let token = &doc.tokens[t];
    // "Peru banned imports": with no auxiliary, what the parser takes for the subject of a passive adjective is that of a verb.
    let adjective = token.relation == Relation::Amod;
    let marks = |c: usize| match doc.tokens[c].relation {
        Relation::AuxPass => true,
        Relation::NsubjPass => !adjective,
        _ => false,
    };
    doc.children(t).any(marks)
        || (token.relation == Relation::Acl
            && token.feats.verb_form == Some(VerbForm::Part)
            && (token.feats.passive || token.feats.past == Some(true)))
}
