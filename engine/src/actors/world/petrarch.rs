//! Actor and agent dictionaries of PETRARCH and Phoenix → rows of the world tables.
//!
//! A primary line `NAME_ [CODE …]`, then `+SYNONYM` lines, then lines of codes with the dates for which they hold; codes
//! are for the name and all synonyms, and of those that hold on a date the first does. Agents are lines
//! `PHRASE {PLURAL} [~ROLE]`; `!SORT! = A, B` names words that can stand in a phrase.

use jiff::civil::Date;

use crate::actors::actor::Sector;
use crate::actors::world::layer::Entry as Said;
use crate::actors::world::{Entry, Table, World};

/// What the rows of these dictionaries give as their source.
const SOURCE: &str = "actor dictionary";

/// The entries of a dictionary.
pub(crate) fn entries(text: &str, world: &World) -> Vec<Said> {
    let mut entries = Vec::new();
    let mut sorts: Vec<(String, Vec<String>)> = Vec::new();
    let mut actor: Option<Actor> = None;
    for (number, line) in without_comments(text) {
        let indented = line.starts_with([' ', '\t']);
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        let place = format!("line {number}");
        if let Some((sort, words)) = definition(line) {
            sorts.push((sort, words));
        } else if line.contains("~") {
            entries.extend(actor.take().map(|a| a.entry(world)));
            entries.push(agent(place, line, &sorts, world));
        } else if let Some(synonym) = line.strip_prefix('+') {
            match &mut actor {
                // Now and then codes stand on a synonym's line.
                Some(actor) => actor.add(number, synonym, world),
                None => entries.push(Said::of(place, Err("a synonym without a name above it".to_owned()))),
            }
        } else if line.starts_with('[') && (indented || actor.is_some()) {
            match &mut actor {
                Some(actor) => actor.add(number, line, world),
                None => entries.push(Said::of(place, Err("a code without a name above it".to_owned()))),
            }
        } else {
            entries.extend(actor.take().map(|a| a.entry(world)));
            let mut begun = Actor { line: number, names: Vec::new(), codes: Vec::new(), faults: Vec::new() };
            begun.add(number, line, world);
            actor = Some(begun);
        }
    }
    entries.extend(actor.map(|a| a.entry(world)));
    entries
}

/// The lines with their numbers, `<!--…-->`, `#…` and `;…` cut off.
fn without_comments(text: &str) -> impl Iterator<Item = (usize, String)> {
    let mut inside = false;
    text.lines().enumerate().map(move |(at, line)| {
        let mut kept = String::new();
        let mut rest = line;
        loop {
            if inside {
                let Some((_, after)) = rest.split_once("-->") else { break };
                inside = false;
                rest = after;
            }
            let Some((before, after)) = rest.split_once("<!--") else {
                kept.push_str(rest);
                break;
            };
            kept.push_str(before);
            inside = true;
            rest = after;
        }
        if let Some(end) = kept.find(['#', ';']) {
            kept.truncate(end);
        }
        (at + 1, kept)
    })
}

/// `!SORT! = A, B`.
fn definition(line: &str) -> Option<(String, Vec<String>)> {
    let (sort, words) = line.split_once('=')?;
    let sort = sort.trim().strip_prefix('!')?.strip_suffix('!')?;
    Some((format!("!{sort}!"), words.split(',').map(|w| w.trim().to_owned()).collect()))
}

/// A code and the days for which it holds, both included.
struct Code {
    code: String,
    from: Option<Date>,
    to: Option<Date>,
}

/// Nouns by which bodies call themselves.
const BODIES: [&str; 44] = [
    "agency",
    "alliance",
    "army",
    "assembly",
    "association",
    "bank",
    "brigade",
    "brigades",
    "bureau",
    "cabinet",
    "coalition",
    "command",
    "commission",
    "committee",
    "company",
    "congress",
    "corps",
    "council",
    "court",
    "department",
    "federation",
    "force",
    "forces",
    "foundation",
    "front",
    "government",
    "group",
    "guard",
    "guards",
    "institute",
    "league",
    "militia",
    "ministry",
    "movement",
    "office",
    "organization",
    "parliament",
    "party",
    "police",
    "rebels",
    "senate",
    "union",
    "university",
    "workers",
];

