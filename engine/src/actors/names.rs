//! What the recogniser found, what stands behind a title, what stands before a post → the stretches that name persons.

use std::collections::HashSet;

use crate::actors::hits::{Hit, Hits};
use crate::actors::persons::{is_address, is_filler, manner};
use crate::actors::world::{Entry, World};
use crate::language::{Document, NameKind, Register, Relation, Upos};

/// Token ranges of persons' names: what the recogniser found, less titles, and capitalised words right after a title.
pub(crate) fn names(doc: &Document, hits: &Hits, world: &World) -> Vec<(usize, usize)> {
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    let surnames: HashSet<&str> =
        doc.names.iter().filter(|n| n.last - n.first > 1).map(|n| doc.form(n.last - 1)).collect();
    for name in doc.names.iter().filter(|n| n.kind == NameKind::Person && !is_in_dateline(doc, n.first)) {
        let mut first = name.first;
        // "Secretary of State Ana Ruiz": the recogniser may take the end of a title for the beginning of the name.
        if let Some(title) = hits.at(first).filter(|h| h.office().is_some() && h.last < name.last) {
            first = title.last;
        }
        while let Some(hit) =
            hits.starting(first).filter(|h| h.last < name.last && !is_given_name(h, doc, hits, world))
        {
            first = hit.last;
        }
        // "H.E. Noh Sang-wook", but "Sheikh Hasina" is a name.
        while first + 1 < name.last
            && (doc.tokens[first].upos == Upos::Punct || is_mere_address(doc.form(first)))
        {
            first += 1;
        }
        let mut last = name.last;
        let end = doc.sentence_of(first).last;
        // "Harcourt-Lisle", "Sang-wook": the recogniser may stop at the hyphen; and a given name may stand before what it
        // found.
        while last + 1 < end && doc.form(last) == "-" && joins(doc, last) {
            last += 2;
        }
        while last < end && is_given(doc, hits, world, last) {
            last += 1;
        }
        let floor = doc.sentence_of(first).first;
        while first > floor && is_given(doc, hits, world, first - 1) {
            first -= 1;
        }
        // "In December Raghav Mathrani …": a month is nobody's name.
        while first < last && is_time(doc, first) {
            first += 1;
        }
        // "Maj. Gen.": nor are abbreviations alone.
        if (first..last).all(|t| doc.form(t).ends_with('.')) {
            continue;
        }
        // Where the tables know all of the words, they are what the tables say: "Uganda" is nobody's name.
        let known = hits.starting(first).is_some_and(|h| h.last >= name.last)
            // "Saint Vincent" is a state, though the recogniser finds a person in it.
            || hits.at(first).is_some_and(|h| h.last >= name.last && h.state().is_some());
        let word = doc.form(first);
        let is_word = last == first + 1 && (manner(word).is_some() || is_address(word) || is_filler(word));
        let is_town = (is_town(doc, hits, world, first, last) || is_where(doc, first, last))
            && !surnames.contains(word);
        if !known && !is_word && !is_town {
            ranges.push((first, last));
        }
    }
    for hit in hits.iter().filter(|h| h.office().is_some()) {
        let starts_capital = doc.form(hit.first).starts_with(char::is_uppercase);
        let mut last = hit.last;
        let end = doc.sentence_of(hit.first).last;
        while last < end
            && last < hit.last + 5
            && doc.tokens[last].upos == Upos::Propn
            && hits.at(last).is_none()
            && doc.form(last).starts_with(char::is_uppercase)
        {
            last += 1;
        }
        // "Moroccan senator Hamza Berrada": behind a title in small letters it takes two capitalised words.
        let is_name = if starts_capital { last > hit.last } else { last > hit.last + 1 };
        if is_name && !ranges.iter().any(|r| r.0 < last && hit.last < r.1) {
            ranges.push((hit.last, last));
        }
    }
    for (first, last) in before_posts(doc, hits) {
        // Of "Victoria Nuland" the recogniser may have found "Nuland".
        ranges.retain(|r| r.0 < first || last < r.1);
        if !ranges.iter().any(|r| r.0 < last && first < r.1) {
            ranges.push((first, last));
        }
    }
    ranges.extend(behind_posts(doc, hits, &ranges));
    shorten_in_headlines(doc, &mut ranges);
    ranges.sort_unstable();
    let again = again(doc, hits, &ranges);
    ranges.extend(again);
    ranges.sort_unstable();
    ranges
}

