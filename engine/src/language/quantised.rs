//! Products in whole numbers: weights are bytes with a scale per column, as the model file keeps them, rows are rounded to
//! 16 bits with a scale per row. Whole sums are the same in every order, so each machine may take its fastest way.

use super::model::Matrix;

/// Columns in one panel: two vectors of eight sums.
const PANEL: usize = 16;
/// Rows that one pass over a panel serves.
const ROWS: usize = 4;
/// More inputs than this could overflow a sum of 32 bits.
const MOST_INPUTS: usize = (i32::MAX / (i16::MAX as i32 * i8::MAX as i32)) as usize;

/// A matrix of bytes.
#[derive(Debug, Clone, Default)]
pub struct Quantised {
    /// Rows of the matrix.
    pub inputs: usize,
    /// Columns of the matrix.
    pub outputs: usize,
    /// Panel by panel; within one, pair of inputs by pair of inputs, two weights for each column.
    panels: Vec<[i16; 2 * PANEL]>,
    /// One per column.
    scales: Vec<f32>,
}

/// Rows in 16 bits, two inputs in one number as the processor multiplies them.
struct Rounded {
    pairs: Vec<i32>,
    scales: Vec<f32>,
}

impl Quantised {
    /// Rounds a matrix, unless it has too many rows for sums of 32 bits.
    pub fn new(matrix: &Matrix) -> Option<Self> {
        let &Matrix { rows: inputs, columns: outputs, ref values } = matrix;
        if inputs == 0 || inputs > MOST_INPUTS {
            return None;
        }
        let pairs = inputs.div_ceil(2);
        let mut panels = vec![[0; 2 * PANEL]; outputs.div_ceil(PANEL) * pairs];
        let mut scales = vec![0.0_f32; outputs];
        for row in values.chunks_exact(outputs) {
            scales.iter_mut().zip(row).for_each(|(scale, value)| *scale = scale.max(value.abs()));
        }
        scales.iter_mut().for_each(|scale| *scale /= 127.0);
        for (input, row) in values.chunks_exact(outputs).enumerate() {
            for (output, (value, scale)) in row.iter().zip(&scales).enumerate() {
                let pair = &mut panels[output / PANEL * pairs + input / 2];
                let whole = if *scale > 0.0 { (value / scale).round() } else { 0.0 };
                pair[2 * (output % PANEL) + input % 2] = whole as i16;
            }
        }
        Some(Self { inputs, outputs, panels, scales })
    }

    /// `out` += `rows` · matrix, with `rows` row-major and `inputs` wide, `out` row-major and `outputs` wide.
    pub fn add_product(&self, rows: &[f32], out: &mut [f32]) {
        if self.outputs == 0 {
            return;
        }
        let rounded = self.round(rows);
        #[cfg(target_arch = "x86_64")]
        if let Some(simd) = pulp::x86::V3::try_new() {
            simd.vectorize(
                #[inline(always)]
                || self.each(&rounded, out, |rows, panel| avx2(simd, rows, panel)),
            );
            return;
        }
        self.each(&rounded, out, plain);
    }

    /// Rounds rows; there are always a multiple of [`ROWS`].
    fn round(&self, rows: &[f32]) -> Rounded {
        let count = rows.len() / self.inputs;
        let wide = self.inputs.div_ceil(2);
        let padded = count.next_multiple_of(ROWS);
        let mut rounded = Rounded { pairs: vec![0; padded * wide], scales: vec![0.0; padded] };
        pulp::Arch::new().dispatch(
            #[inline(always)]
            || {
                let targets = rounded.pairs.chunks_exact_mut(wide).zip(&mut rounded.scales);
                for (row, (pairs, scale)) in rows.chunks_exact(self.inputs).zip(targets) {
                    let greatest = row.iter().fold(0.0_f32, |most, value| most.max(value.abs()));
                    if greatest == 0.0 || !greatest.is_finite() {
                        continue;
                    }
                    *scale = greatest / f32::from(i16::MAX);
                    let up = f32::from(i16::MAX) / greatest;
                    let (twos, rest) = row.as_chunks::<2>();
                    for (pair, two) in pairs.iter_mut().zip(twos) {
                        *pair = whole(two[0] * up) & 0xFFFF | whole(two[1] * up) << 16;
                    }
                    if let (Some(pair), [one]) = (pairs.last_mut(), rest) {
                        *pair = whole(one * up) & 0xFFFF;
                    }
                }
            },
        );
        rounded
    }

    /// Sums each panel for each few rows, and adds them to `out` in their true size.
    #[inline(always)]
    fn each(
        &self,
        rounded: &Rounded,
        out: &mut [f32],
        sum: impl Fn(&[i32], &[[i16; 2 * PANEL]]) -> [[i32; PANEL]; ROWS],
    ) {
        let wide = self.inputs.div_ceil(2);
        // Panel by panel: one panel stays in the nearest cache while all rows pass.
        for (at, panel) in self.panels.chunks_exact(wide).enumerate() {
            let from = at * PANEL;
            let scales = &self.scales[from..self.outputs.min(from + PANEL)];
            let blocks = rounded.pairs.chunks_exact(ROWS * wide).zip(rounded.scales.chunks_exact(ROWS));
            for ((rows, row_scales), out) in blocks.zip(out.chunks_mut(ROWS * self.outputs)) {
                let sums = sum(rows, panel);
                for ((row, sums), row_scale) in out.chunks_exact_mut(self.outputs).zip(&sums).zip(row_scales)
                {
                    for ((out, sum), scale) in row[from..].iter_mut().zip(sums).zip(scales) {
                        *out += *sum as f32 * (scale * row_scale);
                    }
                }
            }
        }
    }
}

