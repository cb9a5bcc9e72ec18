//! `parse FILE.conllu`: turns a treebank into figures for words, sentences, tags, lemmas and trees from raw text, and for
//! trees on the treebank's own words, all in per cent. Relations count without their subtype, as in CoNLL 2018.

use std::path::Path;
use std::time::Instant;

use demarche_engine::language::{Analyser, Document, Setting, conllu::is_clitic};

use crate::alignment::{self, Side, Word, compare};
use crate::figures::{Fault, Figures, text};

/// A treebank as raw text, as gold side, and as sentences of forms.
struct Gold {
    text: String,
    side: Side,
    forms: Vec<Vec<String>>,
}

/// Prints how well another program read the raw text of a treebank.
pub(crate) fn other(gold: &Path, other: &Path) -> Result<(), Fault> {
    let figures = compare(&open(gold)?.side, &open(other)?.side).map_err(Fault::new)?;
    let alignment::Figures { tokens, sentences, words, upos, lemma, uas, las } = figures;
    println!(
        "{}: tokens {tokens:.2} sentences {sentences:.2} words {words:.2} upos {upos:.2} lemma {lemma:.2} \
         uas {uas:.2} las {las:.2}",
        other.display()
    );
    Ok(())
}

fn open(path: &Path) -> Result<Gold, Fault> {
    read(&text(path)?).map_err(|e| Fault::new(format!("{}: {e}", path.display())))
}

/// Scores the engine on one file.
pub(crate) fn run(path: &Path) -> Result<Figures, Fault> {
    let gold = open(path)?;
    let started = Instant::now();
    let analyser = Analyser::new();
    let loading = started.elapsed();
    let started = Instant::now();
    let document = analyser.analyse(&gold.text, &[], Setting::default());
    let seconds = started.elapsed().as_secs_f64();
    let raw = compare(&gold.side, &side(&document)).map_err(Fault::new)?;
    let forms: Vec<Vec<&str>> = gold.forms.iter().map(|s| s.iter().map(String::as_str).collect()).collect();
    let given = analyser.analyse_words(&forms);
    let (mut right, mut uas, mut upos) = (0, 0, 0);
    for (word, token) in gold.side.words.iter().zip(&given.tokens) {
        upos += usize::from(word.upos == token.upos.as_str());
        if word.head == token.head {
            uas += 1;
            right += usize::from(word.relation == main(token.relation.as_str()));
        }
    }
    let share = |n: usize| 100.0 * n as f64 / gold.side.words.len().max(1) as f64;
    println!("{} words, {} sentences", gold.side.words.len(), gold.side.sentences.len());
    let speed = document.tokens.len() as f64 / seconds;
    println!(
        "raw text: words {:.2}; {speed:.0} tokens/s on one core, loaded in {} ms",
        raw.words,
        loading.as_millis()
    );
    println!("gold words: upos {:.2} uas {:.2} las {:.2}", share(upos), share(uas), share(right));
    let mut figures = Figures::default();
    figures.set("tokens", raw.tokens);
    figures.set("sentences", raw.sentences);
    figures.set("upos", raw.upos);
    figures.set("lemma", raw.lemma);
    figures.set("uas", raw.uas);
    figures.set("las", raw.las);
    figures.set("las_gold", share(right));
    Ok(figures)
}

fn main(relation: &str) -> &str {
    relation.split(':').next().unwrap_or(relation)
}

/// The engine's analysis as a side; clitics share the written token of their word.
fn side(document: &Document) -> Side {
    let mut side = Side::default();
    for sentence in &document.sentences {
        let start = side.characters.len();
        let mut i = sentence.first;
        while i < sentence.last {
            let mut end = i + 1;
            while end < sentence.last && is_clitic(document, end) {
                end += 1;
            }
            let words = (i..end)
                .map(|w| {
                    let token = &document.tokens[w];
                    Word {
                        form: document.form(w).to_owned(),
                        lemma: token.lemma.clone(),
                        upos: token.upos.to_string(),
                        head: token.head,
                        relation: main(token.relation.as_str()).to_owned(),
                        ..Word::default()
                    }
                })
                .collect();
            let form = document.tokens[i].span.join(document.tokens[end - 1].span).of(&document.text);
            side.token(form, words);
            i = end;
        }
        side.end_sentence(start);
    }
    side
}

