//! The words of a page → reports: what the frame that fits a clause tells of the actors in its roles, how and when.

use jiff::ToSpan as _;

use crate::events::clause::{Clause, Filler};
use crate::events::codes::{self, plover};
use crate::events::contacts::Contacts;
use crate::events::fit::{Fit, best, leads_across};
use crate::events::frame::Frame;
use crate::events::proposal;
use crate::events::report::{Act, Evidence, Kind, Party, Report, Role, RoleSpan, Told};
use crate::events::roles::{Filled, Page, state_actor};
use crate::events::sides::{interstate, is_public, side};
use crate::events::telling::{Telling, prepares, telling};
use crate::events::thread::Thread;
use crate::events::{Scope, places, statements};
use crate::language::{Document, Relation, Sentence, Upos, VerbForm};

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

/// What the nearest word proposes that the `source` does (to the `target`), mentions of the cast.
pub(crate) fn proposed(page: &Page<'_>, source: usize, target: Option<usize>) -> Option<Report> {
    let sentence = *page.doc.sentence_of(page.mention(source).head);
    let proposal = proposal::propose(page, sentence, source, target)?;
    let told = report(page, &proposal.fit, &sentence, &mut Thread::default(), &mut Contacts::default());
    told.map(|mut report| {
        report.evidence.likelihood = Some(proposal.likelihood);
        report
    })
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

/// Whom a plain statement condemns, and the code of that: it calls what another side does or has a bad name, "said that the
/// arrest by Ankara was unacceptable".
fn judgement<'p>(page: &Page<'p>, clause: &Clause, who: &[usize]) -> Option<(&'p str, Vec<Filled>)> {
    let doc = page.doc;
    let speakers: Vec<Option<&str>> = who.iter().map(|&a| side(&page.cast.actors[a])).collect();
    // The names are those that "call X …" condemns with.
    let frame = page
        .knowledge
        .frames
        .of_verb("call")
        .find(|f| f.act == Some(Act::Condemn) && !f.content.is_empty())?;
    clause.complements.iter().find_map(|&said| {
        let of = |relation: Relation| doc.children(said).find(move |&c| doc.tokens[c].relation == relation);
        of(Relation::Cop)?;
        let negated = doc.children(said).any(|c| matches!(doc.form(c), "not" | "n't" | "n’t" | "never"));
        let bad = frame.content.iter().any(|word| doc.form(said).eq_ignore_ascii_case(word));
        let subject = of(Relation::Nsubj).filter(|_| bad && !negated)?;
        let mut judged = page.fill(&Filler { token: subject, path: "complement>nsubj".into() }, true);
        judged.retain(|f| {
            page.mention(f.mention).actors.iter().all(|&a| {
                let actor = &page.cast.actors[a];
                is_public(actor) && side(actor).is_some() && !speakers.contains(&side(actor))
            })
        });
        (!judged.is_empty()).then_some((frame.cameo.as_str(), judged))
    })
}

/// Whether a CAMEO code is of material conflict: coercion, assault, fight, mass violence.
fn is_hostile(cameo: &str) -> bool {
    matches!(cameo.get(..2), Some("17" | "18" | "19" | "20"))
}

/// Whether a statement answers somebody: it threatens, or turns on a thing that the page has told of and nobody owns here.
fn answers(page: &Page<'_>, frame: &Frame, clause: &Clause) -> bool {
    let doc = page.doc;
    let known = |f: &Filler| {
        let determined = doc.children(f.token).any(|c| {
            doc.tokens[c].upos == Upos::Det
                && matches!(doc.form(c).to_lowercase().as_str(), "the" | "this" | "these" | "that")
        });
        determined && doc.tokens[f.token].upos == Upos::Noun && page.mention_at[f.token].is_none()
    };
    match frame.act {
        Some(Act::Warn) => true,
        // "Would welcome talks": with whom it is at odds.
        Some(Act::Commit) if frame.coming => frame.cameo == "036",
        // Those are set free who are held.
        Some(Act::Urge) => frees(page, frame, clause),
        Some(Act::Reject | Act::Condemn | Act::Deny | Act::Protest) => clause.objects.iter().any(known),
        _ => false,
    }
}

/// Whether what is asked for is that somebody or something held be let go or given back.
fn frees(page: &Page<'_>, frame: &Frame, clause: &Clause) -> bool {
    let release = ["release", "return", "hand back"].map(str::to_owned);
    matches!(frame.cameo.as_str(), "0253" | "1053" | "105") && statements::says(page, clause, &release)
}

/// Whether a third side turns to two others: it mediates, offers to do so or to host them, or asks for calm.
fn steps_in(page: &Page<'_>, frame: &Frame, clause: &Clause) -> bool {
    // "The deal was brokered by Qatar", but not "offered to mediate".
    if frame.kind != Kind::Statement {
        return frame.cameo == "045" && !is_purpose(page.doc, clause.governor);
    }
    // "Called on all sides to show restraint" where the sides are not to be made out, "called for the withdrawal of X".
    let calms = || {
        let calm = ["calm", "restraint", "de-escalation", "de - escalation", "ceasefire", "truce"]
            .map(str::to_owned);
        statements::says(page, clause, &calm)
    };
    let hosts = || statements::says(page, clause, &["to host".to_owned()]);
    match frame.cameo.as_str() {
        "039" => true,
        "036" => hosts(),
        "0256" => calms(),
        _ => false,
    }
}

