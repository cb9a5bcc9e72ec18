//! The encoder: turns the feature rows of a sentence's words into one vector per word that knows its neighbours.
//! Bidirectional layers of simple recurrent units (Lei et al. 2018): the products run over all words at once,
//! and only cheap element-wise steps go word by word.

use super::linear::{Dense, sigmoid, tanh};

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
    /// Runs over `inputs`, the words of several sentences one after the other; `ends` tells where each ends.
    ///
    /// Where the input is as wide as one direction, it is passed on to both; where it is twice as wide, each
    /// direction gets its half.
    pub fn run(&self, inputs: &[f32], ends: &[usize]) -> States {
        let width = self.width;
        let words = inputs.len() / self.weights.inputs().max(1);
        let mut states = States {
            gates: vec![0.0; words * 6 * width],
            cells: vec![0.0; words * 2 * width],
            outputs: vec![0.0; words * 2 * width],
        };
        self.weights.add_product(inputs, &mut states.gates);
        let mut begin = 0;
        for &end in ends {
            self.direction(inputs, &mut states, 0, begin..end);
            self.direction(inputs, &mut states, 1, (begin..end).rev());
            begin = end;
        }
        states
    }

    fn direction(
        &self,
        inputs: &[f32],
        states: &mut States,
        side: usize,
        words: impl Iterator<Item = usize>,
    ) {
        let width = self.width;
        let wide = self.weights.inputs();
        let skip_from = if wide == 2 * width { side * width } else { 0 };
        let bias = &self.bias[side * 2 * width..][..2 * width];
        let peep = &self.peep[side * 2 * width..][..2 * width];
        let mut before = vec![0.0; width];
        pulp::Arch::new().dispatch(
            #[inline(always)]
            || {
                for word in words {
                    let gates = &states.gates[word * 6 * width + side * 3 * width..][..3 * width];
                    let skip = &inputs[word * wide + skip_from..][..width];
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
        let together = layer.run(&words, &[2, 5]);
        let alone = layer.run(&words[6..], &[3]);
        assert_eq!(&together.outputs[12..], &alone.outputs[..]);
        assert!(layer.run(&[], &[]).outputs.is_empty());
    }
}