/// A name, its synonyms, its codes.
struct Actor {
    line: usize,
    names: Vec<String>,
    codes: Vec<Code>,
    faults: Vec<String>,
}

impl Actor {
    /// Takes in a line: words before the first bracket are a name, each bracket is a code.
    fn add(&mut self, number: usize, line: &str, world: &World) {
        let (name, codes) = line.find('[').map_or((line, ""), |at| line.split_at(at));
        let name = proper(name, world);
        if !name.is_empty() && !self.names.contains(&name) {
            self.names.push(name);
        }
        for code in codes.split('[').skip(1) {
            let inside = code.split_once(']').map_or(code, |(inside, _)| inside);
            match code_of(inside) {
                Ok(code) => self.codes.push(code),
                Err(why) => self.faults.push(format!("line {number}: {why}")),
            }
        }
    }

    /// Whether these are names of a person. The dictionaries do not say it: persons have had their codes for a time, or
    /// are an elite; and the tables know given names. Words such as "front" are no person's.
    fn is_person(&self, world: &World) -> bool {
        let body = |name: &String| {
            name.split(' ').any(|word| BODIES.contains(&word.to_lowercase().as_str()))
                || !world.lookup(name).is_empty()
        };
        if self.names.iter().any(body) {
            return false;
        }
        let elite = |code: &Code| {
            code.code.len() > 3 && (code.from.is_some() || code.to.is_some() || code.code.ends_with("ELI"))
        };
        self.names.iter().any(|name| {
            let full = name.contains(' ');
            let first = name.split(' ').next().unwrap_or("");
            full && (self.codes.iter().any(elite)
                || world.is_woman(name).is_some() && world.lookup(first).is_empty())
                || world.of_name(name).next().is_some()
        })
    }

    fn entry(self, world: &World) -> Said {
        let person = self.is_person(world);
        let mut faults = self.faults;
        if self.codes.is_empty() && faults.is_empty() {
            faults.push(format!("line {}: a name without a code", self.line));
        }
        let mut rows = Vec::new();
        for code in &self.codes {
            match rows_of(&self.names, code, person, world) {
                Ok(some) => rows.extend(some),
                Err(why) => faults.push(format!("line {}: {why}", self.line)),
            }
        }
        Said { place: format!("line {}", self.line), rows, refused: faults }
    }
}

/// `AFGGOV 920628-960927`, `AFGGOV >011222`, `AFGELI <20011222`, `AFG`.
fn code_of(inside: &str) -> Result<Code, String> {
    let inside = inside.trim();
    let end = inside.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(inside.len());
    let (code, when) = inside.split_at(end);
    if code.is_empty() || !code.len().is_multiple_of(3) {
        return Err(format!("“[{inside}]” is no code of three letters or several times three"));
    }
    let when: String = when.chars().filter(|c| !c.is_whitespace()).collect();
    let date = |text: &str| day(text).ok_or_else(|| format!("“{text}” in “[{inside}]” is no date"));
    let before = |date: Date| date.yesterday().map_err(|e| format!("“[{inside}]”: {e}"));
    let (from, to) = if when.is_empty() {
        (None, None)
    } else if let Some(until) = when.strip_prefix('<') {
        (None, Some(before(date(until)?)?))
    } else if let Some(since) = when.strip_prefix('>') {
        (Some(date(since)?), None)
    } else if let Some((since, until)) = when.split_once('-') {
        (Some(date(since)?), Some(before(date(until)?)?))
    } else {
        return Err(format!("“{when}” in “[{inside}]” is no restriction to dates"));
    };
    if from.zip(to).is_some_and(|(from, to)| from > to) {
        return Err(format!("“[{inside}]” ends before it begins"));
    }
    Ok(Code { code: code.to_ascii_uppercase(), from, to })
}

