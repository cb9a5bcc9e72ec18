//! The loss: turns a batch of sentences into the slopes of all weights, going forward and back once.

use demarche_engine::language::encoder::States;
use demarche_engine::language::linear::Packed;
use demarche_engine::language::linear::{exp, relu, transpose};
use demarche_engine::language::network::{NAME_TAGS, Network, distance, halves};

use crate::backward::{self, LayerSlopes};
use crate::random::Random;
use crate::weights::Weights;

/// A sentence as the network sees it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sample {
    /// Rows of the feature table, per word.
    pub(crate) rows: Vec<Vec<u32>>,
    /// How many of a word's first rows may be dropped, and how likely.
    pub(crate) lexical: Vec<(usize, f32)>,
    /// Its vector from raw text, per word.
    pub(crate) vectors: Vec<f32>,
    /// Tags, heads (0 is the root) and relations; empty where not given.
    pub(crate) tags: Vec<usize>,
    pub(crate) heads: Vec<usize>,
    pub(crate) relations: Vec<usize>,
    /// Name tags; empty where not given.
    pub(crate) names: Vec<usize>,
}

/// Slopes of one share of a batch.
pub(crate) struct Slopes {
    pub(crate) dense: Vec<Vec<f32>>,
    /// Rows of the table that each word read, and the slope at each word's vector.
    pub(crate) rows: Vec<Vec<u32>>,
    pub(crate) words: Vec<f32>,
    /// Summed loss of tags, heads, relations, names.
    pub(crate) loss: [f32; 4],
}

const DROP_INPUT: f32 = 0.15;
const DROP_VECTOR: f32 = 0.1;
const DROP_BETWEEN: f32 = 0.12;
const DROP_OUT: f32 = 0.15;
/// Names are rare: each word's loss counts for more than that of its tag, head or relation.
const NAMES_WEIGH: f32 = 1.5;

/// Zeroes some values and raises the others; the mask is returned for the way back.
fn drop(values: &mut [f32], rate: f32, random: &mut Random) -> Vec<f32> {
    let keep = 1.0 / (1.0 - rate);
    let mask: Vec<f32> = values.iter().map(|_| if random.unit() < rate { 0.0 } else { keep }).collect();
    mask_with(values, &mask);
    mask
}

fn mask_with(values: &mut [f32], mask: &[f32]) {
    for (value, mask) in values.iter_mut().zip(mask) {
        *value *= mask;
    }
}

/// Turns scores into their slopes for the right answer, or zeros where none is known; returns the loss.
fn softmax(scores: &mut [f32], right: Option<usize>, scale: f32) -> f32 {
    let Some(right) = right else {
        scores.fill(0.0);
        return 0.0;
    };
    let greatest = scores.iter().fold(f32::MIN, |a, &b| a.max(b));
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = exp(*score - greatest);
        sum += *score;
    }
    for score in scores.iter_mut() {
        *score /= sum;
    }
    let loss = -scores[right].max(1e-9).ln();
    scores[right] -= 1.0;
    scores.iter_mut().for_each(|s| *s *= scale);
    loss
}

/// Forward and back over `samples`; `scale` is 1 / words of the whole batch.
pub(crate) fn slopes(
    weights: &Weights,
    network: &Network,
    samples: &[&Sample],
    scale: f32,
    random: &mut Random,
) -> Slopes {
    let sizes = weights.sizes;
    let total: usize = samples.iter().map(|s| s.rows.len()).sum();
    let mut ends = Vec::new();
    let mut end = 0;
    let mut rows = Vec::with_capacity(total);
    let mut vectors = Vec::with_capacity(total * sizes.vector);
    for sample in samples {
        end += sample.rows.len();
        ends.push(end);
        for (all, &(lexical, chance)) in sample.rows.iter().zip(&sample.lexical) {
            let from = if random.unit() < chance { lexical } else { 0 };
            rows.push(all[from..].to_vec());
        }
        vectors.extend_from_slice(&sample.vectors);
    }
    let mut words = weights.words(rows.iter().map(Vec::as_slice));
    // A word's whole vector is dropped, so that unknown words are met in training.
    for vector in vectors.chunks_exact_mut(sizes.vector.max(1)) {
        if random.unit() < DROP_VECTOR {
            vector.fill(0.0);
        }
    }
    network.vectors_in.add_product(&vectors, &mut words);
    let input_mask = drop(&mut words, DROP_INPUT, random);
    // What went into each layer and what came out, and the masks on the outputs.
    let mut inputs = vec![words];
    let mut states = Vec::new();
    let mut masks = Vec::new();
    for (number, layer) in network.layers.iter().enumerate() {
        let mut state = States::default();
        layer.run(&inputs[number], &ends, &mut state);
        let mut output = state.outputs.clone();
        let last = number + 1 == network.layers.len();
        masks.push(drop(&mut output, if last { DROP_OUT } else { DROP_BETWEEN }, random));
        states.push(state);
        inputs.push(output);
    }
    let encoded = inputs.pop().unwrap_or_default();

    let mut dense: Vec<Vec<f32>> = weights.dense.iter().map(|w| vec![0.0; w.matrix.values.len()]).collect();
    let mut slope = vec![0.0; encoded.len()];
    let mut loss = [0.0; 4];
    let mut heads =
        Heads { weights, network, samples, ends: &ends, encoded: &encoded, scale, dense: &mut dense };
    loss[0] = heads.tags(&mut slope);
    loss[1] = heads.arcs(&mut slope, random);
    loss[2] = heads.relations(&mut slope, random);
    loss[3] = heads.names(&mut slope, random);

    for number in (0..network.layers.len()).rev() {
        mask_with(&mut slope, &masks[number]);
        slope = layer(weights, network, number, &inputs[number], &states[number], &ends, &slope, &mut dense);
    }
    mask_with(&mut slope, &input_mask);
    if sizes.vector > 0 {
        let at = weights.place("vectors_in");
        backward::product(&weights.dense[at].matrix, &vectors, &slope, &mut dense[at]);
    }
    Slopes { dense, rows, words: slope, loss }
}

