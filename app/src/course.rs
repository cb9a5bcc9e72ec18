//! Turns a series into SVG: events by class, tone and engagement with their bands, the weeks of change, and numbers at the
//! strongest events. People look rather than read. Of neither face: a file is whole in itself, a page colours the panels by its own style sheet.

use demarche_engine::series::{Band, By, Item, Point, Series, Tone, Turn};
use jiff::ToSpan as _;
use jiff::civil::Date;
use maud::{Markup, PreEscaped, html};

use crate::picture::Look;
use crate::telling::by_words;

/// Plain in light and dark; no fonts, scripts or files from anywhere. Colours of conflict and cooperation differ in lightness too.
const STYLE: &str = "svg{font:13px system-ui,sans-serif;color:#1b1f24;background:#fff;\
    --with:#0b6b74;--with-deeds:#74b9bf;--against:#9a3412;--against-deeds:#e09a78}\
    text{fill:currentColor}.title{font-size:17px;font-weight:600}.soft{opacity:.72}.end{text-anchor:end}\
    .middle{text-anchor:middle}.grid{stroke:currentColor;opacity:.13}.axis{stroke:currentColor;opacity:.55}\
    .with{fill:var(--with)}.with-deeds{fill:var(--with-deeds)}.against{fill:var(--against)}\
    .against-deeds{fill:var(--against-deeds)}.band{fill:var(--with);opacity:.2}\
    .line{fill:none;stroke:var(--with);stroke-width:1.8;stroke-linejoin:round}\
    .turn{stroke:var(--against);stroke-width:1.3;stroke-dasharray:4 3}.turned{fill:var(--against);font-size:11px}\
    .strong{fill:#fff;stroke:currentColor;stroke-width:1.2}.stem{stroke:currentColor}.number{font-size:11px;font-weight:600;text-anchor:middle}\
    @media(prefers-color-scheme:dark){svg{color:#e6e8eb;background:#14171b;\
    --with:#6fd0d8;--with-deeds:#2f7f87;--against:#f0907e;--against-deeds:#a4513f}.strong{fill:#14171b}}";

/// The same for a picture, which knows no variables and no darkness; the font is that of pictures.
const PRINTED: &str = "svg{font-size:12px;font-family:'DejaVu Sans Condensed'}text{fill:#1b1f24}.title{font-size:16px}\
    .soft{opacity:.72}.end{text-anchor:end}.middle{text-anchor:middle}.grid{stroke:#1b1f24;opacity:.13}\
    .axis{stroke:#1b1f24;opacity:.55}.with{fill:#0b6b74}.with-deeds{fill:#74b9bf}.against{fill:#9a3412}\
    .against-deeds{fill:#e09a78}.band{fill:#0b6b74;opacity:.2}\
    .line{fill:none;stroke:#0b6b74;stroke-width:1.8;stroke-linejoin:round}\
    .turn{stroke:#9a3412;stroke-width:1.3;stroke-dasharray:4 3}.turned{fill:#9a3412;font-size:11px}\
    .strong{fill:#fff;stroke:#1b1f24;stroke-width:1.2}.stem{stroke:#1b1f24}.number{font-size:11px;text-anchor:middle}";

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 596.0;
/// Where the panels begin and end across.
const LEFT: f64 = 62.0;
const END: f64 = 22.0;
/// Room for the date of a turn.
const DATE: f64 = 72.0;
/// Room that a label below the last panel takes.
const LABEL: f64 = 72.0;
/// What the panels of a narrow drawing leave no room for is said beside it.
const NARROW: f64 = 600.0;
/// From the middle of a numbered mark to its edge, and to the line that it stands at.
const MARK: f64 = 7.5;
const STEM: f64 = 15.0;
/// Lines of the list of numbered events below a whole drawing.
const LINE: f64 = 20.0;

/// One of the three panels: its upper and lower edge.
#[derive(Clone, Copy)]
struct Panel {
    top: f64,
    bottom: f64,
}

const EVENTS: Panel = Panel { top: 92.0, bottom: 222.0 };
const TONE: Panel = Panel { top: 272.0, bottom: 382.0 };
const ENGAGEMENT: Panel = Panel { top: 432.0, bottom: 542.0 };

