//! What grammar lends a verb from outside its own phrase: a subject by control, coordination or participle; the noun that a
//! relative clause describes.

use super::{Clause, Filler, is_passive, of_noun, own};
use crate::language::{Document, Relation, Upos, VerbForm};

/// Verbs whose object, not subject, does what the infinitive after them says.
const OBJECT_CONTROL: &[&str] = &[
    "advise",
    "allow",
    "ask",
    "beg",
    "call",
    "compel",
    "convince",
    "demand",
    "direct",
    "encourage",
    "enable",
    "force",
    "help",
    "instruct",
    "invite",
    "lead",
    "order",
    "permit",
    "persuade",
    "press",
    "pressure",
    "push",
    "request",
    "tell",
    "urge",
    "want",
    "warn",
];

/// Verbs whose object, not subject, does what the gerund behind "of", "for", "from" or "against" says.
const CHARGES: &[&str] = &[
    "accuse",
    "bar",
    "ban",
    "blame",
    "caution",
    "charge",
    "commend",
    "condemn",
    "congratulate",
    "criticise",
    "criticize",
    "deter",
    "discourage",
    "dissuade",
    "fault",
    "praise",
    "prevent",
    "prohibit",
    "punish",
    "stop",
    "suspect",
    "thank",
    "warn",
];

/// Whether verb `t` is what somebody is accused of, thanked for or kept from: "accusing them of helping Moscow".
pub(crate) fn is_charged(doc: &Document, t: usize) -> bool {
    let token = &doc.tokens[t];
    matches!(token.relation, Relation::Advcl | Relation::Xcomp | Relation::Ccomp)
        && token.head.is_some_and(|head| CHARGES.contains(&doc.tokens[head].lemma.as_str()))
        && doc.children(t).any(|c| {
            c < t && matches!(doc.form(c).to_lowercase().as_str(), "of" | "for" | "from" | "against")
        })
}

/// Verbs whose infinitive says what is threatened, planned or asked for, never what for: "threatened in May to cut funds".
const TAKE_INFINITIVE: &[&str] = &[
    "agree",
    "aim",
    "allow",
    "ask",
    "authorise",
    "authorize",
    "compel",
    "decide",
    "decline",
    "demand",
    "direct",
    "enable",
    "encourage",
    "expect",
    "force",
    "forbid",
    "hope",
    "instruct",
    "intend",
    "invite",
    "offer",
    "order",
    "permit",
    "persuade",
    "plan",
    "pledge",
    "promise",
    "propose",
    "refuse",
    "request",
    "schedule",
    "seek",
    "swear",
    "threaten",
    "undertake",
    "urge",
    "vow",
    "want",
    "warn",
];

/// Whether verb `t` is what its head threatens, plans or asks for, though the parser takes it for a purpose.
pub(crate) fn is_taken_for_purpose(doc: &Document, t: usize) -> bool {
    let token = &doc.tokens[t];
    token.relation == Relation::Advcl
        && token.feats.verb_form == Some(VerbForm::Inf)
        && token.head.is_some_and(|head| {
            head < t
                && doc.tokens[head].upos == Upos::Verb
                && TAKE_INFINITIVE.contains(&doc.tokens[head].lemma.as_str())
        })
        && doc.children(t).any(|c| c < t && doc.tokens[c].relation == Relation::Mark && doc.form(c) == "to")
}

