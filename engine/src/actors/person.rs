//! Mentions by name → persons: one for all mentions of the same, with what page and tables say of state and post.

use jiff::civil::Date;

use crate::actors::actor::{Actor, ActorKind, Post, Rank, Sector, Settled};
use crate::actors::chains::code;
use crate::actors::persons::Named;
use crate::actors::phrases::out_of_office;
use crate::actors::world::{Holder, World};

/// A person as all mentions together tell.
#[derive(Debug)]
pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) state: Option<String>,
    pub(crate) sector: Option<Sector>,
    pub(crate) post: Option<Post>,
    pub(crate) wikidata: Option<String>,
    /// Code of the international body served, if the tables know one.
    pub(crate) body: Option<String>,
    /// The state in whose place the person is first named.
    pub(crate) near: Option<String>,
    /// The state whose official the same sentence calls the counterpart: it is not the person's own.
    pub(crate) across: Option<String>,
    pub(crate) settled: Vec<Settled>,
}

/// Finds the person that `named` means among those known so far, or adds one.
pub(crate) fn join_person(persons: &mut Vec<Person>, named: &Named, world: &World) -> usize {
    let words: Vec<&str> = named.name.split(' ').collect();
    let candidates = (0..persons.len()).rev().filter(|&p| {
        let person = &persons[p];
        same_name(&person.name, &named.name, world)
            // One surname, two posts or two states: two people.
            && !(words.len() == 1
                && person.state.is_some()
                && named.state.is_some()
                && person.state != named.state)
    });
    // Of two of one surname, whom the title before it fits, and "Mr" or "Mrs"; else the last one.
    let fit = |p: &usize| if words.len() == 1 { persons[*p].fits(named, world) } else { 0 };
    let known = candidates.rev().max_by_key(fit).or_else(|| by_given_name(persons, &words, world));
    let at = known.unwrap_or_else(|| {
        persons.push(Person {
            name: named.name.clone(),
            state: None,
            sector: None,
            post: None,
            wikidata: None,
            body: None,
            near: None,
            across: None,
            settled: Vec::new(),
        });
        persons.len() - 1
    });
    let person = &mut persons[at];
    if named.name.len() > person.name.len() {
        person.name = named.name.clone();
    }
    if let (None, Some(state)) = (&person.state, &named.state) {
        person.state = Some(state.clone());
        person.settled.push(Settled {
            rule: "state in the title".into(),
            by: named.state_words.clone().unwrap_or_default(),
        });
    }
    if let (None, None, Some(body)) = (&person.body, &person.state, &named.body) {
        person.body = Some(body.clone());
        person.settled.push(Settled { rule: "body in the title".into(), by: body.clone() });
    }
    if person.post.is_none() {
        person.sector = person.sector.or(named.trade);
    }
    if let (Some(post), Some(office)) = (&named.post, named.office) {
        let office = &world.offices[office];
        let better = person.post.as_ref().is_none_or(|old| {
            (post.rank, std::cmp::Reverse(post.manner.len()))
                < (old.rank, std::cmp::Reverse(old.manner.len()))
        });
        if better {
            person.post = Some(post.clone());
            person.sector = Some(named.house.unwrap_or(out_of_office(office.sector, &post.manner)));
            person.settled.push(Settled { rule: "post beside the name".into(), by: post.title.clone() });
        }
    }
    at
}

/// The one person whose full name begins with the single word of a name, if that is a given name that the tables know, or the
/// page tells two of one surname apart by it: "Tewolde" for "Tewolde Hagos" beside "Yonas Hagos".
fn by_given_name(persons: &[Person], words: &[&str], world: &World) -> Option<usize> {
    let [given] = *words else { return None };
    let mut named = (0..persons.len()).filter(|&p| {
        persons[p].name.split_once(' ').is_some_and(|(first, rest)| first == given && !rest.is_empty())
    });
    let only = named.next().filter(|_| named.next().is_none())?;
    let surname = |p: &Person| significant(&p.name).next_back().map(str::to_owned);
    let shares = |&p: &usize| p != only && surname(&persons[p]) == surname(&persons[only]);
    (world.is_woman(given).is_some() || (0..persons.len()).any(|p| shares(&p))).then_some(only)
}

