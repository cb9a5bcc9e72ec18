//! Turns ties into places on a drawing: tied states pull each other near, all push each other away. No chance is in it, so the
//! same ties lie the same.

/// Steps until all lie still.
const STEPS: u32 = 400;

/// The place of each of `n` nodes on a drawing of this width and height; a tie joins two nodes with a pull between 0 and 1.
pub(super) fn places(n: usize, ties: &[(usize, usize, f64)], width: f64, height: f64) -> Vec<(f64, f64)> {
    let turn = std::f64::consts::TAU / n.max(1) as f64;
    let mut at: Vec<(f64, f64)> = (0..n)
        .map(|i| (turn * i as f64).sin_cos())
        .map(|(sin, cos)| (width / 2.0 + cos * width / 3.0, height / 2.0 + sin * height / 3.0))
        .collect();
    // The distance that suits two nodes (Fruchterman and Reingold 1991).
    let apart = 0.75 * (width * height / n.max(1) as f64).sqrt();
    for step in 0..STEPS {
        let mut push = vec![(0.0, 0.0); n];
        for i in 0..n {
            for j in i + 1..n {
                let (dx, dy, distance) = between(at[i], at[j]);
                let force = apart * apart / distance;
                add(&mut push, i, j, dx * force, dy * force);
            }
        }
        for &(i, j, pull) in ties {
            let (dx, dy, distance) = between(at[i], at[j]);
            let force = -distance * distance / apart * (0.3 + 0.3 * pull);
            add(&mut push, i, j, dx * force, dy * force);
        }
        // What no tie holds does not drift off: all are drawn to the middle, more so along the shorter side.
        let heat = width / 8.0 * (1.0 - f64::from(step) / f64::from(STEPS));
        for (place, push) in at.iter_mut().zip(push) {
            let x = push.0 + (width / 2.0 - place.0) * 0.9;
            let y = push.1 + (height / 2.0 - place.1) * 0.9 * width / height;
            let length = x.hypot(y).max(1e-9);
            let moved = length.min(heat);
            place.0 += x / length * moved;
            place.1 += y / length * moved;
        }
    }
    fitted(&at, width, height)
}

/// Stretches what lies anywhere to the whole drawing, to a tenth of a unit.
fn fitted(at: &[(f64, f64)], width: f64, height: f64) -> Vec<(f64, f64)> {
    let ends = |values: &dyn Fn(&(f64, f64)) -> f64| {
        at.iter().map(values).fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)))
    };
    let ((left, right), (top, bottom)) = (ends(&|p| p.0), ends(&|p| p.1));
    let stretch = |v: f64, low: f64, high: f64, room: f64| {
        let share = if high - low < 1e-6 { 0.5 } else { (v - low) / (high - low) };
        (share * room * 10.0).round() / 10.0
    };
    at.iter().map(|p| (stretch(p.0, left, right, width), stretch(p.1, top, bottom, height))).collect()
}

/// The direction from `b` to `a`, and how far it is.
fn between(a: (f64, f64), b: (f64, f64)) -> (f64, f64, f64) {
    let (dx, dy) = (a.0 - b.0, a.1 - b.1);
    let distance = dx.hypot(dy).max(0.1);
    (dx / distance, dy / distance, distance)
}

fn add(push: &mut [(f64, f64)], i: usize, j: usize, x: f64, y: f64) {
    push[i].0 += x;
    push[i].1 += y;
    push[j].0 -= x;
    push[j].1 -= y;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tied_ones_lie_nearer_and_all_on_the_drawing() {
        let ties = [(0, 1, 1.0), (2, 3, 1.0), (1, 2, 0.1)];
        let at = places(5, &ties, 800.0, 500.0);
        let far = |i: usize, j: usize| between(at[i], at[j]).2;
        assert!(far(0, 1) < far(0, 3), "{at:?}");
        assert!(at.iter().all(|p| (0.0..=800.0).contains(&p.0) && (0.0..=500.0).contains(&p.1)), "{at:?}");
        assert_eq!(at, places(5, &ties, 800.0, 500.0));
        assert_eq!(places(1, &[], 800.0, 500.0), [(400.0, 250.0)]);
        assert!(places(0, &[], 800.0, 500.0).is_empty());
    }
}
