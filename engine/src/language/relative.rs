//! Relative expressions: turns words that count from the article's date, or from a time told before, into what they say.

use super::calendar::{Part, Unit, When, Which};
use super::expressions::{Read, Reader};
use super::numerals::{cardinal, season, unit};
use super::times::Word;

impl Reader<'_> {
    /// `early January`, `mid-1990s`, `late last year`, `earlier this week`.
    pub(super) fn partly(&self, at: usize) -> Read {
        let at = self.skip_the(at);
        let (word, glued) = match self.word(at).split_once('-') {
            Some(("mid", rest)) => ("mid", Some(rest)),
            _ => (self.word(at), None),
        };
        let part = match word {
            "early" => Part::Early,
            "mid" => Part::Middle,
            "late" => Part::Late,
            "earlier" | "later" => {
                // The part is as open as the words: the whole period stands.
                let (end, when) = self
                    .determined(at + 1)
                    .or_else(|| self.month_first(at + 2).filter(|_| self.is(at + 1, &["in"])))?;
                return matches!(when, When::Calendar(..) | When::Month(..)).then_some((end, when));
            }
            _ => return None,
        };
        if let Some(rest) = glued {
            let words = vec![Word { lower: rest.to_owned(), capital: true, ..self.words[at].clone() }];
            let mut words = words;
            words.extend_from_slice(
                self.words.get(at + 1..(at + 4).min(self.words.len())).unwrap_or_default(),
            );
            let (end, when) = Reader { words: &words }.point(0)?;
            return Some((at + end, When::Partly(part, Box::new(when))));
        }
        let next = at + 1 + usize::from(self.is(at + 1, &["-", "in", "on"]));
        let next = self.skip_the(next);
        let (end, when) = self
            .month_first(next)
            .or_else(|| self.decade(next))
            .or_else(|| self.determined(next))
            .or_else(|| self.year(next))
            .or_else(|| self.single(next))?;
        Some((end, When::Partly(part, Box::new(when))))
    }

    /// `last week`, `this month`, `next Tuesday`, `the past three years`, `that day`, `the following morning`.
    pub(super) fn determined(&self, at: usize) -> Read {
        let at = self.skip_the(at);
        let mut unit_at = at + 1;
        let mut which = match self.word(at) {
            "last" | "past" | "previous" | "preceding" => Which::Last,
            "this" | "current" => Which::This,
            "next" | "coming" | "upcoming" => Which::Next,
            "same" | "that" | "following" => Which::Plain,
            _ => return None,
        };
        let determiner = self.word(at);
        if determiner == "this" && self.is(at + 1, &["past", "coming", "same"]) {
            which = if self.is(at + 1, &["past"]) { Which::Last } else { Which::Next };
            unit_at += 1;
        }
        if determiner == "that" && self.is(at + 1, &["same"]) {
            unit_at += 1;
        }
        // Fillers of speech.
        unit_at += usize::from(self.is(unit_at, &["uh", "um"]));
        let then = matches!(determiner, "same" | "that" | "following" | "previous" | "preceding");
        let the_next = determiner == "next" && at > 0 && self.is(at - 1, &["the"]);
        if let Some(day) = self.weekday_at(unit_at) {
            let which = if then { Which::Plain } else { which };
            return Some((self.part_of_day(unit_at + 1), When::Weekday(day, which)));
        }
        if let Some(month) = self.month_at(unit_at) {
            return Some((unit_at + 1, When::Month(month, if then { Which::Plain } else { which })));
        }
        if let Some(season) = season(self.word(unit_at)) {
            return Some((unit_at + 1, When::Season(season, which)));
        }
        if self.is(unit_at, &["morning", "afternoon", "evening", "night"]) {
            return match (which, then) {
                (Which::This, _) => Some((unit_at + 1, When::Calendar(Unit::Day, 0))),
                (Which::Last, false) if self.is(unit_at, &["night", "evening"]) => {
                    Some((unit_at + 1, When::Calendar(Unit::Day, -1)))
                }
                (Which::Next, _) => Some((unit_at + 1, When::Then(Unit::Day, 1))),
                (Which::Plain, _) => {
                    Some((unit_at + 1, When::Then(Unit::Day, i32::from(determiner == "following"))))
                }
                _ => None,
            };
        }
        if let Some(unit) = unit(self.word(unit_at)) {
            let single = !self.word(unit_at).ends_with('s') || self.is(unit_at, &["s"]);
            let shift = match which {
                Which::Last => -1,
                Which::This => 0,
                Which::Next => 1,
                Which::Plain => i32::from(determiner == "following"),
            };
            if !single {
                // "the past years": how many is not said.
                return (which != Which::Plain && which != Which::This).then_some((unit_at + 1, When::Vague));
            }
            let when = match unit {
                Unit::Day if which == Which::This => When::Calendar(unit, 0),
                _ if then => When::Then(unit, shift),
                Unit::Day if the_next => When::Then(unit, 1),
                Unit::Day => return None,
                Unit::Decade | Unit::Century if determiner == "past" || determiner == "last" => {
                    if unit == Unit::Century { When::Calendar(unit, -1) } else { When::Stretch(unit, -1) }
                }
                unit => When::Calendar(unit, shift),
            };
            return Some((unit_at + 1, when));
        }
        // Numbers: the past three years.
        let (number_end, number) = self.number(unit_at)?;
        let unit = unit(self.word(number_end))?;
        match (which, number) {
            (Which::Last, Some(n)) => Some((number_end + 1, When::Stretch(unit, -n))),
            (Which::Next, Some(n)) => Some((number_end + 1, When::Stretch(unit, n))),
            (Which::Last | Which::Next, None) => Some((number_end + 1, When::Vague)),
            _ => None,
        }
    }

    /// `two days ago`, `a week later`, `three days before the 26 November attack`, `for years`.
    pub(super) fn counted(&self, at: usize) -> Read {
        if self.is(at, &["the", "a", "an"])
            && self.is(at + 1, &["day", "night", "week", "month", "year"])
            && self.is(at + 2, &["before", "after", "earlier", "later"])
        {
            let unit = if self.is(at + 1, &["night"]) { Unit::Day } else { unit(self.word(at + 1))? };
            return self.shift(at + 2, unit, Some(1));
        }
        let start = at
            + usize::from(
                self.is(at, &["nearly", "almost", "about", "some", "over", "around", "just", "only"]),
            );
        let (end, number) = self.number(start)?;
        let unit_at = end
            + if self.is(end, &["and"]) && self.is(end + 1, &["a"]) && self.is(end + 2, &["half"]) {
                3
            } else {
                0
            };
        let unit = unit(self.word(unit_at))?;
        self.shift(unit_at + 1, unit, number)
    }

    /// `22:30`, `2:30 p.m. on Tuesday`, `2:30 the next day`: the day that is named with it, else the day told before.
    pub(super) fn clock(&self, at: usize) -> Read {
        let (hour, minute) = self.word(at).split_once(':')?;
        let below = |figures: &str, limit: u8| figures.parse::<u8>().is_ok_and(|n| n < limit);
        if !(minute.len() == 2 && below(minute, 60) && below(hour, 24)) {
            return None;
        }
        let mut end = at + 1;
        while self.is(end, &["am", "a.m", "pm", "p.m", "gmt", "utc", "local", "time"]) {
            end += 1;
        }
        let day = end + usize::from(self.is(end, &["on"]));
        let named = self
            .weekday(day)
            .or_else(|| self.month_first(day))
            .or_else(|| self.day_first(self.skip_the(day)))
            .or_else(|| self.determined(day))
            .or_else(|| self.single(day))
            .filter(|(_, when)| !matches!(when, When::Vague));
        named.or(Some((end, When::Then(Unit::Day, 0))))
    }

    fn shift(&self, at: usize, unit: Unit, number: Option<i32>) -> Read {
        let sign = match self.word(at) {
            "ago" => return Some((at + 1, number.map_or(When::Vague, |n| When::Ago(unit, -n)))),
            "earlier" | "before" | "previously" | "prior" => -1,
            "later" | "after" | "afterwards" | "hence" => 1,
            _ => return None,
        };
        // The time that it counts from may be named within the next few words.
        for from in at + 1..(at + 5).min(self.words.len()) {
            if let Some((end, base)) =
                self.month_first(from).or_else(|| self.day_first(from)).or_else(|| self.weekday(from))
            {
                let day = matches!(base, When::MonthDay(..) | When::Weekday(..) | When::Fixed(_));
                if let (true, Some(n)) = (day, number) {
                    return Some((end, When::Off(unit, sign * n, Box::new(base))));
                }
            }
            if self.is(from, &[",", ".", ";"]) {
                break;
            }
        }
        Some((at + 1, number.map_or(When::Vague, |n| When::Then(unit, sign * n))))
    }

    /// A number in figures or words: where it ends, and its value if it is exact.
    fn number(&self, at: usize) -> Option<(usize, Option<i32>)> {
        let word = self.word(at);
        if self.is(at, &["a", "the"]) && self.is(at + 1, &["few", "couple", "number"])
            || self.is(at, &["few", "several", "many", "some"])
        {
            let end = at + 1 + usize::from(self.is(at, &["a", "the"]));
            let couple = self.is(end - 1, &["couple"]);
            return Some((end + usize::from(self.is(end, &["of"])), couple.then_some(2)));
        }
        if let Ok(n) = word.replace(',', "").parse::<i32>() {
            return (0..100_000).contains(&n).then_some((at + 1, Some(n)));
        }
        let n = cardinal(word)?;
        if n >= 20
            && n % 10 == 0
            && self.is(at + 1, &["-"])
            && let Some(ones) = cardinal(self.word(at + 2)).filter(|o| *o < 10)
        {
            return Some((at + 3, Some(n + ones)));
        }
        Some((at + 1, Some(n)))
    }
}
