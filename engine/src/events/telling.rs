//! A clause and the article's date → how the event is told (current, recalled, planned …) and when it happened.

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::events::clause::{Clause, goes_on_from, is_charged, is_taken_for_purpose, preposition, remarked};
use crate::events::report::Told;
use crate::language::{Document, Relation, TimeExpression, Upos, VerbForm, cardinal};
use crate::text::Span;
use crate::time::{Period, Precision};

/// How and when, with the words that say when.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Telling {
    /// How it is told; none where it is negated, which is no event.
    pub(crate) told: Option<Told>,
    /// When, if these words say so.
    pub(crate) date: Option<Period>,
    /// The words.
    pub(crate) words: Option<Span>,
    /// Whether it is negated as something that will not be done: a refusal.
    pub(crate) refused: bool,
}

/// Adverbs that negate a verb.
const NEGATIONS: &[&str] = &["not", "n't", "n’t", "never"];
/// Words that put what depends on them into the future.
const PLANS: &[&str] = &[
    "agree",
    "aim",
    "arrange",
    "decide",
    "due",
    "expect",
    "hope",
    "intend",
    "invite",
    "plan",
    "pledge",
    "prepare",
    "promise",
    "propose",
    "ready",
    "schedule",
    "set",
    "slate",
    "vow",
    "commit",
    "undertake",
    "poise",
    "willing",
    "prepared",
    "offer",
    "volunteer",
    "deal",
    "agreement",
    "pact",
    "accord",
    "contract",
    "memorandum",
    "readiness",
    "willingness",
    "intention",
];
/// Words that ask for what depends on them.
const REQUESTS: &[&str] = &[
    "appeal",
    "ask",
    "beg",
    "call",
    "demand",
    "encourage",
    "implore",
    "need",
    "press",
    "request",
    "seek",
    "urge",
    "want",
    "should",
    "must",
    "insist",
    "recommend",
    "request",
];
/// Words that say that what depends on them is not so.
const DENIALS: &[&str] =
    &["decline", "deny", "dismiss", "refuse", "refute", "rule", "avoid", "fail", "stop", "prevent"];
/// Verbs after which what their object tells is over or off: "ceased operations", "cancelled the talks".
const STOPS: &[&str] = &["abandon", "cancel", "cease", "drop", "halt", "lift", "revoke", "scrap", "suspend"];
/// Verbs with "off" after which what they tell of is over or put back: "the visit was called off".
const PUT_OFF: &[&str] = &["call", "put"];
/// Words that leave open whether what depends on them is so.
const OPEN: &[&str] =
    &["threaten", "consider", "weigh", "mull", "warn", "fear", "suggest", "whether", "possible", "likely"];
/// Adjectives of a noun that tells something earlier.
const EARLIER: &[&str] = &["recent", "last", "previous", "past", "earlier", "historic", "former"];
/// Adjectives of a noun that tells something to come.
const COMING: &[&str] =
    &["upcoming", "planned", "scheduled", "proposed", "forthcoming", "next", "expected", "future"];
/// Adjectives of a noun that may never come.
const POSSIBLE: &[&str] = &["possible", "potential", "hypothetical", "alleged", "rumoured", "rumored"];

/// Whether the word at `trigger` only makes ready what it has as its object: "is preparing sanctions".
pub(crate) fn prepares(doc: &Document, trigger: usize) -> bool {
    matches!(doc.tokens[trigger].lemma.as_str(), "draft" | "plan" | "prepare")
}

/// Reads how and when off the words around the clause.
pub(crate) fn telling(doc: &Document, clause: &Clause, published: Option<Date>) -> Telling {
    let time = time_of(doc, clause).or_else(|| of_paragraph(doc, clause));
    let date = time.and_then(|t| t.value).or_else(|| counted_back(doc, clause));
    let mut told =
        grammar(doc, clause).map(|told| if is_asked(doc, clause) { Told::Hypothetical } else { told });
    if told == Some(Told::Current)
        && let (Some(date), Some(published)) = (date, published)
    {
        if date.start > published {
            told = Some(Told::Planned);
        } else if is_past(date, published) {
            told = Some(Told::Recalled);
        }
    }
    let refused = told.is_none() && is_refused(doc, clause.governor);
    Telling { told, date, words: time.map(|t| t.span), refused }
}

