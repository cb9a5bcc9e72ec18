//! The words behind a name → the post that they give: in brackets, after a comma, or in a clause.

use crate::actors::actor::{Manner, Post, Rank, Sector};
use crate::actors::hits::{Hit, Hits, words};
use crate::actors::persons::{Named, body_of, is_filler, manner, served, set_post, state_behind};
use crate::actors::unlisted::sector;
use crate::actors::world::World;
use crate::language::{Document, NameKind, Upos};

/// Reads whom somebody serves behind the name: "President X of Peru", "Secretary General Y of the UN".
pub(super) fn side_after(named: &mut Named, doc: &Document, hits: &Hits, world: &World) {
    let (of, end) = (named.name_last, doc.sentence_of(named.name_first).last);
    if of + 1 >= end || doc.form(of) != "of" {
        return;
    }
    let noun = of + 1 + usize::from(doc.tokens[of + 1].upos == Upos::Det);
    let Some(hit) = hits.starting(noun).filter(|hit| hit.last <= end) else { return };
    if let Some((iso3, words)) = served(hit, doc, world) {
        named.state.get_or_insert(iso3);
        named.state_words.get_or_insert(words);
    } else if let Some(code) = body_of(hit, world) {
        named.body.get_or_insert(code);
    } else {
        return;
    }
    named.last = hit.last;
}

/// Reads the post that stands after the name: in brackets or after a comma.
pub(super) fn post_after(named: &mut Named, doc: &Document, hits: &Hits, world: &World) {
    let end = doc.sentence_of(named.name_first).last;
    let mut at = named.last;
    let mut manners = Vec::new();
    // "(retired)": a rank's end, not the post's.
    if at + 2 < end
        && doc.form(at) == "("
        && doc.form(at + 2) == ")"
        && let Some(found) = manner(doc.form(at + 1).trim_end_matches('.'))
    {
        if named.office.is_none() || found != Manner::Retired {
            manners.push(found);
        }
        at += 3;
        named.last = at;
    }
    if at >= end || !matches!(doc.form(at), "," | "(" | "–" | "—") {
        return;
    }
    let open = at;
    at += 1;
    let post_first = at;
    let (mut state, mut body) = (None, None);
    let limit = end.min(at + 10);
    let office = loop {
        if at >= limit {
            return;
        }
        if let Some(hit) = hits.starting(at) {
            if hit.office().is_some() {
                break hit;
            }
            state = state.or(served(hit, doc, world));
            body = body.or_else(|| body_of(hit, world));
            at = hit.last;
            continue;
        }
        let form = doc.form(at);
        if let Some(found) = manner(form) {
            manners.push(found);
        } else if !(matches!(
            doc.tokens[at].upos,
            Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Part
        ) || matches!(form, "'s" | "’s" | "-" | "of")
            // "…, her Somali counterpart".
            || at == post_first && matches!(form, "her" | "his" | "its" | "their")
            // "Coordinating Minister": taggers take it for a verb.
            || form.starts_with(char::is_uppercase)
            || is_filler(form))
        {
            return;
        }
        at += 1;
    };
    let mut last = office.last;
    // A name right behind: the words are the title of the next person.
    if last < end && doc.names.iter().any(|n| n.kind == NameKind::Person && n.first <= last && last < n.last)
    {
        return;
    }
    if last < end
        && doc.tokens[last].upos == Upos::Propn
        && hits.at(last).is_none()
        && doc.form(last).starts_with(char::is_uppercase)
    {
        return;
    }
    while last < end {
        // "Minister of Trade, Industry and Energy of Korea": commas within what the post is for.
        if let Some(behind) = list_goes_on(doc, hits, post_first, last, end) {
            last = behind;
            continue;
        }
        if !belongs_to_post(doc, hits, last, end) {
            break;
        }
        // "ambassador of Turkey", "head of the Kyrgyz border commission": the state served. "Envoy for", "ambassador to" say
        // another's.
        let speaks = office.office().is_some_and(|o| world.offices[o].rank == Rank::Spokesperson);
        if matches!(doc.form(last), "of" | "at") || speaks && doc.form(last) == "for" {
            state = state.or_else(|| state_behind(doc, hits, world, last, end));
            let noun = last + 1 + usize::from(last + 1 < end && doc.tokens[last + 1].upos == Upos::Det);
            named.house = named.house.or_else(|| house(doc, world, noun, end));
            body = body.or_else(|| body_of(hits.starting(noun)?, world));
        }
        last = hits.starting(last).map_or(last + 1, |h| h.last);
    }
    // A verb right behind the phrase makes it a clause's subject, not a post: "Mr X arrived, the minister said".
    let closed =
        last >= end || matches!(doc.form(last), "," | "(" | ")" | ";" | "." | "and" | "–" | "—" | ":");
    if !closed {
        return;
    }
    named.last = last + usize::from(last < end && doc.form(open) == "(" && doc.form(last) == ")");
    if let Some((iso3, words)) = state {
        named.state.get_or_insert(iso3);
        named.state_words.get_or_insert(words);
    }
    named.body = named.body.take().or(body);
    let title = words(doc, post_first, last);
    set_post(named, Some(office), manners, doc, world);
    if let Some(post) = &mut named.post {
        post.title = title.trim_start_matches("the ").trim_start_matches("a ").to_owned();
    }
}

