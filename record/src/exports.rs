//! Exports: streams the events of a selection, or sums of them, into a file of a known format, and says what was left out.

mod cells;
mod columns;
mod delimited;
mod dyads;
mod failure;
mod field;
mod format;
mod frequency;
mod gdelt;
mod happenings;
mod icews;
mod jsonl;
mod package;
mod pairs;
mod reasons;
mod sheet;
mod steps;
mod table;
mod target;
mod today;
mod typed;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::Write;
use std::path::Path;

use demarche_engine::actors::World;
use demarche_engine::series::Dyad;

use crate::Record;
use crate::error::{Error, Result};
use crate::exports::dyads::{Only, Sums, Unit};
use crate::exports::failure::Failure;
use crate::exports::package::Beside;
use crate::exports::target::{NOTHING_LEFT, Target};
use crate::select::{Dataset, Entry, Selection};

pub(crate) use cells::clipped;

pub use cells::Value;
pub use field::{Column, Field, Sort, column};
pub use format::Format;
pub use frequency::Frequency;
pub use sheet::{Fill, Sheet, Whole};
pub use steps::Steps;

/// What to export.
#[derive(Debug, Clone)]
pub struct Export {
    /// Which events; its limit is how many are in memory at a time.
    pub selection: Selection,
    /// As what.
    pub format: Format,
}

/// What an export came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Exported {
    /// Events that the selection holds.
    pub events: u64,
    /// Rows that were written, headers aside.
    pub rows: u64,
    /// How many events are not in them, by the reason why: "without an exact day".
    pub left_out: BTreeMap<&'static str, u64>,
    /// Of the events, those that an override changed.
    pub overridden: u64,
    /// Where the events come from; none stands for what demarche read itself.
    pub sources: BTreeSet<Option<Dataset>>,
}

/// Where text and bytes go.
pub(crate) type Out<'o> = &'o mut (dyn Write + Send);

/// Writes events in one format, one after the other.
pub(crate) trait Writer {
    /// Writes an event.
    fn event(&mut self, entry: &Entry) -> std::result::Result<Written, Failure>;

    /// Writes what is still held back.
    fn finish(&mut self) -> std::result::Result<(), Failure>;
}

/// What became of an event.
pub(crate) enum Written {
    Rows(u64),
    /// It is not there, and why.
    LeftOut(&'static str),
}

impl Record {
    /// Writes an export to an output that is not ours, such as standard output. `tell` hears how many events have passed.
    pub fn export(
        &self,
        export: &Export,
        world: &World,
        mut out: impl Write + Send,
        mut tell: impl FnMut(u64),
    ) -> Result<Exported> {
        let done = self.write_export(export, world, &mut out, &mut tell);
        let done = done.and_then(|exported| Ok(out.flush().map(|()| exported)?));
        done.map_err(|failure| {
            failure.at(Path::new("the output"), "check where it leads, or write to a file with --out")
        })
    }

    /// Writes an export to a file, which is there when it is whole, and if `package` is set, a Frictionless
    /// `datapackage.json` beside it.
    pub fn export_to(
        &self,
        export: &Export,
        world: &World,
        path: &Path,
        package: bool,
        mut tell: impl FnMut(u64),
    ) -> Result<Exported> {
        let mut target = self.target(path)?;
        let place = target.place().to_owned();
        let mut beside = if package { Some(Beside::of(&place)?) } else { None };
        let mut out = target.writer();
        let done = self.write_export(export, world, &mut out, &mut tell);
        let done = done.and_then(|exported| Ok((exported, out.seal()?)));
        let (exported, sealed) = done.map_err(|failure| failure.at(path, NOTHING_LEFT))?;
        if let Some(beside) = &mut beside {
            let engines: Vec<String> = self.codings()?.into_iter().map(|coded| coded.engine).collect();
            beside.add(&place, export.format, &exported, sealed, &engines.join(", "))?;
        }
        target.put()?;
        beside.map_or(Ok(()), Beside::put)?;
        Ok(exported)
    }

    /// Writes a file that is there when it is whole.
    pub fn put(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        let mut target = self.target(path)?;
        let mut out = target.writer();
        let written = out.write_all(bytes).and_then(|()| out.seal());
        written.map_err(|e| Error::output(path, NOTHING_LEFT, e))?;
        target.put()
    }

