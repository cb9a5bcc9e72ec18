//! CAMEO codes: turns the digits of an event code into its root, its class, its name and its Goldstein value.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Code, name and Goldstein value of every CAMEO event type: CAMEO 1.1b3 (Schrodt 2012) with the scale of
/// Goldstein (1992) as carried over to CAMEO by the Penn State Event Data Project.
const TABLE: &str = include_str!("../../data/cameo.tsv");

/// A CAMEO event code of two to four digits, in two bytes, so that five million observations stay small.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cameo(u16);

/// Third and fourth digit together take this many values: ten digits each, or absent.
const PER_ROOT: u16 = 11 * 11;
/// The last root of CAMEO.
const LAST_ROOT: u16 = 20;

impl Cameo {
    /// The code of a whole root, 1 to 20; none outside.
    pub fn of_root(root: u8) -> Option<Self> {
        (1..=LAST_ROOT).contains(&u16::from(root)).then(|| Self(u16::from(root) * PER_ROOT))
    }

    /// The root, 1 to 20.
    pub fn root(self) -> u8 {
        (self.0 / PER_ROOT) as u8
    }

    /// What the events of this root do, in five classes.
    pub fn class(self) -> Class {
        match self.root() {
            1 | 2 => Class::Statement,
            3..=5 => Class::VerbalCooperation,
            6..=8 => Class::MaterialCooperation,
            9..=13 => Class::VerbalConflict,
            _ => Class::MaterialConflict,
        }
    }

    /// Which way an event of this root counts in tone: roots 03–08 cooperate, 10–20 conflict, and the rest
    /// (statements 01, appeals 02, investigations 09) do neither.
    pub fn tone(self) -> Tone {
        match self.root() {
            3..=8 => Tone::Cooperative,
            10..=20 => Tone::Conflictual,
            _ => Tone::Neither,
        }
    }

    /// The value on Goldstein's scale, from −10 (mass violence) to +10 (retreat); that of the nearest code above where
    /// the table lacks this one.
    pub fn goldstein(self) -> Goldstein {
        ROWS.get(usize::from(self.0)).map_or(Goldstein(0), |row| row.goldstein)
    }

    /// The name in CAMEO's codebook; that of the nearest code above where the table lacks this one.
    pub fn name(self) -> &'static str {
        ROWS.get(usize::from(self.0)).map_or("", |row| row.name)
    }

    /// The root that holds the events of a PLOVER type, for happenings that carry no CAMEO code of their own.
    ///
    /// Source: the CAMEO–PLOVER correspondence of the PLOVER codebook. ASSAULT spans 18–20 and takes the mildest.
    pub fn of_plover(event_type: &str) -> Option<Self> {
        let root = match event_type {
            "AGREE" => 3,
            "CONSULT" => 4,
            "SUPPORT" => 5,
            "COOPERATE" => 6,
            "AID" => 7,
            "CONCEDE" | "RETREAT" | "YIELD" => 8,
            "REQUEST" => 10,
            "ACCUSE" => 11,
            "REJECT" => 12,
            "THREATEN" => 13,
            "PROTEST" => 14,
            "MOBILIZE" => 15,
            "SANCTION" => 16,
            "COERCE" => 17,
            "ASSAULT" => 18,
            _ => return None,
        };
        Self::of_root(root)
    }

    /// The code with this name in the table, letter case aside: data sets such as ICEWS' triples give names only.
    ///
    /// Where a root and an event type share a name (`13` and `130`, "Threaten"), it is the event type that is meant.
    pub fn named(name: &str) -> Option<Self> {
        static BY_NAME: LazyLock<Vec<(String, bool, Cameo)>> = LazyLock::new(|| {
            let mut names: Vec<(String, bool, Cameo)> =
                table().map(|(code, row)| (row.name.to_lowercase(), code.is_root(), code)).collect();
            names.sort();
            names
        });
        let name = name.trim().to_lowercase();
        let at = BY_NAME.partition_point(|(known, ..)| *known < name);
        BY_NAME.get(at).filter(|(known, ..)| *known == name).map(|(.., code)| *code)
    }

    /// Whether the codebook has it: any digits below a root make a code, not all of them one that CAMEO defines.
    pub fn is_listed(self) -> bool {
        ROWS.get(usize::from(self.0)).is_some_and(|row| row.listed)
    }

    /// Whether it names a root and nothing closer.
    fn is_root(self) -> bool {
        self.0.is_multiple_of(PER_ROOT)
    }
}

impl FromStr for Cameo {
    type Err = NotCameo;

    fn from_str(text: &str) -> Result<Self, NotCameo> {
        let wrong = || NotCameo(text.to_owned());
        let (&[tens, ones, ref rest @ ..], true) =
            (text.as_bytes(), text.bytes().all(|b| b.is_ascii_digit()))
        else {
            return Err(wrong());
        };
        let digit = |byte: u8| u16::from(byte - b'0');
        let root = digit(tens) * 10 + digit(ones);
        if rest.len() > 2 || !(1..=LAST_ROOT).contains(&root) {
            return Err(wrong());
        }
        let deeper = |at: usize| rest.get(at).map_or(0, |byte| digit(*byte) + 1);
        Ok(Self(root * PER_ROOT + deeper(0) * 11 + deeper(1)))
    }
}

impl fmt::Display for Cameo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}", self.root())?;
        for digit in [self.0 % PER_ROOT / 11, self.0 % 11] {
            if digit > 0 {
                write!(f, "{}", digit - 1)?;
            }
        }
        Ok(())
    }
}

