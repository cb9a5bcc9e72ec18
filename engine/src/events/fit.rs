//! A word → the frame that fits it most narrowly, with its roles filled by mentions of the cast.

mod things;

use std::cell::OnceCell;
use std::cmp::Reverse;

use crate::actors::{ActorKind, Sector, is_ground};
use crate::events::Scope;
use crate::events::clause::{self, Clause, Filler};
use crate::events::frame::{Frame, Mood};
use crate::events::report::{Act, Kind};
use crate::events::roles::{Filled, Page};
use crate::events::sides::is_public;
use crate::events::statements::{self, Said};
use crate::language::{Document, Relation, Upos, VerbForm};

use things::{ARMS, BORDERS, HARDWARE, MEASURES, RELATIONS, SERVICES};

/// Particles that stand right behind their verb.
const PARTICLES: &[&str] =
    &["back", "out", "down", "off", "up", "in", "over", "away", "free", "home", "together"];

/// A frame that fits a clause, and whom the clause names in its roles.
pub(crate) struct Fit<'p> {
    pub(crate) frame: &'p Frame,
    pub(crate) clause: Clause,
    /// Who does or says it.
    pub(crate) actors: Vec<Filled>,
    /// To whom.
    pub(crate) recipients: Vec<Filled>,
}

/// The narrowest frame that fits token `t`, of those whose roles the clause fills if there are such. Of two that are equally
/// narrow the one that names the object itself holds ("suspended aid in protest"), then the first by name. "Hosted X for
/// talks" is no chairing of talks, since it does not say with whom.
pub(crate) fn best<'p>(page: &Page<'p>, t: usize) -> Option<Fit<'p>> {
    let (candidates, clause) = called(page, t)?;
    let roles = |frame: &Frame| {
        let actors = actors(page, frame, &clause);
        let recipients = recipients(page, frame, &clause, &actors);
        (actors, recipients)
    };
    let said = OnceCell::new();
    let (frame, (actors, recipients)) =
        candidates.into_iter().filter(|f| fits(page, f, &clause, &said)).map(|f| (f, roles(f))).max_by_key(
            |(f, (actors, recipients))| {
                let direct = clause.objects.iter().any(|o| names(page, o.token, &f.objects));
                (fills(page, f, actors, recipients), f.specificity(), direct, Reverse(f.name.as_str()))
            },
        )?;
    Some(Fit { frame, clause, actors, recipients })
}

/// The frames that token `t` calls up, and its clause; none if there are none.
pub(crate) fn called<'p>(page: &Page<'p>, t: usize) -> Option<(Vec<&'p Frame>, Clause)> {
    let doc = page.doc;
    let lemma = doc.tokens[t].lemma.to_lowercase();
    let verb = doc.tokens[t].upos == Upos::Verb;
    let mut taken_for_preposition = None;
    let candidates: Vec<&Frame> = match doc.tokens[t].upos {
        Upos::Verb => {
            let particle = doc
                .children(t)
                .find(|&c| doc.tokens[c].relation == Relation::CompoundPrt)
                // "Handed back to", "bailed out X": parsers take a particle for an adverb or a preposition.
                .or_else(|| {
                    (t + 1 < doc.tokens.len() && PARTICLES.contains(&doc.form(t + 1).to_lowercase().as_str()))
                        .then_some(t + 1)
                })
                // "Sent X back to Y".
                .or_else(|| {
                    let behind = |c: usize| c > t && doc.tokens[c].relation == Relation::Advmod;
                    doc.children(t)
                        .find(|&c| behind(c) && PARTICLES.contains(&doc.form(c).to_lowercase().as_str()))
                });
            let word = particle.map(|c| doc.form(c).to_lowercase());
            let called = word.as_ref().map(|word| format!("{lemma} {word}"));
            let with_particle: Vec<&Frame> =
                called.iter().flat_map(|w| page.knowledge.frames.of_verb(w)).collect();
            if with_particle.is_empty() {
                page.knowledge.frames.of_verb(&lemma).collect()
            } else {
                taken_for_preposition =
                    word.filter(|_| particle.is_some_and(|c| doc.tokens[c].relation == Relation::Case));
                with_particle
            }
        }
        Upos::Noun | Upos::Propn => {
            let compound = doc
                .children(t)
                .filter(|&c| matches!(doc.tokens[c].relation, Relation::Compound | Relation::Amod))
                .flat_map(|c| {
                    let called = |first: &str| -> Vec<&Frame> {
                        page.knowledge.frames.of_noun(&format!("{first} {lemma}")).collect()
                    };
                    let found = called(&doc.tokens[c].lemma.to_lowercase());
                    // "Hunger strike": where the first part is taken for an adjective, its lemma is none of the noun.
                    if found.is_empty() { called(&doc.form(c).to_lowercase()) } else { found }
                })
                .collect::<Vec<_>>();
            if compound.is_empty() { page.knowledge.frames.of_noun(&lemma).collect() } else { compound }
        }
        _ => return None,
    };
    // "One of the others, say, India": an example.
    let between_commas =
        t > 0 && doc.form(t - 1) == "," && t + 1 < doc.tokens.len() && doc.form(t + 1) == ",";
    // Few words call up a frame, and only those are worth a clause.
    if candidates.is_empty() || between_commas && doc.form(t) == "say" {
        return None;
    }
    let mut clause = if verb { clause::of_verb(doc, t) } else { clause::of_noun(doc, t) };
    // "Called in the ambassador": what seems to hang on "in" is the object.
    if let Some(particle) = taken_for_preposition {
        let behind = clause.obliques.extract_if(.., |(p, _)| *p == particle);
        clause.objects.extend(behind.map(|(_, filler)| filler));
    }
    // "Visiting officials": a participle before a noun tells nothing by itself.
    let gerund = doc.form(t).ends_with("ing");
    if verb && doc.tokens[t].relation == Relation::Amod && (clause.subjects.is_empty() || gerund) {
        return None;
    }
    // "Let wounded soldiers in": nor does a past participle that the parser takes for what is let be done.
    let under_let = doc.tokens[t].head.is_some_and(|head| doc.tokens[head].lemma == "let");
    if verb && under_let && doc.form(t).ends_with("ed") && doc.tokens[t].relation == Relation::Xcomp {
        return None;
    }
    Some((candidates, clause))
}

