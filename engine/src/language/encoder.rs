//! The encoder: turns the feature rows of a sentence's words into one vector per word that knows its neighbours.
//! Bidirectional layers of simple recurrent units (Lei et al. 2018): the products run over all words at once,
//! and only cheap element-wise steps go word by word.

use super::linear::{Dense, sigmoid, tanh, vectorised};

/// One bidirectional layer. A row of its product holds, for each direction, candidate, forget and reset gate.
#[derive(Debug, Clone, Default)]
pub struct Layer {
    /// `inputs` × 6 · `width`.
    pub weights: Dense,
    /// Per direction: forget bias, reset bias, each `width` long.
    pub bias: Vec<f32>,
    /// Per direction: forget and reset gate's weight of the state, each `width` long.
    pub peep: Vec<f32>,
    /// Units of one direction.
    pub width: usize,
}

/// What a layer computed; the trainer goes back through it.
#[derive(Debug, Clone, Default)]
pub struct States {
    /// The product with the weights: words × 6 · `width`.
    pub gates: Vec<f32>,
    /// States: words × 2 · `width`.
    pub cells: Vec<f32>,
    /// Outputs: words × 2 · `width`.
    pub outputs: Vec<f32>,
}

impl Layer {
    /// Runs over `inputs`, the words of several sentences one after the other; `ends` tells where each ends. `states`
    /// may bring memory of another run.
    pub fn run(&self, inputs: &[f32], ends: &[usize], states: &mut States) {
        let mut gates = std::mem::take(&mut states.gates);
        self.weights.product(inputs, &mut gates);
        self.pass(inputs, &gates, None, ends, states);
        states.gates = gates;
    }

    /// The part of a run that goes word by word; `gates` are the product. Where the words are not the rows of these two
    /// themselves, `rows` has the row of each.
    ///
    /// Where the input is as wide as one direction, it is passed on to both; where it is twice as wide, each
    /// direction gets its half.
    pub fn pass(
        &self,
        inputs: &[f32],
        gates: &[f32],
        rows: Option<&[usize]>,
        ends: &[usize],
        states: &mut States,
    ) {
        let words = ends.last().copied().unwrap_or(0);
        states.cells.resize(words * 2 * self.width, 0.0);
        states.outputs.resize(words * 2 * self.width, 0.0);
        let mut begin = 0;
        for &end in ends {
            let row = |word| rows.map_or(word, |rows| rows[word]);
            let words = begin..end;
            self.direction(inputs, gates, 0, words.clone().map(|word| (word, row(word))), states);
            self.direction(inputs, gates, 1, words.rev().map(|word| (word, row(word))), states);
            begin = end;
        }
    }

    fn direction(
        &self,
        inputs: &[f32],
        gates: &[f32],
        side: usize,
        mut words: impl Iterator<Item = (usize, usize)>,
        states: &mut States,
    ) {
        let width = self.width;
        let wide = self.weights.inputs();
        let skip_from = if wide == 2 * width { side * width } else { 0 };
        let bias = &self.bias[side * 2 * width..][..2 * width];
        let peep = &self.peep[side * 2 * width..][..2 * width];
        let mut before = vec![0.0; width];
        vectorised(
            #[inline(always)]
            || {
                for (word, row) in words.by_ref() {
                    let gates = &gates[row * 6 * width + side * 3 * width..][..3 * width];
                    let skip = &inputs[row * wide + skip_from..][..width];
                    let cells = &mut states.cells[word * 2 * width + side * width..][..width];
                    let outputs = &mut states.outputs[word * 2 * width + side * width..][..width];
                    step(gates, bias, peep, skip, &mut before, cells, outputs);
                }
            },
        );
    }
}

/// One word: `before` is the state to its left (or right) and becomes its own.
#[inline(always)]
fn step(
    gates: &[f32],
    bias: &[f32],
    peep: &[f32],
    skip: &[f32],
    before: &mut [f32],
    cells: &mut [f32],
    outputs: &mut [f32],
) {
    let width = before.len();
    let (candidate, rest) = gates.split_at(width);
    let (forget, reset) = rest.split_at(width);
    let (forget_bias, reset_bias) = bias.split_at(width);
    let (forget_peep, reset_peep) = peep.split_at(width);
    let (skip, cells, outputs) = (&skip[..width], &mut cells[..width], &mut outputs[..width]);
    let (reset, reset_bias, reset_peep) = (&reset[..width], &reset_bias[..width], &reset_peep[..width]);
    for i in 0..width {
        let old = before[i];
        let f = sigmoid(forget[i] + forget_bias[i] + forget_peep[i] * old);
        let r = sigmoid(reset[i] + reset_bias[i] + reset_peep[i] * old);
        let new = f * old + (1.0 - f) * candidate[i];
        before[i] = new;
        cells[i] = new;
        outputs[i] = r * tanh(new) + (1.0 - r) * skip[i];
    }
}

#[cfg(test)]
mod tests {
    use super::super::model::Matrix;
    use super::*;

    fn layer(inputs: usize, width: usize) -> Layer {
        let weights: Vec<f32> =
            (0..inputs * 6 * width).map(|i| ((i * 37 % 11) as f32 - 5.0) / 10.0).collect();
        Layer {
            weights: Dense::exact(&Matrix { rows: inputs, columns: 6 * width, values: weights }),
            bias: vec![0.1; 4 * width],
            peep: vec![0.2; 4 * width],
            width,
        }
    }

    #[test]
    fn sentences_do_not_see_each_other() {
        let layer = layer(3, 3);
        let words: Vec<f32> = (0..15).map(|i| i as f32 / 10.0).collect();
        let run = |words: &[f32], ends: &[usize]| {
            let mut states = States::default();
            layer.run(words, ends, &mut states);
            states
        };
        let together = run(&words, &[2, 5]);
        assert_eq!(together.outputs[12..], run(&words[6..], &[3]).outputs);
        assert!(run(&[], &[]).outputs.is_empty());
        // A word that comes twice needs one row.
        let mut twice = States::default();
        layer.pass(&words[..6], &together.gates[..36], Some(&[0, 1, 0]), &[3], &mut twice);
        assert_eq!(twice.outputs, run(&[&words[..6], &words[..3]].concat(), &[3]).outputs);
    }
}