/// Reads CoNLL-U. Paragraphs are parted by a blank line, as in the shared task's raw text.
fn read(file: &str) -> Result<Gold, String> {
    let mut gold = Gold { text: String::new(), side: Side::default(), forms: Vec::new() };
    let mut forms: Vec<String> = Vec::new();
    let mut range: Option<(usize, String, bool)> = None;
    let mut pending: Vec<Word> = Vec::new();
    let (mut start, mut first, mut space) = (0, 0, false);
    for (number, line) in file.lines().chain([""]).enumerate() {
        if line.is_empty() {
            if !forms.is_empty() {
                gold.side.end_sentence(start);
                gold.forms.push(std::mem::take(&mut forms));
            }
            start = gold.side.characters.len();
            first = gold.side.words.len();
            continue;
        }
        if line.starts_with("# newpar") || line.starts_with("# newdoc") {
            if !gold.text.is_empty() && !gold.text.ends_with("\n\n") {
                gold.text.push_str("\n\n");
            }
            space = false;
            continue;
        }
        if line.starts_with('#') {
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let [id, form, lemma, upos, _, _, head, relation, _, misc] = columns[..] else {
            return Err(format!("line {}: not ten columns", number + 1));
        };
        let glued = misc.split('|').any(|m| m == "SpaceAfter=No");
        if let Some((_, last)) = id.split_once('-') {
            let last = last.parse().map_err(|_| format!("line {}: no range", number + 1))?;
            range = Some((last, form.to_owned(), glued));
            continue;
        }
        let Ok(id) = id.parse::<usize>() else { continue };
        let head: usize = head.parse().map_err(|_| format!("line {}: no head", number + 1))?;
        forms.push(form.to_owned());
        pending.push(Word {
            form: form.to_owned(),
            lemma: lemma.to_owned(),
            upos: upos.to_owned(),
            head: head.checked_sub(1).map(|h| first + h),
            relation: main(relation).to_owned(),
            ..Word::default()
        });
        let (written, glued) = match &range {
            Some((last, ..)) if id < *last => continue,
            Some((_, form, glued)) => (form.clone(), *glued),
            None => (form.to_owned(), glued),
        };
        range = None;
        if space {
            gold.text.push(' ');
        }
        gold.text.push_str(&written);
        space = !glued;
        gold.side.token(&written, std::mem::take(&mut pending));
    }
    Ok(gold)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_ranges_spaces_and_paragraphs() {
        let row = |id: &str, form: &str, head: &str, misc: &str| {
            format!("{id}\t{form}\t_\tX\t_\t_\t{head}\tdep:x\t_\t{misc}\n")
        };
        let file = [
            "# newdoc\n".to_owned(),
            row("1-2", "don't", "_", "SpaceAfter=No"),
            row("1", "do", "0", "_"),
            row("2", "n't", "1", "_"),
            row("3", ".", "1", "_"),
            "\n# newpar\n".to_owned(),
            row("1", "Yes", "0", "_"),
        ]
        .concat();
        let gold = read(&file).unwrap();
        assert_eq!(gold.text, "don't.\n\nYes");
        assert_eq!(gold.forms, [vec!["do", "n't", "."], vec!["Yes"]]);
        assert_eq!(gold.side.words[1].head, Some(0));
        assert_eq!(gold.side.words[1].relation, "dep");
        assert_eq!(gold.side.tokens, [(0, 5), (5, 6), (6, 9)]);
    }
}