/// Gives a verb without a subject the one that grammar lends it.
pub(super) fn borrow_subject(doc: &Document, t: usize, clause: &mut Clause, depth: usize) {
    if !clause.subjects.is_empty() || depth > 8 {
        return;
    }
    let token = &doc.tokens[t];
    let Some(head) = token.head else { return };
    let passive = is_passive(doc, t);
    let lend = |clause: &mut Clause, fillers: Vec<Filler>, label: &str| {
        let fillers =
            fillers.into_iter().map(|f| Filler { token: f.token, path: format!("{label}>{}", f.path) });
        if passive {
            if clause.objects.is_empty() {
                clause.objects.extend(fillers);
            }
        } else {
            clause.subjects.extend(fillers);
        }
    };
    match token.relation {
        Relation::Conj | Relation::Parataxis if doc.tokens[head].upos == Upos::Verb => {
            let head = goes_on_from(doc, t, head);
            let mut outer = own(doc, head);
            borrow_subject(doc, head, &mut outer, depth + 1);
            relativise(doc, head, &mut outer);
            let lent = if is_passive(doc, head) { outer.objects } else { outer.subjects };
            lend(clause, lent, "conj");
        }
        // "Is willing to withdraw": an adjective lends its subject as a verb does. "X plans | to meet Y": what describes a verb is
        // its complement.
        Relation::Xcomp | Relation::Advcl | Relation::Ccomp | Relation::Acl
            if matches!(doc.tokens[head].upos, Upos::Verb | Upos::Adj) =>
        {
            let finite_clause =
                token.relation == Relation::Ccomp && token.feats.verb_form == Some(VerbForm::Fin);
            if finite_clause {
                return;
            }
            let head = remarked(doc, t).unwrap_or(head);
            let mut outer = own(doc, head);
            borrow_subject(doc, head, &mut outer, depth + 1);
            relativise(doc, head, &mut outer);
            // Whoever is invited does what he is invited for, whatever the parser makes of it.
            let invited = doc.tokens[head].lemma == "invite" && is_taken_for_purpose(doc, t);
            let complement = token.relation == Relation::Xcomp || invited;
            let controls_object =
                complement && OBJECT_CONTROL.contains(&doc.tokens[head].lemma.as_str()) || is_charged(doc, t);
            let on_object: Vec<Filler> = if controls_object {
                let called =
                    outer.obliques.iter().filter(|(p, _)| p == "on" || p == "for").map(|(_, f)| f.clone());
                outer.objects.iter().cloned().chain(outer.indirect.iter().cloned()).chain(called).collect()
            } else {
                Vec::new()
            };
            if !on_object.is_empty() {
                lend(clause, on_object, "control");
            } else if is_passive(doc, head) && outer.subjects.is_empty() {
                lend(clause, outer.objects, "control");
            } else {
                lend(clause, outer.subjects, "control");
            }
        }
        Relation::Acl if matches!(doc.tokens[head].upos, Upos::Noun | Upos::Propn | Upos::Pron) => {
            let participle = token.feats.verb_form == Some(VerbForm::Part) && !passive
                || token.feats.verb_form == Some(VerbForm::Ger);
            if participle {
                lend(clause, vec![Filler { token: head, path: "acl".into() }], "acl");
            } else if token.feats.verb_form == Some(VerbForm::Inf) {
                // "its decision to expel …", "plans by X to visit": the noun's own doer.
                let outer = of_noun(doc, head);
                lend(clause, outer.subjects, "acl");
            }
        }
        Relation::Acl | Relation::AclRelcl if passive => {}
        _ => {}
    }
    if token.relation == Relation::Acl && passive && clause.objects.is_empty() {
        clause.objects.push(Filler { token: head, path: "acl".into() });
    }
}

/// The verb that verb `t`, which the parser joins to `head`, goes on from: one that has an object is no part of a passive, "denied
/// that they had been mistreated | and accused Ghana", and a past tense none of an infinitive, "agreed to buy gas | and called on Y".
pub(crate) fn goes_on_from(doc: &Document, t: usize, head: usize) -> usize {
    let has =
        |verb: usize, relation: Relation| doc.children(verb).any(|c| doc.tokens[c].relation == relation);
    let (token, joined) = (&doc.tokens[t], &doc.tokens[head]);
    let alone = token.relation == Relation::Conj
        && ![Relation::Aux, Relation::AuxPass, Relation::Mark, Relation::Nsubj].iter().any(|&r| has(t, r));
    let of_passive = joined.relation == Relation::Ccomp
        && (has(t, Relation::Obj) || has(t, Relation::Iobj))
        && has(head, Relation::AuxPass)
        && !has(head, Relation::Obj);
    let of_infinitive = joined.relation == Relation::Xcomp
        && joined.feats.verb_form == Some(VerbForm::Inf)
        && doc.form(t).ends_with("ed")
        && !has(head, Relation::Aux);
    let above = joined.head.filter(|_| alone && (of_passive || of_infinitive));
    // "Was ready to sign | and accused X".
    above.filter(|&a| matches!(doc.tokens[a].upos, Upos::Verb | Upos::Adj) && a < head).unwrap_or(head)
}

