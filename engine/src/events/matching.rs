//! The words of a page → reports: what the frame that fits a clause tells of the actors in its roles, how and when.

use jiff::ToSpan as _;

use crate::events::clause::{Clause, Filler, is_taken_for_purpose};
use crate::events::codes::{self, plover};
use crate::events::contacts::Contacts;
use crate::events::fit::{Fit, best, leads_across};
use crate::events::frame::Frame;
use crate::events::proposal;
use crate::events::report::{Act, Evidence, Kind, Party, Report, Role, RoleSpan, Told};
use crate::events::roles::{Filled, Page, state_actor};
use crate::events::sides::{interstate, is_public, side};
use crate::events::supposing::is_supposed;
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
        let mut told: Vec<(Report, usize)> = Vec::new();
        for t in sentence.first..sentence.last {
            let Some(fit) = best(page, t) else { continue };
            if let Some(report) = report(page, &fit, &sentence, &mut thread, &mut contacts) {
                let promise = promise(page.doc, &told, &report, fit.clause.governor);
                match promise.map(|at| &mut told[at].0) {
                    Some(promise) => promised(promise, report),
                    None => told.push((report, t)),
                }
            }
        }
        reports.extend(told.into_iter().map(|(report, _)| {
            let others = names_others(page, &report, &sentence);
            (report, others)
        }));
    }
    reports
}

/// Which of the reports `told` so far in a sentence, with their words, is the promise or threat of its actors to do what the
/// `deed` with its verb at `governor` tells: "agreed to lend X a billion" is one happening, and no loan yet.
fn promise(doc: &Document, told: &[(Report, usize)], deed: &Report, governor: usize) -> Option<usize> {
    let mut at = governor;
    for _ in 0..4 {
        let taken = matches!(doc.tokens[at].relation, Relation::Xcomp | Relation::Conj | Relation::Obj)
            || is_taken_for_purpose(doc, at);
        at = doc.tokens[at].head.filter(|_| taken)?;
        if let Some(found) = told.iter().position(|&(_, t)| t == at) {
            let promise = &told[found].0;
            let act = promise.statement.as_ref().map(|s| s.act);
            let promises = matches!(act, Some(Act::Accord | Act::Commit));
            let own = promise.actors.iter().all(|p| deed.actors.iter().any(|d| d.actor == p.actor));
            let only_said = match deed.kind {
                Kind::Action => {
                    promises && deed.told == Told::Planned
                        || act == Some(Act::Warn) && deed.told == Told::Hypothetical
                }
                Kind::Statement => promises && deed.plover == promise.plover,
                // Whom somebody will meet is worth knowing by itself.
                Kind::Contact => false,
            };
            return (own && only_said).then_some(found);
        }
    }
    None
}

/// Lets a promise say what the promised `deed` says: the code of an intent to do that, and to whom if the promise names nobody.
fn promised(promise: &mut Report, deed: Report) {
    let intends = |code: &str| deed.cameo.as_deref().is_some_and(|c| c.starts_with(code));
    // "Agreed to impose sanctions on X" is no good will towards X, whatever else it is about; to resign is a reform.
    let harms = promise.cameo.as_deref().is_some_and(|c| c.starts_with("03") && !c.starts_with("034"))
        && intends("13");
    if harms || promise.cameo.as_deref() == Some("030") && intends("03") {
        promise.cameo = deed.cameo;
        promise.plover = deed.plover;
    }
    if promise.recipients.is_empty() {
        let theirs = |p: &Party| promise.actors.iter().any(|a| side(&a.actor) == side(&p.actor));
        let recipients: Vec<Party> = deed.recipients.into_iter().filter(|p| !theirs(p)).collect();
        let span = |r: &RoleSpan| recipients.iter().any(|p| p.span == r.span);
        let roles = deed.evidence.roles.into_iter().filter(|r| r.role == Role::Recipient && span(r));
        promise.evidence.roles.extend(roles);
        promise.recipients = recipients;
    }
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
    // Nobody knows whether a ministry of no state that is told speaks of others or of its own.
    if speakers.iter().any(Option::is_none) {
        return None;
    }
    clause.complements.iter().find_map(|&said| {
        let Fit { frame, clause: inner, actors, recipients } = best(page, said)?;
        let told = telling(page.doc, &inner, page.published).told;
        let hurts = is_assault(&frame.cameo) || is_hostile(&frame.cameo) && !recipients.is_empty();
        if frame.kind != Kind::Action || !hurts || !matches!(told, Some(Told::Current | Told::Recalled)) {
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

/// Whether a CAMEO code is of assault, fight or mass violence, which are done to somebody even where no word says to whom.
fn is_assault(cameo: &str) -> bool {
    is_hostile(cameo) && !cameo.starts_with("17")
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
        Some(Act::Warn) => doc.tokens[clause.trigger].upos == Upos::Verb,
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
    let release = ["release", "return", "hand back"];
    matches!(frame.cameo.as_str(), "0253" | "1053" | "105") && statements::says(page.doc, clause, &release)
}

/// Whether a third side turns to two others: it mediates, offers to do so or to host them, or asks for calm.
fn steps_in(page: &Page<'_>, frame: &Frame, clause: &Clause) -> bool {
    // "The deal was brokered by Qatar", but not "offered to mediate".
    if frame.kind != Kind::Statement {
        return frame.cameo == "045" && !is_purpose(page.doc, clause.governor);
    }
    // "Called on all sides to show restraint" where the sides are not to be made out, "called for the withdrawal of X".
    let calm = ["calm", "restraint", "de-escalation", "de - escalation", "ceasefire", "truce"];
    match frame.cameo.as_str() {
        "039" => true,
        "036" => statements::says(page.doc, clause, &["to host"]),
        "0256" => statements::says(page.doc, clause, &calm),
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
        whom = contacts.answered(page.cast, &who, frame.act == Some(Act::Warn));
    }
    // "The threat that it poses" is uttered by nobody.
    let uttered = doc.tokens[clause.trigger].upos == Upos::Verb || !clause.complements.is_empty();
    if frame.act == Some(Act::Warn) && whom.is_empty() && !uttered {
        return None;
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
    if whom.is_empty() && frame.kind == Kind::Action && is_assault(&frame.cameo) {
        whom.extend(claimant.as_ref().and_then(|c| page.state_of(&c.actor)).filter(|state| {
            let theirs = |a: usize| page.cast.actors[a].state.as_ref();
            who.iter().all(|&a| theirs(a).is_some() && theirs(a) != theirs(*state))
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
    let mut told = if is_supposed(doc, clause.governor) { Told::Hypothetical } else { told? };
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
        contacts.note_deed(&who, &whom, frame.cameo.as_str() >= "09");
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
    let third = places::at_third(frame, place.as_ref(), &who_parties);
    let mut cameo = refusal.or(planned).or(third).unwrap_or(&frame.cameo);
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