/// The words of a name that tell one person from another: no initials, and no "Jr." behind the surname.
fn significant(name: &str) -> impl DoubleEndedIterator<Item = &str> {
    let suffix = |word: &str| matches!(word.to_lowercase().as_str(), "jr" | "sr" | "ii" | "iii");
    name.split(' ').filter(move |word| {
        let word = word.trim_end_matches('.');
        word.chars().count() > 1 && !suffix(word)
    })
}

/// Whether two names can be one person's: equal, or one is the end of the other, middle initials aside; or one is the family
/// name that stands first in the other, as Korean and Chinese ones do.
fn same_name(a: &str, b: &str, world: &World) -> bool {
    // A page compares each name with each: most differ in their surnames already.
    let surname = |name| significant(name).next_back().unwrap_or("").chars().flat_map(char::to_lowercase);
    if !surname(a).eq(surname(b)) {
        let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
        return !short.contains(' ')
            && family_name_first(long, world).is_some_and(|f| f.eq_ignore_ascii_case(short));
    }
    let lower = |name| significant(name).map(str::to_lowercase).collect::<Vec<_>>();
    let (a, b) = (lower(a), lower(b));
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    match short.as_slice() {
        [] => false,
        [surname] => long.last() == Some(surname),
        [given, .., surname] => {
            long.first() == Some(given) && long.last() == Some(surname) || long.ends_with(short)
        }
    }
}

/// The family name that a name begins with, where it can: "Noh Sang-wook" by its hyphen, "Xi Jinping" because "Xi" is no
/// given name that the tables know.
fn family_name_first<'n>(name: &'n str, world: &World) -> Option<&'n str> {
    let (first, rest) = name.split_once(' ')?;
    let hyphened = rest.split_once('-').is_some_and(|(_, after)| after.starts_with(char::is_lowercase));
    let given = world.is_woman(first).is_some() || first.ends_with('.');
    (hyphened || !given && !rest.contains([' ', '-']) && first.chars().count() <= 5).then_some(first)
}

impl Person {
    /// How well a surname with what stands before it fits.
    fn fits(&self, named: &Named, world: &World) -> i32 {
        let last_word = |title: &str| title.rsplit(' ').next().unwrap_or_default().to_lowercase();
        let post = match (&self.post, &named.post) {
            (Some(held), Some(said)) if held.office == said.office => 2,
            (Some(held), Some(said)) if last_word(&held.title) == last_word(&said.title) => 2,
            (Some(_), Some(_)) => -1,
            _ => 0,
        };
        let sex = match (named.woman, world.is_woman(&self.name)) {
            (Some(said), Some(is)) if said == is => 1,
            (Some(_), Some(_)) => -2,
            _ => 0,
        };
        post + sex
    }

