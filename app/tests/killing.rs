//! Reading into a record is killed at whatever moment, or finds no room: nothing that was kept is lost, no half article is
//! left, and read to the end the record is what it would have been.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::Instant;

use demarche_record::Record;
use support::{demarche, program};

/// How often reading is killed.
const KILLS: u64 = 50;
const PAGES: usize = 48;

const STATES: [(&str, &str); 6] = [
    ("Norway", "Oslo"),
    ("Poland", "Warsaw"),
    ("Kenya", "Nairobi"),
    ("Chile", "Santiago"),
    ("Vietnam", "Hanoi"),
    ("Morocco", "Rabat"),
];

/// Pages that tell of different visits in different words.
fn write_pages(folder: &Path) {
    for i in 0..PAGES {
        let (guest, _) = STATES[i % 6];
        let (host, seat) = STATES[(i + 1 + i / 6 % 5) % 6];
        let day = 1 + i % 28;
        let goods = ["wheat", "timber", "copper", "coffee", "rice", "salmon", "cement"][i % 7];
        let body = format!(
            "<!doctype html><html lang=\"en\"><head><title>{guest} and {host} discuss {goods}</title>\
             <meta property=\"article:published_time\" content=\"2023-03-{day:02}T09:00:00Z\">\
             <meta property=\"og:site_name\" content=\"Paper {paper}\"></head><body><article>\
             <h1>{guest} and {host} discuss {goods}</h1>\
             <p>The foreign minister of {guest} met the foreign minister of {host} in {seat} on Monday to discuss a dispute over \
             {goods} that has gone on for {i} months and that neither side wanted to carry into another winter.</p>\
             <p>{host} condemned what it called unfair duties on {goods}, and {guest} promised that number {i} of its list of \
             complaints would be settled by a commission of experts from both capitals before the summer.</p>\
             <p>The two sides signed an agreement on customs papers for {goods} and agreed to meet again in {n} weeks, a \
             spokesman of the foreign ministry of {guest} told reporters who had waited for him at gate {i}.</p>\
             </article></body></html>",
            paper = i % 5,
            n = i + 2,
        );
        fs::write(folder.join(format!("{i:02}.html")), body).unwrap();
    }
}

fn lines(record: &Path) -> Vec<String> {
    let mut out = Vec::new();
    Record::open(record).unwrap().dump(&mut out).unwrap();
    String::from_utf8(out).unwrap().lines().map(str::to_owned).collect()
}

