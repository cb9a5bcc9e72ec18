//! Numerals: turns single words into the numbers, units and seasons that time expressions are made of.

use super::calendar::{Season, Unit};

/// A year of four figures.
pub(crate) fn year_of(word: &str) -> Option<i16> {
    let year: i16 =
        (word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit())).then(|| word.parse().ok()).flatten()?;
    (1000..2200).contains(&year).then_some(year)
}

/// 1 to 31, perhaps with an ending.
pub(crate) fn day_of(word: &str) -> Option<i8> {
    let figures = ["st", "nd", "rd", "th"].iter().find_map(|e| word.strip_suffix(e)).unwrap_or(word);
    let day: i8 = (figures.len() <= 2 && figures.bytes().all(|b| b.is_ascii_digit()))
        .then(|| figures.parse().ok())
        .flatten()?;
    (1..=31).contains(&day).then_some(day)
}

/// `third`, `3rd`.
pub(crate) fn ordinal(word: &str) -> Option<i16> {
    const WORDS: [&str; 21] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
        "twenty-first",
    ];
    if let Some(at) = WORDS.iter().position(|w| *w == word) {
        return Some(at as i16 + 1);
    }
    ["st", "nd", "rd", "th"].iter().find_map(|e| word.strip_suffix(e))?.parse().ok()
}

/// `one` to `nineteen` and the tens; `a` counts as one.
pub(crate) fn cardinal(word: &str) -> Option<i32> {
    const WORDS: [&str; 20] = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    const TENS: [&str; 7] = ["thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    if matches!(word, "a" | "an") {
        return Some(1);
    }
    if let Some(at) = WORDS.iter().position(|w| *w == word) {
        return Some(at as i32 + 1);
    }
    TENS.iter().position(|w| *w == word).map(|at| 30 + 10 * at as i32)
}

/// The unit that a word names.
pub(crate) fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "day" | "days" => Unit::Day,
        "week" | "weeks" => Unit::Week,
        "weekend" | "weekends" => Unit::Weekend,
        "month" | "months" => Unit::Month,
        "quarter" => Unit::Quarter,
        "year" | "years" => Unit::Year,
        "decade" | "decades" => Unit::Decade,
        "century" | "centuries" => Unit::Century,
        _ => return None,
    })
}

/// The season that a word names.
pub(crate) fn season(word: &str) -> Option<Season> {
    Some(match word {
        "spring" => Season::Spring,
        "summer" | "summers" | "summertime" => Season::Summer,
        "autumn" | "fall" => Season::Autumn,
        "winter" | "winters" | "wintertime" => Season::Winter,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_figures_are_read() {
        assert_eq!((year_of("1999"), year_of("9999"), year_of("99")), (Some(1999), None, None));
        assert_eq!((day_of("31st"), day_of("32"), day_of("x")), (Some(31), None, None));
        assert_eq!((ordinal("third"), ordinal("21st"), ordinal("one")), (Some(3), Some(21), None));
        assert_eq!(
            (cardinal("a"), cardinal("twenty"), cardinal("ninety"), cardinal("x")),
            (Some(1), Some(20), Some(90), None)
        );
        assert_eq!((unit("weeks"), season("fall")), (Some(Unit::Week), Some(Season::Autumn)));
    }
}