    /// Fills in from the tables what the page leaves out; the date decides between posts.
    pub(crate) fn settle(&mut self, world: &World, date: Option<Date>) {
        let full = self.name.contains(' ');
        let surname = significant(&self.name).next_back().unwrap_or(&self.name).to_owned();
        let office = self.post.as_ref().and_then(|p| p.office.clone());
        let is_post = |row: &Holder| {
            office.as_ref().is_some_and(|o| *o == row.office || row.office.starts_with(&format!("{o} to ")))
        };
        // A surname alone, never introduced, is that of a leader whom everybody knows, if only one of that name leads.
        let leads = |row: &Holder| {
            let rank = world.office(&row.office).map(|o| o.rank);
            matches!(rank, Some(Rank::HeadOfState | Rank::HeadOfGovernment))
                && date.is_none_or(|d| row.held_on(d))
        };
        // "Gen Munir", "Secretary Blinken": a title that the holder of the post is called by on that day.
        let is_called = |row: &Holder| {
            let holds = date.is_some_and(|d| row.held_on(d));
            let soldiers = self.sector == Some(Sector::Mil)
                && world.office(&row.office).is_some_and(|o| o.sector == Sector::Mil);
            holds
                && (soldiers || office.as_ref().is_some_and(|o| row.office.split(' ').any(|word| word == o)))
        };
        let named = |row: &&Holder| {
            let same_state = self.state.is_none() || row.state == self.state;
            same_state && row.names.iter().any(|n| same_name(n, &self.name, world))
        };
        let fits = |row: &&Holder| full || is_post(row) || self.post.is_none() && leads(row);
        let mut rows: Vec<&Holder> = world.of_surname(&surname).filter(named).filter(fits).collect();
        if rows.is_empty() {
            rows = world.of_surname(&surname).filter(named).filter(|row| is_called(row)).collect();
            if rows.iter().any(|row| row.name != rows[0].name) {
                return;
            }
        }
        if !full && self.post.is_none() && rows.iter().any(|row| row.state != rows[0].state) {
            return;
        }
        // Of several posts the highest: who is president and chairs a commission acts as president.
        rows.sort_by_key(|row| world.office(&row.office).map_or(u8::MAX, |office| office.rank as u8));
        let on_date = |row: &&&Holder| date.is_none_or(|d| row.held_on(d));
        let row = rows
            .iter()
            .find(|r| on_date(r) && is_post(r))
            .or_else(|| rows.iter().find(|r| on_date(r) && r.role().is_none()))
            .or_else(|| rows.iter().find(on_date))
            .or_else(|| rows.first());
        let Some(row) = row.copied() else { return };
        let by = format!("{}, {} ({})", row.name, row.office, row.state.as_deref().unwrap_or("no state"));
        if self.state.is_none() && row.state.is_some() {
            self.state.clone_from(&row.state);
            self.settled.push(Settled { rule: "row of people".into(), by: by.clone() });
        }
        if self.state.is_none() && date.is_none_or(|d| row.held_on(d)) {
            self.body = row.code.clone().or(self.body.take());
        }
        self.wikidata.clone_from(&row.wikidata);
        // "US Ambassador" on the page, "ambassador to pakistan" in the table.
        if let Some(post) = &mut self.post
            && let Some(office) = &post.office
            && row.office.starts_with(&format!("{office} to "))
            && date.is_none_or(|d| row.held_on(d))
        {
            post.office = Some(row.office.clone());
            self.settled.push(Settled { rule: "row of people, by date".into(), by: by.clone() });
        }
        if self.post.is_none() && date.is_some_and(|d| row.held_on(d)) {
            let office = world.office(&row.office);
            self.sector = office.map(|o| o.sector).or(row.role());
            self.post = office.map(|office| Post {
                title: row.office.clone(),
                office: Some(row.office.clone()),
                rank: Some(office.rank),
                manner: Vec::new(),
            });
            self.settled.push(Settled { rule: "row of people, by date".into(), by });
        }
    }

    /// Whether the post is a state's, and nothing has said yet which.
    pub(crate) fn lacks_state(&self) -> bool {
        let of_a_state = |s: Sector| !matches!(s, Sector::Igo | Sector::Ngo | Sector::Mnc | Sector::Img);
        self.state.is_none()
            && self.body.is_none()
            && self.post.is_some()
            && self.sector.is_some_and(of_a_state)
    }

    /// Whether the post is of an international body, and nothing has said yet which.
    pub(crate) fn lacks_body(&self) -> bool {
        self.state.is_none() && self.body.is_none() && self.sector == Some(Sector::Igo)
    }

    /// Takes the body whose post it is: "the OAS … Its secretary general, X".
    pub(crate) fn take_body(&mut self, owner: Option<&Actor>) {
        let body = owner.filter(|o| o.state.is_none() && !o.code.is_empty());
        if let Some(owner) = body.filter(|o| matches!(o.kind, ActorKind::Bloc | ActorKind::Organisation)) {
            self.body = Some(owner.code.clone());
            self.settled.push(Settled { rule: "body of its owner".into(), by: owner.name.clone() });
        }
    }

    /// Takes what stands behind the name between commas and says what he is: "X, a Guatemalan migrant, …".
    pub(crate) fn take_description(&mut self, described: &Actor) {
        if self.post.is_some() {
            return;
        }
        self.sector = self.sector.or(described.sector);
        if self.state.is_none() && self.body.is_none() {
            self.state.clone_from(&described.state);
        }
        self.settled.push(Settled { rule: "what stands behind the name".into(), by: described.name.clone() });
    }

    /// Takes the state of what stands in view where the person is first named.
    pub(crate) fn take_from_view(&mut self, view: Option<(String, String)>) {
        if let Some((state, by)) = view {
            self.state = Some(state);
            self.settled.push(Settled { rule: "body in view".into(), by });
        }
    }

