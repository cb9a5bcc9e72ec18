//! The rules of the house, read off the repository: which room knows which, what every file says of itself, that the
//! documents name only what is there, that the tables are sorted.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// For each room of the engine, the rooms that it may `use crate::…`. One direction only; no room reaches back.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("time", &[]),
    ("page", &["text", "time"]),
    ("language", &["text", "time"]),
    ("actors", &["text", "time", "language"]),
    ("events", &["text", "time", "language", "actors"]),
    ("series", &["text", "time", "actors", "events"]),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every file below `folder` with this ending, sorted.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if path.is_dir() && name != "target" && name != ".git" && name != "node_modules" {
                folders.push(path);
            } else if name.ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

#[test]
fn no_room_of_the_engine_reaches_back() {
    let source = root().join("engine/src");
    let rooms: BTreeMap<&str, &[&str]> = MAY_KNOW.iter().copied().collect();
    let mut wrong = Vec::new();
    for file in files(&source, ".rs") {
        let relative = file.strip_prefix(&source).unwrap();
        let room = relative.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
        let room = room.trim_end_matches(".rs").to_owned();
        if room == "lib" {
            continue;
        }
        let Some(may) = rooms.get(room.as_str()) else {
            wrong.push(format!(
                "{}: no room is called {room}: add it to the table here and in ARCHITECTURE.md",
                file.display()
            ));
            continue;
        };
        for (number, line) in read(&file).lines().enumerate() {
            for used in line.split("crate::").skip(1) {
                let name: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if rooms.contains_key(name.as_str()) && name != room && !may.contains(&name.as_str()) {
                    wrong.push(format!("{}:{}: {room} may not know {name}", file.display(), number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn faces_do_not_know_each_other() {
    let mut wrong = Vec::new();
    for (face, other) in [("cli", "web"), ("web", "cli")] {
        for file in files(&root().join("app/src").join(face), ".rs") {
            if read(&file).contains(&format!("crate::{other}")) {
                wrong.push(format!("{}: {face} may not know {other}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_source_file_opens_by_saying_what_it_turns_into_what() {
    let silent: Vec<String> = files(&root(), ".rs")
        .into_iter()
        .filter(|f| !read(f).starts_with("//! "))
        .map(|f| f.display().to_string())
        .collect();
    assert!(silent.is_empty(), "no `//!` line at the top of\n{}", silent.join("\n"));
}

/// Documents that name paths.
const DOCUMENTS: &[&str] = &["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"];

#[test]
fn every_path_that_the_documents_name_exists() {
    let root = root();
    let mut gone = Vec::new();
    for document in DOCUMENTS {
        for path in named_paths(&read(&root.join(document))) {
            if !root.join(&path).exists() {
                gone.push(format!("{document} names {path}"));
            }
        }
    }
    assert!(gone.is_empty(), "{}", gone.join("\n"));
}

/// Words in code marks or links that look like paths of this repository: with a slash, without pattern marks.
fn named_paths(document: &str) -> Vec<String> {
    let tops =
        ["engine/", "record/", "app/", "eval/", "train/", "cases/", "docs/", "bench/", "fuzz/", ".ci/"];
    document
        .split(|c: char| c.is_whitespace() || "`()[]\"'".contains(c))
        .map(|word| word.trim_end_matches(['.', ',', ':', ';']).to_owned())
        .filter(|word| tops.iter().any(|top| word.starts_with(top)))
        .filter(|word| !word.contains(['<', '>', '*', '{', '…', '|', '$']))
        .collect()
}

#[test]
fn paths_are_found_in_prose() {
    assert_eq!(
        named_paths("See `engine/src/lib.rs`, [cases](cases/x), or `engine/data/frames/<TYPE>/` and and/or."),
        ["engine/src/lib.rs", "cases/x"]
    );
}

#[test]
fn the_world_tables_are_sorted_whole_and_without_doubles() {
    let mut wrong = Vec::new();
    for file in files(&root().join("engine/data/world"), ".tsv") {
        let text = read(&file);
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let mut lines = text.lines();
        let columns = lines.next().unwrap_or("").split('\t').count();
        let rows: Vec<&str> = lines.collect();
        for (number, pair) in rows.windows(2).enumerate() {
            let key = |row: &str| row.split('\t').map(str::to_owned).collect::<Vec<_>>();
            if key(pair[0]) >= key(pair[1]) {
                wrong.push(format!(
                    "{name}:{}: {:?} comes after the row before it or is the same",
                    number + 3,
                    pair[1]
                ));
            }
        }
        for (number, row) in rows.iter().enumerate() {
            if row.split('\t').count() != columns {
                wrong.push(format!(
                    "{name}:{}: {} cells, not {columns}",
                    number + 2,
                    row.split('\t').count()
                ));
            }
            if row.split('\t').any(|cell| cell != cell.trim()) {
                wrong.push(format!("{name}:{}: blanks around a cell", number + 2));
            }
        }
        if !text.ends_with('\n') || text.contains('\r') || text.contains("\n\n") {
            wrong.push(format!("{name}: lines end in one line feed, the last one too"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
