//! "The fishermen", "the army", "the Gambian diplomat" → whoever was told of before in the same words, or in words for the same.

use crate::actors::actor::{Actor, ActorKind, Mention, Rank, Sector};
use crate::actors::chains::is_side;
use crate::actors::draft::Draft;
use crate::actors::pointers::{BODIES, count};
use crate::actors::ranks;
use crate::actors::view::{REACH, View};
use crate::language::{Document, Relation, Upos};

/// Those who bear arms for no state: one page calls them rebels, militants and fighters in turn.
const IRREGULAR: &[Sector] = &[Sector::Reb, Sector::Uaf, Sector::Ins, Sector::Sep, Sector::Rad, Sector::Crm];

/// Nouns for people that say nothing but how many and of which sex.
const FOLK: &[&str] = &["man", "woman", "people"];

impl View<'_> {
    /// Whom a definite noun that says of nobody whose it is means: the one last told of by the same noun ("eleven Kenyan
    /// fishermen … the fishermen"), and for arms and men the last ones of that sort.
    pub(crate) fn told_before(&self, draft: &Draft) -> Option<usize> {
        let doc = self.doc;
        if !draft.of_each.is_empty() || !is_definite(doc, draft) || is_told(doc, draft.head) {
            return None;
        }
        let plural = doc.tokens[draft.head].feats.plural;
        let lemma = doc.tokens[draft.head].lemma.to_lowercase();
        let before = || self.mentions.iter().rev().take(REACH).filter(|m| !m.place && m.last <= draft.first);
        // Whose they are, where a word or whoever speaks says it, must be the same.
        let agrees = |a: &Actor| draft.actor.state.is_none() || a.state == draft.actor.state;
        let one = |m: &&Mention| {
            let [only] = *m.actors.as_slice() else { return None };
            Some(only).filter(|&a| agrees(&self.actors[a]))
        };
        let same = |m: &&Mention| {
            doc.tokens[m.head].lemma.eq_ignore_ascii_case(&lemma)
                && doc.tokens[m.head].feats.plural == plural
                && says_no_more(doc, draft, m)
        };
        let of_kind = |&a: &usize| self.actors[a].kind == draft.actor.kind;
        if let Some(only) = before().filter(same).filter_map(|m| one(&m)).find(of_kind) {
            return Some(only);
        }
        let sector = draft.actor.sector?;
        let alike = |a: &Actor| match (draft.actor.kind, a.kind) {
            // "The Kenyan company" behind its name.
            (ActorKind::Organisation, ActorKind::Organisation) => {
                draft.actor.state.is_some()
                    && a.sector == Some(sector)
                    && !sector.is_a_states()
                    && a.name.starts_with(char::is_uppercase)
            }
            (ActorKind::Group, ActorKind::Organisation) => {
                IRREGULAR.contains(&sector) && a.sector.is_some_and(|s| IRREGULAR.contains(&s))
            }
            (ActorKind::Group, ActorKind::Group) => {
                FOLK.contains(&lemma.as_str())
                    || matches!(sector, Sector::Mil | Sector::Cop) && a.sector == Some(sector)
                    || IRREGULAR.contains(&sector) && a.sector.is_some_and(|s| IRREGULAR.contains(&s))
            }
            _ => false,
        };
        let bare = (draft.first + 1..draft.head).all(|t| doc.form(t).starts_with(char::is_uppercase));
        before().filter(|_| bare).filter_map(|m| one(&m)).find(|&a| alike(&self.actors[a]))
    }

    /// The person of whom the page has not said what "the Gambian diplomat" says: the last one named before who may be.
    pub(crate) fn described(&self, draft: &Draft) -> Option<usize> {
        let state = draft.actor.state.as_ref()?;
        let title = draft.actor.post.as_ref()?.title.to_lowercase();
        if !is_definite(self.doc, draft) {
            return None;
        }
        let ranks = ranks::of_title(&title);
        let may = |a: &Actor| {
            let rank = a.post.as_ref().and_then(|post| post.rank);
            a.kind == ActorKind::Person
                && a.name.contains(' ')
                && a.state.as_ref().is_none_or(|s| s == state)
                && rank
                    .is_none_or(|rank| a.state.is_some() && ranks.is_some_and(|ranks| ranks.contains(&rank)))
        };
        let before =
            self.mentions.iter().rev().take(REACH).filter(|m| m.last <= draft.first && m.actors.len() == 1);
        before.map(|m| m.actors[0]).find(|&a| may(&self.actors[a]))
    }

    /// The state that "the country" or "the kingdom" at token `at` means.
    pub(crate) fn country(&self, at: usize, noun: &str) -> Option<usize> {
        self.salient(at, |actor, _| {
            actor.kind == ActorKind::State
                && actor.state.as_deref().is_some_and(|state| is_called(state, noun))
        })
    }

    /// The body that "the bloc" at token `at` means by its `noun`: the last one whose name says the noun ("the commission" behind
    /// "the European Commission"); for nouns that any body is called by, one of the noun's own `sector` where it tells one.
    pub(crate) fn organisation(&self, at: usize, noun: &str, sector: Option<Sector>) -> Option<usize> {
        let is_body = |a: &Actor| matches!(a.kind, ActorKind::Bloc | ActorKind::Organisation);
        let says = |name: &str| {
            name.starts_with(char::is_uppercase)
                && name.split(' ').any(|word| word.eq_ignore_ascii_case(noun))
        };
        let by_name =
            self.mentions.iter().rev().take(REACH).filter(|m| m.last <= at && m.actors.len() == 1).find(
                |m| {
                    let actor = &self.actors[m.actors[0]];
                    is_body(actor) && (says(&actor.name) || says(m.span.of(&self.doc.text)))
                },
            );
        by_name.map(|m| m.actors[0]).or_else(|| {
            if !BODIES.contains(&noun) {
                return None;
            }
            self.salient(at, |actor, _| match actor.kind {
                ActorKind::Bloc => true,
                ActorKind::Organisation => sector.is_none_or(|s| actor.sector == Some(s)),
                _ => false,
            })
        })
    }

    /// Whoever does what "himself" or "themselves" at token `at` is done to or with.
    pub(crate) fn itself(&self, at: usize) -> Option<Vec<usize>> {
        let doc = self.doc;
        let mut token = at;
        while let Some(head) = doc.tokens[token].head {
            let subject =
                |c: &usize| matches!(doc.tokens[*c].relation, Relation::Nsubj | Relation::NsubjPass);
            // "A bomber | blowing himself up".
            let noun = doc.tokens[head].head.filter(|_| doc.tokens[head].relation == Relation::Acl);
            if let Some(subject) = doc.children(head).find(subject).or(noun) {
                let mention = self.mentions.iter().rev().find(|m| m.head == subject && !m.place)?;
                return Some(mention.actors.clone());
            }
            token = head;
        }
        None
    }

    /// Whom "the three ministers" at token `at` means: as many who were named together before, else the only ones of their sort
    /// in the sentence before.
    pub(crate) fn several(&self, at: usize) -> Option<Vec<usize>> {
        let many = count(self.doc.form(at + 1))?;
        let before = self.mentions.iter().rev().take(REACH).filter(|m| m.last <= at && !m.place);
        if let Some(together) = before.clone().find(|m| m.actors.len() == many) {
            return Some(together.actors.clone());
        }
        let sentence = self.doc.sentence_before(at)?;
        let near = before.take_while(|m| m.first >= sentence.first).filter(|m| m.last <= sentence.last);
        let mut sorts = [Vec::new(), Vec::new()];
        for &actor in near.flat_map(|m| &m.actors) {
            let sort = match self.actors[actor].kind {
                ActorKind::Person | ActorKind::Office => &mut sorts[0],
                ActorKind::State => &mut sorts[1],
                _ => continue,
            };
            if !sort.contains(&actor) {
                sort.push(actor);
            }
        }
        sorts.into_iter().find(|sort| sort.len() == many).map(|mut sort| {
            sort.reverse();
            sort
        })
    }

    /// The last sentence's two persons, whosever they are: "Ruiz beat Pardo by one ballot. | The two rivals | embraced".
    pub(crate) fn pair(&self, at: usize) -> Option<Vec<usize>> {
        let before = self.doc.sentence_before(at)?;
        let mut persons: Vec<usize> = Vec::new();
        let near = &self.mentions[self.from(before.first)..];
        for mention in near.iter().filter(|m| m.last <= before.last) {
            let named = mention.actors.iter().filter(|&&a| self.actors[a].kind == ActorKind::Person);
            for &person in named {
                if !persons.contains(&person) {
                    persons.push(person);
                }
            }
        }
        (persons.len() == 2).then_some(persons)
    }

    /// The body for which somebody who serves no state says "we": itself, the one whose code is his, or the one that the words
    /// of his post name.
    pub(crate) fn body_of(&self, speaker: usize) -> Option<usize> {
        let who = &self.actors[speaker];
        let is_body = |&a: &usize| {
            matches!(self.actors[a].kind, ActorKind::Bloc | ActorKind::Organisation | ActorKind::Group)
        };
        if is_body(&speaker) {
            return Some(speaker);
        }
        let of_code = || {
            let coded =
                |&a: &usize| is_body(&a) && self.actors[a].code == who.code && self.actors[a].state.is_none();
            (0..self.actors.len()).find(coded).filter(|_| who.state.is_none() && who.code.len() > 3)
        };
        let named = || {
            let own = self.mentions.iter().rev().take(REACH).filter(|m| m.actors == [speaker]);
            own.flat_map(|own| {
                let inside = |m: &&Mention| own.first <= m.first && m.last <= own.last && m.actors.len() == 1;
                self.mentions[self.from(own.first)..].iter().take_while(|m| m.first < own.last).filter(inside)
            })
            .map(|m| m.actors[0])
            .find(is_body)
        };
        of_code().or_else(named)
    }

    /// The state for which whoever says something speaks, where a bare office stands in what he says: "Otieno said | the
    /// government would wait".
    pub(crate) fn side_telling(&self, at: usize) -> Option<(String, String)> {
        let actor = &self.actors[self.teller(at)?];
        let state = actor.state.clone().filter(|_| is_side(actor))?;
        Some((state, actor.name.clone()))
    }

    /// Who says what token `at` stands in, where its clause hangs on a verb with a subject before it: "X said | they would wait".
    pub(crate) fn teller(&self, at: usize) -> Option<usize> {
        let doc = self.doc;
        let mut token = at;
        while let Some(head) = doc.tokens[token].head {
            if matches!(doc.tokens[token].relation, Relation::Ccomp | Relation::Parataxis) {
                let here = self.mentions.iter().rev().take_while(|m| m.first >= doc.sentence_of(at).first);
                let subject = |m: &&Mention| {
                    let token = &doc.tokens[m.head];
                    m.first < at && token.head == Some(head) && token.relation == Relation::Nsubj
                };
                let [only] = *here.into_iter().find(subject)?.actors.as_slice() else { return None };
                return Some(only);
            }
            token = head;
        }
        None
    }

    /// Whether somebody's post is to speak for others.
    pub(crate) fn speaks_for(&self, who: usize) -> bool {
        self.actors[who].post.as_ref().is_some_and(|post| post.rank == Some(Rank::Spokesperson))
    }
}

