//! Dense arithmetic: turns rows of numbers and packed weights into rows of numbers. Sums run in one fixed order, so
//! that every machine and every number of threads gives the same bits.

use pulp::{Simd, WithSimd};

use super::model::Matrix;
use super::quantised::{Quantised, Rounded};

/// Columns in one panel of a packed matrix: two vectors of eight lanes.
const PANEL: usize = 16;
/// Rows that one pass over a panel serves.
const ROWS: usize = 4;

/// A matrix of `inputs` × `outputs`, stored panel by panel so that the product reads it in one stream.
#[derive(Debug, Clone, Default)]
pub struct Packed {
    /// Rows of the matrix.
    pub inputs: usize,
    /// Columns of the matrix.
    pub outputs: usize,
    panels: Vec<f32>,
}

impl Packed {
    /// Packs a row-major matrix.
    pub fn new(matrix: &[f32], inputs: usize, outputs: usize) -> Self {
        let mut packed = Self::default();
        packed.repack(matrix, inputs, outputs);
        packed
    }

    /// Packs a row-major matrix lying on its side: each of its rows becomes a column.
    pub fn turned(matrix: &[f32], inputs: usize, outputs: usize) -> Self {
        let mut panels = vec![0.0; outputs.next_multiple_of(PANEL) * inputs];
        let targets = panels.chunks_exact_mut((PANEL * inputs).max(1));
        for (panel, columns) in targets.zip(matrix.chunks((PANEL * inputs).max(1))) {
            for (lane, column) in columns.chunks_exact(inputs).enumerate() {
                for (row, value) in panel.chunks_exact_mut(PANEL).zip(column) {
                    row[lane] = *value;
                }
            }
        }
        Self { inputs, outputs, panels }
    }

    /// Packs another matrix into the same memory.
    pub fn repack(&mut self, matrix: &[f32], inputs: usize, outputs: usize) {
        self.inputs = inputs;
        self.outputs = outputs;
        let count = outputs.div_ceil(PANEL);
        self.panels.clear();
        self.panels.resize(count * PANEL * inputs, 0.0);
        for panel in 0..count {
            let from = panel * PANEL;
            let width = PANEL.min(outputs - from);
            let target = &mut self.panels[panel * PANEL * inputs..][..PANEL * inputs];
            for (row, target) in target.chunks_exact_mut(PANEL).enumerate() {
                target[..width].copy_from_slice(&matrix[row * outputs + from..][..width]);
            }
        }
    }

    /// `out` += `rows` · matrix, with `rows` row-major and `inputs` wide, `out` row-major and `outputs` wide.
    pub fn add_product(&self, rows: &[f32], out: &mut [f32]) {
        pulp::Arch::new().dispatch(Product { matrix: self, rows, out });
    }
}

/// A product to come, in the widest vectors of the machine. Every column is summed on its own in one order, so the
/// width changes no bit.
struct Product<'a> {
    matrix: &'a Packed,
    rows: &'a [f32],
    out: &'a mut [f32],
}

impl WithSimd for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let (inputs, outputs) = (self.matrix.inputs, self.matrix.outputs);
        if inputs == 0 || outputs == 0 {
            return;
        }
        // Panel by panel: one panel stays in the nearest cache while all rows pass.
        for (at, panel) in self.matrix.panels.chunks_exact(PANEL * inputs).enumerate() {
            let from = at * PANEL;
            let width = PANEL.min(outputs - from);
            for (rows, out) in self.rows.chunks(ROWS * inputs).zip(self.out.chunks_mut(ROWS * outputs)) {
                if rows.len() == ROWS * inputs {
                    let sums = match PANEL / S::F32_LANES {
                        1 => four_rows_wide::<S, 1>(simd, rows, panel, inputs),
                        2 => four_rows_wide::<S, 2>(simd, rows, panel, inputs),
                        _ => four_rows(rows, panel, inputs),
                    };
                    for (row, sum) in sums.iter().enumerate() {
                        add(&mut out[row * outputs + from..][..width], sum);
                    }
                } else {
                    for (row, out) in rows.chunks_exact(inputs).zip(out.chunks_exact_mut(outputs)) {
                        let sum = one_row(row, panel);
                        add(&mut out[from..][..width], &sum);
                    }
                }
            }
        }
    }
}

