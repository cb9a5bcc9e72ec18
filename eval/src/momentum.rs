//! Validates the momentum verdict over imported events: known turns, weeks shuffled to placebos, a baseline thinned to a fifth.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use demarche_engine::series::{
    Axis, By, Change, Dyad, Finding, Label, Observation, QUANTILE_95, QUANTILE_99, Question, Sides, State,
    Verdict, momentum, series,
};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};

use crate::chance::Chance;
use crate::figures::Figures;
use crate::imported::{self, Imported};

/// A turn that history books agree on; the verdict is asked for 30 days later, whatever it says then.
struct KnownTurn {
    dyad: [&'static str; 2],
    date: Date,
    /// The axis that has to show it, and how.
    label: Label,
    what: &'static str,
}

const DAYS_AFTER: i32 = 30;
const TURNS: [KnownTurn; 5] = [
    KnownTurn {
        dyad: ["CHN", "JPN"],
        date: date(2010, 9, 8),
        label: Label::Losing,
        what: "a trawler's captain held at the Senkaku/Diaoyu islands",
    },
    KnownTurn {
        dyad: ["CHN", "JPN"],
        date: date(2012, 9, 11),
        label: Label::Losing,
        what: "Japan buys three of the islands",
    },
    KnownTurn {
        dyad: ["CHN", "JPN"],
        date: date(2014, 11, 10),
        label: Label::Gaining,
        what: "Xi and Abe meet at the APEC summit",
    },
    KnownTurn {
        dyad: ["JPN", "KOR"],
        date: date(2012, 8, 10),
        label: Label::Losing,
        what: "President Lee lands on Dokdo/Takeshima",
    },
    KnownTurn {
        dyad: ["KHM", "THA"],
        date: date(2008, 10, 3),
        label: Label::Losing,
        what: "troops exchange fire near Preah Vihear",
    },
];

/// Events between two states from which on a dyad takes part in placebo and volume.
const ENOUGH: usize = 60;
/// Shuffles per dyad.
const SHUFFLES: usize = 20;
/// Days between two questions put to one dyad: the recent windows do not overlap.
const EVERY: i32 = 91;
/// The share of the baseline that thinning keeps.
const KEPT: f64 = 0.2;

/// Prints the three tables; the figures sum them up.
pub(crate) fn run(path: &Path) -> Result<Figures, Box<dyn Error>> {
    let imported = imported::read(path)?;
    let mut out = String::new();
    head(&mut out, &imported)?;
    let observations = &imported.observations;
    let right = known_turns(&mut out, observations)?;
    let dyads = by_dyad(observations);
    let span = span(observations);
    let tests = Tests::run(&dyads, span);
    let placebo = tests.placebo(&mut out)?;
    let volume = tests.volume(&mut out)?;
    let turns = change_points(&mut out, &dyads, span)?;
    print!("{out}");
    let mut figures = Figures::default();
    figures.share("turns", right, TURNS.len());
    figures.set("placebo_tone", placebo[0]);
    figures.set("placebo_engagement", placebo[1]);
    figures.set("volume_tone", volume[0]);
    figures.set("volume_engagement", volume[1]);
    figures.set("shuffled_with_change_point", turns);
    Ok(figures)
}

fn head(out: &mut String, imported: &Imported) -> Result<(), std::fmt::Error> {
    let Imported { observations, intake } = imported;
    writeln!(
        out,
        "{} rows read as {}, {} refused: {} events between two states, those told from both ends on a day merged; the others \
         lie within one state, or no state is known at one end",
        intake.rows,
        intake.layout,
        intake.refused,
        observations.len(),
    )
}

/// How many of the known turns are seen.
fn known_turns(out: &mut String, observations: &[Observation]) -> Result<usize, Box<dyn Error>> {
    writeln!(out, "\nKnown turns, {DAYS_AFTER} days after\n")?;
    writeln!(out, "| dyad | turn | expected | verdict | tone | engagement | events |")?;
    writeln!(out, "|---|---|---|---|---|---|---|")?;
    let mut right = 0;
    for turn in &TURNS {
        let sides = Sides::new(turn.dyad[0].parse::<State>()?, turn.dyad[1].parse::<State>()?);
        let question = Question::on(turn.date.saturating_add(DAYS_AFTER.days()));
        let row = match momentum(observations, &sides, &question) {
            Ok(verdict) => {
                right += usize::from(verdict.label == turn.label);
                row(&verdict)
            }
            Err(asked) => format!("{asked} | | | "),
        };
        let expected = turn.label.as_str();
        writeln!(out, "| {sides} | {}: {} | {expected} | {row} |", turn.date, turn.what)?;
    }
    Ok(right)
}

fn row(verdict: &Verdict) -> String {
    let axis = |axis: &Axis| match axis.change {
        Some(c) => format!("×{:.2} ({:.2}–{:.2}), z {:+.2}", c.odds_ratio, c.low, c.high, c.z),
        None => "insufficient".to_owned(),
    };
    format!(
        "{} | {} | {} | {} against {}",
        verdict.label.as_str(),
        axis(&verdict.tone),
        axis(&verdict.engagement),
        verdict.coverage.recent.events,
        verdict.coverage.baseline.events
    )
}

/// The dyads with enough events, each with every event that joins either of its states.
fn by_dyad(observations: &[Observation]) -> Vec<(Dyad, Vec<Observation>)> {
    let mut counts: BTreeMap<Dyad, usize> = BTreeMap::new();
    for observation in observations {
        *counts.entry(observation.dyad).or_default() += 1;
    }
    counts.retain(|_, count| *count >= ENOUGH);
    let joins = |dyad: Dyad| {
        observations.iter().filter(|o| dyad.has(o.dyad.first) || dyad.has(o.dyad.second)).cloned().collect()
    };
    counts.into_keys().map(|dyad| (dyad, joins(dyad))).collect()
}

/// First and last day of the events.
fn span(observations: &[Observation]) -> (Date, Date) {
    let dates = || observations.iter().map(|o| o.date);
    (dates().min().unwrap_or(Date::ZERO), dates().max().unwrap_or(Date::ZERO))
}

/// The same events with their weeks in another order: what happened in a week stays together, and no trend is left.
fn shuffle(
    observations: &[Observation],
    (first, last): (Date, Date),
    chance: &mut Chance,
) -> Vec<Observation> {
    let day = |date: Date| (date.duration_since(first).as_hours() / 24) as usize;
    let weeks = (day(last) + 1) / 7;
    let order = chance.order(weeks);
    observations
        .iter()
        .filter_map(|observation| {
            let day = day(observation.date);
            let week = order.get(day / 7)?;
            let mut moved = observation.clone();
            moved.date = first.saturating_add(((week * 7 + day % 7) as i64).days());
            Some(moved)
        })
        .collect()
}

/// The same events with the baseline of a question thinned by chance: a change of media volume and of nothing else.
fn thin(observations: &[Observation], question: &Question, chance: &mut Chance) -> Vec<Observation> {
    let recent = question.on.saturating_sub((question.window - 1).days());
    observations.iter().filter(|o| o.date >= recent || chance.happens(KEPT)).cloned().collect()
}

/// One question before and after its baseline is thinned, on each measure; none where a measure cannot be had.
#[derive(Debug, Default, Clone, Copy)]
struct Pair {
    full: [Option<f64>; MEASURES.len()],
    thin: [Option<f64>; MEASURES.len()],
}

/// The two axes, and for comparison what is in use elsewhere: weekly sums of Goldstein values, weekly counts.
const MEASURES: [&str; 4] = ["tone", "engagement", "Goldstein sums", "raw counts"];

/// The z of every question put to every dyad.
struct Tests {
    real: Vec<Pair>,
    shuffled: Vec<Pair>,
}

impl Tests {
    fn run(dyads: &[(Dyad, Vec<Observation>)], span: (Date, Date)) -> Self {
        let mut tests = Self { real: Vec::new(), shuffled: Vec::new() };
        let mut chance = Chance::new(1);
        for (dyad, observations) in dyads {
            ask(*dyad, observations, span, &mut chance, &mut tests.real);
            for _ in 0..SHUFFLES {
                let shuffled = shuffle(observations, span, &mut chance);
                ask(*dyad, &shuffled, span, &mut chance, &mut tests.shuffled);
            }
        }
        tests
    }

