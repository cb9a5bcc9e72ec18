//! Momentum, movers and series as people ask for them: over pages that were read, and over events that a dataset coded.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::fs;
use std::path::Path;
use std::process::Stdio;

use jiff::ToSpan as _;
use jiff::civil::date;
use support::{Ran, demarche, program};

/// Makes `r.demarche` of invented events in the layout of ICEWS: Iceland and Norway get on well through 2019 and fall out in
/// 2020, Norway and Sweden stay as they are.
fn imported(root: &Path) {
    let mut rows = "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\tTarget \
                    Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\tProvince\t\
                    Country\tLatitude\tLongitude\n"
        .to_owned();
    let mut add = |day: i64, from: &str, to: &str, text: &str, code: &str, value: &str| {
        let (id, when) = (rows.lines().count(), date(2019, 1, 1).saturating_add(day.days()));
        rows += &format!(
            "{id}\t{when}\tGovernment ({from})\tGovernment\t{from}\t{text}\t{code}\t{value}\tMinistry ({to})\tGovernment\t{to}\t\
             {id}\t1\tFish Wire\tOslo\t\t\tNorway\t59.9\t10.7\n"
        );
    };
    for day in (0..455).step_by(5) {
        add(day, "Norway", "Sweden", "Consult", "040", "1.0");
        add(day + 2, "Sweden", "Norway", "Criticize or denounce", "111", "-2.0");
        if day < 365 {
            add(day, "Iceland", "Norway", "Consult", "040", "1.0");
            // The same from the other end: one happening.
            add(day, "Norway", "Iceland", "Make a visit", "042", "1.9");
        }
    }
    for day in (365..455).step_by(3) {
        add(day, "Norway", "Iceland", "Criticize or denounce", "111", "-2.0");
    }
    for day in [370, 390, 410] {
        add(day, "Iceland", "Norway", "Consult", "040", "1.0");
    }
    fs::write(root.join("fish.tab"), rows).unwrap();
    let Ran { code, err, .. } = demarche(root, &["import", "fish.tab", "--record", "r.demarche"]);
    assert_eq!(code, 0, "{err}");
}

/// A record in `root`, asked.
fn ask(root: &Path, args: &[&str]) -> Ran {
    demarche(root, &[args, &["--record", "r.demarche"]].concat())
}

