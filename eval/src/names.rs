//! `names FILE.bio`: turns sentences with name tags into the F1 (in per cent) of whole names, on the file's own words.

use std::path::Path;

use demarche_engine::language::{Analyser, NameKind};

use crate::figures::{Fault, Figures, text};

type Span = (usize, usize, NameKind);

/// Scores the engine on one file.
pub(crate) fn run(path: &Path) -> Result<Figures, Fault> {
    let documents = read(&text(path)?);
    let analyser = Analyser::new();
    let mut counts = [[0_usize; 3]; 3];
    for sentences in &documents {
        let forms: Vec<Vec<&str>> =
            sentences.iter().map(|s| s.iter().map(|(form, _)| form.as_str()).collect()).collect();
        let document = analyser.analyse_words(&forms);
        let mut first = 0;
        let mut gold: Vec<Span> = Vec::new();
        for sentence in sentences {
            let tags: Vec<&str> = sentence.iter().map(|(_, tag)| tag.as_str()).collect();
            gold.extend(spans(&tags).into_iter().map(|(a, b, kind)| (first + a, first + b, kind)));
            first += sentence.len();
        }
        let system: Vec<Span> = document.names.iter().map(|n| (n.first, n.last, n.kind)).collect();
        for span in &gold {
            counts[span.2 as usize][0] += 1;
            counts[span.2 as usize][1] += usize::from(system.contains(span));
        }
        for span in &system {
            counts[span.2 as usize][2] += 1;
        }
    }
    let mut all = [0; 3];
    for (kind, count) in ["person", "organisation", "place"].iter().zip(counts) {
        println!("{kind}: {} gold, f1 {:.2}", count[0], f1(count));
        all = [all[0] + count[0], all[1] + count[1], all[2] + count[2]];
    }
    let mut figures = Figures::default();
    figures.set("f1", f1(all));
    Ok(figures)
}

fn f1([gold, right, system]: [usize; 3]) -> f64 {
    if gold + system == 0 { 0.0 } else { 200.0 * right as f64 / (gold + system) as f64 }
}

/// Documents of sentences of forms and tags; `# doc` begins a document.
fn read(file: &str) -> Vec<Vec<Vec<(String, String)>>> {
    let mut documents = vec![Vec::new()];
    let mut sentence = Vec::new();
    for line in file.lines().chain([""]) {
        match line.split_once('\t') {
            Some((form, tag)) => sentence.push((form.to_owned(), tag.to_owned())),
            None => {
                if !sentence.is_empty()
                    && let Some(document) = documents.last_mut()
                {
                    document.push(std::mem::take(&mut sentence));
                }
                if line.starts_with("# doc") {
                    documents.push(Vec::new());
                }
            }
        }
    }
    documents
}

/// Names of a sequence of BIO tags; tags of other kinds are outside.
fn spans(tags: &[&str]) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let mut open = None;
    for (at, tag) in tags.iter().enumerate() {
        let kind = match tag.get(2..) {
            Some("PER") => NameKind::Person,
            Some("ORG") => NameKind::Organisation,
            Some("LOC") => NameKind::Place,
            _ => {
                open = None;
                continue;
            }
        };
        match found.last_mut() {
            Some(last) if tag.starts_with('I') && open == Some(kind) => last.1 += 1,
            _ => found.push((at, at + 1, kind)),
        }
        open = Some(kind);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_become_spans() {
        use NameKind::{Person, Place};
        let tags = ["B-PER", "I-PER", "B-PER", "O", "I-LOC", "B-O", "I-LOC"];
        assert_eq!(spans(&tags), [(0, 2, Person), (2, 3, Person), (4, 5, Place), (6, 7, Place)]);
        assert_eq!(f1([2, 1, 2]), 50.0);
    }

    #[test]
    fn documents_and_sentences_are_kept_apart() {
        let documents = read("# doc\na\tO\n\nb\tO\n\n# doc\nc\tO\n");
        assert_eq!(documents.iter().map(Vec::len).collect::<Vec<_>>(), [0, 2, 1]);
    }
}
