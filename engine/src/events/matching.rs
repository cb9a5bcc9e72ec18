//! Clauses × frames → reports: the frame that fits most narrowly, its roles filled with actors of the cast.

use std::cmp::Reverse;

use jiff::ToSpan as _;

use crate::events::clause::{self, Clause};
use crate::events::codes::plover;
use crate::events::contacts::Contacts;
use crate::events::frame::Frame;
use crate::events::report::{Act, Evidence, Kind, Party, Report, Role, RoleSpan, Told};
use crate::events::roles::{Filled, Page};
use crate::events::sides::{interstate, is_public, side};
use crate::events::telling::{Telling, telling};
use crate::events::thread::Thread;
use crate::events::{places, statements};
use crate::language::{Relation, Sentence, Upos};

/// Every report of a page, in order of text, with whether its sentence names another side than the one that acts or speaks.
pub(crate) fn reports(page: &Page<'_>, sentences: impl Iterator<Item = Sentence>) -> Vec<(Report, bool)> {
    let mut reports = Vec::new();
    let mut thread = Thread::default();
    let mut contacts = Contacts::default();
    for sentence in sentences {
        for t in sentence.first..sentence.last {
            let Some(fit) = best(page, t) else { continue };
            if let Some(report) = report(page, &fit, &sentence, &mut thread, &mut contacts) {
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

/// A frame that fits a clause, and whom the clause names in its roles.
struct Fit<'p> {
    frame: &'p Frame,
    clause: Clause,
    /// Who does or says it.
    actors: Vec<Filled>,
    /// To whom.
    recipients: Vec<Filled>,
}

/// The narrowest frame that fits token `t`, of those whose roles the clause fills if there are such; by name where two are
/// equally narrow. "Hosted X for talks" is no chairing of talks, since it does not say with whom.
fn best<'p>(page: &Page<'p>, t: usize) -> Option<Fit<'p>> {
    let doc = page.doc;
    let lemma = doc.tokens[t].lemma.to_lowercase();
    let verb = doc.tokens[t].upos == Upos::Verb;
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
                .map(|c| format!("{lemma} {}", doc.form(c).to_lowercase()));
            let with_particle: Vec<&Frame> = particle.iter().flat_map(|w| page.frames.of_verb(w)).collect();
            if with_particle.is_empty() { page.frames.of_verb(&lemma).collect() } else { with_particle }
        }
        Upos::Noun | Upos::Propn => {
            let compound = doc
                .children(t)
                .filter(|&c| matches!(doc.tokens[c].relation, Relation::Compound | Relation::Amod))
                .flat_map(|c| {
                    let called = |first: &str| -> Vec<&Frame> {
                        page.frames.of_noun(&format!("{first} {lemma}")).collect()
                    };
                    let found = called(&doc.tokens[c].lemma.to_lowercase());
                    // "Hunger strike": where the first part is taken for an adjective, its lemma is none of the noun.
                    if found.is_empty() { called(&doc.form(c).to_lowercase()) } else { found }
                })
                .collect::<Vec<_>>();
            if compound.is_empty() { page.frames.of_noun(&lemma).collect() } else { compound }
        }
        _ => return None,
    };
    // Few words call up a frame, and only those are worth a clause.
    if candidates.is_empty() {
        return None;
    }
    let clause = if verb { clause::of_verb(doc, t) } else { clause::of_noun(doc, t) };
    // "Visiting officials": a participle before a noun tells nothing by itself.
    if verb && doc.tokens[t].relation == Relation::Amod && clause.subjects.is_empty() {
        return None;
    }
    let roles = |frame: &Frame| {
        let actors = actors(page, frame, &clause);
        let recipients = recipients(page, frame, &clause, &actors);
        (actors, recipients)
    };
    let (frame, (actors, recipients)) =
        candidates.into_iter().filter(|f| fits(page, f, &clause)).map(|f| (f, roles(f))).max_by_key(
            |(f, (actors, recipients))| {
                (fills(page, f, actors, recipients), f.specificity(), Reverse(f.name.as_str()))
            },
        )?;
    Some(Fit { frame, clause, actors, recipients })
}

/// Whom a plain statement accuses, and the code of that: its content tells as a fact what another side did against somebody.
fn accusation(page: &Page<'_>, clause: &Clause, who: &[usize]) -> Option<(&'static str, Vec<Filled>)> {
    let speakers: Vec<Option<&str>> = who.iter().map(|&a| side(&page.cast.actors[a])).collect();
    clause.complements.iter().find_map(|&said| {
        let Fit { frame, clause: inner, actors, .. } = best(page, said)?;
        let told = telling(page.doc, &inner, page.published).told;
        if frame.kind != Kind::Action
            || !is_hostile(&frame.cameo)
            || !matches!(told, Some(Told::Current | Told::Recalled))
        {
            return None;
        }
        let mut accused = actors;
        accused.retain(|f| {
            page.mention(f.mention).actors.iter().all(|&a| {
                let actor = &page.cast.actors[a];
                is_public(actor) && side(actor).is_some() && !speakers.contains(&side(actor))
            })
        });
        // Assault is aggression; coercion and the rest is not further specified.
        let code = if frame.cameo.starts_with("17") { "112" } else { "1123" };
        (!accused.is_empty()).then_some((code, accused))
    })
}

