//! Turns numbers into a line of blocks, one letter each.

/// From least to most.
const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// Where there is nothing to show.
const NOTHING: char = '·';

/// One block for each value between 0 and `top`.
pub(crate) fn sparkline(values: impl IntoIterator<Item = Option<f64>>, top: f64) -> String {
    let block = |value: f64| {
        let share = if top > 0.0 { (value / top).clamp(0.0, 1.0) } else { 0.0 };
        BLOCKS[(share * (BLOCKS.len() - 1) as f64).round() as usize]
    };
    values.into_iter().map(|value| value.map_or(NOTHING, block)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_and_the_most_have_blocks_of_their_own() {
        assert_eq!(sparkline([Some(0.0), None, Some(2.0), Some(4.0), Some(9.0)], 4.0), "▁·▅██");
        assert_eq!(sparkline([Some(0.0)], 0.0), "▁");
        assert_eq!(sparkline([], 1.0), "");
    }
}
