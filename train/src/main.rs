//! Makes the engine's language model: turns the corpora below one folder into one file.
//!
//!     cargo run --release -p train -- ../shared engine/data/model

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command that reports its progress")]

mod backward;
mod corpus;
mod devs;
mod dictionary;
mod learning;
mod lemmas;
mod loss;
mod random;
mod readings;
mod sentences;
mod weights;
mod words;

use std::path::Path;
use std::time::Instant;

use demarche_engine::language::labels::Labels;
use demarche_engine::language::model::{Matrix, Part, Parts};
use demarche_engine::language::network::{Sizes, store};

use corpus::Sentence;
use devs::Devs;
use dictionary::Dictionary;
use random::Random;
use readings::Readings;
use weights::Weights;

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
    let epochs: usize = rest.first().map_or(Ok(16), |e| e.parse()).map_err(|e| format!("EPOCHS: {e}"))?;
    let seed: u64 = rest.get(1).map_or(Ok(1), |e| e.parse()).map_err(|e| format!("SEED: {e}"))?;
    let started = Instant::now();
    let shared = Path::new(shared);
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = corpus::read(&shared.join("text/whitehouse_briefings.txt"))?;
    let mut ewt = corpus::conllu(&shared.join("treebank/en_ewt-train.conllu"))?;
    let mut gum = corpus::conllu(&shared.join("treebank/en_gum-free-train.conllu"))?;
    let trees: Vec<Sentence> = ewt.iter().chain(&gum).cloned().collect();
    let mut base = lemmas::learn(
        &trees,
        &words::frame_verbs(&own.join("../engine/data/frames"))?,
        &words::counts(&text),
    );
    let ends = sentences::learn(&trees, &mut Random::new(seed));
    base.insert("sentences.rows", Part::Hashes(ends.0));
    base.insert("sentences", Part::Floats(ends.1));
    let mut named = corpus::bio(&shared.join("names/uner_ewt-train.bio"))?;
    named.extend(corpus::bio(&shared.join("names/wikigold-train.bio"))?);
    let mut readings = Readings::open(&own.join("data/readings.bin"))?;
    readings.name(&mut gum)?;
    readings.parse(&mut named)?;
    let read = readings.text(&text)?;
    let rest = corpus::join_names(&mut ewt, named);
    let gold: Vec<Sentence> = ewt.into_iter().chain(gum).chain(rest).collect();
    let mut dictionary = Dictionary::new(&trees, &gold, &read);
    let count = |sentences: &[Sentence]| sentences.iter().map(|s| s.words.len()).sum::<usize>();
    println!("{} words of the corpora, {} words read by the teacher", count(&gold), count(&read));
    let vectors = own.join("data/vectors.bin");
    dictionary.read_vectors(&std::fs::read(&vectors).map_err(|e| format!("{}: {e}", vectors.display()))?)?;
    println!("{} features, {} tags", dictionary.rows.hashes().len(), dictionary.tags.len());
    let sizes = Sizes {
        width: 112,
        layers: 4,
        vector: dictionary.vector,
        arc: 96,
        relation: 96,
        name: 96,
        tags: dictionary.tags.len(),
        relations: dictionary.relations.len(),
    };
    let labels = Labels::new(dictionary.tags.clone(), dictionary.relations.clone());
    let devs = Devs::read(shared)?;
    let mut random = Random::new(seed);
    let mut weights = Weights::new(sizes, dictionary.rows.hashes().len(), &mut random);
    learning::learn(&mut weights, &gold, &read, &dictionary, epochs, &mut random, &|epoch, loss, weights| {
        println!("epoch {epoch}: loss {loss:.3?}, {:.0} s", started.elapsed().as_secs_f32());
        if epoch + 1 == epochs || epoch % 4 == 3 {
            devs.score(weights, &dictionary, &labels);
        }
    });
    let bytes = parts(&base, &weights, &dictionary).write();
    let path = Path::new(out).join("language.bin");
    std::fs::write(&path, &bytes).map_err(|e| format!("{}: {e}", path.display()))?;
    println!("{}: {} bytes, {:.0} s", path.display(), bytes.len(), started.elapsed().as_secs_f32());
    Ok(())
}

/// Everything that goes into the file.
fn parts(base: &Parts, weights: &Weights, dictionary: &Dictionary) -> Parts {
    let mut parts = base.clone();
    let sizes = weights.sizes;
    let numbers = [sizes.width, sizes.layers, sizes.vector, sizes.arc, sizes.relation, sizes.name];
    parts.insert("sizes", Part::Floats(numbers.map(|n| n as f32).to_vec()));
    let tags: Vec<String> = dictionary.tags.iter().map(|(u, f)| format!("{u} {f}")).collect();
    parts.insert("tags.names", Part::Text(tags.join("\n")));
    let relations: Vec<&str> = dictionary.relations.iter().map(|r| r.as_str()).collect();
    parts.insert("relations.names", Part::Text(relations.join("\n")));
    let dense: Vec<(&str, Matrix)> =
        weights.dense.iter().map(|w| (w.name.as_str(), w.matrix.clone())).collect();
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
