//! Turns weekly counts of two windows into a rate each, and two rates into a change with its uncertainty.
//!
//! With C the events that count for an axis, n all events of the axis, and g the G weeks of a window:
//!
//! - rate: p = (ΣC + ½)/(n + 1), the posterior mean under Jeffreys' prior;
//! - variance: V = G/(G−1) · Σ_g (C_g − p·n_g)² / (n+1)², the linearised variance of a ratio whose sampling units are weeks (Cochran,
//!   *Sampling Techniques*, 1977, §6.3 and §9A), floored at the binomial p(1−p)/(n+1), below which no grouping can bring it;
//! - change: T = logit p_recent − logit p_baseline, SE² = Σ V/(p(1−p))² by the delta method, z = T/SE.
//!
//! News comes in bursts, one crisis giving forty events in three days; weeks rather than events are therefore what is
//! taken to be independent. G counts every week of the window, those without events too: they were sampled and held none,
//! as do the units without members of the domain in the survey estimator.

use serde::{Deserialize, Serialize};

/// Counts of one week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Cell {
    /// Events that count for the axis: cooperative ones.
    pub c: u32,
    /// All events of the axis.
    pub n: u32,
}

/// The rate of one window.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Rate {
    /// C: cooperative events.
    pub cooperative: u64,
    /// K: the events that they are set against.
    pub other: u64,
    /// C + K.
    pub n: u64,
    /// G: weeks of the window, the oldest perhaps cut short.
    pub weeks: u64,
    /// p: between 0 and 1.
    pub p: f64,
    /// V: the variance of p.
    pub variance: f64,
    /// The standard error of logit p.
    pub se: f64,
}

impl Rate {
    /// The rate of a window from its weeks.
    pub fn of(cells: &[Cell]) -> Self {
        let c: u64 = cells.iter().map(|cell| u64::from(cell.c)).sum();
        let n: u64 = cells.iter().map(|cell| u64::from(cell.n)).sum();
        let weeks = cells.len() as u64;
        let p = (c as f64 + 0.5) / (n as f64 + 1.0);
        let floor = p * (1.0 - p) / (n as f64 + 1.0);
        let squares = squared_residuals(cells, p);
        // One week alone says nothing of how weeks differ: only the floor is left.
        let clustered = match weeks {
            0 | 1 => 0.0,
            g => g as f64 / (g - 1) as f64 * squares / ((n as f64 + 1.0) * (n as f64 + 1.0)),
        };
        let variance = clustered.max(floor);
        Self { cooperative: c, other: n - c, n, weeks, p, variance, se: variance.sqrt() / (p * (1.0 - p)) }
    }

    /// ln(p/(1−p)).
    pub fn logit(self) -> f64 {
        (self.p / (1.0 - self.p)).ln()
    }
}

/// Σ (C_g − p·n_g)², in the order of the weeks, which no order of events changes.
fn squared_residuals(cells: &[Cell], p: f64) -> f64 {
    let residual = |cell: &Cell| f64::from(cell.c) - p * f64::from(cell.n);
    cells.iter().map(residual).map(|r| r * r).sum()
}

/// How a rate moved from the baseline to the recent window.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// T: the difference of the logits; above 0 is up.
    pub t: f64,
    /// Its standard error.
    pub se: f64,
    /// T/SE.
    pub z: f64,
    /// Two-sided probability of a |z| this large under no change: erfc(|z|/√2).
    pub p_value: f64,
    /// exp(T): the odds now over the odds before.
    pub odds_ratio: f64,
    /// Lower end of the odds ratio's interval at the axis' level.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Change {
    /// The change between two rates, with an interval of `quantile` standard errors to each side.
    pub fn between(recent: &Rate, baseline: &Rate, quantile: f64) -> Self {
        let t = recent.logit() - baseline.logit();
        let se = (recent.se * recent.se + baseline.se * baseline.se).sqrt();
        let z = t / se;
        Self {
            t,
            se,
            z,
            p_value: libm::erfc(z.abs() / std::f64::consts::SQRT_2),
            odds_ratio: t.exp(),
            low: (t - quantile * se).exp(),
            high: (t + quantile * se).exp(),
        }
    }
}

/// Standard normal quantile of a two-sided 95 % interval.
pub const QUANTILE_95: f64 = 1.959_963_984_540_054;
/// Standard normal quantile of a two-sided 99 % interval.
pub const QUANTILE_99: f64 = 2.575_829_303_548_901;

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() <= 1e-12 * b.abs().max(1.0), "{a} is not {b}");
    }

    #[test]
    fn a_rate_by_hand() {
        let rate = Rate::of(&[Cell { c: 3, n: 4 }, Cell { c: 0, n: 0 }, Cell { c: 1, n: 5 }]);
        assert_eq!((rate.cooperative, rate.other, rate.n, rate.weeks), (4, 5, 9, 3));
        close(rate.p, 0.45);
        // 3/2 · ((3 − 1.8)² + 0² + (1 − 2.25)²) / 10²
        close(rate.variance, 1.5 * (1.44 + 1.5625) / 100.0);
        close(rate.se, rate.variance.sqrt() / (0.45 * 0.55));
    }

    #[test]
    fn even_weeks_and_no_weeks_fall_to_the_binomial_floor() {
        let even = Rate::of(&[Cell { c: 2, n: 4 }; 5]);
        close(even.p, 0.5);
        close(even.variance, 0.25 / 21.0);
        let none = Rate::of(&[]);
        close(none.p, 0.5);
        close(none.variance, 0.25);
        let one = Rate::of(&[Cell { c: 0, n: 8 }]);
        close(one.variance, one.p * (1.0 - one.p) / 9.0);
    }

    #[test]
    fn a_change_by_hand() {
        let even = Rate::of(&[Cell { c: 2, n: 4 }; 5]);
        let change = Change::between(&even, &even, QUANTILE_95);
        close(change.t, 0.0);
        close(change.p_value, 1.0);
        close(change.high, 1.0 / change.low);
        let up = Rate::of(&[Cell { c: 3, n: 4 }; 5]);
        let change = Change::between(&up, &even, QUANTILE_95);
        close(change.odds_ratio, 15.5 / 5.5);
        assert!(change.t > 0.0 && change.z < change.t / change.se + 1e-12);
    }
}
