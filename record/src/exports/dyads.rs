//! Turns what happened between two states, in the order of their days, into sums for each dyad, direction and period.

use std::collections::BTreeMap;

use demarche_engine::actors::World;
use demarche_engine::series::{Class, Direction, Dyad, Observation, State};
use demarche_engine::time::Period;
use jiff::civil::Date;

use crate::exports::cells::Value;
use crate::exports::delimited::Delimited;
use crate::exports::field::{Field, Sort};
use crate::exports::{Failure, Out};

/// The columns of sums.
pub(crate) const FIELDS: [Field; 16] = [
    Field::new(
        "date",
        Sort::Date,
        "First day of the period: the day, the Monday of the ISO week, the first of the month",
    ),
    Field::new("state_a", Sort::Text, "The state whose ISO 3166-1 alpha-3 code comes first in the alphabet"),
    Field::new("state_b", Sort::Text, "The other state"),
    Field::new("ccode1", Sort::Whole, "Correlates of War code of state_a; empty for territories"),
    Field::new("ccode2", Sort::Whole, "Correlates of War code of state_b"),
    Field::new("gwcode1", Sort::Whole, "Gleditsch and Ward code of state_a; empty for territories"),
    Field::new("gwcode2", Sort::Whole, "Gleditsch and Ward code of state_b"),
    Field::new(
        "direction",
        Sort::Text,
        "a→b: state_a acts towards state_b; b→a: the reverse; mutual: both act",
    ),
    Field::new("verbal_cooperation", Sort::Whole, "Events of CAMEO roots 03 to 05"),
    Field::new("material_cooperation", Sort::Whole, "Events of CAMEO roots 06 to 08"),
    Field::new("verbal_conflict", Sort::Whole, "Events of CAMEO roots 09 to 13"),
    Field::new("material_conflict", Sort::Whole, "Events of CAMEO roots 14 to 20"),
    Field::new("statements", Sort::Whole, "Statements and appeals, CAMEO roots 01 and 02"),
    Field::new("events", Sort::Whole, "The sum of the five"),
    Field::new("goldstein_sum", Sort::Number, "Sum of their values on Goldstein's scale"),
    Field::new("goldstein_mean", Sort::Number, "That sum by the number of events, to three places"),
];

/// The periods that sums are made over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Day,
    /// Monday to Sunday, ISO 8601.
    Week,
    Month,
}

impl Unit {
    /// The first day of the period that holds `day`.
    fn first(self, day: Date) -> Date {
        match self {
            Unit::Day => day,
            Unit::Week => Period::week(day).start,
            Unit::Month => day.first_of_month(),
        }
    }
}

/// The one dyad that was asked for: of the other dyads that its events join, nothing is known in full.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Only {
    pub(crate) dyad: Dyad,
    /// Only what this one does, or both do.
    pub(crate) by: Option<State>,
}

impl Only {
    fn takes(self, observation: &Observation) -> bool {
        let by = observation.by();
        observation.dyad == self.dyad && (self.by.is_none() || by.is_none() || by == self.by)
    }
}

/// What one row sums up.
#[derive(Debug, Default)]
struct Sum {
    /// Events of each class, statements last.
    classes: [u64; 5],
    /// On Goldstein's scale, in tenths: whole numbers add up alike in every order.
    tenths: i64,
}

/// Sums on their way to an output; only one period is in memory.
pub(crate) struct Sums<'o> {
    rows: Delimited<'o>,
    world: &'o World,
    unit: Unit,
    only: Option<Only>,
    first: Option<Date>,
    open: BTreeMap<(Dyad, &'static str), Sum>,
    pub(crate) written: u64,
}

impl<'o> Sums<'o> {
    /// Begins with the header.
    pub(crate) fn new(
        out: Out<'o>,
        world: &'o World,
        unit: Unit,
        only: Option<Only>,
    ) -> Result<Self, Failure> {
        let mut rows = Delimited::commas(out);
        rows.row(FIELDS.iter().map(|field| field.name))?;
        Ok(Self { rows, world, unit, only, first: None, open: BTreeMap::new(), written: 0 })
    }

    /// Counts what happened, which must not lie before the period of what happened before.
    pub(crate) fn add(&mut self, happened: &Observation) -> Result<(), Failure> {
        let first = Some(self.unit.first(happened.date));
        if self.first != first {
            self.close()?;
            self.first = first;
        }
        if self.only.is_some_and(|only| !only.takes(happened)) {
            return Ok(());
        }
        let sum = self.open.entry((happened.dyad, arrow(happened.direction))).or_default();
        sum.classes[place(happened.code.class())] += 1;
        sum.tenths += happened.goldstein.tenths();
        Ok(())
    }

    /// Writes the last period.
    pub(crate) fn finish(&mut self) -> Result<(), Failure> {
        self.close()?;
        Ok(self.rows.finish()?)
    }

    fn close(&mut self) -> Result<(), Failure> {
        let Some(first) = self.first else { return Ok(()) };
        for ((dyad, direction), sum) in std::mem::take(&mut self.open) {
            let events: u64 = sum.classes.iter().sum();
            let states = [dyad.first, dyad.second].map(|state| self.world.state(state.as_str()));
            let code = |code: Option<u16>| code.map_or(Value::Nothing, |code| Value::Whole(code.into()));
            let [a, b] = states;
            let mut row = vec![
                Value::Date(first),
                Value::text(dyad.first.as_str()),
                Value::text(dyad.second.as_str()),
                code(a.and_then(|a| a.cow)),
                code(b.and_then(|b| b.cow)),
                code(a.and_then(|a| a.gw)),
                code(b.and_then(|b| b.gw)),
                Value::text(direction),
            ];
            row.extend(sum.classes.iter().chain([&events]).map(|&n| Value::Whole(n as i64)));
            row.push(Value::Number(sum.tenths as f64 / 10.0));
            // Adding nothing makes -0 a 0.
            row.push(Value::Number((sum.tenths as f64 * 100.0 / events as f64).round() / 1000.0 + 0.0));
            row.iter().try_for_each(|value| self.rows.value(value))?;
            self.rows.end_row()?;
            self.written += 1;
        }
        Ok(())
    }
}

fn arrow(direction: Direction) -> &'static str {
    match direction {
        Direction::FirstToSecond => "a→b",
        Direction::SecondToFirst => "b→a",
        Direction::Mutual => "mutual",
    }
}

fn place(class: Class) -> usize {
    match class {
        Class::VerbalCooperation => 0,
        Class::MaterialCooperation => 1,
        Class::VerbalConflict => 2,
        Class::MaterialConflict => 3,
        Class::Statement => 4,
    }
}