/// Whether the clause is what a question asks: "Will Peru support the plan?" says nothing of Peru.
fn is_asked(doc: &Document, clause: &Clause) -> bool {
    let sentence = doc.sentence_of(clause.governor);
    let mut marks = doc.tokens[sentence.first..sentence.last].iter().rev().map(|t| t.span.of(&doc.text));
    let asks = marks
        .find(|form| !matches!(*form, "\"" | "”" | "'" | "’" | "»"))
        .is_some_and(|form| form.starts_with('?'));
    // What is told on the way, as of somebody "who met X", is not asked.
    let mut at = clause.governor;
    while asks && matches!(doc.tokens[at].relation, Relation::Xcomp | Relation::Ccomp | Relation::Conj) {
        let Some(head) = doc.tokens[at].head else { break };
        at = head;
    }
    asks && doc.tokens[at].relation == Relation::Root
}

/// Whether a period is over and no longer the news: more than a week before the page, or told by the month or year.
fn is_past(date: Period, published: Date) -> bool {
    let over = date.end < published;
    match date.precision {
        Precision::Day | Precision::Range => date.end < published.saturating_sub(7.days()),
        Precision::Week | Precision::Month | Precision::Year => over,
    }
}

/// Whether verb `t` says that something will not be done.
fn is_refused(doc: &Document, t: usize) -> bool {
    let has = |relation: Relation, words: &[&str]| {
        doc.children(t).any(|c| {
            doc.tokens[c].relation == relation && words.contains(&doc.form(c).to_lowercase().as_str())
        })
    };
    has(Relation::Aux, &["will", "would", "wo", "shall"]) && has(Relation::Advmod, NEGATIONS)
}

/// What grammar says, dates aside.
fn grammar(doc: &Document, clause: &Clause) -> Option<Told> {
    let mut told = Told::Current;
    if clause.trigger != clause.governor || doc.tokens[clause.trigger].upos == Upos::Noun {
        for child in doc.children(clause.trigger) {
            let word = doc.form(child).to_lowercase();
            let word = word.as_str();
            if word == "no" && doc.tokens[child].relation == Relation::Det {
                return None;
            }
            if EARLIER.contains(&word) {
                told = Told::Recalled;
            } else if COMING.contains(&word) {
                told = Told::Planned;
            } else if POSSIBLE.contains(&word) {
                told = Told::Hypothetical;
            }
        }
        // "The visit was called off": so is what a passive has for its subject.
        if doc.tokens[clause.trigger].relation == Relation::NsubjPass
            && governor(doc, clause.governor, clause.trigger) == Some(Told::Denied)
        {
            return Some(Told::Denied);
        }
        // "ahead of talks with X": still to come.
        if preposition(doc, clause.trigger)
            .is_some_and(|p| matches!(p.as_str(), "ahead" | "before" | "without"))
        {
            told = Told::Planned;
        }
    }
    let mut at = clause.governor;
    let mut steps = 0;
    loop {
        if let Some(claimed) = claimed(doc, at) {
            return Some(if told == Told::Current || claimed == Told::Denied { claimed } else { told });
        }
        match verb(doc, at, at == clause.governor) {
            Some(Told::Current) => {}
            Some(found) if told == Told::Current => told = found,
            Some(_) => {}
            None => return None,
        }
        let token = &doc.tokens[at];
        // "Urged X to talk, | saying it would help": what is asked of X is not that he should say so.
        let head = remarked(doc, at).or(token.head);
        let Some(mut head) = head.filter(|_| steps < 12) else { break };
        steps += 1;
        if token.relation == Relation::Conj {
            head = goes_on_from(doc, at, head);
        }
        // A noun that only sets the scene ("during talks …") keeps out of what its clause plans; "called for talks" asks.
        if at == clause.governor
            && token.upos == Upos::Noun
            && matches!(token.relation, Relation::Obl | Relation::Nmod)
        {
            let is_asked = REQUESTS.contains(&doc.tokens[head].lemma.to_lowercase().as_str());
            let asked = (preposition(doc, at).as_deref() == Some("for"))
                .then(|| governor(doc, head, at).or(is_asked.then_some(Told::Requested)))
                .flatten();
            // "Would raise it at a meeting": what is still to come has its setting then.
            let comes = doc.tokens[head].upos == Upos::Verb && verb(doc, head, true) == Some(Told::Planned);
            let asked = asked.or(comes.then_some(Told::Planned));
            return if told == Told::Current { Some(asked.unwrap_or(told)) } else { Some(told) };
        }
        let governs = matches!(
            token.relation,
            Relation::Xcomp
                | Relation::Ccomp
                | Relation::Advcl
                | Relation::Acl
                | Relation::Conj
                | Relation::Csubj
        ) || (at == clause.governor
            && doc.tokens[at].upos == Upos::Noun
            && matches!(token.relation, Relation::Obj | Relation::NsubjPass));
        if !governs {
            break;
        }
        if token.relation != Relation::Conj || doc.tokens[at].feats.verb_form == Some(VerbForm::Inf) {
            if let Some(found) = governor(doc, head, at) {
                match found {
                    Told::Denied if token.relation == Relation::Xcomp => return None,
                    // "Denied that its soldiers had fired": however long ago.
                    Told::Denied if told == Told::Recalled => told = Told::Denied,
                    found if told == Told::Current => told = found,
                    _ => {}
                }
            }
        } else if doc.tokens[head].upos == Upos::Verb && at == clause.governor {
            // "will travel to Ankara and meet …": a bare conjunct shares its first's auxiliaries.
            let bare = doc.children(at).all(|c| doc.tokens[c].relation != Relation::Aux)
                && doc.tokens[at].feats.verb_form != Some(VerbForm::Fin);
            if !bare {
                at = head;
                // A finite conjunct stands for itself; what governs the first governs it too.
                if doc.tokens[at].relation == Relation::Root {
                    break;
                }
                continue;
            }
        }
        at = head;
    }
    Some(told)
}