    /// A file in the making at `path`, which must not be the record itself.
    fn target(&self, path: &Path) -> Result<Target> {
        let target = Target::at(path)?;
        if self.path.canonicalize().is_ok_and(|record| record == target.place()) {
            return Err(Error::new(path, "this is the record itself", "name another file"));
        }
        Ok(target)
    }

    fn write_export(
        &self,
        export: &Export,
        world: &World,
        out: Out<'_>,
        tell: &mut dyn FnMut(u64),
    ) -> std::result::Result<Exported, Failure> {
        // One moment of the record: what others write meanwhile is not in it.
        let _moment = self.db.unchecked_transaction().map_err(self.fail("export from it"))?;
        // A dataset that the record does not hold is refused before a byte is written.
        self.datasets_of(&export.selection.from)?;
        match export.format.unit() {
            Some(unit) => self.write_sums(&export.selection, unit, world, out, tell),
            None => self.write_events(export, world, out, tell),
        }
    }

    fn write_events(
        &self,
        export: &Export,
        world: &World,
        out: Out<'_>,
        tell: &mut dyn FnMut(u64),
    ) -> std::result::Result<Exported, Failure> {
        let mut selection = export.selection.clone();
        let mut writer = self.writer(export, world, out)?;
        let mut exported = Exported::default();
        loop {
            let page = self.select(&selection)?;
            for entry in page.entries {
                exported.saw(entry.dataset.as_ref(), !entry.overridden.is_empty());
                let entry = entry.clipped();
                match writer.event(&entry)? {
                    Written::Rows(rows) => exported.rows += rows,
                    Written::LeftOut(reason) => exported.left_out(reason, 1),
                }
            }
            tell(exported.events);
            match page.next {
                Some(key) => selection.after = Some(key),
                None => break,
            }
        }
        writer.finish()?;
        Ok(exported)
    }

    fn write_sums(
        &self,
        selection: &Selection,
        unit: Unit,
        world: &World,
        out: Out<'_>,
        tell: &mut dyn FnMut(u64),
    ) -> std::result::Result<Exported, Failure> {
        let only = selection.dyad.as_ref().and_then(|(a, b)| {
            let a = a.parse().ok()?;
            Some(Only { dyad: Dyad::new(a, b.parse().ok()?)?, by: selection.directed.then_some(a) })
        });
        let mut sums = Sums::new(out, world, unit, only)?;
        self.happenings(selection, &mut sums, tell)
    }

    fn writer<'o>(
        &'o self,
        export: &Export,
        world: &'o World,
        out: Out<'o>,
    ) -> std::result::Result<Box<dyn Writer + 'o>, Failure> {
        let any_telling = export.selection.told.is_some();
        Ok(match export.format {
            Format::Jsonl => Box::new(jsonl::JsonLines { out }),
            Format::Parquet => Box::new(typed::Typed::events(out)?),
            Format::Icews => Box::new(icews::Icews::new(out, world, any_telling)?),
            Format::Gdelt1 => Box::new(gdelt::Gdelt::new(out, self, world, any_telling)),
            // Sums never come here: see `write_sums`.
            Format::Csv | Format::DyadDay | Format::DyadWeek | Format::DyadMonth => {
                Box::new(table::Table::new(out)?)
            }
        })
    }
}

impl Exported {
    fn saw(&mut self, source: Option<&Dataset>, overridden: bool) {
        self.events += 1;
        self.overridden += u64::from(overridden);
        if !self.sources.iter().any(|known| known.as_ref() == source) {
            self.sources.insert(source.cloned());
        }
    }

    fn left_out(&mut self, reason: &'static str, events: u64) {
        if events > 0 {
            *self.left_out.entry(reason).or_default() += events;
        }
    }
}

/// `12 events as 14 rows; 1 of them overridden; left out: 3 without an exact day`.
impl fmt::Display for Exported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = |n: u64, noun: &str| format!("{n} {noun}{}", if n == 1 { "" } else { "s" });
        write!(f, "{} as {}", count(self.events, "event"), count(self.rows, "row"))?;
        if self.overridden > 0 {
            write!(f, "; {} of them overridden", self.overridden)?;
        }
        let reasons: Vec<String> = self.left_out.iter().map(|(reason, n)| format!("{n} {reason}")).collect();
        if reasons.is_empty() { Ok(()) } else { write!(f, "; left out: {}", reasons.join(", ")) }
    }
}
