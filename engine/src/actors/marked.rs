//! A `Cast` and stretches of text that are known to mean someone → the same cast with a mention of an actor at each.

use crate::actors::actor::{Actor, ActorKind, Cast, Mention, Settled};
use crate::actors::belongings::belongings;
use crate::actors::speeches::speeches;
use crate::language::Document;
use crate::text::Span;

/// The `cast` with exactly one mention, of one actor, at each of `spans`: an annotator has marked them. Whom a span's head
/// means already is meant there on; what is known of the owner of a thing carries over to an actor of its own. A mark that ends
/// within a word ("the U.S" before its stop) means the word; a mark may lie in another.
pub fn marked(doc: &Document, mut cast: Cast, spans: &[Span]) -> Cast {
    let mut taken: Vec<usize> = Vec::new();
    for &span in spans {
        let tokens = doc.tokens_touched(span);
        if tokens.is_empty() {
            continue;
        }
        let head = doc.head_of(tokens.start, tokens.end);
        let meant = cast.mentions.iter().find(|m| m.head == head).and_then(|m| m.actors.first().copied());
        let owner = cast.belongings.iter().find(|thing| thing.head == head).map(|thing| thing.owner);
        let owner = owner.and_then(|at| cast.mentions[at].actors.first().copied());
        let actor = meant.filter(|actor| !taken.contains(actor)).unwrap_or_else(|| {
            let known = meant.map(|actor| cast.actors[actor].clone());
            // Somebody's people or things are not that one himself.
            let owned = || owner.map(|at| Actor { kind: ActorKind::Group, ..cast.actors[at].clone() });
            let actor = known.or_else(owned).unwrap_or_else(|| unknown(span.of(&doc.text)));
            cast.actors.push(actor);
            cast.actors.len() - 1
        });
        taken.push(actor);
        cast.mentions.retain(|m| !m.span.overlaps(span) || spans.contains(&m.span) && m.span != span);
        let at = cast.mentions.partition_point(|m| m.first < tokens.start);
        let (first, last) = (tokens.start, tokens.end);
        cast.mentions.insert(at, Mention { span, first, last, head, actors: vec![actor], place: false });
        // Owners and speakers are told by their place among the mentions.
        cast.belongings = belongings(doc, &cast);
        cast.speeches = speeches(doc, &cast.mentions);
    }
    cast
}

/// Someone of whom nothing is known but the words.
fn unknown(name: &str) -> Actor {
    Actor {
        kind: ActorKind::Group,
        name: name.to_owned(),
        state: None,
        code: String::new(),
        sector: None,
        post: None,
        wikidata: None,
        settled: vec![Settled { rule: "marked".to_owned(), by: "an annotator".to_owned() }],
    }
}
