//! Makes the engine's language model: turns the corpora below one folder into one file.
//!
//!     cargo run --release -p train -- ../shared engine/data/model

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command that reports its progress")]

mod backward;
mod corpus;
mod dictionary;
mod lemmas;
mod loss;
mod random;
mod sentences;
mod weights;

use std::path::Path;
use std::time::Instant;

use demarche_engine::language::Analyser;
use demarche_engine::language::model::{Matrix, Part, Parts};
use demarche_engine::language::network::{Sizes, store};

use corpus::Sentence;
use dictionary::{Dictionary, Rewrite};
use loss::{Sample, Slopes};
use random::Random;
use weights::Weights;

/// Threads, and shares of a batch: both fixed, since sums of shares must not depend on the machine.
const SHARES: usize = 2;
/// Words of one batch.
const BATCH: usize = 300;
const RATE: f32 = 0.003;

fn main() {
    if let Err(message) = run() {
        eprintln!("train: {message}");
        std::process::exit(1);
    }
}

fn run() -> Result<(), String> {
    let args: Vec<String> = std::env::args().collect();
    let [_, shared, out, rest @ ..] = &args[..] else {
        return Err("usage: train SHARED OUT [EPOCHS [SEED]]".to_owned());
    };
    let epochs: usize = rest.first().map_or(Ok(13), |e| e.parse()).map_err(|e| format!("EPOCHS: {e}"))?;
    let seed: u64 = rest.get(1).map_or(Ok(1), |e| e.parse()).map_err(|e| format!("SEED: {e}"))?;
    let started = Instant::now();
    let shared = Path::new(shared);
    let mut ewt = corpus::conllu(&shared.join("treebank/en_ewt-train.conllu"))?;
    let rest = corpus::join_names(&mut ewt, corpus::bio(&shared.join("names/uner_ewt-train.bio"))?);
    println!("{} EWT sentences; {} named ones without partner", ewt.len(), rest.len());
    let gum = corpus::conllu(&shared.join("treebank/en_gum-free-train.conllu"))?;
    let wikigold = corpus::bio(&shared.join("names/wikigold-train.bio"))?;
    let sentences: Vec<Sentence> = ewt.into_iter().chain(rest).chain(gum).chain(wikigold).collect();
    let words: usize = sentences.iter().map(|s| s.words.len()).sum();
    println!("{} sentences, {words} words", sentences.len());
    let mut dictionary = Dictionary::new(&sentences);
    let vectors = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/vectors.bin");
    dictionary.read_vectors(&std::fs::read(&vectors).map_err(|e| format!("{}: {e}", vectors.display()))?)?;
    println!("{} features, {} tags", dictionary.rows.hashes().len(), dictionary.tags.len());
    let sizes = Sizes {
        width: 112,
        vector: dictionary.vector,
        arc: 96,
        relation: 96,
        name: 96,
        tags: dictionary.tags.len(),
        relations: dictionary.relations.len(),
    };
    let mut random = Random::new(seed);
    let mut weights = Weights::new(sizes, dictionary.rows.hashes().len(), &mut random);
    let (exceptions, rules) = lemmas::learn(&sentences);
    let splitter = sentences::learn(&sentences, &mut Random::new(seed));
    println!(
        "lemmas: {} exceptions, {} rules; sentence ends: {} weights",
        exceptions.lines().count(),
        rules.lines().count(),
        splitter.0.len()
    );
    let mut base = Parts::default();
    base.insert("lemmas.exceptions", Part::Text(exceptions));
    base.insert("lemmas.rules", Part::Text(rules));
    base.insert("sentences.rows", Part::Hashes(splitter.0));
    base.insert("sentences", Part::Floats(splitter.1));
    let devs = Devs::read(shared)?;
    let steps = epochs * words / BATCH;
    let mut step = 0;
    for epoch in 0..epochs {
        let mut loss = [0.0_f32; 4];
        for batch in batches(&sentences, &dictionary, &mut random) {
            let progress = step as f32 / steps as f32;
            let rate = RATE * (step as f32 / 200.0).min(1.0) * (1.0 - progress).max(0.02);
            step += 1;
            learn(&mut weights, &batch, rate, random.next(), &mut loss);
        }
        let loss = loss.map(|l| l / words as f32);
        println!("epoch {epoch}: loss {loss:.3?}, {:.0} s", started.elapsed().as_secs_f32());
        if epoch + 1 == epochs || epoch % 4 == 3 {
            devs.score(
                &Analyser::load(&parts(&base, &weights, &dictionary).write()).map_err(|e| e.to_string())?,
            );
        }
    }
    let bytes = parts(&base, &weights, &dictionary).write();
    let path = Path::new(out).join("language.bin");
    std::fs::write(&path, &bytes).map_err(|e| format!("{}: {e}", path.display()))?;
    println!("{}: {} bytes, {:.0} s", path.display(), bytes.len(), started.elapsed().as_secs_f32());
    Ok(())
}