/// Nouns that say of what form a state is, or that it is an island, with those that news calls so.
const FORMS: &[(&str, &[&str])] = &[
    ("emirate", &["ARE", "KWT", "QAT"]),
    (
        "island",
        &[
            "ATG", "BHR", "BRB", "COM", "CUB", "CYP", "DMA", "FJI", "GRD", "GRL", "HTI", "IRL", "ISL", "JAM",
            "KIR", "LKA", "MDG", "MDV", "MLT", "MUS", "NRU", "PRI", "SGP", "SYC", "TLS", "TWN", "VUT", "WSM",
        ],
    ),
    (
        "kingdom",
        &[
            "BEL", "BHR", "BTN", "DNK", "ESP", "GBR", "JOR", "KHM", "LSO", "MAR", "NLD", "NOR", "SAU", "SWE",
            "SWZ", "THA", "TON",
        ],
    ),
    ("sultanate", &["BRN", "OMN"]),
];

/// Whether a noun can mean a state: every state is a country, but few are kingdoms.
fn is_called(state: &str, noun: &str) -> bool {
    let row = FORMS.iter().find(|(form, _)| *form == noun);
    row.is_none_or(|(_, states)| states.contains(&state))
}

/// Whether a draft opens with an article that points back.
fn is_definite(doc: &Document, draft: &Draft) -> bool {
    matches!(doc.form(draft.first).to_lowercase().as_str(), "the" | "these" | "those" | "this" | "that")
}

