//! Holds the engine's arithmetic to `eval/momentum_check.py`, an independent one in Python, over random and imported events.

use std::path::Path;
use std::process::Command;

use demarche_engine::series::{
    Cameo, Details, Direction, Dyad, Observation, Question, Sides, State, momentum, movers,
};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use serde_json::{Value, json};

use crate::chance::Chance;
use crate::imported;

const ON: Date = date(2014, 6, 30);

/// Python with numpy, under the names that it has here; none where it is missing.
fn python() -> Option<&'static str> {
    ["python3", "python"].into_iter().find(|name| {
        Command::new(name).args(["-c", "import numpy"]).output().is_ok_and(|ran| ran.status.success())
    })
}

/// A record of chance: some events join three states, some are observed twice, weeks come in bursts.
fn record(seed: u64, events: usize) -> Vec<Observation> {
    let mut chance = Chance::new(seed);
    let states: Vec<State> = ["CHN", "IND", "JPN", "KOR", "USA"].map(|code| code.parse().unwrap()).to_vec();
    let codes =
        ["010", "013", "020", "036", "040", "046", "057", "07", "0874", "090", "112", "130", "163", "190"];
    let mut made = Vec::new();
    for id in 0..events {
        let burst = chance.below(40) as i64 * 19;
        let age = burst + chance.below(9) as i64;
        let day = ON.saturating_sub(age.days());
        let code: Cameo = codes[chance.below(codes.len())].parse().unwrap();
        let order = chance.order(states.len());
        let (a, b, c) = (states[order[0]], states[order[1]], states[order[2]]);
        let pairs = match chance.below(5) {
            0 => vec![(a, b), (a, c), (b, c)],
            1 => vec![(a, c), (b, c)],
            2 => vec![(a, b), (a, b)],
            _ => vec![(a, b)],
        };
        let outlets = [vec!["AP"], vec!["Dawn"], vec!["AP", "Dawn"], vec![]][chance.below(4)].clone();
        let details = Details {
            texts: outlets.len(),
            outlets: outlets.into_iter().map(Into::into).collect(),
            issues: vec![["border", "trade", "water"][chance.below(3)].into()],
            sectors: Default::default(),
        };
        for (a, b) in pairs {
            let dyad = Dyad::new(a, b).unwrap();
            let mut event = Observation::new(day, dyad, Direction::Mutual, code, &format!("e{id}"));
            event.details = Some(Box::new(details.clone()));
            made.push(event);
        }
    }
    made
}

/// One case of the script's input: observations, and what the engine says of these dyads on these days.
fn case(observations: &[Observation], dyads: &[Dyad], days: &[Date]) -> Value {
    let rows: Vec<Value> = observations
        .iter()
        .map(|o| {
            json!([
                o.date,
                o.dyad.first,
                o.dyad.second,
                o.code,
                o.goldstein.value(),
                &*o.event,
                o.outlets().iter().map(|name| &**name).collect::<Vec<_>>(),
                o.issues().iter().map(|name| &**name).collect::<Vec<_>>()
            ])
        })
        .collect();
    let mut verdicts = Vec::new();
    for day in days {
        for dyad in dyads {
            let mut question = Question::on(*day);
            question.window = if dyad.first.as_str() < "D" { 90 } else { 60 };
            question.record = Some((date(2000, 1, 1), date(2020, 1, 1)));
            verdicts.push(momentum(observations, &Sides::from(*dyad), &question).unwrap());
        }
    }
    let question = Question { record: Some((date(2000, 1, 1), date(2020, 1, 1))), ..Question::on(days[0]) };
    json!({ "observations": rows, "verdicts": verdicts, "movers": movers(observations, &question).unwrap() })
}

#[test]
#[allow(clippy::print_stderr, reason = "a skipped check has to say so")]
fn the_arithmetic_equals_an_independent_one() {
    let Some(python) = python() else {
        eprintln!("SKIPPED: eval/momentum_check.py needs python3 with numpy, and there is none here");
        return;
    };
    let dyad = |a: &str, b: &str| Dyad::new(a.parse().unwrap(), b.parse().unwrap()).unwrap();
    let pairs = [dyad("CHN", "JPN"), dyad("CHN", "USA"), dyad("JPN", "KOR"), dyad("IND", "USA")];
    let mut cases: Vec<Value> = [0, 3, 40, 150, 600, 3000]
        .into_iter()
        .enumerate()
        .map(|(seed, events)| case(&record(seed as u64, events), &pairs, &[ON, date(2014, 1, 5)]))
        .collect();
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/series/icews05-15_sample.tsv");
    match imported::read(&shared) {
        Ok(real) => {
            let days = [date(2008, 11, 2), date(2012, 9, 9), date(2012, 10, 11), date(2014, 12, 10)];
            let pairs = [pairs[0], pairs[2], dyad("KHM", "THA"), dyad("IRN", "IRQ"), dyad("FRA", "IRN")];
            cases.push(case(&real.observations, &pairs, &days));
        }
        Err(missing) => eprintln!("SKIPPED the check on imported events: {missing}"),
    }
    let agreed = check(python, &cases);
    assert!(agreed.0, "{}", agreed.1);
    eprintln!("{}", agreed.1);

    // The script has to notice a number that is off by little.
    let z = cases[5].pointer_mut("/verdicts/0/tone/change/z").unwrap();
    *z = json!(z.as_f64().unwrap() + 1e-8);
    assert!(!check(python, &cases[5..6]).0, "a wrong z is let through");
}

/// Runs the script; whether it agrees, and what it says.
fn check(python: &str, cases: &[Value]) -> (bool, String) {
    let file = std::env::temp_dir().join(format!("momentum-check-{}.json", std::process::id()));
    std::fs::write(&file, serde_json::to_vec(cases).unwrap()).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("momentum_check.py");
    let ran = Command::new(python).arg(script).arg(&file).output().unwrap();
    std::fs::remove_file(&file).unwrap();
    let said = [ran.stdout, ran.stderr].concat();
    (ran.status.success(), String::from_utf8_lossy(&said).into_owned())
}
