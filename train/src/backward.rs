//! Back through the network: turns the slope of the loss at a layer's output into slopes at its input and weights.

use demarche_engine::language::encoder::{Layer, States};
use demarche_engine::language::linear::{Packed, sigmoid, tanh, transpose};
use demarche_engine::language::model::Matrix;

/// Slopes of a product's weights, bias and input.
///
/// `out` is the slope at the output; `weights` and `bias` are added to, the slope at the input is returned.
pub(crate) fn linear(
    matrix: &Matrix,
    input: &[f32],
    out: &[f32],
    weights: &mut [f32],
    bias: &mut [f32],
) -> Vec<f32> {
    for row in out.chunks_exact(matrix.columns) {
        for (sum, value) in bias.iter_mut().zip(row) {
            *sum += value;
        }
    }
    product(matrix, input, out, weights)
}

/// The same without a bias.
pub(crate) fn product(matrix: &Matrix, input: &[f32], out: &[f32], weights: &mut [f32]) -> Vec<f32> {
    let count = input.len() / matrix.rows;
    let turned = transpose(input, count, matrix.rows);
    Packed::new(out, count, matrix.columns).add_product(&turned, weights);
    let mut slope = vec![0.0; input.len()];
    let turned = transpose(&matrix.values, matrix.rows, matrix.columns);
    Packed::new(&turned, matrix.columns, matrix.rows).add_product(out, &mut slope);
    slope
}

/// Slopes of one encoder layer: weights, bias and peep are added to, the slope at the input is returned.
pub(crate) struct LayerSlopes<'g> {
    pub(crate) weights: &'g mut [f32],
    pub(crate) bias: &'g mut [f32],
    pub(crate) peep: &'g mut [f32],
}

/// Back through one encoder layer.
pub(crate) fn layer(
    layer: &Layer,
    matrix: &Matrix,
    input: &[f32],
    states: &States,
    ends: &[usize],
    out: &[f32],
    slopes: LayerSlopes<'_>,
) -> Vec<f32> {
    let width = layer.width;
    let mut gates = vec![0.0; states.gates.len()];
    let mut skips = vec![0.0; input.len()];
    let mut begin = 0;
    for &end in ends {
        for side in 0..2 {
            // Against the direction in which the layer ran.
            let words: Vec<usize> =
                if side == 0 { (begin..end).rev().collect() } else { (begin..end).collect() };
            let mut run =
                Direction { layer, side, inputs: matrix.rows, gates: &mut gates, skips: &mut skips };
            let offset = side * 2 * width;
            run.back(
                &words,
                input,
                states,
                out,
                &mut slopes.bias[offset..offset + 2 * width],
                &mut slopes.peep[offset..offset + 2 * width],
            );
        }
        begin = end;
    }
    let mut slope = product(matrix, input, &gates, slopes.weights);
    for (sum, skip) in slope.iter_mut().zip(&skips) {
        *sum += skip;
    }
    slope
}

struct Direction<'a> {
    layer: &'a Layer,
    side: usize,
    inputs: usize,
    gates: &'a mut [f32],
    skips: &'a mut [f32],
}

impl Direction<'_> {
    fn back(
        &mut self,
        words: &[usize],
        input: &[f32],
        states: &States,
        out: &[f32],
        bias: &mut [f32],
        peep: &mut [f32],
    ) {
        let (width, side) = (self.layer.width, self.side);
        let skip_from = if self.inputs == 2 * width { side * width } else { 0 };
        let own_bias = &self.layer.bias[side * 2 * width..][..2 * width];
        let own_peep = &self.layer.peep[side * 2 * width..][..2 * width];
        let zero = vec![0.0; width];
        let mut carried = vec![0.0; width];
        for (at, &word) in words.iter().enumerate() {
            let gates = &states.gates[word * 6 * width + side * 3 * width..][..3 * width];
            let cells = &states.cells[word * 2 * width + side * width..][..width];
            let before = match words.get(at + 1) {
                Some(w) => &states.cells[w * 2 * width + side * width..][..width],
                None => &zero[..],
            };
            let skip = &input[word * self.inputs + skip_from..][..width];
            let out = &out[word * 2 * width + side * width..][..width];
            let slope = &mut self.gates[word * 6 * width + side * 3 * width..][..3 * width];
            let skip_slope = &mut self.skips[word * self.inputs + skip_from..][..width];
            for i in 0..width {
                let f = sigmoid(gates[width + i] + own_bias[i] + own_peep[i] * before[i]);
                let r = sigmoid(gates[2 * width + i] + own_bias[width + i] + own_peep[width + i] * before[i]);
                let t = tanh(cells[i]);
                let d = out[i];
                let reset = d * (t - skip[i]) * r * (1.0 - r);
                skip_slope[i] += d * (1.0 - r);
                let cell = carried[i] + d * r * (1.0 - t * t);
                let forget = cell * (before[i] - gates[i]) * f * (1.0 - f);
                slope[i] = cell * (1.0 - f);
                slope[width + i] = forget;
                slope[2 * width + i] = reset;
                bias[i] += forget;
                bias[width + i] += reset;
                peep[i] += forget * before[i];
                peep[width + i] += reset * before[i];
                carried[i] = cell * f + forget * own_peep[i] + reset * own_peep[width + i];
            }
        }
    }
}