/// Whether these are all whom a frame asks for.
fn fills(page: &Page<'_>, frame: &Frame, actors: &[Filled], recipients: &[Filled]) -> bool {
    let doers = page.actors_of(actors).len();
    let enough = !frame.wants_recipient() || frame.reciprocal && doers > 1;
    doers > 0 && (enough || !recipients.is_empty())
}

/// Who does or says it.
fn actors(page: &Page<'_>, frame: &Frame, clause: &Clause) -> Vec<Filled> {
    let mut actors = page.roles(clause, &frame.actor, frame.kind == Kind::Statement);
    // "Summoned the ambassador to Vietnam": what is part of the object's own words does nothing.
    let undergoes = |mention: usize| clause.objects.iter().any(|o| page.mention_at[o.token] == Some(mention));
    actors.retain(|f| !(page.mention(f.mention).place || f.path.contains("nmod") && undergoes(f.mention)));
    // "A joint patrol": the words that tell the deed are nobody who does it.
    actors.retain(|f| page.mention(f.mention).head != clause.trigger);
    // "Mourned the dead after the attack": whoever's clause an attack only dates or sets is not the one who attacks.
    if frame.kind == Kind::Action {
        actors.retain(|f| !f.path.starts_with("host>"));
    }
    // "Israeli missiles hit the depot": what arms do their owner does.
    if actors.is_empty() && frame.kind == Kind::Action {
        let arms = clause.role("subject").into_iter().filter(|f| names(page, f.token, ARMS));
        actors.extend(arms.flat_map(|f| page.fill(&f, true)));
    }
    actors
}

/// A noun, and what it measures where it is a measure: "sixty tonnes of tents, pumps and medicine", "15 of 18 drones".
fn measured(doc: &Document, t: usize) -> Vec<usize> {
    let mut nouns = vec![t];
    // "Visa services".
    if SERVICES.contains(&doc.tokens[t].lemma.to_lowercase().as_str()) {
        nouns.extend(doc.children(t).filter(|&c| doc.tokens[c].relation == Relation::Compound));
    }
    let numbers = doc.tokens[t].upos == Upos::Num;
    if numbers || MEASURES.contains(&doc.tokens[t].lemma.to_lowercase().as_str()) {
        let of = |&c: &usize| doc.preposition(c).as_deref() == Some("of");
        for noun in doc.children(t).filter(of) {
            nouns.push(noun);
            nouns.extend(doc.children(noun).filter(|&c| doc.tokens[c].relation == Relation::Conj));
        }
    }
    nouns
}