/// All sentences once, in random order and spelling, in batches of [`BATCH`] words.
fn batches(sentences: &[Sentence], dictionary: &Dictionary, random: &mut Random) -> Vec<Vec<Sample>> {
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    random.shuffle(&mut order);
    let mut batches = vec![Vec::new()];
    let mut words = 0;
    for i in order {
        let sample = dictionary.sample(&sentences[i], Rewrite::choose(random));
        if words > BATCH {
            batches.push(Vec::new());
            words = 0;
        }
        words += sample.rows.len();
        batches.last_mut().expect("never empty").push(sample);
    }
    batches
}

/// One step of learning: every share is computed on its own, and the sums are taken in one order.
fn learn(weights: &mut Weights, batch: &[Sample], rate: f32, seed: u64, loss: &mut [f32; 4]) {
    let words: usize = batch.iter().map(|s| s.rows.len()).sum();
    let network = weights.network();
    let shares: Vec<Vec<&Sample>> =
        (0..SHARES).map(|share| batch.iter().skip(share).step_by(SHARES).collect()).collect();
    let slopes: Vec<Slopes> = std::thread::scope(|scope| {
        let (weights, network) = (&*weights, &network);
        let handles: Vec<_> = shares
            .iter()
            .enumerate()
            .map(|(i, share)| {
                let mut random = Random::new(seed.wrapping_add(i as u64));
                scope.spawn(move || loss::slopes(weights, network, share, 1.0 / words as f32, &mut random))
            })
            .collect();
        handles.into_iter().map(|h| h.join().expect("a share does not panic")).collect()
    });
    let width = weights.sizes.width;
    let mut rows: Vec<usize> =
        slopes.iter().flat_map(|s| s.rows.iter().flatten().map(|r| *r as usize)).collect();
    rows.sort_unstable();
    rows.dedup();
    let mut table = vec![0.0; rows.len() * width];
    let mut dense: Option<Vec<Vec<f32>>> = None;
    for share in slopes {
        for (sum, value) in loss.iter_mut().zip(share.loss) {
            *sum += value;
        }
        for (word, slope) in share.rows.iter().zip(share.words.chunks_exact(width)) {
            for &row in word {
                let at = rows.binary_search(&(row as usize)).expect("collected above");
                table[at * width..][..width].iter_mut().zip(slope).for_each(|(t, s)| *t += s);
            }
        }
        match &mut dense {
            None => dense = Some(share.dense),
            Some(sum) => {
                for (sum, value) in sum.iter_mut().flatten().zip(share.dense.iter().flatten()) {
                    *sum += value;
                }
            }
        }
    }
    if let Some(mut dense) = dense {
        weights.step(&mut dense, &rows, &mut table, rate);
    }
}