/// [`four_rows`] for panels of one or two vectors, spelt out, since the compiler halves them.
#[inline(always)]
fn four_rows_wide<S: Simd, const VECTORS: usize>(
    simd: S,
    rows: &[f32],
    panel: &[f32],
    inputs: usize,
) -> [[f32; PANEL]; ROWS] {
    let (a, rest) = rows.split_at(inputs);
    let (b, rest) = rest.split_at(inputs);
    let (c, d) = rest.split_at(inputs);
    let zero = simd.splat_f32s(0.0);
    let mut sums = [[zero; VECTORS]; ROWS];
    let (weights, _) = S::as_simd_f32s(panel);
    let (weights, _) = weights.as_chunks::<VECTORS>();
    for ((((weights, &a), &b), &c), &d) in weights.iter().zip(a).zip(b).zip(c).zip(d) {
        for (sums, x) in sums.iter_mut().zip([a, b, c, d]) {
            let x = simd.splat_f32s(x);
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum = simd.add_f32s(*sum, simd.mul_f32s(x, *weight));
            }
        }
    }
    let mut out = [[0.0; PANEL]; ROWS];
    for (out, sum) in out.iter_mut().zip(sums) {
        let (vectors, _) = S::as_mut_simd_f32s(out);
        vectors.copy_from_slice(&sum);
    }
    out
}

#[inline(always)]
fn add(out: &mut [f32], sum: &[f32; PANEL]) {
    for (out, sum) in out.iter_mut().zip(sum) {
        *out += sum;
    }
}

#[inline(always)]
fn one_row(row: &[f32], panel: &[f32]) -> [f32; PANEL] {
    let mut sum = [0.0_f32; PANEL];
    for (&x, weights) in row.iter().zip(panel.chunks_exact(PANEL)) {
        for (sum, weight) in sum.iter_mut().zip(weights) {
            *sum += x * weight;
        }
    }
    sum
}

#[inline(always)]
fn four_rows(rows: &[f32], panel: &[f32], inputs: usize) -> [[f32; PANEL]; ROWS] {
    let (a, rest) = rows.split_at(inputs);
    let (b, rest) = rest.split_at(inputs);
    let (c, d) = rest.split_at(inputs);
    let (mut p, mut q, mut r, mut s) =
        ([0.0_f32; PANEL], [0.0_f32; PANEL], [0.0_f32; PANEL], [0.0_f32; PANEL]);
    let xs = a.iter().zip(b).zip(c).zip(d);
    for ((((&a, &b), &c), &d), weights) in xs.zip(panel.chunks_exact(PANEL)) {
        for lane in 0..PANEL {
            let weight = weights[lane];
            p[lane] += a * weight;
            q[lane] += b * weight;
            r[lane] += c * weight;
            s[lane] += d * weight;
        }
    }
    [p, q, r, s]
}

/// A matrix to multiply with: exact while it is learnt, in bytes once it is kept.
#[derive(Debug, Clone)]
pub enum Dense {
    /// In full.
    Exact(Packed),
    /// In bytes.
    Bytes(Quantised),
}

impl Default for Dense {
    fn default() -> Self {
        Self::Exact(Packed::default())
    }
}

impl Dense {
    /// In full.
    pub fn exact(matrix: &Matrix) -> Self {
        Self::Exact(Packed::new(&matrix.values, matrix.rows, matrix.columns))
    }

    /// In bytes, where it is not too tall for them.
    pub fn bytes(matrix: &Matrix) -> Self {
        Quantised::new(matrix).map_or_else(|| Self::exact(matrix), Self::Bytes)
    }

    /// Rows of the matrix.
    pub fn inputs(&self) -> usize {
        match self {
            Self::Exact(packed) => packed.inputs,
            Self::Bytes(quantised) => quantised.inputs,
        }
    }

    /// Columns of the matrix.
    pub fn outputs(&self) -> usize {
        match self {
            Self::Exact(packed) => packed.outputs,
            Self::Bytes(quantised) => quantised.outputs,
        }
    }

    /// `out` += `rows` · matrix.
    pub fn add_product(&self, rows: &[f32], out: &mut [f32]) {
        match self {
            Self::Exact(packed) => packed.add_product(rows, out),
            Self::Bytes(quantised) => quantised.add_product(rows, out),
        }
    }

    /// `out` becomes `rows` · matrix, in the memory that it has.
    pub fn product(&self, rows: &[f32], out: &mut Vec<f32>) {
        let size = rows.len() / self.inputs().max(1) * self.outputs();
        match self {
            Self::Exact(packed) => {
                out.clear();
                out.resize(size, 0.0);
                packed.add_product(rows, out);
            }
            Self::Bytes(quantised) => {
                out.resize(size, 0.0);
                let rows = Rounded::new(rows, quantised.inputs);
                quantised.product(&rows, out, |out, value| *out = value);
            }
        }
    }
}

/// A matrix with a bias.
#[derive(Debug, Clone, Default)]
pub struct Linear {
    /// The matrix.
    pub weights: Dense,
    /// Added to every row.
    pub bias: Vec<f32>,
}

impl Linear {
    /// `rows` · matrix + bias.
    pub fn apply(&self, rows: &[f32]) -> Vec<f32> {
        let [out] = apply([self], rows);
        out
    }
}

