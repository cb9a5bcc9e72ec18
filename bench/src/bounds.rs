//! Huge inputs to the time and the most memory that reading each of them takes, against ten times its size.

use std::process::Command;
use std::time::Instant;
use std::{env, fs};

use demarche_engine::page::{Source, read};

use crate::made;

/// Kibibytes that any reading may take, however small its input: a page of 500 KB fits in them as well.
const GROUND: usize = 16 << 10;

/// Reads each input in a process of its own, prints what it took and says whether all stayed within ten times their size.
///
/// # Errors
/// Linux alone says, in `/proc/self`, how much memory a program held at most.
pub fn check() -> std::io::Result<bool> {
    println!("{:28}{:>10}{:>10}{:>12}{:>8}", "input", "KiB", "seconds", "most KiB", "× size");
    let mut all = true;
    for number in 0..INPUTS.len() {
        let child = Command::new(env::current_exe()?).args(["bounds", &number.to_string()]).status()?;
        all &= child.success();
    }
    Ok(all)
}

/// Reads one input.
///
/// # Errors
/// As `check`.
pub fn check_one(number: usize) -> std::io::Result<bool> {
    let (name, make) = INPUTS[number % INPUTS.len()];
    let bytes = make();
    let size = bytes.len() >> 10;
    // Sets the mark of the most memory back to what is held now.
    fs::write("/proc/self/clear_refs", "5")?;
    let before = held("VmRSS:")?;
    let start = Instant::now();
    let page = read(&bytes, &Source::default());
    let seconds = start.elapsed().as_secs_f64();
    let most = held("VmHWM:")?.saturating_sub(before);
    let within = most <= 10 * size + GROUND;
    let mark = if within { "" } else { "  TOO MUCH" };
    println!("{name:28}{size:>10}{seconds:>10.2}{most:>12}{:>8.1}{mark}", most as f64 / size as f64);
    for problem in page.problems.iter().take(2) {
        println!("    {}", problem.message);
    }
    Ok(within)
}

/// 50 million bytes.
const HUGE: usize = 50_000_000;

type Make = fn() -> Vec<u8>;

const INPUTS: [(&str, Make); 6] = [
    ("a page of 50 MB", || made::html(HUGE).into_bytes()),
    ("a page of 50 MB, all text", || made::long(HUGE).into_bytes()),
    ("100,000 nested elements", || made::nested(500_000).into_bytes()),
    ("lines of 50 MB", || made::flat(HUGE).into_bytes()),
    ("a feed of 50 MB", || made::feed(HUGE).into_bytes()),
    ("a web archive of 50 MB", || made::warc(HUGE).into_bytes()),
];

/// One figure of this program, in KiB.
fn held(key: &str) -> std::io::Result<usize> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|l| l.strip_prefix(key)).unwrap_or_default();
    Ok(line.trim().trim_end_matches(" kB").parse().unwrap_or(0))
}