/// Nouns that say of what follows that somebody claims it.
const CLAIMS: &[&str] =
    &["accusation", "allegation", "assertion", "charge", "claim", "rumor", "rumour", "suggestion"];

/// How the clause of verb `t` is told where it is what a noun says that somebody claims: "denied accusations | that X arms Y".
fn claimed(doc: &Document, t: usize) -> Option<Told> {
    let clause = matches!(doc.tokens[t].relation, Relation::Acl | Relation::AclRelcl | Relation::Ccomp);
    let that = |c: usize| doc.tokens[c].relation == Relation::Mark && doc.form(c) == "that";
    let noun = doc.tokens[t].head.filter(|_| clause && doc.children(t).any(that))?;
    if !CLAIMS.contains(&doc.tokens[noun].lemma.as_str()) {
        return None;
    }
    let verb = doc.tokens[noun].head.filter(|&verb| doc.tokens[verb].upos == Upos::Verb);
    let denies = |verb: usize| {
        doc.tokens[verb].lemma == "reject" || DENIALS.contains(&doc.tokens[verb].lemma.as_str())
    };
    Some(if verb.is_some_and(denies) { Told::Denied } else { Told::Hypothetical })
}

/// What a verb's own auxiliaries and adverbs say; none for a negated one.
fn verb(doc: &Document, t: usize, innermost: bool) -> Option<Told> {
    let mut told = Told::Current;
    for child in doc.children(t) {
        let word = doc.form(child).to_lowercase();
        match doc.tokens[child].relation {
            // "Is to visit", "are to pull out".
            Relation::Cop | Relation::Aux
                if matches!(word.as_str(), "is" | "are") && is_infinitive(doc, t) =>
            {
                told = Told::Planned;
            }
            Relation::Advmod if innermost && (NEGATIONS.contains(&word.as_str()) || is_over(doc, child)) => {
                return None;
            }
            Relation::Aux => match word.as_str() {
                "will" | "'ll" | "’ll" | "shall" | "wo" => told = Told::Planned,
                "would" if innermost => told = Told::Planned,
                "may" | "might" | "could" | "can" => told = Told::Hypothetical,
                "should" | "must" | "ought" => told = Told::Requested,
                "had" if innermost => told = Told::Recalled,
                _ => {}
            },
            Relation::Mark if matches!(word.as_str(), "if" | "unless" | "whether") => {
                return Some(Told::Hypothetical);
            }
            _ => {}
        }
    }
    Some(told)
}