/// The verb upon which gerund `t` remarks behind a comma: in "ordered X to leave, | accusing him" it is the one who orders
/// that accuses, and in "noted the task that Y faced, | saying it was hard" the one who notes that says so.
pub(crate) fn remarked(doc: &Document, t: usize) -> Option<usize> {
    let remarks = doc.tokens[t].relation == Relation::Advcl
        && matches!(doc.tokens[t].feats.verb_form, Some(VerbForm::Ger | VerbForm::Part))
        && doc.form(t).ends_with("ing")
        && t > 1
        && (doc.form(t - 1) == "," || doc.form(t - 1) == "while" && doc.form(t - 2) == ",");
    let mut verb = doc.tokens[t].head.filter(|_| remarks)?;
    for _ in 0..8 {
        let inner = match doc.tokens[verb].relation {
            Relation::Xcomp => true,
            // What a comma parts from its noun can go on by itself: "…, which X turned down, | saying …".
            Relation::AclRelcl => !opens_behind_comma(doc, verb),
            Relation::Acl => true,
            // "Said that the house was hit, | calling it a crime".
            Relation::Ccomp => is_passive(doc, verb),
            _ => false,
        };
        let mut above = doc.tokens[verb].head.filter(|_| inner);
        while let Some(noun) = above.filter(|&a| doc.tokens[a].upos != Upos::Verb) {
            above = doc.tokens[noun].head;
        }
        let Some(above) = above else { break };
        verb = above;
    }
    Some(verb)
}

/// Whether a comma stands before the clause of verb `t`.
pub(crate) fn opens_behind_comma(doc: &Document, t: usize) -> bool {
    let sentence = *doc.sentence_of(t);
    let first = (sentence.first..=t).find(|&c| c == t || doc.has_ancestor(c, t)).unwrap_or(t);
    first > sentence.first && doc.form(first - 1) == ","
}

/// Puts the noun that a relative clause describes where its pronoun or gap stands.
pub(super) fn relativise(doc: &Document, t: usize, clause: &mut Clause) {
    let Some(head) = doc.tokens[t].head.filter(|_| doc.tokens[t].relation == Relation::AclRelcl) else {
        return;
    };
    let head = antecedent(doc, t, head);
    let is_relative = |f: &Filler| {
        doc.tokens[f.token].upos == Upos::Pron
            && matches!(doc.tokens[f.token].lemma.to_lowercase().as_str(), "who" | "which" | "that" | "whom")
    };
    let mut placed = false;
    let slots = clause
        .subjects
        .iter_mut()
        .chain(clause.objects.iter_mut())
        .chain(clause.indirect.iter_mut())
        .chain(clause.obliques.iter_mut().map(|(_, f)| f));
    for filler in slots {
        if is_relative(filler) {
            filler.token = head;
            filler.path = format!("acl:relcl>{}", filler.path);
            placed = true;
        }
    }
    if !placed {
        let filler = Filler { token: head, path: "acl:relcl".into() };
        if clause.subjects.is_empty() {
            clause.subjects.push(filler);
        } else if clause.objects.is_empty() {
            clause.objects.push(filler);
        }
    }
}

/// Whom a relative clause behind a comma describes: the name right before the comma rather than the common noun that it
/// hangs on, "protests from Baku, | which expelled two diplomats".
fn antecedent(doc: &Document, t: usize, head: usize) -> usize {
    let pronoun = doc.children(t).find(|&c| c < t && matches!(doc.form(c), "which" | "who"));
    let comma = pronoun.and_then(|p| p.checked_sub(1)).filter(|&c| doc.form(c) == ",");
    let name = comma.and_then(|c| c.checked_sub(1)).filter(|&n| {
        n > head
            && doc.tokens[n].upos == Upos::Propn
            && doc.tokens[head].upos == Upos::Noun
            && doc.tokens[n].relation == Relation::Nmod
            && doc.has_ancestor(n, head)
    });
    name.unwrap_or(head)
}
