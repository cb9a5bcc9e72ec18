//! `attribution FOLDER`: turns articles with marked sources, cues and contents (brat files) into how well they are found.
//!
//! A cue is found where the engine's overlaps it. Sources and contents are compared by words, over all attributions of an
//! article: the harmonic mean of the shares of marked and of found words that are both.

use std::collections::BTreeSet;
use std::path::Path;

use demarche_engine::events;
use demarche_engine::language::{Analyser, Document, Setting};
use demarche_engine::text::Span;

use crate::figures::{Fault, Figures, text};

/// Scores the engine on a folder with `text` and `annotations`.
pub(crate) fn run(folder: &Path) -> Result<Figures, Fault> {
    let analyser = Analyser::new();
    let annotations = folder.join("annotations");
    let entries = std::fs::read_dir(&annotations).map_err(|e| Fault::file(&annotations, &e))?;
    let mut files: Vec<_> = entries.flatten().map(|e| e.path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "ann"));
    files.sort();
    let (mut cues, mut sources, mut contents) = (Shares::default(), Shares::default(), Shares::default());
    for file in files {
        let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let page = page_of(folder, &stem)?;
        let article = text(&page)?;
        let marked = Marked::read(&text(&file)?, &article);
        let doc = analyser.analyse(&article, &[], Setting::default());
        let found = events::attributions(&doc);
        let own: Vec<Span> = found.iter().map(|a| a.cue).collect();
        cues.add_overlaps(&marked.cues, &own);
        sources.add_words(&doc, &marked.sources, &found.iter().filter_map(|a| a.source).collect::<Vec<_>>());
        contents.add_words(
            &doc,
            &marked.contents,
            &found.iter().flat_map(|a| a.content.clone()).collect::<Vec<_>>(),
        );
        for cue in marked.cues.iter().filter(|cue| !own.iter().any(|o| o.overlaps(**cue))) {
            println!("{stem}: no cue {:?}", cue.of(&article));
        }
        for cue in own.iter().filter(|cue| !marked.cues.iter().any(|m| m.overlaps(**cue))) {
            println!("{stem}: cue {:?} is none", cue.of(&article));
        }
    }
    let mut figures = Figures::default();
    for (name, shares) in [("cue_f1", cues), ("source_f1", sources), ("content_f1", contents)] {
        figures.set(name, shares.f1());
    }
    Ok(figures)
}

/// The text that an annotation file belongs to: its name may go on behind the text's.
fn page_of(folder: &Path, stem: &str) -> Result<std::path::PathBuf, Fault> {
    let texts = folder.join("text");
    let entries = std::fs::read_dir(&texts).map_err(|e| Fault::file(&texts, &e))?;
    let fits = |path: &std::path::PathBuf| {
        path.file_stem().is_some_and(|name| stem.starts_with(&*name.to_string_lossy()))
    };
    let mut fitting: Vec<_> = entries.flatten().map(|e| e.path()).filter(fits).collect();
    fitting.sort_by_key(|path| path.as_os_str().len());
    fitting.pop().ok_or_else(|| Fault::new(format!("{}: no text for {stem}", texts.display())))
}

/// What annotators have marked.
#[derive(Default)]
struct Marked {
    cues: Vec<Span>,
    sources: Vec<Span>,
    contents: Vec<Span>,
}

impl Marked {
    /// Reads the text-bound lines of a brat file: `T1<tab>Source 89 106;120 124<tab>words`, in code points of `article`.
    fn read(annotations: &str, article: &str) -> Self {
        let bytes: Vec<usize> = article.char_indices().map(|(byte, _)| byte).chain([article.len()]).collect();
        let byte = |point: usize| bytes.get(point).copied().unwrap_or(article.len());
        let mut marked = Self::default();
        for line in annotations.lines().filter(|line| line.starts_with('T')) {
            let Some((label, places)) = line.split('\t').nth(1).and_then(|cell| cell.split_once(' ')) else {
                continue;
            };
            let list = match label {
                "Cue" => &mut marked.cues,
                "Source" => &mut marked.sources,
                "Content" => &mut marked.contents,
                _ => continue,
            };
            for place in places.split(';') {
                let ends = place.split_once(' ').and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
                if let Some((start, end)) = ends {
                    list.push(Span::new(byte(start), byte(end)));
                }
            }
        }
        marked
    }
}

/// Counts for precision and recall.
#[derive(Default)]
struct Shares {
    found: usize,
    right: usize,
    marked: usize,
    met: usize,
}

impl Shares {
    fn add_overlaps(&mut self, marked: &[Span], found: &[Span]) {
        self.marked += marked.len();
        self.found += found.len();
        self.met += marked.iter().filter(|m| found.iter().any(|f| f.overlaps(**m))).count();
        self.right += found.iter().filter(|f| marked.iter().any(|m| m.overlaps(**f))).count();
    }

    fn add_words(&mut self, doc: &Document, marked: &[Span], found: &[Span]) {
        let words = |spans: &[Span]| -> BTreeSet<usize> {
            spans.iter().flat_map(|span| doc.token_range(*span)).collect()
        };
        let (marked, found) = (words(marked), words(found));
        let both = marked.intersection(&found).count();
        self.marked += marked.len();
        self.found += found.len();
        self.met += both;
        self.right += both;
    }

    fn f1(&self) -> f64 {
        let share = |part: usize, of: usize| if of == 0 { 0.0 } else { part as f64 / of as f64 };
        let (p, r) = (share(self.right, self.found), share(self.met, self.marked));
        println!("precision {p:.3}, recall {r:.3}");
        if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }
    }
}