/// The whole drawing. `names` are the two sides in words, `coded` says whose coding it shows, and what is left out.
pub(crate) fn drawn(series: &Series, names: (&str, &str), coded: &str, look: Look) -> Markup {
    let (Some(first), Some(last)) = (series.points.first(), series.points.last()) else { return html! {} };
    let time = Time { from: first.from, to: last.to, width: WIDTH };
    let step = match series.by {
        By::Day => "day",
        By::Week => "week",
        By::Month => "month",
    };
    let title = format!("{} – {}", names.0, names.1);
    let about = format!("by {step}, {} to {}, {coded}", time.from, time.to);
    let height = HEIGHT + LINE * series.strongest.len() as f64;
    html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (WIDTH) " " (height) } width=(WIDTH) height=(height)
            role="img" aria-label={ (title) ", " (about) } {
            style { (PreEscaped(if look == Look::Screen { STYLE } else { PRINTED })) }
            @if look == Look::Picture { rect width=(WIDTH) height=(height) fill="#fff" {} }
            text .title x=(LEFT) y="30" { (title) }
            text .soft x=(LEFT) y="50" { (about) }
            (legend())
            (panels(series, time, None))
            text .soft x=(LEFT) y=(HEIGHT - 8.0) {
                "Shaded: 95 % bands of single steps. Dashed: weeks from which a rate stood at another level (PELT). "
                "A gap: no event to tell from."
            }
            @for (i, item) in series.strongest.iter().enumerate() {
                @let y = HEIGHT + LINE * (i as f64 + 0.5);
                (mark(i + 1, item, LEFT + MARK, y))
                text x=(LEFT + 3.0 * MARK) y=(y + 4.0) { (line_of(item)) }
            }
        }
    }
}

/// `2024-03-05, Engage in negotiation (046), PAK’s side`: what a number stands for, where there is no room for more.
fn line_of(item: &Item) -> String {
    format!("{}, {} ({}), {}", item.date, item.name, item.code, by_words(item))
}

/// A number in a circle for cooperation and in a square for conflict, so that no colour has to tell them apart.
fn mark(number: usize, item: &Item, x: f64, y: f64) -> Markup {
    html! {
        @if item.code.tone() == Tone::Conflictual {
            rect .strong x=(tenth(x - MARK)) y=(tenth(y - MARK)) width=(2.0 * MARK) height=(2.0 * MARK) {}
        } @else { circle .strong cx=(tenth(x)) cy=(tenth(y)) r=(MARK) {} }
        text .number x=(tenth(x)) y=(tenth(y + 4.0)) { (number) }
    }
}

/// The mark of a number alone, for the list beside a drawing.
pub(crate) fn numbered(number: usize, item: &Item) -> Markup {
    html! { svg .numbered viewBox="-9 -9 18 18" role="img" aria-label={ "Number " (number) } { (mark(number, item, 0.0, 0.0)) } }
}

/// The panels alone, so many units wide, with the days marked that an answer is about; `label` says what they show.
pub(crate) fn inlined(series: &Series, label: &str, width: f64, recent: Option<(Date, Date)>) -> Markup {
    let (Some(first), Some(last)) = (series.points.first(), series.points.last()) else { return html! {} };
    let time = Time { from: first.from, to: last.to, width };
    let top = EVENTS.top - 26.0;
    html! {
        // Where the days lie is said for whoever draws a period upon them.
        svg viewBox={ "0 " (top) " " (width) " " (ENGAGEMENT.bottom + 26.0 - top) } role="img" aria-label=(label)
            data-from=(time.from) data-to=(time.to) data-left=(LEFT) data-right=(time.right())
            data-top=(EVENTS.top) data-bottom=(ENGAGEMENT.bottom) {
            (panels(series, time, recent))
        }
    }
}

fn panels(series: &Series, time: Time, recent: Option<(Date, Date)>) -> Markup {
    let tone = Rate {
        name: "Tone",
        what: "share of cooperation in cooperation and conflict",
        panel: TONE,
        of: |point| point.tone,
        turns: &series.tone_turns,
        top: 1.0,
    };
    let engagement = Rate {
        name: "Engagement",
        what: "cooperation between the two in all that either does",
        panel: ENGAGEMENT,
        of: |point| point.engagement,
        turns: &series.engagement_turns,
        top: highest(&series.points),
    };
    html! {
        @if let Some((from, to)) = recent {
            @let (x, end) = (time.x(from.max(time.from)), time.x(to.saturating_add(1.day())));
            @for panel in [EVENTS, TONE, ENGAGEMENT] {
                rect .recent x=(x) y=(panel.top) width=(tenth((end - x).max(0.0))) height=(panel.bottom - panel.top) {}
            }
        }
        (time.ticks())
        (events(series, time))
        (tone.drawn(&series.points, time))
        (engagement.drawn(&series.points, time))
        (tone.numbers(series, time))
        (engagement.numbers(series, time))
    }
}

