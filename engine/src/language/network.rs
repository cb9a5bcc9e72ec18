//! The network: turns the forms of sentences into scores for tags, heads, relations and names. The trainer builds the
//! same structure from its own weights, so that what is trained is what runs.

use rustc_hash::FxHashMap;

use super::encoder::{Layer, States};
use super::features::{self, Rows};
use super::linear::{self, Dense, Linear, Packed, dot, relu, vectorised};
use super::model::{Matrix, ModelError, Part, Parts, Table};

/// Sizes that are not seen from the shape of another part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    /// Numbers per word, and units per direction.
    pub width: usize,
    /// Layers of the encoder.
    pub layers: usize,
    /// Numbers per word of the vectors learnt from raw text.
    pub vector: usize,
    /// Width of the vectors that arcs are scored with.
    pub arc: usize,
    /// Hidden units between two words and their relation.
    pub relation: usize,
    /// Hidden units before the name tags.
    pub name: usize,
    /// Classes of part of speech with features.
    pub tags: usize,
    /// Relations.
    pub relations: usize,
}

/// Distances between a word and its head are scored by these many steps to each side.
pub const DISTANCES: usize = 12;

/// Name tags: outside, then begin and inside of person, organisation, place.
pub const NAME_TAGS: usize = 7;

/// Words as the network sees them before it sees their neighbours.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// The input of the first layer.
    inputs: Vec<f32>,
    /// Its product with the weights of that layer.
    gates: Vec<f32>,
}

/// The dense part.
#[derive(Debug, Clone, Default)]
pub struct Network {
    /// From vectors learnt from raw text to the encoder's input.
    pub vectors_in: Dense,
    /// The encoder.
    pub layers: Vec<Layer>,
    /// Part of speech with features.
    pub tags: Linear,
    /// A word as dependent and as head.
    pub arcs: Linear,
    /// Dependent · matrix · head, with the head's own bias.
    pub bilinear: Linear,
    /// The root as a head.
    pub root: Vec<f32>,
    /// Score of each distance, from far left to far right.
    pub distance: Vec<f32>,
    /// A word as dependent and as head, for relations.
    pub relations_in: Linear,
    /// The root as a head, for relations.
    pub relations_root: Vec<f32>,
    /// From the hidden units to relations.
    pub relations_out: Linear,
    /// From the encoder to the hidden units of names.
    pub names_in: Linear,
    /// From there to name tags.
    pub names_out: Linear,
}

/// Name, rows and columns of every dense part; those of one row are kept as they are, the others in bytes.
pub fn shapes(sizes: Sizes) -> Vec<(String, usize, usize)> {
    let Sizes { width, layers, vector, arc, relation, name, tags, relations } = sizes;
    let mut shapes = vec![("vectors_in".to_owned(), vector, width)];
    for layer in 0..layers {
        let inputs = if layer == 0 { width } else { 2 * width };
        shapes.push((format!("layer{layer}.weights"), inputs, 6 * width));
        shapes.push((format!("layer{layer}.bias"), 1, 4 * width));
        shapes.push((format!("layer{layer}.peep"), 1, 4 * width));
    }
    let mut linear = |name: &str, inputs, outputs| {
        shapes.push((name.to_owned(), inputs, outputs));
        shapes.push((format!("{name}.bias"), 1, outputs));
    };
    linear("tags", 2 * width, tags);
    linear("arcs", 2 * width, 2 * arc);
    linear("bilinear", arc, arc);
    linear("relations_in", 2 * width, 2 * relation);
    linear("relations_out", relation, relations);
    linear("names_in", 2 * width, name);
    linear("names_out", name, NAME_TAGS);
    shapes.push(("root".to_owned(), 1, arc));
    shapes.push(("distance".to_owned(), 1, 2 * DISTANCES + 1));
    shapes.push(("relations_root".to_owned(), 1, relation));
    shapes
}

impl Network {
    /// Builds the network from dense parts as [`shapes`] lists them, each matrix made ready by `dense`.
    pub fn new(sizes: Sizes, part: &dyn Fn(&str) -> Matrix, dense: fn(&Matrix) -> Dense) -> Self {
        let pack = |name: &str| dense(&part(name));
        let layer = |name: String| Layer {
            weights: pack(&format!("{name}.weights")),
            bias: part(&format!("{name}.bias")).values,
            peep: part(&format!("{name}.peep")).values,
            width: sizes.width,
        };
        let linear = |name: &str| Linear { weights: pack(name), bias: part(&format!("{name}.bias")).values };
        Self {
            vectors_in: pack("vectors_in"),
            layers: (0..sizes.layers).map(|i| layer(format!("layer{i}"))).collect(),
            tags: linear("tags"),
            arcs: linear("arcs"),
            bilinear: linear("bilinear"),
            root: part("root").values,
            distance: part("distance").values,
            relations_in: linear("relations_in"),
            relations_root: part("relations_root").values,
            relations_out: linear("relations_out"),
            names_in: linear("names_in"),
            names_out: linear("names_out"),
        }
    }

