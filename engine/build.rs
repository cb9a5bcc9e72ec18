//! Lists every file of the knowledge folders so that adding a frame, a detail, an issue or a world table is adding one file,
//! and marks the version by all that a reading depends on.

#![allow(clippy::disallowed_methods, reason = "a build script works on files and the environment")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn main() {
    let engine = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    println!("cargo::rustc-env=ENGINE_MARK={:08x}", mark(&engine));
    let data = engine.join("data");
    let out = PathBuf::from(std::env::var("OUT_DIR").expect("cargo sets it"));
    for (constant, folder, ending) in [
        ("FRAMES", "frames", "toml"),
        ("DETAILS", "details", "toml"),
        ("ISSUES", "issues", "toml"),
        ("WORLD", "world", "tsv"),
    ] {
        let mut code = String::new();
        let root = data.join(folder);
        println!("cargo::rerun-if-changed={}", root.display());
        let mut files = Vec::new();
        walk(&root, ending, &mut files);
        files.sort();
        writeln!(code, "/// Every `data/{folder}/**.{ending}`: its path below that folder, and its text.")
            .expect("a string");
        writeln!(code, "pub(crate) const {constant}: &[(&str, &str)] = &[").expect("a string");
        for file in files {
            let name = file.strip_prefix(&root).expect("walked from the root").with_extension("");
            let name = name.to_str().expect("names of knowledge files are ASCII").replace('\\', "/");
            writeln!(code, "    ({name:?}, include_str!({:?})),", file.display().to_string())
                .expect("a string");
        }
        writeln!(code, "];").expect("a string");
        std::fs::write(out.join(folder).with_extension("rs"), code).expect("OUT_DIR is writable");
    }
}

/// A mark of the engine's code and data: any change makes another one.
fn mark(engine: &Path) -> u32 {
    let mut files = Vec::new();
    for (folder, endings) in [("src", &["rs"][..]), ("data", &["toml", "tsv", "bin"])] {
        println!("cargo::rerun-if-changed={}", engine.join(folder).display());
        endings.iter().for_each(|ending| walk(&engine.join(folder), ending, &mut files));
    }
    files.sort();
    // FNV-1a, whose bits are the same whatever compiler builds this.
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for file in files {
        let name = file.strip_prefix(engine).expect("walked from the root").display().to_string();
        let bytes = std::fs::read(&file).expect("it was listed");
        for byte in name.replace('\\', "/").bytes().chain(bytes) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    (hash >> 32) as u32 ^ hash as u32
}

/// Files below `folder` with this ending, at any depth.
fn walk(folder: &Path, ending: &str, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            println!("cargo::rerun-if-changed={}", path.display());
            walk(&path, ending, files);
        } else if path.extension().is_some_and(|e| e == ending) {
            files.push(path);
        }
    }
}