/// What is kept of articles, apart from what settling makes of it.
fn kept(lines: &[String]) -> impl Iterator<Item = &String> {
    let tables = ["articles", "actors_seen", "reports"].map(|table| format!(r#""table":"{table}""#));
    lines.iter().filter(move |line| tables.iter().any(|table| line.contains(table)))
}

#[test]
fn a_reading_that_is_killed_fifty_times_ends_as_one_that_is_not() {
    let here = tempfile::tempdir().unwrap();
    let root = here.path();
    fs::create_dir(root.join("pages")).unwrap();
    write_pages(&root.join("pages"));
    let read = |record: &str| program(root, &["read", "pages", "--jobs", "1", "--record", record]);
    let started = Instant::now();
    assert!(read("whole.demarche").output().unwrap().status.success());
    let whole_time = started.elapsed();
    let whole = lines(&root.join("whole.demarche"));
    let known: HashSet<&String> = kept(&whole).collect();
    assert!(whole.iter().filter(|line| line.contains(r#""table":"events""#)).count() > PAGES);

    let path = root.join("killed.demarche");
    let (mut chance, mut most, mut restarts) = (0x2545_f491_4f6c_dd1d_u64, 0, 0);
    for kill in 0..KILLS {
        let mut child = read("killed.demarche").stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        std::thread::sleep(whole_time.mul_f64((chance >> 11) as f64 / (1_u64 << 53) as f64));
        child.kill().unwrap();
        child.wait().unwrap();
        // Killed before it made the file, or before the first page of it was written.
        if fs::metadata(&path).map_or(0, |about| about.len()) == 0 {
            continue;
        }
        let Ok(record) = Record::open(&path) else {
            // Only a file in which nothing was acknowledged yet may be no record.
            assert_eq!(most, 0, "kill {kill}");
            continue;
        };
        let checked = record.check().unwrap();
        assert_eq!(checked.faults, [], "kill {kill}");
        assert!(checked.articles >= most, "kill {kill}: {} articles, and {most} were kept", checked.articles);
        most = checked.articles;
        let now = lines(&path);
        assert!(kept(&now).all(|line| known.contains(line)), "kill {kill}: every article is whole");
        if most == PAGES && checked.unsettled == 0 {
            // All was read: begin again, so that there is something to kill.
            assert_eq!(now, whole, "kill {kill}");
            drop(record);
            for name in ["killed.demarche", "killed.demarche-wal", "killed.demarche-shm"] {
                fs::remove_file(root.join(name)).ok();
            }
            (most, restarts) = (0, restarts + 1);
        }
    }
    assert!(restarts < KILLS, "some were killed on the way");
    let last = demarche(root, &["read", "pages", "--jobs", "1", "--record", "killed.demarche"]);
    assert_eq!(last.code, 0, "{}", last.err);
    assert_eq!(lines(&path), whole, "byte for byte");
}

/// The file may not grow beyond some size, as on a full disk.
#[cfg(unix)]
#[test]
fn a_reading_that_finds_no_room_keeps_what_it_had() {
    let here = tempfile::tempdir().unwrap();
    let root = here.path();
    fs::create_dir(root.join("pages")).unwrap();
    write_pages(&root.join("pages"));
    let read = ["read", "pages", "--jobs", "1", "--record"];
    assert_eq!(demarche(root, &[&read[..], &["whole.demarche"]].concat()).code, 0);
    let whole = lines(&root.join("whole.demarche"));
    let known: HashSet<&String> = kept(&whole).collect();
    let mut shell = std::process::Command::new("sh");
    let cramped = "trap '' XFSZ; ulimit -f 1500; exec \"$0\" read pages --jobs 1 --record cramped.demarche";
    let refused =
        shell.current_dir(root).args(["-c", cramped, env!("CARGO_BIN_EXE_demarche")]).output().unwrap();
    let (code, told) = (refused.status.code(), String::from_utf8_lossy(&refused.stderr).into_owned());
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("was read but not kept") && told.contains("cramped.demarche"), "{told}");
    let path = root.join("cramped.demarche");
    let checked = Record::open(&path).unwrap().check().unwrap();
    assert_eq!(checked.faults, []);
    assert!((1..PAGES).contains(&checked.articles), "{} articles", checked.articles);
    assert!(kept(&lines(&path)).all(|line| known.contains(line)), "every article is whole");
    let again = demarche(root, &[&read[..], &["cramped.demarche"]].concat());
    assert_eq!(again.code, 0, "{}", again.err);
    assert_eq!(lines(&path), whole, "byte for byte");
}

/// Two processes that write to one record queue for it, and neither loses anything.
#[test]
fn two_writers_queue() {
    let here = tempfile::tempdir().unwrap();
    let root = here.path();
    fs::create_dir(root.join("pages")).unwrap();
    write_pages(&root.join("pages"));
    let read = |what: &str, record: &str| {
        let mut command = program(root, &["read", what, "--jobs", "1", "--record", record]);
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        command
    };
    assert!(read("pages", "one.demarche").output().unwrap().status.success());
    let writers =
        ["pages/[0-2]*.html", "pages/[2-4]*.html"].map(|some| read(some, "two.demarche").spawn().unwrap());
    for writer in writers {
        let done = writer.wait_with_output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
    assert_eq!(lines(&root.join("two.demarche")), lines(&root.join("one.demarche")));
}
