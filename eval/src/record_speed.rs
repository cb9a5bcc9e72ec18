//! Times the record on a made file of five million events in ICEWS' layout: the import, what the file weighs, and what is
//! asked of it.

use std::error::Error;
use std::fmt::Write as _;
use std::io::{self, Read};
use std::path::Path;
use std::time::{Duration, Instant};

use demarche_engine::actors::World;
use demarche_record::{From, Import, Layout, Record, Selection};

use crate::chance::Chance;

/// Names of persons and bodies that act for each state.
const ACTORS: usize = 120;
const PUBLISHERS: usize = 300;
const CITIES: usize = 4_000;
/// Rows of one day.
const A_DAY: usize = 1_250;

const EVENTS: [(&str, &str, &str); 8] = [
    ("Make statement", "010", "0.0"),
    ("Express intent to meet or negotiate", "036", "4.0"),
    ("Consult", "040", "1.0"),
    ("Make a visit", "042", "1.9"),
    ("Sign formal agreement", "057", "8.0"),
    ("Criticize or denounce", "111", "-2.0"),
    ("Threaten", "130", "-4.4"),
    ("Use conventional military force", "190", "-10.0"),
];

/// Makes the record in a folder that goes away afterwards, and prints what was measured.
pub(crate) fn run(rows: usize) -> Result<String, Box<dyn Error>> {
    let mut out = String::new();
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("speed.demarche");
    let world = World::shipped();
    let names: Vec<&str> = world.states.iter().filter(|s| s.current).map(|s| s.name.as_str()).collect();

    let started = Instant::now();
    io::copy(&mut Made::of(rows / 10, &names), &mut io::sink())?;
    let making = started.elapsed() * 10;
    let mut record = Record::create_or_open(&path)?;
    let started = Instant::now();
    let import = Import { layout: Some(Layout::Icews), ..Import::default() };
    let intake = record.import(Path::new("made"), Made::of(rows, &names), &import, &world, |_| ())?;
    let importing = started.elapsed().saturating_sub(making);
    let per_second = rows as f64 / importing.as_secs_f64();
    writeln!(
        out,
        "{} rows imported, {} kept: {per_second:.0} rows/s on one core, without making them",
        intake.rows, intake.kept
    )?;
    drop(record);
    // Whatever lay beside the file is in it once it is closed.
    let weight = std::fs::metadata(&path)?.len() as f64 / intake.kept as f64;
    writeln!(out, "{weight:.0} bytes an event, indexes and all")?;

    let record = Record::open(&path)?;
    let from = From::Dataset("icews".into());
    let mut figures = format!("rows_per_s={per_second:.0} bytes_per_event={weight:.0}");
    let code =
        |name: &str| world.states.iter().find(|s| s.name == name).map(|s| s.iso3.clone()).unwrap_or_default();
    for (what, a, b) in [("busiest", 0, 1), ("middling", 20, 30), ("quiet", 120, 150)] {
        let (a, b) = (code(names[a]), code(names[b]));
        let page = Selection { from: from.clone(), dyad: Some((a.clone(), b.clone())), ..Selection::of(100) };
        let listed = shortest(|| record.select(&page).map(|page| page.entries.len()))?;
        let all = record.observations_between(&from, &a, &b)?.len();
        let counted = shortest(|| record.observations_between(&from, &a, &b).map(|o| o.len()))?;
        writeln!(
            out,
            "{what} dyad {a}–{b}, {all} events: a page of 100 in {listed:.2?}, all that counts of it, by day, in {counted:.2?}"
        )?;
        write!(figures, " {what}_page_ms={:.2} {what}_days_ms={:.2}", ms(listed), ms(counted))?;
    }
    for words in ["minister 77", "\"police (france\"", "militar*"] {
        let search = Selection { from: from.clone(), words: Some(words.into()), ..Selection::of(50) };
        let mut found = 0;
        let took = shortest(|| record.select(&search).map(|page| found = page.entries.len()))?;
        writeln!(out, "full text “{words}”: {found} of the first page in {took:.2?}")?;
    }
    writeln!(out, "\nfigures: {figures}")?;
    Ok(out)
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// The shortest of several runs, all but the first of them warm: what else the machine does can only add.
fn shortest<T, E>(mut run: impl FnMut() -> Result<T, E>) -> Result<Duration, E> {
    let mut best = Duration::MAX;
    for _ in 0..7 {
        let started = Instant::now();
        run()?;
        best = best.min(started.elapsed());
    }
    Ok(best)
}

/// A file that is made as it is read.
pub(crate) struct Made<'n> {
    names: &'n [&'n str],
    chance: Chance,
    row: usize,
    rows: usize,
    line: String,
    at: usize,
}

impl<'n> Made<'n> {
    pub(crate) fn of(rows: usize, names: &'n [&'n str]) -> Self {
        Self { names, chance: Chance::new(7), row: 0, rows, line: String::new(), at: 0 }
    }

    /// Some states are in the news far more than others.
    fn state(&mut self) -> usize {
        let most = self.names.len();
        let share = self.chance.below(1_000_000) as f64 / 1e6;
        ((share.powi(3) * most as f64) as usize).min(most - 1)
    }

    /// Name, sectors and country.
    fn actor(&mut self, state: usize) -> (String, &'static str) {
        let country = self.names[state];
        match self.chance.below(ACTORS) {
            n if n < 40 => (country.to_owned(), "NA"),
            n if n < 50 => (format!("Police ({country})"), "Police,Government"),
            n if n < 60 => (format!("Military ({country})"), "Military,Government"),
            n => (format!("Minister {n} {country}"), "Executive,Foreign Ministry,Government"),
        }
    }

    fn next_line(&mut self) {
        self.line.clear();
        self.at = 0;
        let number = self.row;
        self.row += 1;
        let from = self.state();
        let to = if self.chance.happens(0.4) { from } else { self.state() };
        let (source, source_sectors) = self.actor(from);
        let (target, target_sectors) = self.actor(to);
        let (event, code, intensity) = EVENTS[self.chance.below(EVENTS.len())];
        let day = number / A_DAY;
        let (year, month, day) = (1995 + day / 336, 1 + day / 28 % 12, 1 + day % 28);
        let (city, publisher) = (self.chance.below(CITIES), self.chance.below(PUBLISHERS));
        let (from, to) = (self.names[from], self.names[to]);
        let lies_in = self.names[city % self.names.len()];
        // Writing into a string cannot fail.
        let _written = writeln!(
            self.line,
            "{}\t{year}-{month:02}-{day:02}\t{source}\t{source_sectors}\t{from}\t{event}\t{code}\t{intensity}\t{target}\t\
             {target_sectors}\t{to}\t{}\t{}\tPaper {publisher}\tCity {city}\tNA\tProvince {}\t{lies_in}\t{}.{}\t{}.{}",
            20_000_000 + number,
            40_000_000 + number / 2,
            1 + number % 6,
            city / 10,
            city % 80,
            city % 97,
            city % 170,
            city % 89
        );
    }
}

impl Read for Made<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut written = 0;
        while written < buffer.len() {
            if self.at == self.line.len() {
                if self.row == self.rows {
                    break;
                }
                self.next_line();
            }
            let rest = &self.line.as_bytes()[self.at..];
            let taken = rest.len().min(buffer.len() - written);
            buffer[written..written + taken].copy_from_slice(&rest[..taken]);
            written += taken;
            self.at += taken;
        }
        Ok(written)
    }
}