#[allow(clippy::too_many_arguments, reason = "one call per layer, all of it state of `slopes`")]
fn layer(
    weights: &Weights,
    network: &Network,
    number: usize,
    input: &[f32],
    states: &States,
    ends: &[usize],
    out: &[f32],
    dense: &mut [Vec<f32>],
) -> Vec<f32> {
    let name = format!("layer{number}.weights");
    let at = weights.place(&name);
    // Weights, bias and peep stand side by side in the list of shapes.
    let [weight, bias, peep] = &mut dense[at..at + 3] else {
        unreachable!("shapes lists three parts per layer")
    };
    let slopes = LayerSlopes { weights: weight, bias, peep };
    backward::layer(&network.layers[number], &weights.dense[at].matrix, input, states, ends, out, slopes)
}

/// The four outputs, each adding its slope at the encoder's output.
struct Heads<'a> {
    weights: &'a Weights,
    network: &'a Network,
    samples: &'a [&'a Sample],
    ends: &'a [usize],
    encoded: &'a [f32],
    scale: f32,
    dense: &'a mut Vec<Vec<f32>>,
}

fn add(sum: &mut [f32], values: &[f32]) {
    for (sum, value) in sum.iter_mut().zip(values) {
        *sum += value;
    }
}

fn gate(slope: &mut [f32], outputs: &[f32]) {
    for (slope, output) in slope.iter_mut().zip(outputs) {
        if *output <= 0.0 {
            *slope = 0.0;
        }
    }
}