/// Whether words behind the noun at `head` say which: "the soldiers of the garrison", "the men who fled".
fn is_told(doc: &Document, head: usize) -> bool {
    doc.children(head).any(|c| c > head && matches!(doc.tokens[c].relation, Relation::Nmod))
}

/// Whether what stands between the article and the noun of `draft` stands before the noun of `mention` as well: "the riot
/// police" behind "the islands' riot police", but not "the other soldiers" behind "the soldiers".
fn says_no_more(doc: &Document, draft: &Draft, mention: &Mention) -> bool {
    let said = |t: usize| doc.tokens[t].lemma.to_lowercase();
    // A demonym is held against the state itself.
    let of_state = |t: usize| draft.actor.state.is_some() && doc.form(t).starts_with(char::is_uppercase);
    (draft.first + 1..draft.head)
        .filter(|&t| doc.tokens[t].upos != Upos::Punct && !of_state(t))
        .all(|t| (mention.first..mention.head).any(|m| said(m) == said(t)))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use crate::actors::{World, cast};
    use crate::language::{Analyser, Setting};

    /// The names of those whom the last mention in these words means.
    fn meant(text: &str, words: &str) -> Vec<String> {
        let (analyser, world) = (Analyser::new(), World::shipped());
        let doc = analyser.analyse(text, &[], Setting::on(Some(date(2024, 1, 2))));
        let cast = cast(&doc, &world, Some(date(2024, 1, 2)), None);
        let last = cast.mentions.iter().rfind(|m| m.span.of(text) == words);
        last.map(|m| m.actors.iter().map(|&a| cast.actors[a].name.clone()).collect()).unwrap_or_default()
    }

    #[test]
    fn definite_nouns_point_back() {
        for (text, words, name) in [
            (
                "Norway held eleven Kenyan fishermen. Norway released the fishermen on Monday.",
                "the fishermen",
                "eleven Kenyan fishermen",
            ),
            ("The Peruvian navy stopped a boat. Chile thanked the navy.", "the navy", "The Peruvian navy"),
            ("Kenya fought Hezbollah in May. The militants fled on Sunday.", "The militants", "Hezbollah"),
            ("A Somali minister left Oslo. The minister was angry.", "The minister", "A Somali minister"),
            // Other ones are not the ones spoken of.
            (
                "Kenyan soldiers left Oslo. The wounded soldiers stayed.",
                "The wounded soldiers",
                "The wounded soldiers",
            ),
            (
                "Norway praised the European Commission on Monday. The commission was glad.",
                "The commission",
                "European Commission",
            ),
            ("Norway sent troops to Oman and Chile. Peru thanked the sultanate.", "the sultanate", "Oman"),
        ] {
            assert_eq!(meant(text, words), [name], "{text}");
        }
    }

    #[test]
    fn a_government_is_that_of_whoever_speaks_of_it() {
        let text = "Kenyan Foreign Minister Ana Otieno met Ugandan officials. Otieno said the government would wait.";
        assert_eq!(meant(text, "the government"), ["Kenya"]);
    }

    #[test]
    fn a_demonym_and_a_noun_describe_who_was_named_before() {
        let text = "Norway heard Fatou Njie on Monday. The Gambian diplomat was calm.";
        assert_eq!(meant(text, "The Gambian diplomat"), ["Fatou Njie"]);
    }

    #[test]
    fn whoever_does_something_to_himself_is_its_subject() {
        let text = "Kenyan President Juan Rojas met the Ugandan minister Peter Okot. Okot corrected himself.";
        assert_eq!(meant(text, "himself"), ["Peter Okot"]);
    }

    #[test]
    fn we_are_the_body_that_somebody_speaks_for() {
        let text = "Brigadier Yahya Qasim, a spokesman for the rebels, spoke in Aden. \"We shall go on,\" Qasim said.";
        assert_eq!(meant(text, "We"), ["the rebels"]);
    }

    #[test]
    fn rivals_can_be_persons() {
        let text = "Fatou Njie beat Raymond Obame in Oslo. The two rivals embraced.";
        assert_eq!(meant(text, "The two rivals"), ["Fatou Njie", "Raymond Obame"]);
    }
}