/// `YYYYMMDD`, or `YYMMDD` where up to 30 is 20YY.
fn day(figures: &str) -> Option<Date> {
    let number = |range: std::ops::Range<usize>| figures.get(range)?.parse::<i16>().ok();
    let (year, month, day) = match figures.len() {
        8 => (number(0..4)?, number(4..6)?, number(6..8)?),
        6 => {
            let short = number(0..2)?;
            (if short <= 30 { 2000 + short } else { 1900 + short }, number(2..4)?, number(4..6)?)
        }
        _ => return None,
    };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Letters that these dictionaries use for states which ISO 3166 writes otherwise.
fn iso3(letters: &str) -> &str {
    match letters {
        "TMP" => "TLS",
        "KSV" => "XKX",
        "SRP" => "BIH",
        "USR" => "SUN",
        "FRY" => "YUG",
        "ROM" => "ROU",
        "ZAR" => "COD",
        other => other,
    }
}

/// The rows that `names` under one code make; none where the tables say the same.
fn rows_of(
    names: &[String],
    code: &Code,
    person: bool,
    world: &World,
) -> Result<Vec<(Table, Vec<String>)>, String> {
    let (letters, rest) = code.code.split_at(3);
    // A state within a state, as `USAASM` or once `SUNARM`.
    let known = |letters| world.state(iso3(letters)).is_some();
    let (letters, rest) = if known(letters) && known(rest) { (rest, "") } else { (letters, rest) };
    let state = Some(iso3(letters)).filter(|iso3| world.state(iso3).is_some());
    let sector = [rest, &code.code]
        .iter()
        .flat_map(|triples| triples.as_bytes().chunks(3))
        .find_map(|triple| Sector::parse(std::str::from_utf8(triple).ok()?));
    let from = code.from.map_or(String::new(), |d| d.to_string());
    let to = code.to.map_or(String::new(), |d| d.to_string());
    if let (Some(iso3), true) = (state, rest.is_empty()) {
        return Ok(names
            .iter()
            .filter(|name| !means_state(name, iso3, world))
            .map(|name| {
                let row = [name.as_str(), iso3, "GOV", "yes", SOURCE];
                (Table::Metonyms, row.map(str::to_owned).to_vec())
            })
            .collect());
    }
    let Some((name, aliases)) = names.split_first() else { return Err("a code without a name".to_owned()) };
    let aliases = aliases.join("|");
    if person {
        let Some(sector) = sector else {
            return Err(format!("“{}” has no role of CAMEO's", code.code));
        };
        let side = match state {
            Some(iso3) => iso3,
            None => world.organisations.iter().find(|o| o.code == code.code).map_or("", |o| &o.name),
        };
        let row = [name, &aliases, sector.as_str(), side, &from, &to, "", SOURCE];
        return Ok(vec![(Table::People, row.map(str::to_owned).to_vec())]);
    }
    let full = format!("{}{rest}", state.unwrap_or(letters));
    let same = |name: &String| {
        world
            .lookup(name)
            .iter()
            .any(|e| matches!(e, Entry::Organisation(at) if world.organisations[*at].code == full))
    };
    if names.iter().all(same) {
        return Ok(Vec::new());
    }
    let row = [name, &aliases, &full, kind(sector, rest.is_empty()), state.unwrap_or(""), SOURCE, &from, &to];
    Ok(vec![(Table::Organisations, row.map(str::to_owned).to_vec())])
}

/// Whether the tables know `name` as this state, or as a place in it.
fn means_state(name: &str, iso3: &str, world: &World) -> bool {
    world.place(name).is_some_and(|place| place.state() == Some(iso3))
        || world.lookup(name).iter().any(|entry| match entry {
            Entry::State(at) | Entry::Demonym(at) | Entry::Capital(at) | Entry::Seat(at, ..) => {
                world.states[*at].iso3 == iso3
            }
            _ => false,
        })
}

/// What a body with this role is.
fn kind(sector: Option<Sector>, region: bool) -> &'static str {
    use Sector::{Bus, Img, Ins, Jud, Leg, Med, Mnc, Ngo, Opp, Pty, Rad, Reb, Sep, Uaf};
    match sector {
        Some(Reb | Sep | Ins | Uaf | Img | Rad) => "armed_group",
        Some(Sector::Igo) => "igo",
        Some(Ngo) => "ngo",
        Some(Med) => "media",
        Some(Bus | Mnc) => "company",
        Some(Leg) => "parliament",
        Some(Jud) => "court",
        Some(Pty | Opp) => "party",
        None if region => "bloc",
        _ => "agency",
    }
}