/// To whom it is done or said, apart from the `actors`.
fn recipients(page: &Page<'_>, frame: &Frame, clause: &Clause, actors: &[Filled]) -> Vec<Filled> {
    let apart = |f: &Filled| !actors.iter().any(|a| a.mention == f.mention);
    let mut recipients = page.roles(clause, &frame.recipient, frame.kind != Kind::Contact);
    recipients.retain(apart);
    // "Drills near the border with X": whom only a border parts from the others does nothing with them.
    if frame.reciprocal {
        recipients.retain(|f| {
            let beyond = page.doc.tokens[page.mention(f.mention).head].head;
            !(f.path.ends_with("nmod:with") && beyond.is_some_and(|noun| names(page, noun, BORDERS)))
        });
    }
    // "Flew two fighter jets over X": what is given or moved is nobody to whom it is done.
    recipients
        .retain(|f| !names(page, page.mention(f.mention).head, HARDWARE) || !names_object(page, frame, f));
    // "Sent in troops": whom somebody mobilises are his own.
    if frame.cameo.starts_with("15") {
        recipients.retain(|f| !names_object(page, frame, f));
    }
    // "Spoke with X about a mission to Y": whom a noun farther off names takes no part.
    let far = |f: &Filled| f.path.starts_with("obl>") && f.path.contains(">nmod:to");
    if frame.kind == Kind::Contact && !recipients.iter().all(far) {
        recipients.retain(|f| !far(f));
    }
    // "A meeting held at the request of X".
    if frame.kind == Kind::Contact {
        let behind_of = |f: &Filled| {
            let first = page.mention(f.mention).first;
            first > 0 && page.doc.form(first - 1).eq_ignore_ascii_case("of")
        };
        recipients.retain(|f| !(f.path.starts_with("obl>") && f.path.contains(">nmod:of") && behind_of(f)));
    }
    // "Praised X for its answer to a raid by Y", "put off a trip to X amid tensions with Y": whom only a noun of the setting
    // names has no part in it where somebody nearer has.
    let of_setting =
        |f: &Filled| f.path.starts_with("obl") && f.path.contains(">nmod") && !page.mention(f.mention).place;
    if frame.kind != Kind::Contact && !recipients.iter().all(of_setting) {
        recipients.retain(|f| !of_setting(f));
    }
    // A place is nobody to speak to; but "rockets at Israel" are meant for it, and a depot near Homs stands in Syria.
    recipients.retain(|f| {
        let mention = page.mention(f.mention);
        let meant =
            || !f.path.contains('>') || frame.kind == Kind::Action && is_ground(page.doc, mention.head);
        !mention.place || frame.kind != Kind::Statement && meant()
    });
    // "NATO ministers gather in Brussels": where people gather or march between states, it is against nobody there.
    if page.scope == Scope::Interstate && frame.cameo.starts_with("14") {
        recipients.retain(|f| !f.path.ends_with(":in"));
    }
    // "Recalled its ambassador to Ecuador": its own envoy is nobody to whom it is done, but the state that he is sent to is.
    let own: Vec<Option<&String>> =
        page.actors_of(actors).into_iter().map(|a| page.cast.actors[a].state.as_ref()).collect();
    let foreign = |f: &Filled| {
        let mut states = page.mention(f.mention).actors.iter().map(|&a| page.cast.actors[a].state.as_ref());
        states.any(|state| !own.contains(&state))
    };
    let called_home = |f: &Filled| !foreign(f) && page.sent_to(f.mention).is_some();
    if frame.kind == Kind::Action && (!recipients.iter().any(foreign) || recipients.iter().any(called_home)) {
        let envoys = clause.objects.iter().filter(|o| names(page, o.token, &frame.objects));
        let posts = envoys.filter_map(|o| page.sent_to(page.mention_at[o.token]?));
        let posts: Vec<Filled> =
            posts.map(|mention| Filled { mention, path: "obj>nmod:to".into() }).collect();
        if !posts.is_empty() {
            recipients.retain(|f| foreign(f) && !posts.iter().any(|post| post.mention == f.mention));
            recipients.splice(0..0, posts);
        }
    }
    // "Will close its embassy in X": what is its own undergoes nothing where another side does.
    let of_government = |f: &Filled| {
        let mut meant = page.mention(f.mention).actors.iter().map(|&a| &page.cast.actors[a]);
        meant.all(|a| a.kind == ActorKind::State || a.sector == Some(Sector::Gov))
    };
    if frame.kind != Kind::Contact && recipients.iter().any(foreign) {
        recipients.retain(|f| foreign(f) || !of_government(f));
    }
    // "Closed the crossing", "broke off relations": where no word says to whom it leads, the side in view is meant.
    if recipients.is_empty()
        && frame.kind == Kind::Action
        && clause.objects.iter().any(|o| names(page, o.token, BORDERS) || names(page, o.token, RELATIONS))
    {
        recipients.extend(page.opposite(clause.trigger, actors));
    }
    // "Urged that X withdraw", "refused to meet X", "complained that X had left".
    let about_clauses = frame.kind == Kind::Statement && !frame.cameo.starts_with("01")
        || frame.cameo.starts_with("12")
        || frame.cameo == "114";
    if recipients.is_empty() && about_clauses {
        recipients = page.governed(clause);
        // "Vowed that India would punish them": a state is nobody to whom those speak who speak for it; but "India's donors said
        // that it must act".
        let speaks_for = |state: Option<&String>| {
            let mut speakers = page.actors_of(actors).into_iter().map(|a| &page.cast.actors[a]);
            speakers.all(|actor| is_public(actor) && actor.state.as_ref() == state)
        };
        let of_own = |f: &Filled| {
            let mut meant = page.mention(f.mention).actors.iter().map(|&a| &page.cast.actors[a]);
            meant.all(|actor| actor.kind == ActorKind::State && speaks_for(actor.state.as_ref()))
        };
        recipients.retain(|f| apart(f) && !of_own(f));
    }
    recipients
}

