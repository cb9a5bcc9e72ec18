//! A name of a dictionary with its synonyms and dated codes → rows of people, bodies or seats.

use jiff::civil::Date;

use super::SOURCE;
use crate::actors::actor::Sector;
use crate::actors::world::layer::Entry as Said;
use crate::actors::world::{Entry, Table, World};

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
pub(super) struct Actor {
    line: usize,
    names: Vec<String>,
    codes: Vec<Code>,
    faults: Vec<String>,
}

impl Actor {
    /// The one that begins on this line.
    pub(super) fn begin(line: usize, text: &str, world: &World) -> Self {
        let mut begun = Actor { line, names: Vec::new(), codes: Vec::new(), faults: Vec::new() };
        begun.add(line, text, world);
        begun
    }

    /// Takes in a line: words before the first bracket are a name, each bracket is a code.
    pub(super) fn add(&mut self, number: usize, line: &str, world: &World) {
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

    pub(super) fn entry(self, world: &World) -> Said {
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