    /// Puts words to others, from their summed features and their vectors.
    pub fn see(&self, mut features: Vec<f32>, vectors: &[f32], words: &mut Words) {
        self.vectors_in.add_product(vectors, &mut features);
        if let Some(first) = self.layers.first() {
            let seen = words.gates.len();
            let rows = features.len() / first.weights.inputs().max(1);
            words.gates.resize(seen + rows * first.weights.outputs(), 0.0);
            first.weights.add_product(&features, &mut words.gates[seen..]);
        }
        words.inputs.append(&mut features);
    }

    /// Scores sentences: `rows` tells which of `words` stands where, `ends` where each sentence ends.
    pub fn score(&self, words: &Words, rows: &[usize], ends: &[usize]) -> Scores {
        let mut states = States::default();
        let mut inputs = Vec::new();
        for (number, layer) in self.layers.iter().enumerate() {
            match number {
                0 => layer.pass(&words.inputs, &words.gates, Some(rows), ends, &mut states),
                _ => layer.run(&inputs, ends, &mut states),
            }
            std::mem::swap(&mut inputs, &mut states.outputs);
        }
        let [mut arcs, relations, tags, mut names] =
            linear::apply([&self.arcs, &self.relations_in, &self.tags, &self.names_in], &inputs);
        relu(&mut arcs);
        let arc = self.root.len();
        let (dependents, heads) = halves(&arcs, arc);
        let asked = self.bilinear.apply(&dependents);
        let mut begin = 0;
        let arcs = ends
            .iter()
            .map(|&end| {
                let range = begin * arc..end * arc;
                begin = end;
                self.arc_scores(&asked[range.clone()], &heads[range])
            })
            .collect();
        let relations = halves(&relations, self.relations_root.len());
        relu(&mut names);
        Scores { tags, names: self.names_out.apply(&names), arcs, relations }
    }

    /// Scores of the relations between words and their heads (none for the root), both counted through the batch.
    pub fn relations(&self, scores: &Scores, heads: &[Option<usize>]) -> Vec<f32> {
        let width = self.relations_root.len();
        let mut hidden = scores.relations.0.clone();
        for (row, head) in hidden.chunks_exact_mut(width).zip(heads) {
            let head = head.map_or(&self.relations_root[..], |h| &scores.relations.1[h * width..][..width]);
            for (sum, value) in row.iter_mut().zip(head) {
                *sum += value;
            }
        }
        relu(&mut hidden);
        self.relations_out.apply(&hidden)
    }

    /// Scores of every head of every word of one sentence: words × (1 + words), the root first. `asked` holds the
    /// words as dependents times the bilinear matrix, `heads` the words as heads.
    pub fn arc_scores(&self, asked: &[f32], heads: &[f32]) -> Vec<f32> {
        let arc = self.root.len();
        let count = asked.len() / arc.max(1);
        let mut products = vec![0.0; count * count];
        Packed::turned(heads, arc, count).add_product(asked, &mut products);
        let mut scores = Vec::with_capacity(count * (count + 1));
        for (i, row) in products.chunks_exact(count.max(1)).enumerate() {
            scores.push(dot(&asked[i * arc..][..arc], &self.root));
            scores.extend(row.iter().enumerate().map(|(j, product)| product + self.distance[distance(i, j)]));
        }
        scores
    }
}

/// The class of the distance from a word to its head.
pub fn distance(word: usize, head: usize) -> usize {
    let far = DISTANCES as i64;
    (head as i64 - word as i64).clamp(-far, far).saturating_add(far) as usize
}

/// Splits rows that hold two things side by side.
pub fn halves(rows: &[f32], width: usize) -> (Vec<f32>, Vec<f32>) {
    let mut halves = (Vec::with_capacity(rows.len() / 2), Vec::with_capacity(rows.len() / 2));
    for row in rows.chunks_exact(2 * width) {
        halves.0.extend_from_slice(&row[..width]);
        halves.1.extend_from_slice(&row[width..]);
    }
    halves
}

/// The network together with its tables.
#[derive(Debug, Clone, Default)]
pub struct Scorer {
    rows: Rows,
    table: Table,
    vector_rows: Rows,
    vectors: Table,
    network: Network,
}

