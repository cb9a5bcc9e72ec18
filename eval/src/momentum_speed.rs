//! Times the series room on made records: one verdict over a busy dyad, and every dyad of a record of five million events.

use std::error::Error;
use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use demarche_engine::series::{
    By, Cameo, Details, Direction, Dyad, Name, Observation, Question, Sides, State, momentum, movers, series,
};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};

use crate::chance::Chance;

const ON: Date = date(2015, 12, 31);
/// Events of the busy dyad's question: all within window and baseline, told by outlets, raising issues.
const BUSY: usize = 100_000;
/// Events of the whole record, over eleven years, among as many states as there are.
const RECORD: usize = 5_000_000;
const STATES: usize = 200;

/// Times them all and prints the shortest of several runs: what else the machine does can only add.
pub(crate) fn run() -> Result<String, Box<dyn Error>> {
    let mut out = String::new();
    let states = states()?;
    let question = Question::on(ON);
    let dyad = Dyad::new(states[0], states[1]).ok_or("two states of one code")?;
    let sides = Sides::from(dyad);

    let busy = record(&states[..2], BUSY, 455, true);
    // Ten at a time: the system counts time on the processor in steps of up to four milliseconds.
    let verdict = shortest(7, || {
        (0..10).map(|_| momentum(&busy, &sides, &question)).filter(|v| black_box(v).is_ok()).count()
    }) / 10;
    writeln!(out, "one verdict, {BUSY} events of the dyad, 200 outlets, 20 issues: {verdict:.1?}")?;
    let history =
        shortest(5, || series(&busy, &sides, &question, date(2014, 1, 1), By::Day).map(|s| s.points.len()));
    writeln!(out, "its series by day: {history:.1?}")?;

    let all = record(&states, RECORD, 11 * 365, false);
    writeln!(
        out,
        "{RECORD} observations take {} MB and their ids",
        size_of::<Observation>() * RECORD / 1_000_000
    )?;
    let scan = shortest(5, || momentum(&all, &sides, &question).map(|v| v.coverage.recent.events));
    writeln!(out, "one verdict, picked out of {RECORD} events: {scan:.1?}")?;
    let years = shortest(3, || movers(&all, &question).map(|m| m.dyads));
    writeln!(out, "movers, {RECORD} events of 11 years: {years:.2?}")?;
    let near = record(&states, RECORD, 455, false);
    let crowded = shortest(3, || movers(&near, &question).map(|m| m.dyads));
    writeln!(out, "movers, {RECORD} events that all fall into window and baseline: {crowded:.2?}")?;
    writeln!(
        out,
        "\nfigures: verdict_ms={:.2} scan_ms={:.1} movers_s={:.2} movers_crowded_s={:.2}",
        verdict.as_secs_f64() * 1e3,
        scan.as_secs_f64() * 1e3,
        years.as_secs_f64(),
        crowded.as_secs_f64()
    )?;
    Ok(out)
}

/// As many codes of states as needed: AAA, AAB …
fn states() -> Result<Vec<State>, Box<dyn Error>> {
    let letter = |at: usize| char::from(b'A' + (at % 26) as u8);
    let code = |at: usize| format!("{}{}{}", letter(at / 676), letter(at / 26), letter(at));
    (0..STATES).map(|at| Ok(code(at).parse()?)).collect()
}

fn record(states: &[State], events: usize, days: usize, detailed: bool) -> Vec<Observation> {
    let mut chance = Chance::new(3);
    let outlets: Vec<Name> = (0..200).map(|at| format!("Outlet {at:03}").into()).collect();
    let issues: Vec<Name> = (0..20).map(|at| format!("issue-{at:02}").into()).collect();
    let codes: Vec<Cameo> =
        ["010", "036", "040", "042", "057", "061", "090", "111", "112", "130", "163", "190"]
            .iter()
            .filter_map(|code| code.parse().ok())
            .collect();
    (0..events)
        .filter_map(|id| {
            // Some states are in the news far more than others.
            let pick =
                |chance: &mut Chance| states[chance.below(states.len()).min(chance.below(states.len()))];
            let first = pick(&mut chance);
            let dyad =
                std::iter::repeat_with(|| Dyad::new(first, pick(&mut chance))).take(100).flatten().next()?;
            let day = ON.saturating_sub((chance.below(days) as i64).days());
            let code = codes[chance.below(codes.len())];
            let mut made = Observation::new(day, dyad, Direction::Mutual, code, &format!("{id:010x}-{id}"));
            made.details = detailed.then(|| {
                let mut outlets: Vec<Name> =
                    (0..1 + chance.below(3)).map(|_| outlets[chance.below(200)].clone()).collect();
                outlets.sort();
                outlets.dedup();
                let issues = vec![issues[chance.below(20)].clone()];
                Box::new(Details { texts: outlets.len(), outlets, issues, sectors: Default::default() })
            });
            Some(made)
        })
        .collect()
}

/// The shortest of several runs, in time on the processor where the system tells it: others may be at work beside us.
#[allow(clippy::disallowed_methods, reason = "timing is what a benchmark is for")]
fn shortest<T>(runs: usize, mut run: impl FnMut() -> T) -> Duration {
    let time = |_| {
        let (started, busy) = (Instant::now(), on_processor());
        black_box(run());
        match (busy, on_processor()) {
            (Some(before), Some(after)) => after.saturating_sub(before),
            _ => started.elapsed(),
        }
    };
    (0..runs).map(time).min().unwrap_or_default()
}

/// Time that this thread has spent on a processor: the first number of Linux' `schedstat`, in nanoseconds.
fn on_processor() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(told.split_whitespace().next()?.parse().ok()?))
}