/// Everything that goes into the file.
fn parts(base: &Parts, weights: &Weights, dictionary: &Dictionary) -> Parts {
    let mut parts = base.clone();
    let sizes = weights.sizes;
    let numbers = [sizes.width, sizes.vector, sizes.arc, sizes.relation, sizes.name];
    parts.insert("sizes", Part::Floats(numbers.map(|n| n as f32).to_vec()));
    let tags: Vec<String> = dictionary.tags.iter().map(|(u, f)| format!("{u} {f}")).collect();
    parts.insert("tags.names", Part::Text(tags.join("\n")));
    let relations: Vec<&str> = dictionary.relations.iter().map(|r| r.as_str()).collect();
    parts.insert("relations.names", Part::Text(relations.join("\n")));
    let dense: Vec<(&str, Matrix)> = weights.dense.iter().map(|w| (w.name, w.matrix.clone())).collect();
    let vectors = Matrix {
        rows: dictionary.vector_rows.hashes().len(),
        columns: dictionary.vector,
        values: dictionary.vectors.clone(),
    };
    store(
        &mut parts,
        &dense,
        &[
            ("features", &weights.table.matrix, dictionary.rows.hashes()),
            ("vectors", &vectors, dictionary.vector_rows.hashes()),
        ],
    );
    parts
}

/// Files that are only measured on.
struct Devs {
    treebanks: Vec<(&'static str, Vec<Sentence>)>,
    names: Vec<(&'static str, Vec<Sentence>)>,
}

impl Devs {
    fn read(shared: &Path) -> Result<Self, String> {
        Ok(Self {
            treebanks: vec![
                ("en_ewt-dev", corpus::conllu(&shared.join("treebank/en_ewt-dev.conllu"))?),
                ("en_gum-dev", corpus::conllu(&shared.join("treebank/en_gum-dev.conllu"))?),
            ],
            names: vec![
                ("uner_ewt-dev", corpus::bio(&shared.join("names/uner_ewt-dev.bio"))?),
                ("wikigold-dev", corpus::bio(&shared.join("names/wikigold-dev.bio"))?),
            ],
        })
    }

    fn score(&self, analyser: &Analyser) {
        for (name, sentences) in &self.treebanks {
            let forms: Vec<Vec<&str>> = sentences.iter().map(Sentence::forms).collect();
            let started = Instant::now();
            let reads = analyser.read(&forms);
            let seconds = started.elapsed().as_secs_f32();
            let (mut words, mut upos, mut lemma, mut uas, mut las) = (0, 0, 0, 0, 0);
            for (sentence, read) in sentences.iter().zip(&reads) {
                for (gold, word) in sentence.words.iter().zip(&read.words) {
                    words += 1;
                    upos += usize::from(gold.upos == word.upos);
                    lemma += usize::from(analyser.lemma(&gold.form, word) == gold.lemma);
                    let right = word.head.map_or(0, |h| h + 1) == gold.head;
                    uas += usize::from(right);
                    las += usize::from(right && gold.relation == word.relation);
                }
            }
            let share = |n: usize| 100.0 * n as f32 / words as f32;
            println!(
                "  {name}, gold words: upos {:.2} lemma {:.2} uas {:.2} las {:.2}; {:.0} words/s",
                share(upos),
                share(lemma),
                share(uas),
                share(las),
                words as f32 / seconds
            );
        }
        for (name, sentences) in &self.names {
            let forms: Vec<Vec<&str>> = sentences.iter().map(Sentence::forms).collect();
            let (mut right, mut found, mut gold) = (0, 0, 0);
            for (sentence, read) in sentences.iter().zip(analyser.read(&forms)) {
                let tags = sentence.names.as_deref().unwrap_or_default();
                let spans = demarche_engine::language::names::spans(tags);
                gold += spans.len();
                found += read.names.len();
                right += read.names.iter().filter(|n| spans.contains(n)).count();
            }
            println!("  {name}: span f1 {:.2}", 200.0 * right as f32 / (found + gold).max(1) as f32);
        }
    }
}
