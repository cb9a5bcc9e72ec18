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

/// Verbs whose object, not subject, does what the gerund behind "of", "for" or "from" says.
const CHARGES: &[&str] = &[
    "accuse",
    "bar",
    "ban",
    "blame",
    "charge",
    "commend",
    "condemn",
    "congratulate",
    "criticise",
    "criticize",
    "deter",
    "fault",
    "praise",
    "prevent",
    "prohibit",
    "punish",
    "stop",
    "suspect",
    "thank",
];

/// Whether verb `t` is what somebody is accused of, thanked for or kept from: "accusing them of helping Moscow".
pub(crate) fn is_charged(doc: &Document, t: usize) -> bool {
    let token = &doc.tokens[t];
    matches!(token.relation, Relation::Advcl | Relation::Xcomp | Relation::Ccomp)
        && token.head.is_some_and(|head| CHARGES.contains(&doc.tokens[head].lemma.as_str()))
        && doc
            .children(t)
            .any(|c| c < t && matches!(doc.form(c).to_lowercase().as_str(), "of" | "for" | "from"))
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
            let mut outer = own(doc, head);
            borrow_subject(doc, head, &mut outer, depth + 1);
            relativise(doc, head, &mut outer);
            let lent = if is_passive(doc, head) { outer.objects } else { outer.subjects };
            lend(clause, lent, "conj");
        }
        // "Is willing to withdraw": an adjective lends its subject as a verb does.
        Relation::Xcomp | Relation::Advcl | Relation::Ccomp
            if matches!(doc.tokens[head].upos, Upos::Verb | Upos::Adj) =>
        {
            let finite_clause =
                token.relation == Relation::Ccomp && token.feats.verb_form == Some(VerbForm::Fin);
            if finite_clause {
                return;
            }
            let mut outer = own(doc, head);
            borrow_subject(doc, head, &mut outer, depth + 1);
            relativise(doc, head, &mut outer);
            let controls_object = token.relation == Relation::Xcomp
                && OBJECT_CONTROL.contains(&doc.tokens[head].lemma.as_str())
                || is_charged(doc, t);
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

/// Puts the noun that a relative clause describes where its pronoun or gap stands.
pub(super) fn relativise(doc: &Document, t: usize, clause: &mut Clause) {
    let Some(head) = doc.tokens[t].head.filter(|_| doc.tokens[t].relation == Relation::AclRelcl) else {
        return;
    };
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