/// `HAMID_KARZAI_` → `Hamid Karzai`; small words are small; initials stay in capitals.
fn proper(name: &str, world: &World) -> String {
    let words: Vec<&str> = name.split(['_', ' ', '\t']).filter(|word| !word.is_empty()).collect();
    let one = words.len() == 1;
    let mut proper = Vec::with_capacity(words.len());
    for (at, word) in words.into_iter().enumerate() {
        let lower = word.to_lowercase();
        let small = matches!(
            lower.as_str(),
            "of" | "the" | "and" | "for" | "in" | "on" | "de" | "al" | "bin" | "ibn"
        );
        let vowels = lower.contains(['a', 'e', 'i', 'o', 'u', 'y']);
        let upper = word.to_uppercase();
        let initials = word.contains('.')
            || !vowels
            || one && word.chars().count() <= 4 && world.lookup(&capital(&lower)).is_empty()
            || word.chars().count() <= 5
                && world.lookup(&upper).iter().any(|e| matches!(e, Entry::State(_) | Entry::Organisation(_)));
        proper.push(if at > 0 && small {
            lower
        } else if initials || word.chars().any(|c| c.is_ascii_digit()) {
            upper
        } else {
            lower.split('-').map(capital).collect::<Vec<_>>().join("-")
        });
    }
    proper.join(" ")
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// `CATTLE!PERSON! {…} [~AGR]`: a row for each phrase that it stands for.
fn agent(place: String, line: &str, sorts: &[(String, Vec<String>)], world: &World) -> Said {
    match agent_rows(line, sorts, world) {
        Ok(rows) => Said { place, rows, refused: Vec::new() },
        Err(why) => Said::of(place, Err(why)),
    }
}

fn agent_rows(
    line: &str,
    sorts: &[(String, Vec<String>)],
    world: &World,
) -> Result<Vec<(Table, Vec<String>)>, String> {
    let Some((phrase, code)) = line.split_once('[') else { return Err("a role without brackets".to_owned()) };
    let Some((code, _)) = code.split_once(']') else { return Err("a bracket that does not end".to_owned()) };
    let (phrase, plural) = match phrase.split_once('{') {
        Some((phrase, rest)) => {
            let Some((plural, _)) = rest.split_once('}') else {
                return Err("a brace that does not end".to_owned());
            };
            (phrase, Some(common(plural)))
        }
        None => (phrase, None),
    };
    let role = code.trim().trim_matches('~');
    let Some(sector) = role_of(role) else { return Err(format!("“{role}” is no role of CAMEO's")) };
    let mut phrases = vec![phrase.to_owned()];
    for (sort, words) in sorts {
        phrases = phrases
            .into_iter()
            .flat_map(|phrase| match phrase.contains(sort.as_str()) {
                true => words.iter().map(|word| phrase.replace(sort.as_str(), word)).collect(),
                false => vec![phrase],
            })
            .collect();
    }
    if let Some(left) = phrases.iter().find(|phrase| phrase.contains('!')) {
        return Err(format!("“{}” uses a sort that is not defined above it", left.trim()));
    }
    let many = phrases.len() > 1;
    let known = |name: &str| {
        world.lookup(name).iter().any(|e| matches!(e, Entry::Agent(at) if world.agents[*at].sector == sector))
    };
    Ok(phrases
        .iter()
        .map(|phrase| common(phrase))
        .filter(|name| !name.is_empty() && !known(name))
        .map(|name| {
            // The tables make the regular plural where none stands; a sort names its plurals itself.
            let plural = match &plural {
                None if many => name.clone(),
                None => String::new(),
                Some(none) if none.is_empty() => name.clone(),
                Some(plural) => plural.clone(),
            };
            let row = [name.as_str(), &plural, sector.as_str(), SOURCE];
            (Table::Agents, row.map(str::to_owned).to_vec())
        })
        .collect())
}

/// The first of the role's letters that CAMEO has as a role; faiths without one are religious.
fn role_of(letters: &str) -> Option<Sector> {
    const FAITHS: [&str; 18] = [
        "BAH", "BUD", "CHR", "CON", "CPT", "CTH", "DOX", "HIN", "HSD", "ITR", "JAN", "JEW", "JHW", "LDS",
        "MUS", "PRO", "SIK", "SHI",
    ];
    let triples = || letters.as_bytes().chunks(3).filter_map(|t| std::str::from_utf8(t).ok());
    triples()
        .find_map(Sector::parse)
        .or_else(|| triples().any(|t| FAITHS.contains(&t) || t == "SUN").then_some(Sector::Rel))
}

/// `MEMBER_OF_PARLIAMENT` → `member of parliament`.
fn common(phrase: &str) -> String {
    phrase.split(['_', ' ', '\t']).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> (Vec<String>, Vec<String>) {
        let entries = entries(text, &World::shipped());
        let rows = entries
            .iter()
            .flat_map(|e| &e.rows)
            .map(|(t, r)| format!("{}: {}", t.name(), r.join(",")))
            .collect();
        (rows, entries.into_iter().flat_map(|e| e.refused).collect())
    }

    #[test]
    fn names_with_dates_and_places() {
        let (rows, refused) = rows(
            "# a comment\n<!-- one\nmore -->\nRUDOLF_MUSTERMANN_  # made up\n+PRESIDENT_MUSTERMANN_\n\t[DEUELI 650101-000101]\n\t[DEUGOV > 200 11222]\n\t[DEUELI <991231]\nKLEINFELDEN_ [DEU]\n+GERMANY_\nVOLKSFRONT_TEST_ [DEUREB] ; so be it\n",
        );
        assert_eq!(refused, Vec::<String>::new());
        assert_eq!(
            rows,
            [
                "people: Rudolf Mustermann,President Mustermann,ELI,DEU,1965-01-01,1999-12-31,,actor dictionary",
                "people: Rudolf Mustermann,President Mustermann,GOV,DEU,2001-12-22,,,actor dictionary",
                "people: Rudolf Mustermann,President Mustermann,ELI,DEU,,1999-12-30,,actor dictionary",
                "metonyms: Kleinfelden,DEU,GOV,yes,actor dictionary",
                "organisations: Volksfront Test,,DEUREB,armed_group,DEU,actor dictionary,,",
            ]
        );
    }

    #[test]
    fn agents_with_sorts_and_plurals() {
        let (rows, refused) = rows(
            "!MAN! = MAN, WOMEN\nTOLL!MAN! [~GOV]\nPEAT_CUTTER [~AGR]\nPEAT_WIFE {PEAT_WIVES} [~AGR]\nPEATFOLK {} [~AGR]\nSEAL_MONK [~BUDXYZ]\nOTHER!SORT! [~GOV]\n",
        );
        assert_eq!(
            rows,
            [
                "agents: tollman,tollman,GOV,actor dictionary",
                "agents: tollwomen,tollwomen,GOV,actor dictionary",
                "agents: peat cutter,,AGR,actor dictionary",
                "agents: peat wife,peat wives,AGR,actor dictionary",
                "agents: peatfolk,peatfolk,AGR,actor dictionary",
                "agents: seal monk,,REL,actor dictionary",
            ]
        );
        assert_eq!(refused, ["line 7: “OTHER!SORT!” uses a sort that is not defined above it"]);
    }

    #[test]
    fn what_is_malformed_is_said_with_its_line() {
        let (_, refused) =
            rows("+FIRST\nHANS_MUSTERMANN [DEUGO 1]\nHANS_BEISPIEL [DEUGOV 2004017-20061201]\nNOBODY_\n");
        assert_eq!(
            refused,
            [
                "line 1: a synonym without a name above it",
                "line 2: “[DEUGO 1]” is no code of three letters or several times three",
                "line 3: “2004017” in “[DEUGOV 2004017-20061201]” is no date",
                "line 4: a name without a code",
            ]
        );
    }
}