/// `rows` · matrix + bias, for several that read the same rows, which are rounded only once.
pub fn apply<const COUNT: usize>(linears: [&Linear; COUNT], rows: &[f32]) -> [Vec<f32>; COUNT] {
    let mut rounded = None;
    linears.map(|Linear { weights, bias }| {
        let count = rows.len() / weights.inputs().max(1);
        let mut out = bias.repeat(count);
        match weights {
            Dense::Exact(packed) => packed.add_product(rows, &mut out),
            Dense::Bytes(quantised) => {
                let rounded = rounded.get_or_insert_with(|| Rounded::new(rows, quantised.inputs));
                quantised.product(rounded, &mut out, |out, value| *out += value);
            }
        }
        out
    })
}

/// Work to do, as what pulp compiles once for each width of vectors.
struct Wide<Work>(Work);

impl<Work: FnMut()> WithSimd for Wide<Work> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, _: S) {
        (self.0)();
    }
}

/// Does in the widest vectors of the machine what is marked `#[inline(always)]`; the compiler finds the vectors.
#[inline(always)]
pub fn vectorised(work: impl FnMut()) {
    pulp::Arch::new().dispatch(Wide(work));
}

/// Turns a row-major matrix on its side.
pub fn transpose(matrix: &[f32], rows: usize, columns: usize) -> Vec<f32> {
    let mut out = vec![0.0; rows * columns];
    for row in 0..rows {
        for column in 0..columns {
            out[column * rows + row] = matrix[row * columns + column];
        }
    }
    out
}

/// Sum of products, in one fixed order of lanes.
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0_f32; 8];
    let (a8, b8) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest: f32 = a8.remainder().iter().zip(b8.remainder()).map(|(a, b)| a * b).sum();
    for (a, b) in a8.zip(b8) {
        for lane in 0..8 {
            lanes[lane] += a[lane] * b[lane];
        }
    }
    lanes.iter().sum::<f32>() + rest
}

/// Negatives become 0.
pub fn relu(values: &mut [f32]) {
    for value in values {
        *value = value.max(0.0);
    }
}

/// eˣ to about seven digits, by arithmetic alone: the system's own differs between machines.
#[inline(always)]
pub fn exp(x: f32) -> f32 {
    let t = (x * std::f32::consts::LOG2_E).clamp(-126.0, 126.0);
    // Adding 1.5·2²³ rounds to the nearest integer, which then stands in the low bits.
    let shifted = t + 12_582_912.0;
    let whole = shifted.to_bits() as i32 - 0x4B40_0000;
    let f = t - (shifted - 12_582_912.0);
    // 2^f on [-½, ½]: Taylor's series.
    let p = 1.0
        + f * (std::f32::consts::LN_2
            + f * (0.240_226_5
                + f * (0.055_504_11 + f * (0.009_618_129 + f * (0.001_333_356 + f * 0.000_154_035_3)))));
    f32::from_bits(((whole + 127) << 23) as u32) * p
}

/// 1 / (1 + e⁻ˣ).
#[inline(always)]
pub fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

/// Hyperbolic tangent.
#[inline(always)]
pub fn tanh(x: f32) -> f32 {
    1.0 - 2.0 / (1.0 + exp(2.0 * x))
}

/// The place of the greatest value; the first of equals.
pub fn argmax(values: &[f32]) -> usize {
    let mut best = 0;
    for (i, value) in values.iter().enumerate() {
        if *value > values[best] {
            best = i;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_agree_with_the_definition_for_awkward_sizes() {
        for (rows, inputs, outputs) in [(1, 1, 1), (3, 5, 17), (4, 16, 16), (7, 9, 33), (9, 3, 2)] {
            let a: Vec<f32> = (0..rows * inputs).map(|i| (i % 7) as f32 - 3.0).collect();
            let b: Vec<f32> = (0..inputs * outputs).map(|i| (i % 5) as f32 - 2.0).collect();
            let mut out = vec![1.0; rows * outputs];
            Packed::new(&b, inputs, outputs).add_product(&a, &mut out);
            let mut turned = vec![1.0; rows * outputs];
            Packed::turned(&transpose(&b, inputs, outputs), inputs, outputs).add_product(&a, &mut turned);
            assert_eq!(out, turned);
            for r in 0..rows {
                for c in 0..outputs {
                    let sum: f32 = (0..inputs).map(|k| a[r * inputs + k] * b[k * outputs + c]).sum();
                    assert_eq!(out[r * outputs + c], 1.0 + sum, "{rows}×{inputs}×{outputs} at {r},{c}");
                }
            }
        }
    }

    #[test]
    fn exp_is_close_over_its_range_and_never_leaves_it() {
        for i in -800..800 {
            let x = i as f32 / 10.0;
            let want = x.exp();
            assert!((exp(x) - want).abs() <= want * 1e-5 + 1e-37, "{x}: {} {want}", exp(x));
        }
        assert!(exp(1e9).is_finite() && exp(-1e9) >= 0.0 && sigmoid(f32::MAX) <= 1.0);
        assert!((tanh(0.3) - 0.3_f32.tanh()).abs() < 1e-6);
    }
}