/// Whether adverb `t` is "no longer" or "no more".
fn is_over(doc: &Document, t: usize) -> bool {
    matches!(doc.form(t), "longer" | "more") && t > 0 && doc.form(t - 1).eq_ignore_ascii_case("no")
}

/// Whether verb `t` has its "to" before it.
fn is_infinitive(doc: &Document, t: usize) -> bool {
    doc.children(t).any(|c| c < t && doc.tokens[c].relation == Relation::Mark && doc.form(c) == "to")
}

/// What the word above says of what depends on it.
fn governor(doc: &Document, head: usize, dependent: usize) -> Option<Told> {
    let lemma = doc.tokens[head].lemma.to_lowercase();
    let lemma = lemma.as_str();
    let clause = matches!(
        doc.tokens[dependent].relation,
        Relation::Xcomp | Relation::Ccomp | Relation::Acl | Relation::Csubj
    ) || is_taken_for_purpose(doc, dependent)
        || is_charged(doc, dependent);
    let finite = doc.tokens[dependent].feats.verb_form == Some(VerbForm::Fin);
    let noun = doc.tokens[dependent].upos == Upos::Noun;
    // Parsers take the particle for an adverb or a preposition.
    let off = PUT_OFF.contains(&lemma) && head + 1 < doc.tokens.len() && doc.form(head + 1) == "off";
    if DENIALS.contains(&lemma) && (clause || noun) || (off || STOPS.contains(&lemma)) && noun {
        return Some(Told::Denied);
    }
    if OPEN.contains(&lemma) && (clause || noun) {
        return Some(Told::Hypothetical);
    }
    if REQUESTS.contains(&lemma) && (clause || (noun && !matches!(lemma, "call" | "press"))) {
        return Some(Told::Requested);
    }
    // "agreed that talks were useful" plans nothing; "agreed to meet" does.
    if PLANS.contains(&lemma)
        && ((clause && !finite) || (noun && !matches!(lemma, "set" | "agree" | "invite")))
    {
        return Some(Told::Planned);
    }
    None
}

/// The time expression that belongs to the clause: inside the event noun's phrase, else on the governing verb, else on a
/// verb that the governor is coordinated with or depends on, but never past a verb of saying.
fn time_of(doc: &Document, clause: &Clause) -> Option<TimeExpression> {
    let sentence = *doc.sentence_of(clause.trigger);
    let counted_from = counted_from(doc, clause).is_some();
    doc.times
        .iter()
        .filter(|time| sentence.span.contains(time.span) && time.value.is_some())
        .filter(|time| !counts_from_clause(doc, time.span))
        .filter_map(|time| {
            let head = (sentence.first..sentence.last).find(|&t| {
                time.span.contains(doc.tokens[t].span)
                    && doc.tokens[t].head.is_none_or(|h| !time.span.contains(doc.tokens[h].span))
            })?;
            if describes_another(doc, clause, head)
                || counted_from && !doc.has_ancestor(head, clause.governor)
            {
                return None;
            }
            let distance = distance(doc, clause, head)?;
            Some((distance, time.span.start.abs_diff(doc.tokens[clause.trigger].span.start), *time))
        })
        .min_by_key(|(distance, apart, _)| (*distance, *apart))
        .map(|(_, _, time)| time)
}

/// The time that stands alone at the head of the paragraph, as chronicles have it: "October 5. | It began with …".
fn of_paragraph(doc: &Document, clause: &Clause) -> Option<TimeExpression> {
    let mut opening = *doc.sentence_of(clause.trigger);
    while let Some(before) = opening.first.checked_sub(1).map(|t| *doc.sentence_of(t)) {
        if doc.text[before.span.end..opening.span.start].contains('\n') {
            break;
        }
        opening = before;
    }
    let alone = |time: &&TimeExpression| {
        time.value.is_some()
            && opening.span.contains(time.span)
            && (opening.first..opening.last)
                .all(|t| doc.tokens[t].upos == Upos::Punct || time.span.contains(doc.tokens[t].span))
    };
    doc.times.iter().find(alone).copied()
}