    /// Whether the state can be read off those who were mentioned before, for want of anything better: the page tells of no
    /// home, or tells of something abroad.
    pub(crate) fn may_take_from_before(&self, home: Option<&str>) -> bool {
        let rank = self.post.as_ref().and_then(|p| p.rank);
        let leads = matches!(
            rank,
            Some(
                Rank::HeadOfState
                    | Rank::Monarch
                    | Rank::HeadOfGovernment
                    | Rank::Minister
                    | Rank::DeputyMinister
                    | Rank::MilitaryChief
                    | Rank::Official
                    | Rank::Spokesperson
            )
        );
        let abroad = self.near.as_deref().is_some_and(|near| Some(near) != home);
        let opposite = self.across.is_some() && self.across.as_deref() == home;
        self.lacks_state() && leads && (home.is_none() || abroad || opposite)
    }

    pub(crate) fn to_actor(&self, home: Option<&String>) -> Actor {
        let mut settled = self.settled.clone();
        let mut state = self.state.clone();
        // An ambassador without a state beside the name is hardly ever the page's own; and whoever speaks in another
        // state may be that one's or a guest there: better unknown than wrong.
        let abroad = self.post.as_ref().and_then(|p| p.rank) == Some(Rank::Ambassador)
            || self.near.as_ref().is_some_and(|near| Some(near) != home)
            || self.across.is_some() && self.across.as_ref() == home;
        if self.lacks_state()
            && !abroad
            && let Some(home) = home
        {
            state = Some(home.clone());
            settled.push(Settled { rule: "the page's own state".into(), by: home.clone() });
        }
        // A mediator whom a state sends is that state's.
        let sector = self.sector.map(|s| if s == Sector::Igo && state.is_some() { Sector::Gov } else { s });
        // An envoy of a body of states serves no state.
        let of_body =
            self.body.as_deref().filter(|_| state.is_none()).and_then(|code| Sector::parse(code.get(..3)?));
        let sector = of_body.or(sector);
        Actor {
            kind: ActorKind::Person,
            name: self.name.clone(),
            code: self
                .body
                .clone()
                .filter(|_| state.is_none())
                .unwrap_or_else(|| code(state.as_deref(), sector)),
            state,
            sector,
            post: self.post.clone(),
            wikidata: self.wikidata.clone(),
            settled,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use crate::actors::{World, cast};
    use crate::language::{Analyser, Setting};

    #[test]
    fn what_somebody_is_stands_beside_his_name() {
        let (analyser, world) = (Analyser::new(), World::shipped());
        for (text, words, code) in [
            ("Imam Suliman Gani left Oslo.", "Imam Suliman Gani", "REL"),
            ("Norway freed Ana Caal, a Guatemalan migrant, on Monday.", "Ana Caal", "GTMCVL"),
            (
                "Uttar Pradesh Chief Minister Anil Rao left Oslo.",
                "Uttar Pradesh Chief Minister Anil Rao",
                "INDGOV",
            ),
            (
                "Ana Ruiz, a director at the Norrland Institute, left Oslo.",
                "Ana Ruiz, a director at the Norrland Institute",
                "EDU",
            ),
            ("Chad arrested an employee of the Swiss embassy.", "an employee", "CHEGOV"),
            ("Chad freed fighters loyal to Peruvian President Juan Rojas.", "fighters", "PERUAF"),
        ] {
            let doc = analyser.analyse(text, &[], Setting::on(Some(date(2024, 1, 2))));
            let cast = cast(&doc, &world, Some(date(2024, 1, 2)), None);
            let found = cast.mentions.iter().find(|m| m.span.of(text) == words).map(|m| m.actors[0]);
            assert_eq!(found.map(|a| cast.actors[a].code.as_str()), Some(code), "{text}");
        }
    }

    #[test]
    fn of_two_of_one_surname_the_title_tells_who_is_meant() {
        let (analyser, world) = (Analyser::new(), World::shipped());
        for (text, words, name) in [
            (
                "Governor Andrés Rojas met General Lucía Rojas in Oslo. Governor Rojas left.",
                "Governor Rojas",
                "Andrés Rojas",
            ),
            ("Peter Novak met Anna Novak in Oslo. Mr Novak left.", "Mr Novak", "Peter Novak"),
            ("Tewolde Hagos and Yonas Hagos met in Oslo. Tewolde left.", "Tewolde", "Tewolde Hagos"),
        ] {
            let doc = analyser.analyse(text, &[], Setting::on(Some(date(2024, 1, 2))));
            let cast = cast(&doc, &world, Some(date(2024, 1, 2)), None);
            let last = cast.mentions.iter().rfind(|m| m.span.of(text) == words).map(|m| m.actors[0]);
            assert_eq!(last.map(|a| cast.actors[a].name.as_str()), Some(name), "{text}");
        }
    }
}
