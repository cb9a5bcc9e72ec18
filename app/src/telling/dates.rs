//! Turns dates into words, never more exact than the page was.

use demarche_engine::time::{Period, Precision, Stamp};
use jiff::civil::Date;

/// `5 March 2024`.
pub(crate) fn day_words(date: Date) -> String {
    format!("{} {} {}", date.day(), month(date), date.year())
}

/// A period in words: `5 March 2024`, `December 2023`, `the week of 4 March 2024`, `2023`, `1 May 2016 to 2 May 2016`.
pub(crate) fn period_words(period: Period) -> String {
    match period.precision {
        Precision::Day => day_words(period.start),
        Precision::Week => format!("the week of {}", day_words(period.start)),
        Precision::Month => format!("{} {}", month(period.start), period.start.year()),
        Precision::Year => period.start.year().to_string(),
        Precision::Range => format!("{} to {}", day_words(period.start), day_words(period.end)),
    }
}

/// The same, where the page may give no date.
pub(crate) fn date_words(period: Option<Period>) -> String {
    period.map_or_else(|| "no date".to_owned(), period_words)
}

/// `5 March 2024, 18:30`, with the offset from UTC if the page prints one.
pub(crate) fn stamp_words(stamp: Stamp) -> String {
    let mut words = day_words(stamp.date);
    if let Some(time) = stamp.time {
        words.push_str(&format!(", {:02}:{:02}", time.hour(), time.minute()));
    }
    match stamp.offset {
        None => {}
        Some(0) => words.push_str(" UTC"),
        Some(minutes) => {
            let sign = if minutes < 0 { '−' } else { '+' };
            words.push_str(&format!(" UTC{sign}{}:{:02}", minutes.abs() / 60, minutes.abs() % 60));
        }
    }
    words
}

fn month(date: Date) -> &'static str {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    usize::try_from(date.month()).ok().and_then(|m| MONTHS.get(m - 1)).copied().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_as_exact_as_the_page() {
        for (iso, words) in [
            ("2024-03-05", "5 March 2024"),
            ("2023-12", "December 2023"),
            ("2024-W10", "the week of 4 March 2024"),
            ("2023", "2023"),
            ("2016-05-01/2016-05-02", "1 May 2016 to 2 May 2016"),
        ] {
            assert_eq!(Period::parse(iso).map(period_words).as_deref(), Some(words));
        }
        for (iso, words) in [
            ("2024-03-05", "5 March 2024"),
            ("2024-03-05T18:30", "5 March 2024, 18:30"),
            ("2024-03-05T08:05-03:30", "5 March 2024, 08:05 UTC−3:30"),
            ("2024-03-05T08:05Z", "5 March 2024, 08:05 UTC"),
        ] {
            assert_eq!(Stamp::parse(iso).map(stamp_words).as_deref(), Some(words));
        }
    }
}