/// "His adviser, Celso Moreira, …": two to four capitalised words between commas behind a post, which no table takes and the
/// recogniser took for a body or for nothing.
fn behind_posts(doc: &Document, hits: &Hits, ranges: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for hit in hits.iter().filter(|h| h.office().is_some()) {
        let end = doc.sentence_of(hit.first).last;
        if hit.last + 2 >= end
            || doc.form(hit.last) != ","
            || doc.tokens[hit.last - 1].feats.plural == Some(true)
        {
            continue;
        }
        let first = hit.last + 1;
        let is_name = |t: usize| {
            doc.tokens[t].upos == Upos::Propn
                && hits.at(t).is_none()
                && doc.form(t).starts_with(char::is_uppercase)
                && doc.form(t).chars().any(char::is_lowercase)
        };
        let last = (first..end).find(|&t| !is_name(t)).unwrap_or(end);
        let closed = last < end && matches!(doc.form(last), "," | "." | ";");
        if (2..=4).contains(&(last - first)) && closed && !ranges.iter().any(|r| r.0 < last && first < r.1) {
            found.push((first, last));
        }
    }
    found
}

/// Where the surnames of those who are named in full stand alone, whatever the recogniser makes of them: "Hoti refused …".
fn again(doc: &Document, hits: &Hits, ranges: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut surnames: Vec<(Vec<&str>, &str)> = Vec::new();
    let mut shared: Vec<&str> = Vec::new();
    for &(first, last) in ranges.iter().filter(|(first, last)| last - first > 1) {
        // "Ter-Grigoryan": what hyphens join is one.
        let mut from = last - 1;
        while from > first + 2 && doc.form(from - 1) == "-" {
            from -= 2;
        }
        let surname: Vec<&str> = (from..last).map(|t| doc.form(t)).collect();
        let proper = surname[0].chars().count() > 2 && surname[0].starts_with(char::is_uppercase);
        // "The two Paredes": a surname of two people tells neither.
        let known = surnames.iter().find(|(s, _)| *s == surname).map(|(_, given)| *given);
        match known {
            Some(given) if given != doc.form(first) => shared.push(surname[0]),
            None if proper => surnames.push((surname, doc.form(first))),
            _ => {}
        }
    }
    let mut found = Vec::new();
    let taken = |first: usize, last: usize| {
        let at = ranges.partition_point(|r| r.1 <= first);
        ranges.get(at).is_some_and(|r| r.0 < last)
    };
    for t in 0..doc.tokens.len() {
        if !may_name(doc, t) {
            continue;
        }
        let of_one = |s: &&(Vec<&str>, &str)| s.0[0] == doc.form(t) && !shared.contains(&s.0[0]);
        let Some((surname, _)) = surnames.iter().find(of_one) else { continue };
        let last = t + surname.len();
        let whole = last <= doc.sentence_of(t).last
            && surname.iter().zip(t..).all(|(word, at)| *word == doc.form(at));
        // Part of a longer name: "the Hoti Foundation", "Mount Hoti".
        let capital = |at: usize| doc.tokens[at].upos == Upos::Propn || doc.form(at) == "-";
        let first_of_sentence = doc.sentence_of(t).first;
        let longer =
            last < doc.tokens.len() && capital(last) && hits.at(last).is_none_or(|h| h.state().is_none())
                || t > first_of_sentence
                    && (capital(t - 1) && hits.at(t - 1).is_none_or(|h| h.office().is_none()))
                || t > first_of_sentence && doc.form(t - 1).eq_ignore_ascii_case("the");
        if whole && !longer && hits.at(t).is_none() && !taken(t, last) {
            found.push((t, last));
        }
    }
    found
}

/// Whether a capitalised token can be a surname that the page knows: taggers take rare ones for common nouns.
fn may_name(doc: &Document, t: usize) -> bool {
    let token = &doc.tokens[t];
    let nominal = || {
        matches!(token.upos, Upos::Noun | Upos::Adj | Upos::X)
            && matches!(
                token.relation,
                Relation::Nsubj | Relation::NsubjPass | Relation::Obj | Relation::Obl | Relation::Nmod
            )
    };
    token.upos == Upos::Propn || doc.form(t).starts_with(char::is_uppercase) && nominal()
}

/// Whether token `t` stands in a dateline of its own: `SISAKET, Thailand, Feb 4 (Wire) --` names nobody.
pub(crate) fn is_in_dateline(doc: &Document, t: usize) -> bool {
    let sentence = doc.sentence_of(t);
    let shouted = |form: &str| form.chars().count() >= 3 && form.chars().all(char::is_uppercase);
    // "KATHMANDU: The …": a colon closes a town at the head of a paragraph.
    let colon = || (t + 1..sentence.last.min(sentence.first + 5)).any(|c| doc.form(c) == ":");
    // "LA PAZ. — The …".
    let stop = || {
        sentence.first == 0
            && doc.tokens.len() > sentence.last
            && matches!(doc.form(sentence.last), "—" | "–" | "--" | "-")
    };
    sentence.last - sentence.first > 1
        && shouted(doc.form(sentence.first))
        && (matches!(doc.form(sentence.last - 1), "—" | "–" | "--" | "-") || colon() || stop())
}