/// The days that the drawing spans.
#[derive(Clone, Copy)]
struct Time {
    from: Date,
    to: Date,
    /// Of the whole drawing.
    width: f64,
}

impl Time {
    /// Where the panels end.
    fn right(self) -> f64 {
        self.width - END
    }

    /// Labels below the last panel, at most.
    fn labels(self) -> usize {
        ((self.right() - LEFT) / LABEL) as usize
    }

    /// Where a day begins.
    fn x(self, day: Date) -> f64 {
        let days = |from: Date, to: Date| (to.duration_since(from).as_hours() / 24) as f64;
        let share = days(self.from, day) / (days(self.from, self.to) + 1.0);
        tenth(LEFT + share * (self.right() - LEFT))
    }

    /// Where a step begins and ends.
    fn span(self, point: &Point) -> (f64, f64) {
        (self.x(point.from), self.x(point.to.saturating_add(1.day())))
    }

    /// Lines and dates through all panels.
    fn ticks(self) -> Markup {
        let ticks = self.days();
        html! {
            @for (day, words) in &ticks {
                @let x = self.x(*day);
                @for panel in [EVENTS, TONE, ENGAGEMENT] {
                    line .grid x1=(x) x2=(x) y1=(panel.top) y2=(panel.bottom) {}
                }
                text .middle .soft x=(x) y=(ENGAGEMENT.bottom + 18.0) { (words) }
            }
        }
    }

    /// The days that get a label, as exact as they lie apart: years, months, or days.
    fn days(self) -> Vec<(Date, String)> {
        for months in [1i32, 2, 3, 6, 12, 24, 60, 120, 240] {
            let first_year = i32::from(self.from.year());
            let of_month = |n: i32| {
                let (year, month) = (first_year + n.div_euclid(12), n.rem_euclid(12) + 1);
                Date::new(i16::try_from(year).ok()?, month as i8, 1).ok()
            };
            let days = (0..).step_by(months as usize).map_while(of_month).take_while(|day| *day <= self.to);
            let days: Vec<Date> = days.skip_while(|day| *day < self.from).take(self.labels() + 1).collect();
            if days.len() <= self.labels() && (days.len() > 2 || months > 1) {
                let words = |day: &Date| match months {
                    1..12 => format!("{}-{:02}", day.year(), day.month()),
                    _ => day.year().to_string(),
                };
                return days.iter().map(|day| (*day, words(day))).collect();
            }
            if days.len() <= 2 {
                break;
            }
        }
        let all = (self.to.duration_since(self.from).as_hours() / 24) as usize + 1;
        let days = (0..all).step_by(all.div_ceil(self.labels() * 2 / 3));
        days.map(|n| self.from.saturating_add((n as i64).days())).map(|day| (day, day.to_string())).collect()
    }
}

/// What the colours of the bars mean.
fn legend() -> Markup {
    let labels =
        [("with", "words"), ("with-deeds", "deeds"), ("against", "words"), ("against-deeds", "deeds")];
    html! {
        @for (i, (class, words)) in labels.iter().enumerate() {
            @let x = LEFT + 230.0 + 152.0 * i as f64;
            rect class=(class) x=(x) y=(EVENTS.top - 22.0) width="11" height="11" {}
            text .soft x=(x + 16.0) y=(EVENTS.top - 12.0) {
                (if i < 2 { "cooperative " } else { "conflictual " }) (words)
            }
        }
    }
}

