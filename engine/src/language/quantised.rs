//! Products in whole numbers: weights are bytes with a scale per column, as the model file keeps them, rows are rounded to
//! 16 bits with a scale per row. Whole sums are the same in every order, so each machine may take its fastest way.

use super::linear::vectorised;
use super::model::Matrix;

/// Columns in one panel: four vectors of eight sums, or two of sixteen.
const PANEL: usize = 32;
/// Rows are kept in blocks of as many as the widest way serves in one pass over a panel.
const BLOCK: usize = 4;
/// More inputs than this could overflow a sum of 32 bits.
const MOST_INPUTS: usize = (i32::MAX / (i16::MAX as i32 * i8::MAX as i32)) as usize;

/// Two weights for each column of a panel.
type Weights = [i16; 2 * PANEL];

/// A matrix of bytes.
#[derive(Debug, Clone, Default)]
pub struct Quantised {
    /// Rows of the matrix.
    pub inputs: usize,
    /// Columns of the matrix.
    pub outputs: usize,
    /// Panel by panel; within one, pair of inputs by pair of inputs.
    panels: Vec<Weights>,
    /// One per column, panel by panel.
    scales: Vec<[f32; PANEL]>,
}

/// Rows in 16 bits, two inputs in one number as the processor multiplies them.
#[derive(Debug, Clone, Default)]
pub struct Rounded {
    pairs: Vec<i32>,
    scales: Vec<f32>,
}

