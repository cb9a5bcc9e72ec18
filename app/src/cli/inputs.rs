//! Turns paths, folders, patterns and `-` into inputs in a fixed order, and each input into bytes or the reason why not.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use demarche_engine::page::Format;
use walkdir::WalkDir;

use crate::fault::Fault;

/// No page of news is larger; a file that is would only fill the memory. Containers are read piece by piece instead.
const LIMIT: u64 = 64 * 1024 * 1024;

/// Endings of files that a folder is searched for. A file named on its own is read whatever its ending.
const PAGES: [&str; 13] = [
    ".htm",
    ".html",
    ".text",
    ".txt",
    ".xhtml",
    ".htm.gz",
    ".html.gz",
    ".xhtml.gz",
    ".rss",
    ".atom",
    ".xml",
    ".warc",
    ".warc.gz",
];

/// A file that holds many articles and may be larger than the memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Container {
    /// A web archive.
    Archive,
    /// JSON Lines.
    Lines,
}

/// Something to read, or the reason why there is nothing.
#[derive(Debug)]
pub(crate) struct Input {
    /// What to call it in messages and in the record.
    pub(crate) name: String,
    way: Way,
}

#[derive(Debug)]
enum Way {
    Stdin,
    File(PathBuf),
    Nothing(String),
}

/// All inputs, and how many files of folders were passed over because they are no pages by their ending.
#[derive(Debug, Default)]
pub(crate) struct Inputs {
    pub(crate) list: Vec<Input>,
    pub(crate) passed_over: usize,
    data: bool,
}

impl Inputs {
    /// In the order given; a folder's files by name. `data` says that data is wanted, not only pages.
    pub(crate) fn of(paths: &[PathBuf], data: bool) -> Self {
        let mut inputs = Inputs { data, ..Inputs::default() };
        for path in paths {
            if path.as_os_str() == "-" {
                inputs.list.push(Input { name: "standard input".into(), way: Way::Stdin });
            } else if path.is_dir() {
                inputs.add_folder(path);
            } else if fs::symlink_metadata(path).is_err() && has_pattern(path) {
                inputs.add_pattern(path);
            } else {
                inputs.add_file(path.clone());
            }
        }
        inputs
    }

    fn add_file(&mut self, path: PathBuf) {
        self.list.push(Input { name: path.display().to_string(), way: Way::File(path) });
    }

    fn add_nothing(&mut self, path: &Path, why: String) {
        self.list.push(Input { name: path.display().to_string(), way: Way::Nothing(why) });
    }

    fn add_folder(&mut self, folder: &Path) {
        let (before, passed_before) = (self.list.len(), self.passed_over);
        let walk = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
        for entry in
            walk.filter_entry(|e| e.depth() == 0 || !e.file_name().to_string_lossy().starts_with('.'))
        {
            match entry {
                Ok(entry) if entry.file_type().is_file() => {
                    if is_page(entry.path(), self.data) {
                        self.add_file(entry.into_path());
                    } else {
                        self.passed_over += 1;
                    }
                }
                Ok(_) => {}
                Err(e) => {
                    let path = e.path().unwrap_or(folder).to_owned();
                    let why = match e.io_error() {
                        Some(e) => why_not(e),
                        None => "it links back to a folder above it; remove that link".into(),
                    };
                    self.add_nothing(&path, why);
                }
            }
        }
        if self.list.len() == before {
            let others = match self.passed_over - passed_before {
                0 => "it is empty".to_owned(),
                n => format!(
                    "none of its {n} files ends as pages, feeds or web archives do (.html, .txt, .rss, .warc.gz …)"
                ),
            };
            self.add_nothing(
                folder,
                format!("no pages in this folder: {others}; name files to read them anyway"),
            );
        }
    }

    fn add_pattern(&mut self, pattern: &Path) {
        let before = self.list.len();
        match pattern.to_str().map(glob::glob) {
            Some(Ok(found)) => {
                for path in found {
                    match path {
                        Ok(path) if path.is_dir() => self.add_folder(&path),
                        Ok(path) => self.add_file(path),
                        Err(e) => self.add_nothing(e.path(), why_not(e.error())),
                    }
                }
            }
            Some(Err(e)) => return self.add_nothing(pattern, format!("this is not a pattern: {e}")),
            None => return self.add_nothing(pattern, "a pattern must be valid Unicode".into()),
        }
        if self.list.len() == before {
            self.add_nothing(pattern, "no file matches this pattern".into());
        }
    }
}

impl Input {
    /// The file, if it holds many articles by what is said of it or by its ending.
    pub(crate) fn container(&self, said: Option<Format>) -> Option<(Container, &Path)> {
        let Way::File(path) = &self.way else { return None };
        let container = match said.or_else(|| Format::named(&self.name)) {
            Some(Format::Warc) => Container::Archive,
            Some(Format::JsonLines) => Container::Lines,
            None if ends(path, &[".warc", ".warc.gz"]) => Container::Archive,
            _ => return None,
        };
        Some((container, path))
    }

    /// Opens the file of a container; says its size as well.
    pub(crate) fn open(&self, path: &Path) -> Result<(fs::File, u64), Fault> {
        let open = || Ok((fs::File::open(path).map_err(|e| why_not(&e))?, regular(path)?.len()));
        open().map_err(|why: String| Fault::new(format!("{}: {why}", self.name)))
    }

