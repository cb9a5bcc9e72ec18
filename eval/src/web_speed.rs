//! Times the web face: the real program serves a made record of imported events on one core, and is asked for its pages.

use std::error::Error;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use demarche_engine::actors::World;
use demarche_record::{Import, Layout, Record};
use ureq::Agent;

use crate::record_speed::Made;

/// Requests of each sort of measurement.
const REQUESTS: usize = 400;

/// Makes the record in a folder that goes away afterwards, and prints what was measured.
pub(crate) fn run(rows: usize) -> Result<String, Box<dyn Error>> {
    let mut out = String::new();
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("speed.demarche");
    let world = World::shipped();
    let states: Vec<_> = world.states.iter().filter(|s| s.current).collect();
    let names: Vec<&str> = states.iter().map(|s| s.name.as_str()).collect();
    let mut record = Record::create_or_open(&path)?;
    let import = Import { layout: Some(Layout::Icews), ..Import::default() };
    let kept = record.import(Path::new("made"), Made::of(rows, &names), &import, &world, |_| ())?.kept;
    drop(record);

    let server = Server::start(&path)?;
    let pair = |a: usize, b: usize| {
        let (a, b) = (&states[a].iso3, &states[b].iso3);
        format!("/d/{}-{}?from=icews", a.min(b), a.max(b))
    };
    let busiest = pair(0, 1);
    let (first, _) = server.get(&busiest)?;
    // Another day each time: what counts is in memory by now, and no page is the same.
    let days: Vec<String> =
        (0..60).map(|n| format!("{busiest}&on={}-{:02}-{:02}", 1996, 1 + n / 28, 1 + n % 28)).collect();
    let mut warm =
        days.iter().map(|at| server.get(at).map(|(took, _)| took)).collect::<Result<Vec<_>, _>>()?;
    warm.sort();
    let (median, worst) = (warm[warm.len() / 2], warm[warm.len() - 1]);
    writeln!(out, "{kept} imported events, the program on one core, one who asks:")?;
    writeln!(out, "the page of the busiest pair, first byte: {first:.1?} when nothing is in memory,")?;
    writeln!(out, "  then {median:.1?} in the middle and {worst:.1?} at most over {} days", days.len())?;

    let mixed = |n: usize| -> String {
        let (a, b) = (n % 40, 41 + n % 60);
        match n % 8 {
            0 => format!("{}&without=CONSULT", pair(a, b)),
            1 => format!(
                "/d/{}-{}/events?from=icews",
                states[a].iso3.as_str().min(&states[b].iso3),
                states[a].iso3.as_str().max(&states[b].iso3)
            ),
            2 => format!("/search?q=minister+{}", 60 + n % 50),
            3 => format!("/s/{}", states[n % states.len()].iso3),
            4 => format!("/x/icews%3A{}", 20_000_000 + n),
            5 => "/sources".to_owned(),
            6 => "/".to_owned(),
            _ => pair(a + n / 8 % 7, b),
        }
    };
    let mut heaviest = 0;
    let mut failed = 0;
    let mut round = || -> Result<f64, Box<dyn Error>> {
        let started = Instant::now();
        for n in 0..REQUESTS {
            match server.get(&mixed(n)) {
                Ok((_, bytes)) => heaviest = heaviest.max(bytes),
                Err(fault) => {
                    failed += 1;
                    writeln!(out, "{}: {fault}", mixed(n))?;
                }
            }
        }
        Ok(REQUESTS as f64 / started.elapsed().as_secs_f64())
    };
    let new = round()?;
    let again = round()?;
    writeln!(
        out,
        "{REQUESTS} mixed pages: {new:.0} a second made, {again:.0} a second kept, {failed} errors"
    )?;
    writeln!(out, "the heaviest of them, packed: {} KB", heaviest / 1000)?;
    writeln!(
        out,
        "\nfigures: first_ms={:.1} warm_ms={:.1} warm_worst_ms={:.1} made_per_s={new:.0} kept_per_s={again:.0} errors={failed} \
         heaviest_kb={}",
        ms(first),
        ms(median),
        ms(worst),
        heaviest / 1000
    )?;
    Ok(out)
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// The running program, ended with this value.
struct Server {
    program: Child,
    at: String,
    agent: Agent,
}

impl Server {
    /// Starts `demarche serve`, which lies beside this program.
    fn start(record: &Path) -> Result<Self, Box<dyn Error>> {
        let program = std::env::current_exe()?.with_file_name("demarche");
        if !program.exists() {
            let words =
                format!("there is no {}: build it with `cargo build --release` first", program.display());
            return Err(words.into());
        }
        // One core, where the system can hold a program to it.
        let on_one_core = Command::new("taskset").arg("--version").output().is_ok();
        let mut command = if on_one_core { Command::new("taskset") } else { Command::new(&program) };
        if on_one_core {
            command.args(["-c", "0"]).arg(&program);
        }
        command.args(["serve", "--port", "0", "--open", "no", "--record"]).arg(record);
        let mut program = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
        let mut said = String::new();
        BufReader::new(program.stderr.take().ok_or("no words from the program")?).read_line(&mut said)?;
        let at = said.split("http://").nth(1).and_then(|rest| rest.split('/').next());
        let at = at.ok_or_else(|| format!("the program did not say where it listens, but: {said}"))?;
        let agent = Agent::config_builder().timeout_global(Some(Duration::from_secs(30))).build().into();
        Ok(Self { program, at: format!("http://{at}"), agent })
    }

    /// How long the first byte of a page takes, and how many bytes it has as sent.
    fn get(&self, address: &str) -> Result<(Duration, usize), Box<dyn Error>> {
        let started = Instant::now();
        let answer =
            self.agent.get(format!("{}{address}", self.at)).header("accept-encoding", "gzip").call()?;
        let took = started.elapsed();
        let mut bytes = Vec::new();
        answer.into_body().into_reader().read_to_end(&mut bytes)?;
        Ok((took, bytes.len()))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        self.program.kill().ok();
        self.program.wait().ok();
    }
}