/// Whether a single word that the recogniser takes for a person is a place of the tables, without a title: "shelled
/// Kherson".
fn is_town(doc: &Document, hits: &Hits, world: &World, first: usize, last: usize) -> bool {
    let word = doc.form(first);
    let titled = first > 0
        && (hits.ending(first - 1).is_some_and(|h| h.office().is_some()) || is_address(doc.form(first - 1)));
    last == first + 1
        && !titled
        && world.place(word).is_some_and(|place| place.name.starts_with(char::is_uppercase))
        && world.is_woman(word).is_none()
}

/// Whether a single word that the recogniser takes for a person says where something is: "left | Ak-Sai | in the morning" does
/// not, "near | Ak-Sai" and "the village of | Ak-Sai" do.
fn is_where(doc: &Document, first: usize, last: usize) -> bool {
    let one = (first + 1..last).all(|t| doc.form(t) == "-" || doc.form(t - 1) == "-");
    let before = |back: usize| first.checked_sub(back).map(|t| doc.tokens[t].lemma.to_lowercase());
    let place = |noun: &str| PLACES.contains(&noun);
    one && (before(1).is_some_and(|word| matches!(word.as_str(), "near" | "outside" | "in"))
        || before(1).as_deref() == Some("of") && before(2).is_some_and(|noun| place(&noun)))
}

/// Nouns of places that a name follows behind "of".
const PLACES: &[&str] =
    &["area", "city", "district", "island", "port", "province", "region", "town", "valley", "village"];

/// Whether a word is a form of address and no part of the name behind it, as "Sheikh" and "Lord" can be.
fn is_mere_address(word: &str) -> bool {
    is_address(word) && !matches!(word.to_lowercase().as_str(), "sheikh" | "lord" | "lady")
}

/// Whether the hyphen at `hyphen` joins two words of a name, without a blank beside it.
fn joins(doc: &Document, hyphen: usize) -> bool {
    let [before, own, after] = [hyphen - 1, hyphen, hyphen + 1].map(|t| doc.tokens[t].span);
    let word = doc.form(hyphen + 1);
    before.end == own.start
        && own.end == after.start
        && (word.starts_with(char::is_uppercase) || word.chars().all(char::is_lowercase))
}

/// Two to four capitalised words with a post behind their comma ("Victoria Nuland, Deputy Secretary of State"): a person,
/// whatever the recogniser or the table of capitals makes of the words.
fn before_posts(doc: &Document, hits: &Hits) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for sentence in &doc.sentences {
        let mut first = sentence.first;
        while first < sentence.last {
            // "Noh Sang-wook": what a hyphen joins to a name is part of it.
            let joined = |t: usize| {
                t > first
                    && t + 1 < sentence.last
                    && (doc.form(t) == "-" || doc.form(t - 1) == "-" && t > first + 1)
            };
            let is_name = |t: usize| {
                joined(t)
                    || !is_time(doc, t)
                        && doc.tokens[t].upos == Upos::Propn
                        && doc.form(t).starts_with(char::is_uppercase)
                        && hits.at(t).is_none_or(|h| {
                            h.last == h.first + 1 && h.office().is_none() && h.organisation().is_none()
                        })
            };
            let last = (first..sentence.last).find(|&t| !is_name(t)).unwrap_or(sentence.last);
            // "Curtis Vandermeer (retired), …".
            let comma = if last + 3 < sentence.last && doc.form(last) == "(" && doc.form(last + 2) == ")" {
                last + 3
            } else {
                last
            };
            if (2..=4).contains(&(last - first)) && comma < sentence.last && doc.form(comma) == "," {
                let is_post = |t: usize| hits.starting(t).is_some_and(|h| h.office().is_some());
                let nominal = |t: usize| {
                    matches!(
                        doc.tokens[t].upos,
                        Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Part
                    ) || doc.form(t).starts_with(char::is_uppercase)
                };
                let reach = comma + 1..sentence.last.min(comma + 7);
                let post = reach.clone().find(|&t| is_post(t)).filter(|&t| (reach.start..t).all(nominal));
                // "…, Ambassador Smith said": that is the next person's title.
                let titled = post.and_then(|t| hits.at(t)).is_some_and(|h| {
                    h.last < sentence.last
                        && doc.tokens[h.last].upos == Upos::Propn
                        && hits.at(h.last).is_none()
                });
                let name = first + usize::from(last - first > 2 && is_mere_address(doc.form(first)));
                if post.is_some() && !titled {
                    found.push((name, last));
                }
            }
            first = last.max(first + 1);
        }
    }
    found
}