/// The nearest whole number: adding 1.5·2²³ leaves it in the low bits.
#[inline(always)]
fn whole(value: f32) -> i32 {
    (value + 12_582_912.0).to_bits() as i32 - 0x4B40_0000
}

#[inline(always)]
fn four<T>(rows: &[T]) -> [&[T]; ROWS] {
    let (ab, cd) = rows.split_at(rows.len() / 2);
    let ((a, b), (c, d)) = (ab.split_at(ab.len() / 2), cd.split_at(cd.len() / 2));
    [a, b, c, d]
}

/// Without help of the processor.
fn plain(rows: &[i32], panel: &[[i16; 2 * PANEL]]) -> [[i32; PANEL]; ROWS] {
    let mut sums = [[0; PANEL]; ROWS];
    for (row, sums) in four(rows).into_iter().zip(&mut sums) {
        for (pair, weights) in row.iter().zip(panel) {
            let (low, high) = (i32::from(*pair as i16), pair >> 16);
            for (sum, two) in sums.iter_mut().zip(weights.as_chunks::<2>().0) {
                *sum += low * i32::from(two[0]) + high * i32::from(two[1]);
            }
        }
    }
    sums
}

/// With one instruction for sixteen products and eight sums.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn avx2(simd: pulp::x86::V3, rows: &[i32], panel: &[[i16; 2 * PANEL]]) -> [[i32; PANEL]; ROWS] {
    let (avx, avx2) = (simd.avx, simd.avx2);
    let [a, b, c, d] = four(rows);
    let mut sums = [[avx._mm256_setzero_si256(); 2]; ROWS];
    for ((((weights, a), b), c), d) in panel.iter().zip(a).zip(b).zip(c).zip(d) {
        let [left, right]: [[i16; PANEL]; 2] = pulp::cast(*weights);
        let (left, right) = (pulp::cast(left), pulp::cast(right));
        for (sum, pair) in sums.iter_mut().zip([a, b, c, d]) {
            let pair = avx._mm256_set1_epi32(*pair);
            sum[0] = avx2._mm256_add_epi32(sum[0], avx2._mm256_madd_epi16(pair, left));
            sum[1] = avx2._mm256_add_epi32(sum[1], avx2._mm256_madd_epi16(pair, right));
        }
    }
    sums.map(pulp::cast)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(count: usize, seed: u32) -> Vec<f32> {
        let mut state = seed;
        std::iter::repeat_with(|| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / 8_388_608.0 - 1.0
        })
        .take(count)
        .collect()
    }

    #[test]
    fn products_are_near_the_true_ones_for_awkward_sizes() {
        for (rows, inputs, outputs) in [(1, 1, 1), (3, 5, 17), (4, 16, 16), (7, 9, 33), (9, 224, 70)] {
            let values = numbers(inputs * outputs, 7);
            let input = numbers(rows * inputs, 9);
            let matrix = Quantised::new(&Matrix { rows: inputs, columns: outputs, values: values.clone() });
            let mut out = vec![1.0; rows * outputs];
            matrix.unwrap().add_product(&input, &mut out);
            for (r, row) in out.chunks_exact(outputs).enumerate() {
                for (c, value) in row.iter().enumerate() {
                    let exact: f32 =
                        (0..inputs).map(|i| input[r * inputs + i] * values[i * outputs + c]).sum();
                    let error = (value - 1.0 - exact).abs();
                    assert!(error < 0.01 * inputs as f32, "{rows}×{inputs}×{outputs}: {error}");
                }
            }
        }
    }

    #[test]
    fn every_machine_sums_alike() {
        let values = numbers(40 * 48, 3);
        let matrix = Quantised::new(&Matrix { rows: 40, columns: 48, values }).unwrap();
        let input = numbers(10 * 40, 5);
        let (mut fast, mut slow) = (vec![0.5; 10 * 48], vec![0.5; 10 * 48]);
        matrix.add_product(&input, &mut fast);
        matrix.each(&matrix.round(&input), &mut slow, plain);
        assert_eq!(fast, slow);
    }

    #[test]
    fn wild_rows_and_sizes_are_borne() {
        let matrix = Quantised::new(&Matrix { rows: 2, columns: 1, values: vec![1.0, -1.0] }).unwrap();
        let mut out = vec![0.0; 3];
        matrix.add_product(&[f32::NAN, 1.0, f32::INFINITY, 0.0, 0.0, 0.0], &mut out);
        assert!(out[1..].iter().all(|v| *v == 0.0), "{out:?}");
        let tall = Matrix { rows: MOST_INPUTS + 1, columns: 1, values: vec![1.0; MOST_INPUTS + 1] };
        assert!(Quantised::new(&tall).is_none());
    }
}