/// Whether a CAMEO code is of material conflict: coercion, assault, fight, mass violence.
fn is_hostile(cameo: &str) -> bool {
    matches!(cameo.get(..2), Some("17" | "18" | "19" | "20"))
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
    actors.retain(|f| !page.mention(f.mention).place);
    actors
}

/// To whom it is done or said, apart from the `actors`.
fn recipients(page: &Page<'_>, frame: &Frame, clause: &Clause, actors: &[Filled]) -> Vec<Filled> {
    let apart = |f: &Filled| !actors.iter().any(|a| a.mention == f.mention);
    let mut recipients = page.roles(clause, &frame.recipient, frame.kind != Kind::Contact);
    recipients.retain(apart);
    // A place is nobody to speak to; but "rockets at Israel" are meant for it.
    recipients
        .retain(|f| !page.mention(f.mention).place || frame.kind != Kind::Statement && !f.path.contains('>'));
    // "Urged that X withdraw", "refused to meet X".
    let about_clauses =
        frame.kind == Kind::Statement && !frame.cameo.starts_with("01") || frame.cameo.starts_with("12");
    if recipients.is_empty() && about_clauses {
        recipients = page.governed(clause);
        recipients.retain(apart);
    }
    recipients
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
    Fit { frame, clause, actors, recipients }: &Fit<'_>,
    sentence: &Sentence,
    thread: &mut Thread,
    contacts: &mut Contacts,
) -> Option<Report> {
    let doc = page.doc;
    let (mut who, mut whom) = (page.actors_of(actors), page.actors_of(recipients));
    whom.retain(|a| !who.contains(a));
    // "X met Y and signed an agreement": with whom is said once.
    if frame.reciprocal && who.len() == 1 && whom.is_empty() {
        whom.extend(contacts.partners(doc, who[0], clause.governor));
    }
    let claimant = statements::claimant(page, clause, &who);
    // "Kyiv said Russian troops opened fire": on whom it does not say, but the side that says it was there.
    if whom.is_empty() && frame.kind == Kind::Action && is_hostile(&frame.cameo) {
        whom.extend(claimant.as_ref().and_then(|c| page.state_of(&c.actor)).filter(|state| {
            who.iter().all(|&a| page.cast.actors[a].state != page.cast.actors[*state].state)
        }));
    }
    if who.is_empty() || (frame.wants_recipient() && whom.is_empty() && !(frame.reciprocal && who.len() > 1))
    {
        return None;
    }
    let Telling { told, date, words } = telling(doc, clause, page.published);
    // A contact that did not happen is told of as such; of what else is negated there is nothing to tell.
    let told = told.or((frame.kind == Kind::Contact && !whom.is_empty()).then_some(Told::Denied));
    let mut told = told?;
    if frame.reciprocal {
        who.append(&mut whom);
    }
    let parties = |actors: &[usize], filled: &[Filled]| -> Vec<Party> {
        actors.iter().map(|&a| page.party(a, filled)).collect()
    };
    let all: Vec<Filled> = actors.iter().chain(recipients).cloned().collect();
    let who_parties = parties(&who, &all);
    let mut whom_parties = parties(&whom, &all);
    if frame.kind != Kind::Statement && !interstate(&who_parties, &whom_parties) {
        return None;
    }
    let mut statement =
        (frame.kind == Kind::Statement).then(|| statements::statement(page, frame, clause)).flatten();
    // What might be said is not said.
    if frame.kind == Kind::Statement && (statement.is_none() || told == Told::Hypothetical) {
        return None;
    }
    let date = date.or_else(|| thread.date(&who, page.cast, sentence, &mut told));
    // A contact told again needs no date again: "the two ministers discussed …".
    let again =
        (frame.kind == Kind::Contact && told == Told::Current).then(|| contacts.date(&who, &whom)).flatten();
    let date = date.or(again);
    let date = date
        .or_else(|| (told == Told::Current).then(|| page.published.map(crate::time::Period::day)).flatten());
    let involved: Vec<usize> = who.iter().chain(&whom).copied().collect();
    if frame.kind == Kind::Contact && told == Told::Current {
        contacts.note(&involved, clause.governor, date);
    }
    // A story's time is recent; "relations since 1964" tells none.
    let recent = date.zip(page.published).is_some_and(|(d, p)| d.start >= p.saturating_sub(400.days()));
    thread.note(&involved, sentence, date.filter(|_| recent), told);
    let mut roles: Vec<RoleSpan> = Vec::new();
    for (role, filled) in [(Role::Actor, actors), (Role::Recipient, recipients)] {
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
    let mut cameo = if frame.kind == Kind::Contact && told == Told::Planned { "036" } else { &frame.cameo };
    // Whoever says that another side opened fire accuses it, whatever the verb of saying.
    if let Some(said) = statement.as_mut().filter(|s| s.act == Act::Inform)
        && let Some((code, accused)) = accusation(page, clause, &who)
    {
        said.act = Act::Allege;
        cameo = code;
        whom_parties = parties(&page.actors_of(&accused), &accused);
    }
    Some(Report {
        kind: frame.kind,
        claimant,
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