/// Whether what the clause is about leads to another state, or parts two.
pub(crate) fn leads_across(page: &Page<'_>, clause: &Clause) -> bool {
    clause.objects.iter().any(|o| names(page, o.token, BORDERS) || names(page, o.token, &["river"]))
}

/// Whether the mention in a role is the very thing that the frame asks for as its object, and no word says whose.
fn names_object(page: &Page<'_>, frame: &Frame, filled: &Filled) -> bool {
    let mention = page.mention(filled.mention);
    frame.kind == Kind::Action
        && names(page, mention.head, &frame.objects)
        && mention.actors.iter().all(|&a| page.cast.actors[a].state.is_none())
}

/// Whether the words around the trigger, and the sort of those it is done to, are what the frame asks for.
fn fits(page: &Page<'_>, frame: &Frame, clause: &Clause, said: &OnceCell<Option<Said>>) -> bool {
    let of_sort = || {
        let recipients = page.roles(clause, &frame.recipient, false);
        let mut actors = recipients.iter().flat_map(|f| &page.mention(f.mention).actors);
        actors.any(|&a| frame.recipient_is.contains(&page.cast.actors[a].kind))
    };
    is_worded(page, frame, clause, said) && (frame.recipient_is.is_empty() || of_sort())
}

/// Whether the words around the trigger are what the frame asks for. `said` keeps what the clause says from one frame to
/// the next.
pub(crate) fn is_worded(
    page: &Page<'_>,
    frame: &Frame,
    clause: &Clause,
    said: &OnceCell<Option<Said>>,
) -> bool {
    let object = |f: &Filler| {
        let mut nouns = measured(page.doc, f.token).into_iter();
        nouns.any(|t| names(page, t, &frame.objects)) || is_of_class(page, f.token, &frame.objects)
    };
    // "Signed off on the deal": the thing may hang on a preposition, but not on another noun.
    let beside =
        |(_, f): &(String, Filler)| !f.path.contains(">nmod") && names(page, f.token, &frame.objects);
    let bare = || {
        let indirect = clause.objects.iter().all(|o| o.path.starts_with("iobj"));
        indirect && frame.objects.iter().any(|word| word == "<none>")
    };
    let named = frame.objects.is_empty()
        || bare()
        || clause.objects.iter().any(object)
        || clause.obliques.iter().any(beside);
    let stands = frame.beside.is_empty() || clause.obliques.iter().any(|(p, _)| frame.beside.contains(p));
    let other = !frame.unless.is_empty()
        && page.doc.children(clause.trigger).any(|c| {
            let before = matches!(
                page.doc.tokens[c].relation,
                Relation::Compound | Relation::CompoundPrt | Relation::Amod
            );
            before && names(page, c, &frame.unless)
        });
    let comes = !frame.coming
        || page
            .doc
            .children(clause.governor)
            .any(|c| matches!(page.doc.form(c), "will" | "would" | "'ll" | "’ll" | "'d" | "’d"));
    named
        && stands
        && comes
        && !other
        && is_told(page, frame, clause)
        && !(frame.act == Some(Act::Urge) && is_question(page.doc, clause))
        && (frame.content.is_empty()
            || said
                .get_or_init(|| statements::said(page.doc, clause))
                .as_ref()
                .is_some_and(|said| frame.content.iter().any(|phrase| said.at(phrase).is_some())))
}