impl Heads<'_> {
    /// Back through a matrix with bias that stands next to it.
    fn linear(&mut self, name: &str, input: &[f32], out: &[f32]) -> Vec<f32> {
        let at = self.weights.place(name);
        let (left, right) = self.dense.split_at_mut(at + 1);
        backward::linear(&self.weights.dense[at].matrix, input, out, &mut left[at], &mut right[0])
    }

    fn tags(&mut self, slope: &mut [f32]) -> f32 {
        let mut scores = self.network.tags.apply(self.encoded);
        let count = self.weights.sizes.tags;
        let mut loss = 0.0;
        let mut rows = scores.chunks_exact_mut(count);
        for sample in self.samples {
            for i in 0..sample.rows.len() {
                let Some(row) = rows.next() else { break };
                loss += softmax(row, sample.tags.get(i).copied(), self.scale);
            }
        }
        let back = self.linear("tags", self.encoded, &scores);
        add(slope, &back);
        loss
    }

    fn names(&mut self, slope: &mut [f32], random: &mut Random) -> f32 {
        let mut hidden = self.network.names_in.apply(self.encoded);
        relu(&mut hidden);
        let mask = drop(&mut hidden, DROP_OUT, random);
        let mut scores = self.network.names_out.apply(&hidden);
        let mut loss = 0.0;
        let mut rows = scores.chunks_exact_mut(NAME_TAGS);
        for sample in self.samples {
            for i in 0..sample.rows.len() {
                let Some(row) = rows.next() else { break };
                loss += softmax(row, sample.names.get(i).copied(), NAMES_WEIGH * self.scale);
            }
        }
        let mut back = self.linear("names_out", &hidden, &scores);
        mask_with(&mut back, &mask);
        gate(&mut back, &hidden);
        let back = self.linear("names_in", self.encoded, &back);
        add(slope, &back);
        loss
    }

    fn arcs(&mut self, slope: &mut [f32], random: &mut Random) -> f32 {
        let arc = self.weights.sizes.arc;
        let mut both = self.network.arcs.apply(self.encoded);
        relu(&mut both);
        let mask = drop(&mut both, DROP_OUT, random);
        let (dependents, heads) = halves(&both, arc);
        let asked = self.network.bilinear.apply(&dependents);
        let mut asked_slope = vec![0.0; asked.len()];
        let mut heads_slope = vec![0.0; heads.len()];
        let (root_at, distance_at) = (self.weights.place("root"), self.weights.place("distance"));
        let mut loss = 0.0;
        let mut begin = 0;
        for (sample, &end) in self.samples.iter().zip(self.ends) {
            let count = end - begin;
            let range = begin * arc..end * arc;
            begin = end;
            if sample.heads.is_empty() {
                continue;
            }
            let mut scores = self.network.arc_scores(&asked[range.clone()], &heads[range.clone()]);
            let mut inner = Vec::with_capacity(count * count);
            for (i, row) in scores.chunks_exact_mut(count + 1).enumerate() {
                row[i + 1] = -1e9;
                loss += softmax(row, sample.heads.get(i).copied(), self.scale);
                for j in 0..count {
                    self.dense[distance_at][distance(i, j)] += row[j + 1];
                }
                let own = &asked[range.clone()][i * arc..][..arc];
                self.dense[root_at].iter_mut().zip(own).for_each(|(s, v)| *s += row[0] * v);
                let own = &mut asked_slope[range.clone()][i * arc..][..arc];
                own.iter_mut().zip(&self.network.root).for_each(|(s, v)| *s += row[0] * v);
                inner.extend_from_slice(&row[1..]);
            }
            Packed::new(&heads[range.clone()], count, arc)
                .add_product(&inner, &mut asked_slope[range.clone()]);
            let turned = transpose(&inner, count, count);
            Packed::new(&asked[range.clone()], count, arc).add_product(&turned, &mut heads_slope[range]);
        }
        let dependents_slope = self.linear("bilinear", &dependents, &asked_slope);
        let mut back = Vec::with_capacity(both.len());
        for (a, b) in dependents_slope.chunks_exact(arc).zip(heads_slope.chunks_exact(arc)) {
            back.extend_from_slice(a);
            back.extend_from_slice(b);
        }
        mask_with(&mut back, &mask);
        gate(&mut back, &both);
        let back = self.linear("arcs", self.encoded, &back);
        add(slope, &back);
        loss
    }

    fn relations(&mut self, slope: &mut [f32], random: &mut Random) -> f32 {
        let sizes = self.weights.sizes;
        let width = sizes.relation;
        let both = self.network.relations_in.apply(self.encoded);
        let (mut hidden, as_heads) = halves(&both, width);
        // Where each word's head stands in the batch.
        let mut heads: Vec<Option<usize>> = Vec::new();
        let mut golds: Vec<Option<usize>> = Vec::new();
        let mut begin = 0;
        for (sample, &end) in self.samples.iter().zip(self.ends) {
            for i in 0..end - begin {
                heads.push(sample.heads.get(i).and_then(|h| h.checked_sub(1)).map(|h| begin + h));
                golds.push(sample.relations.get(i).copied());
            }
            begin = end;
        }
        for (row, head) in hidden.chunks_exact_mut(width).zip(&heads) {
            match head {
                Some(h) => add(row, &as_heads[h * width..][..width]),
                None => add(row, &self.network.relations_root),
            }
        }
        relu(&mut hidden);
        let mask = drop(&mut hidden, DROP_OUT, random);
        let mut scores = self.network.relations_out.apply(&hidden);
        let mut loss = 0.0;
        for (row, gold) in scores.chunks_exact_mut(sizes.relations).zip(&golds) {
            loss += softmax(row, *gold, self.scale);
        }
        let mut back = self.linear("relations_out", &hidden, &scores);
        mask_with(&mut back, &mask);
        gate(&mut back, &hidden);
        let root_at = self.weights.place("relations_root");
        let mut both_slope = vec![0.0; both.len()];
        for (i, (row, head)) in back.chunks_exact(width).zip(&heads).enumerate() {
            add(&mut both_slope[i * 2 * width..][..width], row);
            match head {
                Some(h) => add(&mut both_slope[h * 2 * width + width..][..width], row),
                None => add(&mut self.dense[root_at], row),
            }
        }
        let back = self.linear("relations_in", self.encoded, &both_slope);
        add(slope, &back);
        loss
    }
}