/// Whether verb `t` says what the deed above it was for: "telephoned X | to apologise".
fn is_purpose(doc: &Document, t: usize) -> bool {
    matches!(doc.tokens[t].relation, Relation::Advcl | Relation::Xcomp)
        && doc.tokens[t].feats.verb_form == Some(VerbForm::Inf)
}

/// Whether a CAMEO code is of material cooperation or aid.
fn is_help(cameo: &str) -> bool {
    matches!(cameo.get(..2), Some("06" | "07"))
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
    // "Telephoned X to apologise", "wrote to Y to complain".
    let speaks = frame.kind == Kind::Statement || frame.cameo.starts_with("11");
    let goes_on = frame.reciprocal
        || frame.kind == Kind::Action && is_help(&frame.cameo)
        || speaks && is_purpose(doc, clause.governor);
    if goes_on && who.len() == 1 && whom.is_empty() {
        whom.extend(contacts.partners(doc, who[0], clause.governor));
    }
    // "Iran dismissed the protest": whoever rejects, condemns or threatens without saying whom answers what was done to him.
    if whom.is_empty() && frame.kind == Kind::Statement && answers(page, frame, clause) {
        whom = contacts.answered(page.cast, &who);
    }
    // "China called for calm", "Norway offered to mediate": a third side turns to the two that are at odds.
    if whom.is_empty() && steps_in(page, frame, clause) {
        // Of two, one alone would be the wrong answer.
        let between = contacts.dispute(page.cast, &who).map(|pair| pair.map(|s| state_actor(page.cast, s)));
        if let Some([Some(one), Some(other)]) = between {
            whom.extend([one, other]);
        }
    }
    let claimant = statements::claimant(page, clause, &who);
    // "Kyiv said Russian troops opened fire": on whom it does not say, but the side that says it was there.
    if whom.is_empty() && frame.kind == Kind::Action && is_hostile(&frame.cameo) {
        whom.extend(claimant.as_ref().and_then(|c| page.state_of(&c.actor)).filter(|state| {
            who.iter().all(|&a| page.cast.actors[a].state != page.cast.actors[*state].state)
        }));
    }
    // "Ghana and Togo reopened the crossing": between them.
    let mutual = frame.reciprocal || leads_across(page, clause);
    let whole = !frame.wants_recipient() || !whom.is_empty() || mutual && who.len() > 1;
    // Within a state, what is done to nobody in particular counts too: a strike, a state of emergency.
    if who.is_empty() || !whole && page.scope == Scope::Interstate {
        return None;
    }
    let Telling { told, date, words, refused } = telling(doc, clause, page.published);
    let refusal = (refused && frame.kind != Kind::Statement).then(|| codes::refused(&frame.cameo)).flatten();
    let told = told.or(refusal.filter(|_| frame.kind == Kind::Action).map(|_| Told::Current));
    // A contact that did not happen is told of as such; of what else is negated there is nothing to tell.
    let told = told.or((frame.kind == Kind::Contact && !whom.is_empty()).then_some(Told::Denied));
    let mut told = told?;
    // What is made ready is not done yet, and nobody threatens with it either.
    let ready = frame.kind == Kind::Action && told == Told::Current && prepares(doc, clause.trigger);
    if ready {
        told = Told::Planned;
    }
    if frame.reciprocal {
        who.append(&mut whom);
    }
    let parties = |actors: &[usize], filled: &[Filled]| -> Vec<Party> {
        actors.iter().map(|&a| page.party(a, filled)).collect()
    };
    let all: Vec<Filled> = actors.iter().chain(recipients).cloned().collect();
    let who_parties = parties(&who, &all);
    let mut whom_parties = parties(&whom, &all);
    if page.scope == Scope::Interstate
        && frame.kind != Kind::Statement
        && !interstate(&who_parties, &whom_parties)
    {
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
    if matches!(told, Told::Current | Told::Recalled) {
        contacts.note_deed(&who, &whom);
    }
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
    let planned = (frame.kind != Kind::Statement && told == Told::Planned && !ready)
        .then(|| codes::planned(&frame.cameo))
        .flatten();
    let mut cameo = refusal.or(planned).unwrap_or(&frame.cameo);
    let narrowed = page.knowledge.details.narrowed(cameo, || statements::said(doc, clause));
    let detail = narrowed.map(|(detail, code)| {
        cameo = code;
        detail.name.clone()
    });
    // Whoever says that another side opened fire accuses it, whatever the verb of saying.
    if let Some(said) = statement.as_mut().filter(|s| s.act == Act::Inform)
        && let Some((code, accused)) = accusation(page, clause, &who)
    {
        said.act = Act::Allege;
        cameo = code;
        whom_parties = parties(&page.actors_of(&accused), &accused);
    }
    if whom_parties.is_empty()
        && let Some(said) = statement.as_mut().filter(|s| s.act == Act::Inform)
        && let Some((code, judged)) = judgement(page, clause, &who)
    {
        said.act = Act::Condemn;
        cameo = code;
        whom_parties = parties(&page.actors_of(&judged), &judged);
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
        issues: page.knowledge.issues.raised(doc, sentence),
        contact: frame.contact,
        statement,
        evidence: Evidence {
            frame: frame.name.clone(),
            detail,
            sentence: sentence.span,
            trigger: doc.tokens[clause.trigger].span,
            roles,
            likelihood: None,
        },
    })
}