/// Cooperation above the line, conflict below it, words next to the line and deeds beyond.
fn events(series: &Series, time: Time) -> Markup {
    let most = |of: fn(&Point) -> u64| series.points.iter().map(of).max().unwrap_or(0).max(1) as f64;
    let (up, down) = (most(|p| p.counts.cooperative()), most(|p| p.counts.conflictual()));
    let unit = (EVENTS.bottom - EVENTS.top) / (up + down);
    let zero = tenth(EVENTS.top + up * unit);
    // All bars of a class are one path.
    let bars = |of: &dyn Fn(&Point) -> (u64, u64), sign: f64| -> String {
        let bar = |point: &Point| {
            let (near, far) = of(point);
            let (x, end) = time.span(point);
            // Bars of a day in eleven years are thinner than a point; they never vanish.
            let wide = (end - x - 0.6).max(0.5);
            let y = |n: u64| tenth(zero - sign * n as f64 * unit);
            let (y, high) = (y(near), y(far));
            (far > near).then(|| format!("M{x} {y}h{}V{high}h-{}z", tenth(wide), tenth(wide)))
        };
        series.points.iter().filter_map(bar).collect()
    };
    html! {
        text x=(LEFT) y=(EVENTS.top - 12.0) { "Events between the two" }
        path .with d=(bars(&|p| (0, p.counts.verbal_cooperation), 1.0)) {}
        path .with-deeds d=(bars(&|p| (p.counts.verbal_cooperation, p.counts.cooperative()), 1.0)) {}
        path .against d=(bars(&|p| (0, p.counts.verbal_conflict), -1.0)) {}
        path .against-deeds d=(bars(&|p| (p.counts.verbal_conflict, p.counts.conflictual()), -1.0)) {}
        line .axis x1=(LEFT) x2=(time.right()) y1=(zero) y2=(zero) {}
        text .end .soft x=(LEFT - 8.0) y=(EVENTS.top + 8.0) { (up) }
        text .end .soft x=(LEFT - 8.0) y=(zero + 4.0) { "0" }
        text .end .soft x=(LEFT - 8.0) y=(EVENTS.bottom) { (down) }
    }
}

/// A rate between 0 and `top` with its band; what rises above is cut off there.
struct Rate<'s> {
    name: &'static str,
    /// What it is a share of what.
    what: &'static str,
    panel: Panel,
    of: fn(&Point) -> Option<Band>,
    turns: &'s [Turn],
    top: f64,
}

impl Rate<'_> {
    fn drawn(&self, points: &[Point], time: Time) -> Markup {
        let Panel { top, bottom } = self.panel;
        let y = |p: f64| tenth(bottom - (p / self.top).min(1.0) * (bottom - top));
        let (mut line, mut band) = (String::new(), String::new());
        let mut joined = false;
        for point in points {
            let Some(rate) = (self.of)(point) else {
                joined = false;
                continue;
            };
            let (x, end) = time.span(point);
            let from = if joined { format!("V{}", y(rate.p)) } else { format!("M{x} {}", y(rate.p)) };
            line += &format!("{from}H{end}");
            band += &format!("M{x} {}H{end}V{}H{x}z", y(rate.low), y(rate.high));
            joined = true;
        }
        html! {
            text x=(LEFT) y=(top - 12.0) {
                (self.name) @if time.width > NARROW { tspan .soft { ": " (self.what) } }
            }
            @for share in [0.0, 0.5, 1.0] {
                @let at = y(share * self.top);
                line class=(if share == 0.0 { "axis" } else { "grid" }) x1=(LEFT) x2=(time.right()) y1=(at) y2=(at) {}
                text .end .soft x=(LEFT - 8.0) y=(at + 4.0) { (percent(share * self.top)) }
            }
            path .band d=(band) {}
            path .line d=(line) {}
            @for (turn, row) in self.turns.iter().zip(rows(self.turns, time)) {
                @let x = time.x(turn.week);
                line .turn x1=(x) x2=(x) y1=(top) y2=(bottom) {}
                @if let Some(row) = row {
                    @let (class, beside) = if x > time.right() - DATE { ("turned end", -4.0) } else { ("turned", 4.0) };
                    text class=(class) x=(x + beside) y=(top + 10.0 + 12.0 * row as f64) { (turn.week) }
                }
            }
        }
    }
}