/// Words that open a question.
const QUESTIONS: &[&str] = &["how", "if", "what", "when", "where", "whether", "which", "who", "whom", "why"];

/// Whether something is asked about rather than for: "asked whether X had left", "asks, “Where is the treaty?”".
fn is_question(doc: &Document, clause: &Clause) -> bool {
    if doc.tokens[clause.trigger].lemma != "ask" {
        return false;
    }
    let opens = |c: usize| {
        doc.children(c).any(|w| w < c && QUESTIONS.contains(&doc.form(w).to_lowercase().as_str()))
            || QUESTIONS.contains(&doc.form(c).to_lowercase().as_str())
    };
    let sentence = doc.sentence_of(clause.trigger).span;
    let said = doc.quotations.iter().filter(|q| q.span.overlaps(sentence));
    let mut quoted = said.filter(|q| !q.span.contains(doc.tokens[clause.trigger].span));
    clause.complements.iter().any(|&c| opens(c))
        || clause.complements.iter().all(|&c| doc.is_quoted(c))
            && quoted.any(|q| q.span.of(&doc.text).trim_end_matches(['"', '”', '\'', '’']).ends_with('?'))
}

/// Whether the clause that the word takes is told as the frame asks.
fn is_told(page: &Page<'_>, frame: &Frame, clause: &Clause) -> bool {
    let doc = page.doc;
    match frame.clause {
        None => true,
        Some(Mood::Fact) => clause.complements.iter().any(|&c| {
            let must = |a: usize| matches!(doc.form(a).to_lowercase().as_str(), "should" | "must" | "to");
            let finite = doc.tokens[c].feats.verb_form == Some(VerbForm::Fin)
                || doc.children(c).any(|a| matches!(doc.tokens[a].relation, Relation::Aux | Relation::Cop));
            finite && !doc.children(c).any(|a| a < c && must(a))
        }),
        // With no object, what seems to say who she is is whom the verb is about.
        Some(Mood::Deed) => {
            let deed = |&c: &usize| doc.tokens[c].upos == Upos::Verb;
            clause.objects.is_empty() || clause.complements.iter().all(deed)
        }
        Some(Mood::Order) => clause.complements.iter().any(|&c| {
            let to = |a: usize| a < c && doc.tokens[a].relation == Relation::Mark && doc.form(a) == "to";
            doc.tokens[c].relation == Relation::Xcomp && doc.children(c).any(to)
        }),
        Some(Mood::None) => {
            let t = clause.trigger;
            let infinitive = |c: usize| doc.tokens[c].feats.verb_form == Some(VerbForm::Inf);
            // Parsers hang what is asked for on the one who is asked, too.
            let asked = clause
                .obliques
                .iter()
                .any(|(_, f)| doc.children(f.token).any(|c| c > f.token && infinitive(c)));
            clause.complements.is_empty() && !asked && !doc.children(t).any(|c| c > t && infinitive(c))
        }
    }
}

/// Whether token `t` is one of `words`.
fn names(page: &Page<'_>, t: usize, words: &[impl AsRef<str>]) -> bool {
    let lemma = page.doc.tokens[t].lemma.to_lowercase();
    // "The crossing": taggers take it for a verb.
    let form = page.doc.form(t);
    words.iter().map(AsRef::as_ref).any(|word| word == lemma || word == form)
}

/// Whether token `t` is of a class that one of `words` stands for.
fn is_of_class(page: &Page<'_>, t: usize, words: &[String]) -> bool {
    let people = || {
        let meant = page.mention_at[t].map(|m| page.mention(m)).filter(|m| !m.place);
        meant.and_then(|m| m.actors.first()).is_some_and(|&a| {
            matches!(page.cast.actors[a].kind, ActorKind::Person | ActorKind::Office | ActorKind::Group)
        })
    };
    words.iter().any(|word| match word.as_str() {
        "<people>" => people(),
        "<thing>" => page.mention_at[t].is_none(),
        "<state>" => {
            let meant = page.mention_at[t].and_then(|m| page.mention(m).actors.first());
            meant.is_some_and(|&a| page.cast.actors[a].kind == ActorKind::State)
        }
        _ => false,
    })
}
