//! Weights: turns gradients into better weights (Adam), and weights into the engine's network.

use demarche_engine::language::linear::Dense;
use demarche_engine::language::model::Matrix;
use demarche_engine::language::network::{Network, Sizes, shapes};

use crate::random::Random;

const FIRST: f32 = 0.9;
const SECOND: f32 = 0.98;

/// One matrix with the running means that Adam keeps.
#[derive(Debug, Clone)]
pub(crate) struct Weight {
    pub(crate) name: String,
    pub(crate) matrix: Matrix,
    mean: Vec<f32>,
    square: Vec<f32>,
}

impl Weight {
    fn new(name: String, matrix: Matrix) -> Self {
        let size = matrix.values.len();
        Self { name, matrix, mean: vec![0.0; size], square: vec![0.0; size] }
    }

    /// One step against `gradient`, which covers the values from `from` on.
    fn step(&mut self, from: usize, gradient: &[f32], rate: f32, correction: (f32, f32)) {
        let size = gradient.len();
        let values = &mut self.matrix.values[from..from + size];
        let (mean, square) = (&mut self.mean[from..from + size], &mut self.square[from..from + size]);
        for i in 0..size {
            let g = gradient[i];
            mean[i] = FIRST * mean[i] + (1.0 - FIRST) * g;
            square[i] = SECOND * square[i] + (1.0 - SECOND) * g * g;
            values[i] -= rate * (mean[i] / correction.0) / ((square[i] / correction.1).sqrt() + 1e-8);
        }
    }
}

/// All weights of the network.
#[derive(Debug, Clone)]
pub(crate) struct Weights {
    pub(crate) sizes: Sizes,
    pub(crate) dense: Vec<Weight>,
    pub(crate) table: Weight,
    steps: i32,
}

impl Weights {
    /// Random beginnings; `rows` features have a vector.
    pub(crate) fn new(sizes: Sizes, rows: usize, random: &mut Random) -> Self {
        let dense = shapes(sizes)
            .into_iter()
            .map(|(name, rows, columns)| {
                let bound = (6.0 / (rows + columns) as f32).sqrt();
                let zero = rows == 1 && !name.starts_with("root") && name != "relations_root";
                let mut values: Vec<f32> = (0..rows * columns)
                    .map(|_| if zero { 0.0 } else { (2.0 * random.unit() - 1.0) * bound })
                    .collect();
                if name == "bilinear" {
                    // Near the identity: arcs start as plain similarity.
                    values.iter_mut().enumerate().for_each(|(i, v)| {
                        *v = *v * 0.1 + if i % (columns + 1) == 0 { 0.1 } else { 0.0 };
                    });
                }
                Weight::new(name, Matrix { rows, columns, values })
            })
            .collect();
        let values = (0..rows * sizes.width).map(|_| random.normal() * 0.1).collect();
        let table = Weight::new("features".to_owned(), Matrix { rows, columns: sizes.width, values });
        Self { sizes, dense, table, steps: 0 }
    }

    /// The place of a dense weight.
    pub(crate) fn place(&self, name: &str) -> usize {
        self.dense.iter().position(|w| w.name == name).expect("weights are asked for by names that exist")
    }

    /// A dense weight.
    pub(crate) fn get(&self, name: &str) -> &Matrix {
        &self.dense[self.place(name)].matrix
    }

    /// The engine's network with these weights.
    pub(crate) fn network(&self) -> Network {
        Network::new(self.sizes, &|name| self.get(name).clone(), Dense::exact)
    }

    /// The sums of the rows of each word.
    pub(crate) fn words<'r>(&self, words: impl Iterator<Item = &'r [u32]>) -> Vec<f32> {
        let width = self.sizes.width;
        let mut out = Vec::new();
        for rows in words {
            let begin = out.len();
            out.resize(begin + width, 0.0);
            for &row in rows {
                let value = &self.table.matrix.values[row as usize * width..][..width];
                out[begin..].iter_mut().zip(value).for_each(|(o, v)| *o += v);
            }
        }
        out
    }

    /// Goes a share of the way to other weights: a running mean of them, when done again and again.
    pub(crate) fn approach(&mut self, other: &Self, share: f32) {
        let pairs = self.dense.iter_mut().zip(&other.dense).chain([(&mut self.table, &other.table)]);
        for (own, other) in pairs {
            for (own, other) in own.matrix.values.iter_mut().zip(&other.matrix.values) {
                *own += share * (other - *own);
            }
        }
    }

    /// One step of Adam. `rows` are the touched rows of the table, with their gradients side by side.
    pub(crate) fn step(&mut self, dense: &mut [Vec<f32>], rows: &[usize], table: &mut [f32], rate: f32) {
        self.steps += 1;
        let correction = (1.0 - FIRST.powi(self.steps), 1.0 - SECOND.powi(self.steps));
        let norm = dense.iter().flatten().map(|g| g * g).sum::<f32>().sqrt();
        if norm > 5.0 {
            let shrink = 5.0 / norm;
            dense.iter_mut().flatten().for_each(|g| *g *= shrink);
            table.iter_mut().for_each(|g| *g *= shrink);
        }
        for (weight, gradient) in self.dense.iter_mut().zip(dense) {
            weight.step(0, gradient, rate, correction);
        }
        let width = self.sizes.width;
        for (&row, gradient) in rows.iter().zip(table.chunks_exact(width)) {
            self.table.step(row * width, gradient, rate, correction);
        }
    }
}
