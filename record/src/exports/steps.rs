//! Turns a series into a table, a row for each step: CSV, or Parquet with the same columns.

use std::path::Path;

use demarche_engine::series::{Band, Point, Series, Turn};

use crate::error::Result;
use crate::exports::cells::Value;
use crate::exports::field::{Column, Field, Sort, column};
use crate::exports::{delimited, typed};

/// The value that a step of a series has in a column.
type Of = for<'s> fn(&'s Series, &Point) -> Value<'s>;

/// All of them, in an order that stays: new ones come last.
const COLUMNS: [Column<Of>; 24] = [
    column("from", Sort::Date, "First day of the step, within the span asked for", |_, p| {
        Value::Date(p.from)
    }),
    column("to", Sort::Date, "Last day of the step, within the span asked for", |_, p| Value::Date(p.to)),
    column("side_a", Sort::Text, "The side that was named first: ISO 3166-1 alpha-3, or a bloc", |s, _| {
        Value::text(s.sides.first.name.as_str())
    }),
    column("side_b", Sort::Text, "The other side", |s, _| Value::text(s.sides.second.name.as_str())),
    column("verbal_cooperation", Sort::Whole, "Events of CAMEO roots 03 to 05", |_, p| {
        whole(p.counts.verbal_cooperation)
    }),
    column("material_cooperation", Sort::Whole, "Events of CAMEO roots 06 to 08", |_, p| {
        whole(p.counts.material_cooperation)
    }),
    column("verbal_conflict", Sort::Whole, "Events of CAMEO roots 09 to 13", |_, p| {
        whole(p.counts.verbal_conflict)
    }),
    column("material_conflict", Sort::Whole, "Events of CAMEO roots 14 to 20", |_, p| {
        whole(p.counts.material_conflict)
    }),
    column("statements", Sort::Whole, "Statements and appeals, CAMEO roots 01 and 02", |_, p| {
        whole(p.counts.statement)
    }),
    column("events", Sort::Whole, "The sum of the five", |_, p| whole(p.counts.all())),
    column(
        "goldstein_mean",
        Sort::Number,
        "Mean of their values on Goldstein's scale, to three places",
        |_, p| {
            // Adding nothing makes -0 a 0.
            p.goldstein.map_or(Value::Nothing, |mean| Value::Number((mean * 1000.0).round() / 1000.0 + 0.0))
        },
    ),
    column("tone_cooperative", Sort::Whole, "Cooperative events, CAMEO roots 03 to 08", |_, p| {
        p.tone.map_or(Value::Whole(0), |band| whole(band.c))
    }),
    column(
        "tone_events",
        Sort::Whole,
        "Cooperative and conflictual events, roots 03 to 08 and 10 to 20",
        |_, p| p.tone.map_or(Value::Whole(0), |band| whole(band.n)),
    ),
    column(
        "tone",
        Sort::Number,
        "(tone_cooperative + 0.5) / (tone_events + 1); empty without events",
        |_, p| rate(p.tone, |band| band.p),
    ),
    column("tone_low", Sort::Number, "Lower end of its 95 % band", |_, p| rate(p.tone, |band| band.low)),
    column("tone_high", Sort::Number, "Upper end", |_, p| rate(p.tone, |band| band.high)),
    column("engagement_cooperative", Sort::Whole, "Cooperative events between the two", |_, p| {
        p.engagement.map_or(Value::Whole(0), |band| whole(band.c))
    }),
    column("engagement_events", Sort::Whole, "All events of either side with any state", |_, p| {
        p.engagement.map_or(Value::Whole(0), |band| whole(band.n))
    }),
    column(
        "engagement",
        Sort::Number,
        "(engagement_cooperative + 0.5) / (engagement_events + 1); empty without events",
        |_, p| rate(p.engagement, |band| band.p),
    ),
    column("engagement_low", Sort::Number, "Lower end of its 95 % band", |_, p| {
        rate(p.engagement, |band| band.low)
    }),
    column("engagement_high", Sort::Number, "Upper end", |_, p| rate(p.engagement, |band| band.high)),
    column("silent_days", Sort::Whole, "Days on which nothing of either side was heard", |_, p| {
        whole(p.silent_days)
    }),
    column(
        "tone_turns",
        Sort::Text,
        "First days of the ISO weeks in it from which tone stood at another level",
        |s, p| weeks(&s.tone_turns, p),
    ),
    column("engagement_turns", Sort::Text, "The same of engagement", |s, p| weeks(&s.engagement_turns, p)),
];

/// How the steps of a series are written as a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Steps {
    /// A header, then a row for each step (RFC 4180).
    Csv,
    /// The same columns with their types.
    Parquet,
}

impl Steps {
    /// The whole table.
    pub fn table(self, series: &Series) -> Result<Vec<u8>> {
        let fields: Vec<Field> = COLUMNS.iter().map(|column| column.field).collect();
        let rows =
            series.points.iter().map(|point| COLUMNS.iter().map(move |column| (column.of)(series, point)));
        let table = match self {
            Steps::Csv => delimited::table(&fields, rows),
            Steps::Parquet => typed::table("series", fields, rows),
        };
        table.map_err(|failure| failure.at(Path::new("the table"), "ask for a shorter span"))
    }
}

fn whole(n: u64) -> Value<'static> {
    Value::Whole(n as i64)
}

fn rate(band: Option<Band>, of: fn(Band) -> f64) -> Value<'static> {
    band.map_or(Value::Nothing, |band| Value::Number(of(band)))
}

/// The weeks of change that begin within a step.
fn weeks(turns: &[Turn], point: &Point) -> Value<'static> {
    let within = turns.iter().filter(|turn| (point.from..=point.to).contains(&turn.week));
    let days: Vec<String> = within.map(|turn| turn.week.to_string()).collect();
    Value::text(days.join(";"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use demarche_engine::series::{By, Dyad, Observation, Question, Sides, series};
    use jiff::civil::date;

    use super::*;

    #[test]
    fn each_step_is_a_row_that_the_document_explains() {
        let dyad = Dyad::new("ISL".parse().unwrap(), "NOR".parse().unwrap()).unwrap();
        let event = |day, code: &str, id: &str| {
            let direction = demarche_engine::series::Direction::Mutual;
            Observation::new(day, dyad, direction, code.parse().unwrap(), id)
        };
        let all = [event(date(2020, 1, 6), "040", "#1"), event(date(2020, 1, 7), "112", "#2")];
        let question = Question::on(date(2020, 1, 19));
        let made = series(&all, &Sides::from(dyad), &question, date(2020, 1, 6), By::Week).unwrap();
        let text = String::from_utf8(Steps::Csv.table(&made).unwrap()).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 3);
        assert!(lines[1].starts_with("2020-01-06,2020-01-12,ISL,NOR,1,0,1,0,0,2,"), "{}", lines[1]);
        assert_eq!(lines[2], "2020-01-13,2020-01-19,ISL,NOR,0,0,0,0,0,0,,0,0,,,,0,0,,,,7,,");
        let parquet = Steps::Parquet.table(&made).unwrap();
        assert!(parquet.starts_with(b"PAR1") && parquet.ends_with(b"PAR1"));
        let document = include_str!("../../../docs/exports.md");
        for column in &COLUMNS {
            let Field { name, sort, says } = column.field;
            let row = format!("| `{name}` | {} | {says} |", sort.name());
            assert!(document.contains(&row), "docs/exports.md lacks a row for series: {row}");
        }
    }
}