    /// Prints the shares of placebos that are flagged; gives those at nominal 5 % of the two axes.
    fn placebo(&self, out: &mut String) -> Result<[f64; 2], std::fmt::Error> {
        writeln!(out, "\nPlacebo: weeks shuffled within a dyad\n")?;
        writeln!(out, "| axis | questions judged | flagged at 5 % | up | down | flagged at 1 % |")?;
        writeln!(out, "|---|---|---|---|---|---|")?;
        let mut shares = [0.0; 2];
        for (axis, share) in shares.iter_mut().enumerate() {
            let z: Vec<f64> = self.shuffled.iter().filter_map(|pair| pair.full[axis]).collect();
            let up = self::share(&z, |z| z > QUANTILE_95);
            let down = self::share(&z, |z| z < -QUANTILE_95);
            let strict = self::share(&z, |z| z.abs() > QUANTILE_99);
            *share = up + down;
            writeln!(
                out,
                "| {} | {} | {} | {} | {} | {} |",
                MEASURES[axis],
                z.len(),
                percent(*share),
                percent(up),
                percent(down),
                percent(strict)
            )?;
        }
        Ok(shares)
    }

    /// Prints the shares that are flagged before and after; gives the change on the two axes over shuffled weeks,
    /// each at the level that its verdict is given at.
    fn volume(&self, out: &mut String) -> Result<[f64; 2], std::fmt::Error> {
        writeln!(out, "\nVolume: the baseline thinned five-fold, questions judged both before and after\n")?;
        writeln!(out, "| measure | weeks | questions | at | flagged before | after | change in points |")?;
        writeln!(out, "|---|---|---|---|---|---|---|")?;
        let mut changes = [0.0; 2];
        for (weeks, pairs) in [("shuffled", &self.shuffled), ("real", &self.real)] {
            for (measure, name) in MEASURES.iter().enumerate() {
                let both: Vec<(f64, f64)> =
                    pairs.iter().filter_map(|p| Some((p.full[measure]?, p.thin[measure]?))).collect();
                // Engagement is flagged at its own, higher bar; the other one is shown beside it.
                let levels = [("5 %", QUANTILE_95), ("1 %", QUANTILE_99)];
                for (level, quantile) in levels.into_iter().take(if name == &"engagement" { 2 } else { 1 }) {
                    let before = share(&both, |(full, _)| full.abs() > quantile);
                    let after = share(&both, |(_, thin)| thin.abs() > quantile);
                    if weeks == "shuffled" && measure < 2 {
                        changes[measure] = after - before;
                    }
                    let (shown, points) = ((percent(before), percent(after)), (after - before) * 100.0);
                    let n = both.len();
                    writeln!(
                        out,
                        "| {name} | {weeks} | {n} | {level} | {} | {} | {points:+.1} |",
                        shown.0, shown.1
                    )?;
                }
            }
        }
        Ok(changes)
    }
}

/// Asks about one dyad at regular intervals.
fn ask(
    dyad: Dyad,
    observations: &[Observation],
    (first, last): (Date, Date),
    chance: &mut Chance,
    tests: &mut Vec<Pair>,
) {
    let sides = Sides::from(dyad);
    let mut question = Question::on(first);
    question.record = Some((first, last));
    question.on = first.saturating_add((question.window + question.baseline - 1).days());
    while question.on <= last {
        let thinned = thin(observations, &question, chance);
        tests.push(Pair {
            full: measures(observations, &sides, &question),
            thin: measures(&thinned, &sides, &question),
        });
        question.on = question.on.saturating_add(EVERY.days());
    }
}

fn measures(
    observations: &[Observation],
    sides: &Sides,
    question: &Question,
) -> [Option<f64>; MEASURES.len()] {
    let Ok(verdict) = momentum(observations, sides, question) else { return Default::default() };
    let z = |axis: &Axis| axis.change.map(|Change { z, .. }| z);
    let judged = verdict.tone.finding != Finding::InsufficientEvidence;
    // The peers are asked the same questions as tone.
    let [sums, counts] = if judged { peers(observations, sides, question) } else { [None; 2] };
    [z(&verdict.tone), z(&verdict.engagement), sums, counts]
}

/// Welch's t of the weekly sums of Goldstein values, and of the weekly numbers of events.
fn peers(observations: &[Observation], sides: &Sides, question: &Question) -> [Option<f64>; 2] {
    let weeks = |days: i32| vec![(0.0, 0.0); (days as usize).div_ceil(7)];
    let (mut recent, mut baseline) = (weeks(question.window), weeks(question.baseline));
    for o in observations {
        if !(sides.first.has(o.dyad.first) && sides.second.has(o.dyad.second)) {
            continue;
        }
        let age = (question.on.duration_since(o.date).as_hours() / 24) as i32;
        let week = match age {
            ..0 => continue,
            age if age < question.window => &mut recent[(age / 7) as usize],
            age if age < question.window + question.baseline => {
                &mut baseline[((age - question.window) / 7) as usize]
            }
            _ => continue,
        };
        week.0 += o.goldstein.value();
        week.1 += 1.0;
    }
    let welch = |of: fn(&(f64, f64)) -> f64| {
        let moments = |weeks: &[(f64, f64)]| {
            let n = weeks.len() as f64;
            let mean = weeks.iter().map(of).sum::<f64>() / n;
            let squares = weeks.iter().map(|w| (of(w) - mean).powi(2)).sum::<f64>();
            (mean, squares / (n - 1.0) / n)
        };
        let ((a, v), (b, w)) = (moments(&recent), moments(&baseline));
        Some((a - b) / (v + w).sqrt()).filter(|t| t.is_finite())
    };
    [welch(|w| w.0), welch(|w| w.1)]
}

/// Prints how many change points are found; gives the share of shuffled series with any.
fn change_points(
    out: &mut String,
    dyads: &[(Dyad, Vec<Observation>)],
    span: (Date, Date),
) -> Result<f64, Box<dyn Error>> {
    let mut chance = Chance::new(2);
    let mut rows = [("real", 0, 0, 0), ("shuffled", 0, 0, 0)];
    for (dyad, observations) in dyads {
        for (row, repeats) in rows.iter_mut().zip([1, SHUFFLES]) {
            for _ in 0..repeats {
                let shuffled = shuffle(observations, span, &mut chance);
                let events = if row.0 == "real" { observations } else { &shuffled };
                let found = series(events, &Sides::from(*dyad), &Question::on(span.1), span.0, By::Month)?;
                for turns in [found.tone_turns.len(), found.engagement_turns.len()] {
                    row.1 += 1;
                    row.2 += usize::from(turns > 0);
                    row.3 += turns;
                }
            }
        }
    }
    writeln!(out, "\nChange points (PELT over weeks), both axes\n")?;
    writeln!(out, "| weeks | series | with any | change points |\n|---|---|---|---|")?;
    for (weeks, series, with, all) in rows {
        writeln!(out, "| {weeks} | {series} | {} | {all} |", percent(with as f64 / series as f64))?;
    }
    Ok(rows[1].2 as f64 / rows[1].1 as f64)
}

fn share<T: Copy>(all: &[T], is: impl Fn(T) -> bool) -> f64 {
    all.iter().filter(|one| is(**one)).count() as f64 / all.len().max(1) as f64
}

fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}