impl Serialize for Cameo {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Cameo {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A text that is no CAMEO event code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotCameo(String);

impl fmt::Display for NotCameo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:?} is no CAMEO code: two to four digits whose first two are 01 to 20 are expected",
            self.0
        )
    }
}

impl std::error::Error for NotCameo {}

/// The five classes of Schrodt's penta coding: the four quad classes, and statements and appeals apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Statements and appeals: roots 01–02.
    Statement,
    /// Intends, consults, praises, signs: roots 03–05.
    VerbalCooperation,
    /// Cooperates, aids, yields: roots 06–08.
    MaterialCooperation,
    /// Investigates, demands, disapproves, rejects, threatens: roots 09–13.
    VerbalConflict,
    /// Protests, postures, sanctions, coerces, assaults, fights: roots 14–20.
    MaterialConflict,
}

/// Which way an event counts in tone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tone {
    /// Roots 03–08.
    Cooperative,
    /// Roots 10–20.
    Conflictual,
    /// Roots 01, 02 and 09.
    Neither,
}

/// A value of Goldstein's scale in tenths, from −100 to +100: whole numbers add up alike in every order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Goldstein(i8);

impl Goldstein {
    /// The nearest tenth within −10 to +10.
    pub fn new(value: f64) -> Self {
        Self((value * 10.0).round().clamp(-100.0, 100.0) as i8)
    }

    /// On the scale's own −10 to +10.
    pub fn value(self) -> f64 {
        f64::from(self.0) / 10.0
    }

    /// In tenths.
    pub fn tenths(self) -> i64 {
        i64::from(self.0)
    }
}

/// What the table says of one code.
#[derive(Debug, Clone, Copy)]
struct Row {
    name: &'static str,
    goldstein: Goldstein,
    /// Whether the table has it, or it takes over from the code above.
    listed: bool,
}

/// The table's rows in its own order.
fn table() -> impl Iterator<Item = (Cameo, Row)> {
    TABLE.lines().skip(1).filter_map(|line| {
        let mut cells = line.split('\t');
        let code = cells.next()?.parse().ok()?;
        let name = cells.next()?;
        let goldstein = Goldstein::new(cells.next()?.parse().ok()?);
        Some((code, Row { name, goldstein, listed: true }))
    })
}

/// One row for every possible code, those of the table and, below them, codes that take over from the code above.
static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let mut known = vec![None; usize::from((LAST_ROOT + 1) * PER_ROOT)];
    for (code, row) in table() {
        known[usize::from(code.0)] = Some(row);
    }
    let nothing = Row { name: "", goldstein: Goldstein(0), listed: false };
    (0..known.len())
        .map(|at| {
            let above = at - at % 11;
            let root = at - at % usize::from(PER_ROOT);
            let row = known[at].or(known[above]).or(known[root]).unwrap_or(nothing);
            Row { listed: known[at].is_some(), ..row }
        })
        .collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_complete_and_a_fixed_point() {
        let codes: Vec<Cameo> = table().map(|(code, _)| code).collect();
        assert_eq!(codes.len(), TABLE.lines().count() - 1, "every line reads");
        assert!(codes.is_sorted_by(|a, b| a < b), "sorted, each once");
        for root in 1..=20 {
            assert!(codes.contains(&Cameo::of_root(root).unwrap()), "root {root}");
        }
        for (line, code) in TABLE.lines().skip(1).zip(&codes) {
            assert!(line.starts_with(&format!("{code}\t")), "{code} prints as it reads");
            let value = line.rsplit('\t').next().unwrap();
            assert_eq!(code.goldstein().value().to_string(), value, "{code}: no digit is lost");
        }
    }

    #[test]
    fn codes_read_print_and_fall_back() {
        let code = |text: &str| text.parse::<Cameo>().unwrap();
        assert_eq!(code("0874").to_string(), "0874");
        assert_eq!((code("0874").root(), code("0874").goldstein().value()), (8, 10.0));
        assert_eq!(code("057").name(), "Sign formal agreement");
        assert_eq!(code("0579").goldstein(), code("057").goldstein(), "no such code: the one above");
        assert_eq!(code("0590").goldstein(), code("05").goldstein());
        assert!(code("057").is_listed() && code("05").is_listed() && !code("0579").is_listed());
        for wrong in ["", "4", "00", "21", "04000", "04a", "٠٤", "-4"] {
            assert!(wrong.parse::<Cameo>().is_err(), "{wrong:?}");
        }
        assert_eq!(Cameo::named("fight with artillery and tanks"), Some(code("194")));
        assert_eq!(Cameo::named("Threaten"), Some(code("130")), "not the root of that name");
        assert_eq!(Cameo::named("relation"), None);
        assert_eq!(Cameo::of_plover("CONSULT"), Some(code("04")));
    }

    #[test]
    fn classes_and_tone_follow_the_root() {
        for root in 1..=20u8 {
            let code = Cameo::of_root(root).unwrap();
            assert_eq!(code.tone() == Tone::Cooperative, (3..=8).contains(&root));
            assert_eq!(code.tone() == Tone::Conflictual, (10..=20).contains(&root));
            let conflict = matches!(code.class(), Class::VerbalConflict | Class::MaterialConflict);
            assert_eq!(conflict, root >= 9);
        }
    }
}
