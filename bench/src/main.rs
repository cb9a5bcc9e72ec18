//! A folder of saved pages with gold text to the speed of each reader over it, and how well it reads; or the word `bounds`
//! to the memory that huge inputs take.
//!
//! The readers take turns over the same page in the same process, in an order that turns round with every page, so that a
//! busy machine slows all of them alike. Time is the processor time of the thread, not the clock's.

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use bench::{READERS, bounds};
use eval::figures::Fault;
use eval::pages::{Saved, body_f1, saved};
use rustix::time::{ClockId, clock_gettime};

/// Times that each page is read by each reader.
const ROUNDS: usize = 5;

fn main() -> ExitCode {
    let outcome = match std::env::args_os().nth(1) {
        None => Err(Fault::new(
            "give the folder that holds pages.jsonl and the saved pages (… -- ../shared/pages), or the word `bounds`",
        )),
        Some(word) if word == "bounds" => {
            // With a number it is the child of one without.
            let number = std::env::args().nth(2).and_then(|n| n.parse().ok());
            number.map_or_else(bounds::check, bounds::check_one).map_err(|e| Fault::new(e.to_string()))
        }
        Some(folder) => race(Path::new(&folder)).map(|()| true),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(fault) => {
            eprintln!("bench: {fault}");
            ExitCode::FAILURE
        }
    }
}

fn race(folder: &Path) -> Result<(), Fault> {
    let pages = saved(folder)?;
    let mut spent = [Duration::ZERO; READERS.len()];
    let mut bodies: [Vec<String>; READERS.len()] = Default::default();
    for round in 0..=ROUNDS {
        for (number, page) in pages.iter().enumerate() {
            for turn in 0..READERS.len() {
                let reader = (turn + number + round) % READERS.len();
                let (time, body) = timed(reader, page);
                // The first round only warms the caches; what was read there is scored.
                if round == 0 {
                    bodies[reader].push(body);
                } else {
                    spent[reader] += time;
                }
            }
        }
    }
    let speed = |reader: usize| (ROUNDS * pages.len()) as f64 / spent[reader].as_secs_f64().max(1e-9);
    println!("{} pages, each read {ROUNDS} times\n", pages.len());
    println!("{:26}{:>18}{:>16}{:>10}", "reader", "pages per CPU-s", "ours to theirs", "body F1");
    for (reader, (name, _)) in READERS.iter().enumerate() {
        let (ratio, f1) = (speed(0) / speed(reader), body_f1(&pages, &bodies[reader]));
        println!("{name:26}{:>18.1}{ratio:>15.2}×{f1:>10.4}", speed(reader));
    }
    Ok(())
}

/// Processor time of one reading, and the body for the scorer.
fn timed(reader: usize, page: &Saved) -> (Duration, String) {
    let start = now();
    let body = (READERS[reader].1)(&page.bytes, page.url.as_deref());
    (now().saturating_sub(start), body.text())
}

/// Processor time of this thread.
fn now() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or(0))
}