    /// Its bytes.
    pub(crate) fn load(&self) -> Result<Vec<u8>, Fault> {
        let bytes = match &self.way {
            Way::Nothing(why) => Err(why.clone()),
            Way::Stdin => read_limited(io::stdin().lock()),
            Way::File(path) => load_file(path),
        };
        bytes.map_err(|why| Fault::new(format!("{}: {why}", self.name)))
    }
}

/// A file's facts, if it is one.
fn regular(path: &Path) -> Result<fs::Metadata, String> {
    let about = fs::metadata(path).map_err(|e| match e.kind() {
        io::ErrorKind::NotFound if fs::symlink_metadata(path).is_ok() => {
            "this link leads nowhere; mend it or remove it".into()
        }
        _ => why_not(&e),
    })?;
    if !about.is_file() {
        return Err("this is no regular file; name a saved page, a folder, or - for standard input".into());
    }
    Ok(about)
}

fn load_file(path: &Path) -> Result<Vec<u8>, String> {
    let about = regular(path)?;
    // By size before reading, so that a huge file costs nothing.
    if about.len() > LIMIT {
        return Err(too_large(&format!("{} MB", about.len() / 1_000_000)));
    }
    read_limited(fs::File::open(path).map_err(|e| why_not(&e))?)
}

fn read_limited(from: impl io::Read) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    from.take(LIMIT + 1).read_to_end(&mut bytes).map_err(|e| why_not(&e))?;
    if bytes.len() as u64 > LIMIT {
        return Err(too_large("more"));
    }
    Ok(bytes)
}

fn too_large(size: &str) -> String {
    format!("{size} is too large: a page may have {} MiB; save each page as a file of its own", LIMIT >> 20)
}

fn why_not(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file; check the name".into(),
        io::ErrorKind::PermissionDenied => "you may not read this; change its permissions".into(),
        io::ErrorKind::NotADirectory => "part of this path is a file, not a folder; check the name".into(),
        _ => format!("cannot be read: {error}"),
    }
}

/// Whether a folder's file is to be read. Folders hold much data that is no article: it is read where data is asked for.
fn is_page(path: &Path, data: bool) -> bool {
    ends(path, &PAGES) || data && Format::named(&path.to_string_lossy()).is_some()
}

fn ends(path: &Path, endings: &[&str]) -> bool {
    let name = path.to_string_lossy().to_ascii_lowercase();
    endings.iter().any(|ending| name.ends_with(ending))
}

fn has_pattern(path: &Path) -> bool {
    path.to_string_lossy().contains(['*', '?', '['])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    fn names(inputs: &Inputs, folder: &Path) -> Vec<String> {
        let folder = format!("{}/", folder.display());
        inputs.list.iter().map(|i| i.name.replace(&folder, "")).collect()
    }

    #[test]
    fn folders_patterns_and_files_come_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("b/.hidden")).unwrap();
        for name in ["b/2.txt", "b/1.HTML", "b/picture.jpg", "b/.hidden/3.txt", "a.dat"] {
            fs::write(root.join(name), "x").unwrap();
        }
        let inputs =
            Inputs::of(&[root.join("b"), root.join("a.dat"), root.join("b/?.txt"), "-".into()], false);
        assert_eq!(names(&inputs, root), ["b/1.HTML", "b/2.txt", "a.dat", "b/2.txt", "standard input"]);
        assert_eq!(inputs.passed_over, 1);
        assert_eq!(inputs.list[2].load().unwrap(), b"x");
    }

    #[test]
    fn what_cannot_be_read_has_words() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::write(root.join("file"), "x").unwrap();
        fs::create_dir(root.join("empty")).unwrap();
        fs::File::create(root.join("huge.html")).unwrap().set_len(200_000_000).unwrap();
        for (name, words) in [
            ("none", "no such file"),
            ("file/below", "not a folder"),
            ("empty", "it is empty"),
            ("no*ne", "no file matches"),
            ("huge.html", "200 MB is too large"),
        ] {
            let inputs = Inputs::of(&[root.join(name)], false);
            let fault = inputs.list[0].load().unwrap_err().to_string();
            assert!(fault.contains(words) && fault.contains(name), "{fault}");
        }
        assert!(read_limited(io::repeat(b'x')).unwrap_err().contains("too large"));
    }

    #[cfg(unix)]
    #[test]
    fn links_that_lead_nowhere_or_back_have_words() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        std::os::unix::fs::symlink("nowhere", root.join("gone.html")).unwrap();
        let fault = Inputs::of(&[root.join("gone.html")], false).list[0].load().unwrap_err().to_string();
        assert!(fault.contains("leads nowhere"), "{fault}");
        std::os::unix::fs::symlink(".", root.join("round")).unwrap();
        let inputs = Inputs::of(&[root.to_owned()], false);
        let faults: Vec<String> =
            inputs.list.iter().filter_map(|i| i.load().err()).map(|f| f.to_string()).collect();
        assert!(faults.iter().any(|f| f.contains("links back")), "{faults:?}");
    }
}