impl Rounded {
    /// Rounds rows that are `inputs` wide; there are always a multiple of [`BLOCK`].
    pub fn new(rows: &[f32], inputs: usize) -> Self {
        let count = rows.len() / inputs.max(1);
        let wide = inputs.div_ceil(2);
        let padded = count.next_multiple_of(BLOCK);
        let mut rounded = Self { pairs: vec![0; padded * wide], scales: vec![0.0; padded] };
        vectorised(
            #[inline(always)]
            || {
                let targets = rounded.pairs.chunks_exact_mut(wide.max(1)).zip(&mut rounded.scales);
                for (row, (pairs, scale)) in rows.chunks_exact(inputs.max(1)).zip(targets) {
                    let greatest = greatest(row);
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
        let mut scales = vec![[0.0_f32; PANEL]; outputs.div_ceil(PANEL)];
        let flat = scales.as_flattened_mut();
        for row in values.chunks_exact(outputs) {
            flat.iter_mut().zip(row).for_each(|(scale, value)| *scale = scale.max(value.abs()));
        }
        flat.iter_mut().for_each(|scale| *scale /= 127.0);
        for (input, row) in values.chunks_exact(outputs).enumerate() {
            for (output, (value, scale)) in row.iter().zip(&*flat).enumerate() {
                let pair = &mut panels[output / PANEL * pairs + input / 2];
                let whole = if *scale > 0.0 { (value / scale).round() } else { 0.0 };
                pair[2 * (output % PANEL) + input % 2] = whole as i16;
            }
        }
        Some(Self { inputs, outputs, panels, scales })
    }

    /// `out` += `rows` · matrix, with `rows` row-major and `inputs` wide, `out` row-major and `outputs` wide.
    pub fn add_product(&self, rows: &[f32], out: &mut [f32]) {
        self.product(&Rounded::new(rows, self.inputs), out, |out, value| *out += value);
    }

    /// The product with rows that are rounded already; `put` takes each of its values to its place in `out`.
    #[inline]
    pub fn product(&self, rows: &Rounded, out: &mut [f32], put: impl Fn(&mut f32, f32)) {
        if self.outputs == 0 {
            return;
        }
        #[cfg(target_arch = "x86_64")]
        {
            if let Some(simd) = Vnni::try_new() {
                return simd.vectorize(
                    #[inline(always)]
                    || self.each(rows, out, |rows, panel| vnni(simd, rows, panel), put),
                );
            }
            if let Some(simd) = pulp::x86::V3::try_new() {
                return simd.vectorize(
                    #[inline(always)]
                    || self.each(rows, out, |rows, panel| avx2(simd, rows, panel), put),
                );
            }
        }
        self.each(rows, out, plain, put);
    }

    /// Sums each panel for each few rows, and puts the sums into `out` in their true size.
    #[inline(always)]
    fn each<const ROWS: usize>(
        &self,
        rounded: &Rounded,
        out: &mut [f32],
        sum: impl Fn([&[i32]; ROWS], &[Weights]) -> [[i32; PANEL]; ROWS],
        put: impl Fn(&mut f32, f32),
    ) {
        let wide = self.inputs.div_ceil(2);
        // Panel by panel: one panel stays in the nearest cache while all rows pass.
        for (at, (panel, scales)) in self.panels.chunks_exact(wide).zip(&self.scales).enumerate() {
            let from = at * PANEL;
            let blocks = rounded.pairs.chunks_exact(ROWS * wide).zip(rounded.scales.chunks_exact(ROWS));
            for ((rows, row_scales), out) in blocks.zip(out.chunks_mut(ROWS * self.outputs)) {
                let sums = sum(std::array::from_fn(|row| &rows[row * wide..][..wide]), panel);
                for ((row, sums), row_scale) in out.chunks_exact_mut(self.outputs).zip(&sums).zip(row_scales)
                {
                    let row = &mut row[from..];
                    let value = |i: usize| sums[i] as f32 * (scales[i] * row_scale);
                    // The last panel may be cut short; of all others the compiler knows the length.
                    if let Some(row) = row.first_chunk_mut::<PANEL>() {
                        row.iter_mut().enumerate().for_each(|(i, out)| put(out, value(i)));
                    } else {
                        row.iter_mut().enumerate().for_each(|(i, out)| put(out, value(i)));
                    }
                }
            }
        }
    }
}

/// The greatest size of a number. The bits of positive numbers are in the order of the numbers, and whole numbers may be
/// compared in any order, so in the fastest.
#[inline(always)]
fn greatest(row: &[f32]) -> f32 {
    f32::from_bits(row.iter().map(|value| value.to_bits() & !(1 << 31)).fold(0, u32::max))
}

/// The nearest whole number: adding 1.5·2²³ leaves it in the low bits.
#[inline(always)]
fn whole(value: f32) -> i32 {
    (value + 12_582_912.0).to_bits() as i32 - 0x4B40_0000
}

/// Without help of the processor.
fn plain(rows: [&[i32]; BLOCK], panel: &[Weights]) -> [[i32; PANEL]; BLOCK] {
    rows.map(|row| {
        let mut sums = [0; PANEL];
        for (pair, weights) in row.iter().zip(panel) {
            let (low, high) = (i32::from(*pair as i16), pair >> 16);
            for (sum, two) in sums.iter_mut().zip(weights.as_chunks::<2>().0) {
                *sum += low * i32::from(two[0]) + high * i32::from(two[1]);
            }
        }
        sums
    })
}

#[cfg(target_arch = "x86_64")]
pulp::simd_type! {
    /// Processors that multiply and add in one instruction.
    struct Vnni {
        avx512f: "avx512f",
        avx512bw: "avx512bw",
        avx512vl: "avx512vl",
        avx512vnni: "avx512vnni",
    }
}

/// With one instruction for thirty-two products and sixteen sums; the compiler makes it of the two that stand here.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn vnni(simd: Vnni, rows: [&[i32]; BLOCK], panel: &[Weights]) -> [[i32; PANEL]; BLOCK] {
    let (f, bw) = (simd.avx512f, simd.avx512bw);
    let [a, b, c, d] = rows;
    let mut sums = [[f._mm512_setzero_si512(); 2]; BLOCK];
    for ((((weights, a), b), c), d) in panel.iter().zip(a).zip(b).zip(c).zip(d) {
        let weights: [[i16; PANEL]; 2] = pulp::cast(*weights);
        let weights = weights.map(pulp::cast);
        for (sums, pair) in sums.iter_mut().zip([a, b, c, d]) {
            let pair = f._mm512_set1_epi32(*pair);
            for (sum, weights) in sums.iter_mut().zip(weights) {
                *sum = f._mm512_add_epi32(*sum, bw._mm512_madd_epi16(pair, weights));
            }
        }
    }
    sums.map(pulp::cast)
}

/// With one instruction for sixteen products and eight sums; more rows would not fit the registers.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn avx2(simd: pulp::x86::V3, rows: [&[i32]; BLOCK / 2], panel: &[Weights]) -> [[i32; PANEL]; BLOCK / 2] {
    let (avx, avx2) = (simd.avx, simd.avx2);
    let [a, b] = rows;
    let mut sums = [[avx._mm256_setzero_si256(); 4]; BLOCK / 2];
    for ((weights, a), b) in panel.iter().zip(a).zip(b) {
        let weights: [[i16; PANEL / 2]; 4] = pulp::cast(*weights);
        let weights = weights.map(pulp::cast);
        for (sums, pair) in sums.iter_mut().zip([a, b]) {
            let pair = avx._mm256_set1_epi32(*pair);
            for (sum, weights) in sums.iter_mut().zip(weights) {
                *sum = avx2._mm256_add_epi32(*sum, avx2._mm256_madd_epi16(pair, weights));
            }
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
        let rounded = Rounded::new(&input, 40);
        let add = |out: &mut f32, value: f32| *out += value;
        matrix.each(&rounded, &mut slow, plain, add);
        assert_eq!(fast, slow);
        #[cfg(target_arch = "x86_64")]
        if let Some(simd) = pulp::x86::V3::try_new() {
            let mut fast = vec![0.5; 10 * 48];
            matrix.each(&rounded, &mut fast, |rows, panel| avx2(simd, rows, panel), add);
            assert_eq!(fast, slow);
        }
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
