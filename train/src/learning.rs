//! Learning: turns sentences into weights, a batch at a time, and weights into readings of further sentences.

use demarche_engine::language::labels::{Labels, Read};
use demarche_engine::language::network::Words;

use crate::corpus::Sentence;
use crate::dictionary::{Dictionary, Rewrite};
use crate::loss::{self, Sample, Slopes};
use crate::random::Random;
use crate::weights::Weights;

/// Threads, and shares of a batch: both fixed, since sums of shares must not depend on the machine.
const SHARES: usize = 2;
/// Words of one batch.
const BATCH: usize = 300;
/// The greatest rate, reached after [`WARM_UP`] steps; it then falls evenly to [`LEAST`] of itself.
const RATE: f32 = 0.0015;
const WARM_UP: f32 = 200.0;
const LEAST: f32 = 0.02;
/// The mean of the weights is what is kept: every so many steps it goes this share of the way to the newest weights.
const EVERY: f32 = 10.0;
const SHARE: f32 = 0.02;

/// Of the sentences that the teacher read, each epoch takes every so many: readings are many, and less sure than gold.
const READ_EVERY: usize = 3;

/// Goes `epochs` times over the corpora and some of what was `read`, at a rate that falls to nothing; `told` hears of
/// each epoch.
pub(crate) fn learn(
    weights: &mut Weights,
    gold: &[Sentence],
    read: &[Sentence],
    dictionary: &Dictionary,
    epochs: usize,
    random: &mut Random,
    told: &dyn Fn(usize, [f32; 4], &Weights),
) {
    let count = |sentences: &[Sentence]| sentences.iter().map(|s| s.words.len()).sum::<usize>();
    let words = count(gold) + count(read) / READ_EVERY;
    let steps = (epochs * words / BATCH) as f32;
    let mut step = 0.0;
    let mut mean = weights.clone();
    for epoch in 0..epochs {
        let mut loss = [0.0_f32; 4];
        let sentences: Vec<&Sentence> =
            gold.iter().chain(read.iter().skip(epoch % READ_EVERY).step_by(READ_EVERY)).collect();
        for batch in batches(&sentences, dictionary, random) {
            let rate = RATE * (step / WARM_UP).min(1.0) * (1.0 - step / steps).max(LEAST);
            step += 1.0;
            turn(weights, &batch, rate, random.next(), &mut loss);
            if step % EVERY == 0.0 {
                // The mean forgets its beginnings as fast as there are steps to go by.
                mean.approach(weights, SHARE.max(EVERY / step));
            }
        }
        told(epoch, loss.map(|l| l / words as f32), &mean);
    }
    *weights = mean;
}

/// All sentences once, in random order and spelling, in batches of [`BATCH`] words.
fn batches<'a>(
    sentences: &'a [&'a Sentence],
    dictionary: &'a Dictionary,
    random: &mut Random,
) -> impl Iterator<Item = Vec<Sample>> + use<'a> {
    let mut order: Vec<(usize, Rewrite)> =
        (0..sentences.len()).map(|i| (i, Rewrite::choose(random))).collect();
    random.shuffle(&mut order);
    let mut order = order.into_iter().peekable();
    std::iter::from_fn(move || {
        order.peek()?;
        let mut batch: Vec<Sample> = Vec::new();
        let mut words = 0;
        while words <= BATCH
            && let Some((i, rewrite)) = order.next()
        {
            batch.push(dictionary.sample(sentences[i], rewrite));
            words += batch.last().map_or(0, |s| s.rows.len());
        }
        Some(batch)
    })
}

/// One step of learning: every share is computed on its own, and the sums are taken in one order.
fn turn(weights: &mut Weights, batch: &[Sample], rate: f32, seed: u64, loss: &mut [f32; 4]) {
    let words: usize = batch.iter().map(|s| s.rows.len()).sum();
    let network = weights.network();
    let shares: Vec<Vec<&Sample>> =
        (0..SHARES).map(|share| batch.iter().skip(share).step_by(SHARES).collect()).collect();
    let slopes: Vec<Slopes> = std::thread::scope(|scope| {
        let (weights, network) = (&*weights, &network);
        let handles: Vec<_> = shares
            .iter()
            .enumerate()
            .map(|(i, share)| {
                let mut random = Random::new(seed.wrapping_add(i as u64));
                scope.spawn(move || loss::slopes(weights, network, share, 1.0 / words as f32, &mut random))
            })
            .collect();
        handles.into_iter().map(|h| h.join().expect("a share does not panic")).collect()
    });
    let width = weights.sizes.width;
    let mut rows: Vec<usize> =
        slopes.iter().flat_map(|s| s.rows.iter().flatten().map(|r| *r as usize)).collect();
    rows.sort_unstable();
    rows.dedup();
    let mut table = vec![0.0; rows.len() * width];
    let mut dense: Option<Vec<Vec<f32>>> = None;
    for share in slopes {
        for (sum, value) in loss.iter_mut().zip(share.loss) {
            *sum += value;
        }
        for (word, slope) in share.rows.iter().zip(share.words.chunks_exact(width)) {
            for &row in word {
                let at = rows.binary_search(&(row as usize)).expect("collected above");
                table[at * width..][..width].iter_mut().zip(slope).for_each(|(t, s)| *t += s);
            }
        }
        match &mut dense {
            None => dense = Some(share.dense),
            Some(sum) => {
                for (sum, value) in sum.iter_mut().flatten().zip(share.dense.iter().flatten()) {
                    *sum += value;
                }
            }
        }
    }
    if let Some(mut dense) = dense {
        weights.step(&mut dense, &rows, &mut table, rate);
    }
}

/// How the network with these weights reads sentences.
pub(crate) fn read(
    weights: &Weights,
    sentences: &[Sentence],
    dictionary: &Dictionary,
    labels: &Labels,
) -> Vec<Read> {
    let network = weights.network();
    let mut reads = Vec::new();
    for sentences in sentences.chunks(16) {
        let samples: Vec<Sample> = sentences.iter().map(|s| dictionary.sample(s, Rewrite::None)).collect();
        let lengths: Vec<usize> = samples.iter().map(|s| s.rows.len()).collect();
        let ends: Vec<usize> = lengths
            .iter()
            .scan(0, |end, length| {
                *end += length;
                Some(*end)
            })
            .collect();
        let mut words = Words::default();
        let features = weights.words(samples.iter().flat_map(|s| &s.rows).map(Vec::as_slice));
        let vectors: Vec<f32> = samples.iter().flat_map(|s| &s.vectors).copied().collect();
        network.see(features, &vectors, &mut words);
        let rows: Vec<usize> = (0..lengths.iter().sum()).collect();
        reads.extend(labels.read(&network, &network.score(&words, &rows, &ends), &lengths));
    }
    reads
}