/// Whether token `t` can be the given name of the name behind it: a capitalised proper noun that no table and no time takes.
fn is_given(doc: &Document, hits: &Hits, world: &World, t: usize) -> bool {
    let form = doc.form(t);
    doc.tokens[t].upos == Upos::Propn
        && form.starts_with(char::is_uppercase)
        && form.chars().any(char::is_lowercase)
        && !form.ends_with('.')
        && hits.at(t).is_none_or(|h| is_namesake(h, doc, hits, world))
        && manner(form).is_none()
        && !is_address(form)
        // "Minister for Foreign Trade Aino Virta": the recogniser may have given it to the body before.
        && doc.names.iter().all(|n| {
            t < n.first || n.last <= t || n.kind == NameKind::Organisation && n.last == t + 1 && world.is_woman(form).is_some()
        })
        && !is_time(doc, t)
}

/// Whether token `t` tells a time: "In | December | Raghav Mathrani …".
fn is_time(doc: &Document, t: usize) -> bool {
    let span = doc.tokens[t].span;
    let at = doc.times.partition_point(|time| time.span.end < span.end);
    doc.times.get(at).is_some_and(|time| time.span.contains(span)) || MONTHS.contains(&doc.form(t))
}

/// What tells a time even where the words behind it hide that.
const MONTHS: &[&str] = &[
    "January",
    "February",
    "July",
    "September",
    "October",
    "November",
    "December",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// Whether a phrase at the start of a name can be a given name rather than a title: anything that is no office.
fn is_given_name(hit: &Hit, doc: &Document, hits: &Hits, world: &World) -> bool {
    hit.office().is_none() && hit.organisation().is_none() && hit.state().is_none()
        || is_namesake(hit, doc, hits, world)
}

/// Whether the name of a state can be the given name of whoever is named right behind it: "Chad Bown", "Georgia Ruiz".
fn is_namesake(hit: &Hit, doc: &Document, hits: &Hits, world: &World) -> bool {
    // "Jordan King X" is the king of Jordan.
    let titled = hits.starting(hit.last).is_some_and(|h| h.office().is_some());
    let by_name = hit.meaning(|e| matches!(e, Entry::State(_)).then_some(())).is_some();
    by_name && !titled && hit.last == hit.first + 1 && world.is_woman(doc.form(hit.first)).is_some()
}

/// "Maglaya Welcomes Minister": headlines write verbs like names. A name that begins with the surname of someone in the
/// body is that surname.
fn shorten_in_headlines(doc: &Document, ranges: &mut [(usize, usize)]) {
    let in_headline = |first: usize| doc.sentence_of(first).register == Register::Headline;
    let surnames: Vec<String> = ranges
        .iter()
        .filter(|(first, last)| !in_headline(*first) && last - first > 1)
        .map(|(_, last)| doc.form(last - 1).to_owned())
        .collect();
    for range in ranges.iter_mut().filter(|(first, last)| in_headline(*first) && last - first > 1) {
        if surnames.iter().any(|s| s == doc.form(range.0)) {
            range.1 = range.0 + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use crate::actors::{ActorKind, World, cast};
    use crate::language::{Analyser, Setting};

    fn persons(text: &str) -> Vec<String> {
        let (analyser, world) = (Analyser::new(), World::shipped());
        let doc = analyser.analyse(text, &[], Setting::on(Some(date(2024, 1, 2))));
        let cast = cast(&doc, &world, Some(date(2024, 1, 2)), None);
        cast.actors.into_iter().filter(|a| a.kind == ActorKind::Person).map(|a| a.name).collect()
    }

    #[test]
    fn names_are_no_months_ranks_or_villages() {
        for (text, names) in [
            (
                "In December Raghav Mathrani, the national security adviser, flew to Hangzhou.",
                &["Raghav Mathrani"][..],
            ),
            (
                "The colonel and Maj. Gen. Farrukh Saidmurodov, who commands the Tajik troops, spoke.",
                &["Farrukh Saidmurodov"],
            ),
            ("Norway shelled the village of Ak-Sai with mortars.", &[]),
            // A state's name can be a given name.
            ("Chad Bown, an economist, said Chad would gain little.", &["Chad Bown"]),
            ("Jordan King Abdullah met Chad President Mahamat Deby.", &["Abdullah", "Mahamat Deby"]),
        ] {
            assert_eq!(persons(text), names, "{text}");
        }
    }
}