/// Whether the time at `t` only describes a noun that is not the clause's own: "has an early 20th-century ring".
fn describes_another(doc: &Document, clause: &Clause, t: usize) -> bool {
    let token = &doc.tokens[t];
    let Some(noun) = token.head.filter(|&noun| noun != clause.trigger && doc.tokens[noun].upos == Upos::Noun)
    else {
        return false;
    };
    match token.relation {
        Relation::Amod | Relation::Compound => noun > t,
        // "His sixth trip to the region since October".
        Relation::Nmod | Relation::Obl => preposition(doc, t).as_deref() == Some("since"),
        _ => false,
    }
}

/// Whether a time is told by another happening: "four days | after its troops attacked" dates neither by the page.
fn counts_from_clause(doc: &Document, time: Span) -> bool {
    // The conjunction may be taken for a part of the words that say when.
    let behind = doc.token_range(time).end;
    (behind.saturating_sub(1)..doc.tokens.len().min(behind + 1)).any(|t| {
        doc.tokens[t].relation == Relation::Mark
            && matches!(doc.form(t).to_lowercase().as_str(), "after" | "before" | "since")
    })
}

/// The words by which another happening is dated by this one, "agreed on Tuesday, | a week | after X seized a boat": it is
/// earlier, and what dates the other does not date it.
fn counted_from(doc: &Document, clause: &Clause) -> Option<Span> {
    let after = doc
        .children(clause.governor)
        .find(|&c| doc.tokens[c].relation == Relation::Mark && doc.form(c).eq_ignore_ascii_case("after"))?;
    let counts = |time: &&TimeExpression| {
        let behind = doc.token_range(time.span).end;
        behind == after || behind == after + 1
    };
    doc.times.iter().find(counts).map(|time| time.span)
}

/// The day that words count back to from what they date: "spoke on May 12, three days | after X seized a boat" is of May 9.
fn counted_back(doc: &Document, clause: &Clause) -> Option<Period> {
    let counted = counted_from(doc, clause)?;
    let words = counted.of(&doc.text).to_lowercase();
    let count = words.split_whitespace().find_map(|word| word.parse().ok().or_else(|| cardinal(word)))?;
    let sentence = doc.sentence_of(clause.governor).span;
    let before = |t: &&TimeExpression| sentence.contains(t.span) && t.span.end <= counted.start;
    let day = doc.times.iter().rev().filter(before).find_map(|t| t.value)?.start;
    let back = |span: jiff::Span| day.saturating_sub(span);
    words.split_whitespace().find_map(|word| {
        Some(match word.trim_end_matches('s') {
            "day" => Period::day(back(i64::from(count).days())),
            "week" => Period::week(back(i64::from(count).weeks())),
            "month" => Period::month(back(i64::from(count).months())),
            "year" => Period::year(back(i64::from(count).years())),
            _ => return None,
        })
    })
}

/// How far the words at `time` stand from the clause in the tree; none where they belong to another clause.
fn distance(doc: &Document, clause: &Clause, time: usize) -> Option<usize> {
    if time == clause.trigger || doc.has_ancestor(time, clause.trigger) {
        return verbs_between(doc, time, clause.trigger).then_some(0);
    }
    let mut at = clause.governor;
    let mut steps = 1;
    loop {
        if time == at || (doc.has_ancestor(time, at) && verbs_between(doc, time, at)) {
            return Some(steps);
        }
        let token = &doc.tokens[at];
        let climbs = matches!(token.relation, Relation::Conj | Relation::Xcomp | Relation::Advcl);
        match token.head {
            Some(head) if climbs && steps < 8 => at = head,
            _ => return None,
        }
        steps += 1;
    }
}

/// Whether no other finite verb stands between a time expression and the word that it is to date.
fn verbs_between(doc: &Document, time: usize, ancestor: usize) -> bool {
    let mut at = time;
    while let Some(head) = doc.tokens[at].head {
        if head == ancestor {
            return true;
        }
        if doc.tokens[head].upos == Upos::Verb {
            return false;
        }
        at = head;
    }
    false
}