/// The different words of a text that were seen so far: what looks alike, the network sees alike before it sees the
/// neighbours, and most words of a text come again.
#[derive(Debug, Default)]
pub struct Seen<'t> {
    /// The row of each form, apart for those that begin a sentence.
    rows: FxHashMap<(&'t str, bool), usize>,
    words: Words,
}

/// With more words than this, those seen are forgotten: the limit bounds memory on huge texts.
const MOST_SEEN: usize = 4096;

/// Scores for one batch of sentences.
#[derive(Debug, Clone, Default)]
pub struct Scores {
    /// Words × tags.
    pub tags: Vec<f32>,
    /// Words × name tags.
    pub names: Vec<f32>,
    /// Per sentence: words × (1 + words).
    pub arcs: Vec<Vec<f32>>,
    /// Words as dependents and as heads, for relations.
    relations: (Vec<f32>, Vec<f32>),
}

impl Scorer {
    /// Reads tables and dense parts.
    pub fn new(parts: &Parts, sizes: Sizes) -> Result<Self, ModelError> {
        let (table, hashes) = parts.table("features")?;
        if table.columns != sizes.width {
            return Err(ModelError::new("word vectors are not as wide as the network"));
        }
        let (vectors, vector_hashes) = parts.table("vectors")?;
        if vectors.columns != sizes.vector {
            return Err(ModelError::new("vectors from raw text are not as wide as the network expects"));
        }
        let mut dense = std::collections::BTreeMap::new();
        for (name, rows, columns) in shapes(sizes) {
            let matrix = if rows == 1 {
                Matrix { rows, columns, values: parts.floats(&name, columns)?.to_vec() }
            } else {
                parts.matrix(&name, rows, columns)?.clone()
            };
            dense.insert(name, matrix);
        }
        let network = Network::new(sizes, &|name| dense.get(name).cloned().unwrap_or_default(), Dense::bytes);
        Ok(Self {
            rows: Rows::new(hashes.to_vec()),
            table: table.clone(),
            vector_rows: Rows::new(vector_hashes.to_vec()),
            vectors: vectors.clone(),
            network,
        })
    }

    /// Scores sentences of forms.
    pub fn score<'t>(&self, sentences: &[Vec<&'t str>], seen: &mut Seen<'t>) -> Scores {
        if seen.rows.len() > MOST_SEEN {
            *seen = Seen::default();
        }
        let (mut features, mut vectors) = (Vec::new(), Vec::new());
        let mut rows = Vec::new();
        let mut ends = Vec::with_capacity(sentences.len());
        for sentence in sentences {
            for (i, &form) in sentence.iter().enumerate() {
                let next = seen.rows.len();
                let row = *seen.rows.entry((form, i == 0)).or_insert(next);
                if row == next {
                    self.look(form, i == 0, &mut features, &mut vectors);
                }
                rows.push(row);
            }
            ends.push(rows.len());
        }
        self.network.see(features, &vectors, &mut seen.words);
        self.network.score(&seen.words, &rows, &ends)
    }

    /// Puts summed features and vector of one more word to those of others.
    fn look(&self, form: &str, first: bool, features: &mut Vec<f32>, vectors: &mut Vec<f32>) {
        let hashes = features::of(form, first);
        let (feature, vector) = (features.len(), vectors.len());
        features.resize(feature + self.table.columns, 0.0);
        vectors.resize(vector + self.vectors.columns, 0.0);
        vectorised(
            #[inline(always)]
            || {
                if let Some(row) = self.vector_rows.get(hashes[0]) {
                    self.vectors.add_row(row, &mut vectors[vector..]);
                }
                for row in hashes.into_iter().filter_map(|hash| self.rows.get(hash)) {
                    self.table.add_row(row, &mut features[feature..]);
                }
            },
        );
    }

    /// The dense part.
    pub fn network(&self) -> &Network {
        &self.network
    }
}

/// The parts of a scorer for the file.
pub fn store(parts: &mut Parts, dense: &[(&str, Matrix)], tables: &[(&str, &Matrix, &[u32])]) {
    for (name, matrix) in dense {
        let part =
            if matrix.rows == 1 { Part::Floats(matrix.values.clone()) } else { Part::Matrix(matrix.clone()) };
        parts.insert(name, part);
    }
    for (name, table, hashes) in tables {
        parts.insert(name, Part::Table(Table::new(table)));
        parts.insert(&format!("{name}.rows"), Part::Hashes(hashes.to_vec()));
    }
}
