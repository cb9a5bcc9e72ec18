//! The network: turns the forms of sentences into scores for tags, heads, relations and names. The trainer builds the
//! same structure from its own weights, so that what is trained is what runs.

use super::encoder::{Layer, States};
use super::features::{self, Rows};
use super::linear::{Linear, Packed, dot, relu};
use super::model::{Matrix, ModelError, Part, Parts, Table};

/// Sizes that are not seen from the shape of another part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    /// Numbers per word, and units per direction.
    pub width: usize,
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

/// The dense part.
#[derive(Debug, Clone, Default)]
pub struct Network {
    /// From vectors learnt from raw text to the encoder's input.
    pub vectors_in: Packed,
    /// The encoder.
    pub layers: [Layer; 2],
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
pub fn shapes(sizes: Sizes) -> Vec<(&'static str, usize, usize)> {
    let Sizes { width, vector, arc, relation, name, tags, relations } = sizes;
    vec![
        ("vectors_in", vector, width),
        ("layer0.weights", width, 6 * width),
        ("layer0.bias", 1, 4 * width),
        ("layer0.peep", 1, 4 * width),
        ("layer1.weights", 2 * width, 6 * width),
        ("layer1.bias", 1, 4 * width),
        ("layer1.peep", 1, 4 * width),
        ("tags", 2 * width, tags),
        ("tags.bias", 1, tags),
        ("arcs", 2 * width, 2 * arc),
        ("arcs.bias", 1, 2 * arc),
        ("bilinear", arc, arc),
        ("bilinear.bias", 1, arc),
        ("root", 1, arc),
        ("distance", 1, 2 * DISTANCES + 1),
        ("relations_in", 2 * width, 2 * relation),
        ("relations_in.bias", 1, 2 * relation),
        ("relations_root", 1, relation),
        ("relations_out", relation, relations),
        ("relations_out.bias", 1, relations),
        ("names_in", 2 * width, name),
        ("names_in.bias", 1, name),
        ("names_out", name, NAME_TAGS),
        ("names_out.bias", 1, NAME_TAGS),
    ]
}

impl Network {
    /// Builds the network from dense parts as [`shapes`] lists them.
    pub fn new(width: usize, part: &dyn Fn(&str) -> Matrix) -> Self {
        let pack = |name: &str| {
            let m = part(name);
            Packed::new(&m.values, m.rows, m.columns)
        };
        let layer = |name: &str| Layer {
            weights: pack(&format!("{name}.weights")),
            bias: part(&format!("{name}.bias")).values,
            peep: part(&format!("{name}.peep")).values,
            width,
        };
        let linear = |name: &str| Linear { weights: pack(name), bias: part(&format!("{name}.bias")).values };
        Self {
            vectors_in: pack("vectors_in"),
            layers: [layer("layer0"), layer("layer1")],
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

    /// Encodes word vectors; `ends` tells where each sentence ends.
    pub fn encode(&self, words: &[f32], ends: &[usize]) -> [States; 2] {
        let first = self.layers[0].run(words, ends);
        let second = self.layers[1].run(&first.outputs, ends);
        [first, second]
    }

    /// Scores of every head of every word of one sentence: words × (1 + words), the root first. `asked` holds the
    /// words as dependents times the bilinear matrix, `heads` the words as heads.
    pub fn arc_scores(&self, asked: &[f32], heads: &[f32]) -> Vec<f32> {
        let arc = self.root.len();
        let count = asked.len() / arc.max(1);
        let mut scores = vec![0.0; count * (count + 1)];
        let turned = super::linear::transpose(heads, count, arc);
        let mut products = vec![0.0; count * count];
        Packed::new(&turned, arc, count).add_product(asked, &mut products);
        for (i, row) in scores.chunks_exact_mut(count + 1).enumerate() {
            row[0] = dot(&asked[i * arc..][..arc], &self.root);
            for j in 0..count {
                row[j + 1] = products[i * count + j] + self.distance[distance(i, j)];
            }
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
                Matrix { rows, columns, values: parts.floats(name, columns)?.to_vec() }
            } else {
                parts.matrix(name, rows, columns)?.clone()
            };
            dense.insert(name, matrix);
        }
        let network = Network::new(sizes.width, &|name| dense.get(name).cloned().unwrap_or_default());
        Ok(Self {
            rows: Rows::new(hashes.to_vec()),
            table: table.clone(),
            vector_rows: Rows::new(vector_hashes.to_vec()),
            vectors: vectors.clone(),
            network,
        })
    }

    /// Scores sentences of forms.
    pub fn score(&self, sentences: &[Vec<&str>]) -> Scores {
        let width = self.table.columns;
        let total: usize = sentences.iter().map(Vec::len).sum();
        let mut words = vec![0.0; total * width];
        let mut vectors = vec![0.0; total * self.vectors.columns];
        let mut known = vectors.chunks_exact_mut(self.vectors.columns.max(1));
        let mut ends = Vec::with_capacity(sentences.len());
        let mut out = words.chunks_exact_mut(width);
        let mut end = 0;
        for sentence in sentences {
            for (i, form) in sentence.iter().enumerate() {
                let Some(out) = out.next() else { break };
                let hashes = features::of(form, i == 0);
                if let (Some(out), Some(row)) = (known.next(), self.vector_rows.get(hashes[0])) {
                    self.vectors.add_row(row, out);
                }
                for hash in hashes {
                    if let Some(row) = self.rows.get(hash) {
                        self.table.add_row(row, out);
                    }
                }
            }
            end += sentence.len();
            ends.push(end);
        }
        let network = &self.network;
        network.vectors_in.add_product(&vectors, &mut words);
        let encoded = network.encode(&words, &ends)[1].outputs.clone();
        let mut arcs = network.arcs.apply(&encoded);
        relu(&mut arcs);
        let arc = network.root.len();
        let (dependents, heads) = halves(&arcs, arc);
        let asked = network.bilinear.apply(&dependents);
        let mut begin = 0;
        let arcs = ends
            .iter()
            .map(|&end| {
                let range = begin * arc..end * arc;
                begin = end;
                network.arc_scores(&asked[range.clone()], &heads[range])
            })
            .collect();
        let relations = halves(&network.relations_in.apply(&encoded), network.relations_root.len());
        let mut names = network.names_in.apply(&encoded);
        relu(&mut names);
        Scores { tags: network.tags.apply(&encoded), names: network.names_out.apply(&names), arcs, relations }
    }

    /// Scores of the relations between words and their heads (none for the root), both counted through the batch.
    pub fn relations(&self, scores: &Scores, heads: &[Option<usize>]) -> Vec<f32> {
        let network = &self.network;
        let width = network.relations_root.len();
        let mut hidden = scores.relations.0.clone();
        for (row, head) in hidden.chunks_exact_mut(width).zip(heads) {
            let head =
                head.map_or(&network.relations_root[..], |h| &scores.relations.1[h * width..][..width]);
            for (sum, value) in row.iter_mut().zip(head) {
                *sum += value;
            }
        }
        relu(&mut hidden);
        network.relations_out.apply(&hidden)
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