/// The sort of a body of no state's whose capitalised name begins at token `first`: an institute, a university, a newspaper.
fn house(doc: &Document, world: &World, first: usize, end: usize) -> Option<Sector> {
    let capital = |t: &usize| doc.form(*t).starts_with(char::is_uppercase);
    let last = (first..end).take_while(capital).last()? + 1;
    sector(doc, world, first, last)
        .filter(|s| last - first > 1 && matches!(s, Sector::Edu | Sector::Med | Sector::Ngo))
}

/// Where the list of what a post is for goes on behind the comma at `comma`: common or capitalised nouns without a name or a
/// post, up to an "and" that closes it.
fn list_goes_on(doc: &Document, hits: &Hits, post: usize, comma: usize, end: usize) -> Option<usize> {
    let is_for = (post..comma).any(|t| matches!(doc.form(t), "of" | "for"));
    if doc.form(comma) != "," || !is_for {
        return None;
    }
    let noun = |t: usize| {
        t < end
            && matches!(doc.tokens[t].upos, Upos::Noun | Upos::Propn | Upos::Adj)
            && hits.at(t).is_none_or(|h| h.office().is_none() && h.state().is_none())
            && !doc.names.iter().any(|n| n.kind == NameKind::Person && n.first <= t && t < n.last)
    };
    let mut at = comma;
    loop {
        let open = at + 1;
        let close = (open..end).find(|&t| !noun(t)).unwrap_or(end);
        if close == open || close - open > 3 {
            return None;
        }
        match doc.form(close) {
            "," => at = close,
            // What follows the "and" is of the same kind: one more noun, and no title of somebody else.
            "and" | "&" if close < end && noun(close + 1) => return Some(close + 1),
            _ => return None,
        }
    }
}

/// Reads the post off a clause behind the name: "X, who commands the Tajik border troops".
pub(super) fn clause_after(named: &mut Named, doc: &Document, hits: &Hits, world: &World) {
    let sentence = doc.sentence_of(named.name_first);
    let who = named.last + usize::from(named.last < sentence.last && doc.form(named.last) == ",");
    if named.post.as_ref().is_some_and(|p| p.rank != Some(Rank::MilitaryOfficer))
        || who + 2 >= sentence.last
        || doc.form(who) != "who"
    {
        return;
    }
    let verb = &doc.tokens[who + 1];
    let office = match verb.lemma.as_str() {
        "command" => "commander",
        "lead" | "head" => "head",
        "chair" => "chairperson",
        _ => return,
    };
    let Some(row) = world.offices.iter().position(|o| o.name == office) else { return };
    let nominal = |t: usize| {
        matches!(doc.tokens[t].upos, Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Part)
            || matches!(doc.form(t), "of" | "'s" | "’s" | "-")
    };
    let start = who + 2;
    let end = (start..sentence.last).find(|&t| !nominal(t)).unwrap_or(sentence.last);
    if end == start {
        return;
    }
    if let Some((state, words)) =
        (start..end).filter_map(|t| hits.starting(t)).find_map(|hit| served(hit, doc, world))
    {
        named.state.get_or_insert(state);
        named.state_words.get_or_insert(words);
    }
    named.office = Some(row);
    named.post = Some(Post {
        title: format!("{office} of {}", words(doc, start, end)),
        office: Some(office.to_owned()),
        rank: Some(world.offices[row].rank),
        manner: Vec::new(),
    });
}

/// Whether token `at` goes on with the post that began before it: prepositional tails ("of State", "for Afghanistan").
fn belongs_to_post(doc: &Document, hits: &Hits, at: usize, end: usize) -> bool {
    let form = doc.form(at);
    let nominal = |i: usize| {
        i < end && matches!(doc.tokens[i].upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Det | Upos::Num)
    };
    // Taggers make verbs of the United Arab Emirates.
    let named = |i: usize| i < end && hits.starting(i).is_some_and(|h| h.state().is_some());
    match form {
        "of" | "for" | "to" | "on" | "at" | "in" => nominal(at + 1) || named(at + 1),
        // "of Trade and Industry", but not "…, and General Brown".
        "and" | "&" => {
            nominal(at + 1)
                && !doc.names.iter().any(|n| n.kind == NameKind::Person && n.first <= at + 2 && at < n.last)
                && hits.at(at + 1).and_then(Hit::office).is_none()
        }
        _ => nominal(at) || named(at),
    }
}