impl Rate<'_> {
    /// The strongest events, each at the step that it lies in; one outside all steps that have a rate has no place.
    fn numbers(&self, series: &Series, time: Time) -> Markup {
        let Panel { top, bottom } = self.panel;
        let place = |item: &Item| {
            let step = series.points.iter().find(|point| (point.from..=point.to).contains(&item.date))?;
            let rate = (self.of)(step)?;
            let y = tenth(bottom - (rate.p / self.top).min(1.0) * (bottom - top));
            let x = time.x(item.date).clamp(LEFT + MARK, time.right() - MARK);
            let above = y - STEM - MARK >= top;
            Some((x, y, if above { y - STEM } else { y + STEM }))
        };
        html! {
            @for (i, item) in series.strongest.iter().enumerate() {
                @if let Some((x, y, middle)) = place(item) {
                    line .stem x1=(x) x2=(x) y1=(y) y2=(middle) {}
                    (mark(i + 1, item, x, middle))
                }
            }
        }
    }
}

/// Which of two rows the date of each turn stands in: one below the other where they lie close together, and none where
/// there is no room left.
fn rows(turns: &[Turn], time: Time) -> Vec<Option<usize>> {
    let mut free_from = [f64::MIN; 2];
    let place = |turn: &Turn| {
        let x = time.x(turn.week);
        // Close to the end, a date stands before its line.
        let (x, end) = if x > time.right() - DATE { (x - DATE, x) } else { (x, x + DATE) };
        let row = free_from.iter().position(|from| *from <= x)?;
        free_from[row] = end;
        Some(row)
    };
    turns.iter().map(place).collect()
}

/// The top of engagement's scale: a round share above all rates.
fn highest(points: &[Point]) -> f64 {
    let most = points.iter().filter_map(|point| point.engagement).map(|band| band.p).fold(0.0, f64::max);
    [0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6].into_iter().find(|top| most <= *top).unwrap_or(1.0)
}

/// `50 %`, `2.5 %`.
fn percent(share: f64) -> String {
    format!("{} %", (share * 1000.0).round() / 10.0)
}

/// To a tenth of a unit.
fn tenth(x: f64) -> f64 {
    (x * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use demarche_engine::series::{Direction, Dyad, Observation, Question, Sides, series};
    use jiff::civil::date;

    use super::*;

    #[test]
    fn labels_are_as_exact_as_they_lie_apart_and_never_too_many() {
        let labels = |from, to| {
            let days = Time { from, to, width: WIDTH }.days();
            assert!((1..=12).contains(&days.len()), "{from} to {to}: {days:?}");
            assert!(days.iter().all(|(day, _)| (from..=to).contains(day)));
            days.into_iter().map(|(_, words)| words).collect::<Vec<_>>()
        };
        let years = labels(date(2005, 1, 1), date(2015, 12, 31));
        assert_eq!((years.len(), years[0].as_str()), (11, "2005"));
        assert_eq!(labels(date(2012, 1, 15), date(2012, 4, 20)), ["2012-02", "2012-03", "2012-04"]);
        assert_eq!(labels(date(2012, 1, 2), date(2012, 1, 4)).len(), 3);
        assert_eq!(labels(date(2012, 1, 2), date(2012, 1, 2)), ["2012-01-02"]);
        labels(date(2012, 1, 2), date(2012, 2, 20));
        labels(date(2012, 1, 2), date(2013, 2, 20));
        labels(date(1900, 6, 2), date(1999, 12, 31));
    }

    #[test]
    fn a_drawing_needs_no_events() {
        let dyad = Dyad::new("ISL".parse().unwrap(), "NOR".parse().unwrap()).unwrap();
        let question = Question::on(date(2020, 3, 1));
        let day = |all: &[Observation]| {
            let made = series(all, &Sides::from(dyad), &question, date(2020, 3, 1), By::Day).unwrap();
            drawn(&made, ("Iceland <b>", "Norway"), "read by demarche", Look::Screen).into_string()
        };
        let nothing = day(&[]);
        assert!(nothing.contains("Iceland &lt;b&gt; – Norway") && !nothing.contains("NaN"), "{nothing}");
        let code = "190".parse().unwrap();
        let clash = Observation::new(date(2020, 3, 1), dyad, Direction::Mutual, code, "e");
        let one = day(&[clash]);
        assert!(one.contains("class=\"against-deeds\" d=\"M62"), "{one}");
        // Its number stands on both charts and in the list, in a square.
        assert_eq!(one.matches("<rect class=\"strong\"").count(), 3, "{one}");
        assert!(
            one.contains(">2020-03-01, Use conventional military force")
                && one.contains("(190), both sides<"),
            "{one}"
        );
    }
}
