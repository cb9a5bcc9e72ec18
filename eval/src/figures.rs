//! Figures with names: what a scorer gives and floors are kept under.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

/// Names and values, in the order in which the scorer gives them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Figures(pub Vec<(String, f64)>);

impl Figures {
    /// Adds one.
    pub fn set(&mut self, name: &str, value: f64) {
        self.0.push((name.to_owned(), value));
    }

    /// Adds a share in 0..=1; of nothing it is 1, since nothing was missed.
    pub fn share(&mut self, name: &str, right: usize, of: usize) {
        self.set(name, if of == 0 { 1.0 } else { right as f64 / of as f64 });
    }

    /// The closing line that every scorer prints.
    pub fn print(&self) {
        println!("{self}");
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "figures:")?;
        self.0.iter().try_for_each(|(name, value)| write!(f, " {name}={value:.4}"))
    }
}

impl FromStr for Figures {
    type Err = Fault;

    /// Reads the closing line of a scorer's `output`.
    fn from_str(output: &str) -> Result<Self, Fault> {
        let last = output.lines().last().unwrap_or_default();
        let figure = |part: &str| {
            let (name, value) = part.split_once('=')?;
            Some((name.to_owned(), value.parse().ok()?))
        };
        let all =
            last.strip_prefix("figures:").and_then(|line| line.split_whitespace().map(figure).collect());
        all.map(Self).ok_or_else(|| Fault::new(format!("not a line of figures: {last:?}")))
    }
}

/// What went wrong at a door: what, where, and what to do.
#[derive(Debug)]
pub struct Fault(String);

impl Fault {
    /// A fault in words.
    pub fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }

    /// A file that cannot be read or written.
    pub fn file(path: &Path, error: &std::io::Error) -> Self {
        Self(format!("{}: {error}", path.display()))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The text of a file.
pub fn text(path: &Path) -> Result<String, Fault> {
    std::fs::read_to_string(path).map_err(|e| Fault::file(path, &e))
}

/// The rows of a file of JSON lines.
pub fn rows<T: serde::de::DeserializeOwned>(path: &Path) -> Result<Vec<T>, Fault> {
    let file = text(path)?;
    let lines = file.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| {
            serde_json::from_str(line)
                .map_err(|e| Fault::new(format!("{}:{}: {e}", path.display(), number + 1)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_line_reads_back() {
        let figures = Figures(vec![("f1".into(), 0.5), ("alarms_per_1000".into(), 2.0)]);
        let read: Figures = format!("a row that was missed\n{figures}\n").parse().unwrap();
        assert_eq!(read, figures);
        for output in ["", "f1=0.5", "figures: f1", "figures: f1=0.5\nand more"] {
            assert!(output.parse::<Figures>().is_err(), "{output:?}");
        }
    }
}