fn data(ran: &Ran) -> serde_json::Value {
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    serde_json::from_str(&ran.out).unwrap()
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn momentum_of_what_a_dataset_coded() {
    let here = tempfile::tempdir().unwrap();
    let root = here.path();
    imported(root);
    let Ran { code, out, err } = ask(root, &["momentum", "ISL", "norway", "--from", "icews"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let words = on_one_line(&out);
    for part in [
        "Iceland – Norway, as of 28 March 2020, as icews codes it (the last day of icews",
        "Losing momentum",
        "Tone (cooperative, against conflictual): 3 of 33 now, 146 of 146 before; down, odds ×<0.01",
        "95 % interval, z -",
        "who printed the events of icews, and what they are about, is not counted",
        "Week by week events ·█",
        "Against (5) 28 March 2020 · Criticize or denounce (111) · NOR’s side · Fish Wire icews:",
        "Government (Norway) (NOR) → Ministry (Iceland) (ISL)",
        "over 30 days: losing momentum; engagement ×",
        "mean Goldstein value: -1.73 now (33), +1.45 before (146)",
    ] {
        assert!(words.contains(part), "{part:?} is in {words}");
    }
    let json = |args: &[&str]| {
        let all = [&["momentum", "ISL", "NOR", "--from", "icews", "--json"], args].concat();
        data(&ask(root, &all))
    };
    let whole = json(&[]);
    assert_eq!((&whole["verdict"]["label"], &whole["dataset"]), (&"losing".into(), &"icews".into()));
    let item = whole["verdict"]["against"][0]["event"].as_str().unwrap();
    assert_eq!(whole["entries"][item]["actor"][0]["name"], "Government (Norway)");
    let n = |data: &serde_json::Value, window: &str| data["verdict"]["tone"][window]["n"].as_u64().unwrap();
    assert_eq!((n(&whole, "recent"), n(&whole, "baseline")), (33, 146));
    let Ran { out, .. } =
        ask(root, &["momentum", "ISL", "NOR", "--from", "icews", "--without", "04", "--directed"]);
    assert!(
        on_one_line(&out).contains("Counting only what ISL does to NOR or both do, without CAMEO 04"),
        "{out}"
    );
    let talks = json(&["--without", "consult"]);
    assert_eq!((n(&talks, "recent"), n(&talks, "baseline")), (30, 0));
    let deaf = json(&["--without", "04", "--without", "11"]);
    assert_eq!((n(&deaf, "recent"), n(&deaf, "baseline")), (0, 0));
    let then = json(&["--as-of", "2019-12-31", "--on", "2019-12-31"]);
    let on_that_day = json(&["--on", "2019-12-31"]);
    assert_eq!(then["verdict"]["tone"], on_that_day["verdict"]["tone"], "as if nothing had come after");
    let theirs = json(&["--directed"]);
    assert_eq!((n(&theirs, "recent"), n(&theirs, "baseline")), (3, 73));
    let short = json(&["--window", "30", "--baseline", "60", "--on", "2019-12-31"]);
    assert_eq!((n(&short, "recent"), n(&short, "baseline")), (12, 24));
    assert_eq!(short["verdict"]["question"]["baseline"], 60);
}

#[test]
fn what_cannot_be_asked_is_told_with_what_can() {
    let here = tempfile::tempdir().unwrap();
    let root = here.path();
    imported(root);
    let momentum = |args: &[&str]| ask(root, &[&["momentum"], args].concat());
    for (wrong, says) in [
        (&["ISL", "NOR", "--from", "all"][..], "name one: own, or a dataset"),
        (&["ISL", "is", "--from", "icews"], "two different states"),
        (&["EU", "Germany", "--from", "icews"], "DEU stands on both sides"),
        (&["ISL", "norwai", "--from", "icews"], "did you mean NOR (Norway)"),
        (&["ISL", "NOR", "--from", "icews", "--window", "0"], "it takes 1 to 36525 days"),
        (&["ISL", "NOR", "--from", "icews", "--baseline", "-5"], "a baseline of -5 days"),
        (
            &["ISL", "NOR", "--from", "icews", "--window", "2000000000", "--baseline", "2000000000"],
            "1 to 36525",
        ),
        (&["ISL", "NOR", "--from", "icews", "--on", "2018-12-31"], "reaches from 2019-01-01 to 2020-03-28"),
        (&["ISL", "NOR", "--from", "icews", "--on", "2031-01-01"], "reaches from 2019-01-01 to 2020-03-28"),
        (&["ISL", "NOR", "--from", "icews", "--outlet", "Fish Wire"], "counts for our own events only"),
        (&["ISL", "NOR", "--from", "icews", "--a-sector", "GOV"], "counts for our own events only"),
        (&["ISL", "NOR", "--a-sector", "FISH"], "a role of CAMEO"),
        (&["ISL", "NOR", "--without", "LUNCH"], "demarche codes"),
        (&["ISL", "NOR", "--on", "2020-01-01", "--issue", "tarifs"], "did you mean economy/tariffs"),
    ] {
        let Ran { code, out, err } = momentum(wrong);
        assert!(code == 2 && out.is_empty() && err.contains(says), "{wrong:?}: {err}");
    }
    let Ran { code, err, .. } = momentum(&["ISL", "NOR", "--from", "gdelt1"]);
    assert!(code == 1 && err.contains("no dataset “gdelt1”; it holds icews"), "{err}");
    let Ran { code, err, .. } = momentum(&["ISL", "NOR"]);
    assert!(code == 1 && err.contains("no dated article"), "nothing of our own: {err}");
    for (wrong, says) in [
        (&["--since", "2020-02-01", "--until", "2020-01-01"][..], "its first day comes before its last"),
        (
            &["--since", "2021-01-01", "--until", "2021-02-01"],
            "it reaches from 1 January 2019 to 28 March 2020",
        ),
        (&["--until", "2018-01-01"], "it reaches from 1 January 2019"),
        (&["--by", "year"], "day, week or month"),
        (&["--format", "parquet"], "name a file with --out"),
        (&["--format", "table", "--out", "x.txt"], "for the screen"),
    ] {
        let Ran { code, out, err } =
            ask(root, &[&["series", "ISL", "NOR", "--from", "icews"], wrong].concat());
        assert!(code == 2 && out.is_empty() && err.contains(says), "{wrong:?}: {err}");
    }
    let Ran { code, err, .. } =
        ask(root, &["series", "ISL", "NOR", "--from", "icews", "--out", "r.demarche"]);
    assert!(code == 1 && err.contains("this is the record itself"), "{err}");
}

#[test]
fn a_series_comes_in_every_format() {
    let here = tempfile::tempdir().unwrap();
    let root = here.path();
    imported(root);
    let series = |args: &[&str]| ask(root, &[&["series", "NOR", "ISL", "--from", "icews"], args].concat());
    let Ran { code, out, err } = series(&["--by", "month"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let lines: Vec<&str> = out.lines().collect();
    assert!(lines[0].starts_with("from,to,side_a,side_b,verbal_cooperation,"), "a pipe gets CSV: {out}");
    assert_eq!(lines.len(), 1 + 15);
    assert!(lines[1].starts_with("2019-01-01,2019-01-31,NOR,ISL,14,0,0,0,0,14,1.45,14,14,"), "{}", lines[1]);
    assert!(lines[13].contains(",2020-01-01,") || out.contains("2019-12-30,"), "the turn is marked: {out}");
    let made = data(&series(&["--by", "week", "--format", "json"]));
    assert_eq!((&made["by"], &made["dataset"]), (&"week".into(), &"icews".into()));
    assert_eq!(made["tone_turns"].as_array().unwrap().len(), 1);
    let total: u64 = made["points"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| p["counts"]["verbal_conflict"].as_u64().unwrap())
        .sum();
    assert_eq!(total, 30);
    let Ran { out, .. } = series(&["--by", "month", "--format", "table", "--since", "2019-12-01"]);
    assert!(out.starts_with("Norway – Iceland, by month") && out.contains("▼ tone from"), "{out}");
    assert_eq!(out.lines().filter(|line| line.starts_with("20")).count(), 4);
    let Ran { code, out, err } = series(&["--by", "day", "--format", "svg"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(
        out.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\"") && out.trim_end().ends_with("</svg>")
    );
    for part in [
        "Norway – Iceland",
        "by day, 2019-01-01 to 2020-03-28, coded by icews",
        "prefers-color-scheme",
        "class=\"turn\"",
    ] {
        assert!(out.contains(part), "{part} is in the drawing");
    }
    assert!(!out.contains("<script") && !out.contains("NaN") && !out.contains("inf"));
    let ran = series(&["--format", "parquet", "--out", "x.parquet"]);
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "", ""));
    let bytes = fs::read(root.join("x.parquet")).unwrap();
    assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"));

    let mut child =
        program(root, &["series", "NOR", "ISL", "--from", "icews", "--by", "day", "--record", "r.demarche"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
    drop(child.stdout.take());
    let ran: Ran = child.wait_with_output().unwrap().into();
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "a closed pipe is no failure");
}

#[test]
fn movers_are_ranked() {
    let here = tempfile::tempdir().unwrap();
    let root = here.path();
    imported(root);
    let Ran { code, out, err } = ask(root, &["movers", "--from", "icews", "--limit", "1"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("ISL–NOR  Iceland – Norway: ▼ losing momentum"), "{out}");
    assert!(out.contains("tone        ×<0.01") && out.contains("q <0.001"), "{out}");
    assert!(out.contains("3 of 33, 146 of 146 before"), "{out}");
    assert!(on_one_line(&out).ends_with("and 1 more: --limit 2 lists them"), "{out}");
    let found = data(&ask(root, &["movers", "--from", "icews", "--json"]));
    assert_eq!(
        (&found["dyads"], &found["judged"], &found["dataset"]),
        (&2.into(), &2.into(), &"icews".into())
    );
    let alone = data(&ask(root, &["momentum", "ISL", "NOR", "--from", "icews", "--json"]));
    for axis in ["tone", "engagement"] {
        assert_eq!(found["ranked"][0][axis], alone["verdict"][axis], "as in the dyad's own verdict");
    }
    assert_eq!(found["ranked"][1]["label"], "no_clear_change");
    let Ran { code, err, .. } = ask(root, &["movers", "--from", "icews", "--on", "2010-01-01"]);
    assert!(code == 2 && err.contains("reaches from 2019-01-01"), "{err}");
}

/// The pages that ship with the program, read into a record.
#[test]
fn the_shipped_pages_answer_too() {
    let here = tempfile::tempdir().unwrap();
    let root = here.path();
    let cases = format!("{}/../cases/*/page.*", env!("CARGO_MANIFEST_DIR"));
    let Ran { code, err, .. } = ask(root, &["read", &cases]);
    assert_eq!(code, 0, "{err}");
    let first = data(&ask(root, &["events", "--kind", "contact", "--told", "current", "--json"]));
    assert!(!first["events"].as_array().unwrap().is_empty());
    let Ran { code, out, .. } = ask(root, &["momentum", "PAK", "USA"]);
    assert_eq!(code, 0);
    let words = on_one_line(&out);
    assert!(
        words.contains("insufficient evidence") && words.contains("How it holds up over 30 days"),
        "{words}"
    );
    let events = |args: &[&str]| {
        let all = [&["momentum", "PAK", "USA", "--json", "--on", "2024-03-31"], args].concat();
        data(&ask(root, &all))["verdict"]["coverage"]["recent"]["events"].as_u64().unwrap()
    };
    let whole = events(&[]);
    assert!(whole > 0);
    for command in [
        &["momentum", "PAK", "USA"][..],
        &["series", "PAK", "USA"],
        &["movers"],
        &["events"],
        &["export", "--format", "csv"],
    ] {
        let Ran { code, err, .. } =
            ask(root, &[command, &["--outlet", "An outlet that is not there"]].concat());
        assert!(
            code == 2 && err.contains("nothing from an outlet “An outlet that is not there”"),
            "{command:?}: {err}"
        );
    }
    assert!(events(&["--issue", "economy"]) <= whole && events(&["--a-sector", "gov"]) <= whole);
    let Ran { code, out, .. } = ask(root, &["momentum", "SAARC", "United States", "--on", "2024-03-31"]);
    assert!(code == 0 && out.starts_with("SAARC (8 members on that day) – United States, as of"), "{out}");
    let bloc = data(&ask(root, &["momentum", "SAARC", "USA", "--on", "2024-03-31", "--json"]));
    let of_bloc = bloc["verdict"]["coverage"]["recent"]["events"].as_u64().unwrap();
    assert!(of_bloc >= whole, "Pakistan is one of them");
    let Ran { code, out, .. } = ask(root, &["series", "PAK", "USA"]);
    assert!(code == 0 && out.starts_with("from,to,"), "{out}");
    let Ran { code, out, .. } = ask(root, &["movers", "--on", "2024-03-31"]);
    assert!(code == 0 && out.contains("0 can be judged"), "{out}");
}
