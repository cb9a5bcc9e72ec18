//! Turns observations into a `Series`: counts, tone and engagement by day, week or month, and the weeks of change.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::series::cameo::{Class, Tone};
use crate::series::dyad::Sides;
use crate::series::estimate::{Cell, QUANTILE_95, Rate};
use crate::series::items::strongest_of_course;
use crate::series::observation::Observation;
use crate::series::pelt::change_points;
use crate::series::question::{Asked, LONGEST, Question};
use crate::series::selection::{Selection, select};
use crate::series::verdict::Item;

/// How long the steps of a series are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// Calendar days.
    Day,
    /// ISO weeks, Monday to Sunday.
    Week,
    /// Calendar months.
    Month,
}

/// The dated events between two sides.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// Between whom.
    pub sides: Sides,
    /// Length of a step.
    pub by: By,
    /// The steps, oldest first, without gaps.
    pub points: Vec<Point>,
    /// Weeks from which tone stood at another level.
    pub tone_turns: Vec<Turn>,
    /// Weeks from which engagement did.
    pub engagement_turns: Vec<Turn>,
    /// The strongest cooperative and conflictual events between the two, four of each at most, none close to another, oldest
    /// first.
    #[serde(default)]
    pub strongest: Vec<Item>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// First day, within the span asked for.
    pub from: Date,
    /// Last day, within the span asked for.
    pub to: Date,
    /// Events between the two, by what they do.
    pub counts: Counts,
    /// Mean Goldstein value of those events.
    pub goldstein: Option<f64>,
    /// Cooperation against conflict; none without such events.
    pub tone: Option<Band>,
    /// Cooperation between the two against all else that they do; none without events of either.
    pub engagement: Option<Band>,
    /// Days on which the record has nothing of either side: unheard, which is not the same as quiet.
    pub silent_days: u64,
}

/// Events by class: the four quad classes, and statements and appeals apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the classes are explained at `Class`")]
pub struct Counts {
    pub statement: u64,
    pub verbal_cooperation: u64,
    pub material_cooperation: u64,
    pub verbal_conflict: u64,
    pub material_conflict: u64,
}

impl Counts {
    /// All events.
    pub fn all(self) -> u64 {
        self.statement + self.cooperative() + self.conflictual()
    }

    /// Cooperative ones, in word and deed.
    pub fn cooperative(self) -> u64 {
        self.verbal_cooperation + self.material_cooperation
    }

    /// Conflictual ones, in word and deed.
    pub fn conflictual(self) -> u64 {
        self.verbal_conflict + self.material_conflict
    }

    fn add(&mut self, class: Class) {
        *match class {
            Class::Statement => &mut self.statement,
            Class::VerbalCooperation => &mut self.verbal_cooperation,
            Class::MaterialCooperation => &mut self.material_cooperation,
            Class::VerbalConflict => &mut self.verbal_conflict,
            Class::MaterialConflict => &mut self.material_conflict,
        } += 1;
    }
}

/// A rate with its 95 % band: the logit interval p ± 1.96·SE with the binomial variance, since a single step holds nothing to
/// cluster by.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Band {
    /// Cooperative events.
    pub c: u64,
    /// All events of the axis.
    pub n: u64,
    /// (c + ½)/(n + 1).
    pub p: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Band {
    fn of(cell: Cell) -> Option<Self> {
        let rate = Rate::of(&[cell]);
        let back = |logit: f64| 1.0 / (1.0 + (-logit).exp());
        (cell.n > 0).then(|| Self {
            c: rate.cooperative,
            n: rate.n,
            p: rate.p,
            low: back(rate.logit() - QUANTILE_95 * rate.se),
            high: back(rate.logit() + QUANTILE_95 * rate.se),
        })
    }
}

/// A week from which a rate stood at another level.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Turn {
    /// The Monday of the first week.
    pub week: Date,
    /// The rate since the turn before.
    pub before: f64,
    /// The rate until the next turn.
    pub after: f64,
}

/// The series between two sides from `from` to `question.on`, with the question's filters; its windows play no part.
///
/// Turns are found over ISO weeks, whatever the steps, by [`change_points`].
///
/// # Errors
/// [`Asked`] where the sides share a state, or the span has no days or more than a century.
pub fn series(
    observations: &[Observation],
    sides: &Sides,
    question: &Question,
    from: Date,
    by: By,
) -> Result<Series, Asked> {
    question.check_sides(sides)?;
    let days = (question.on.duration_since(from).as_hours() / 24 + 1) as i32;
    if days <= 0 || days > LONGEST {
        return Err(Asked::Days { name: "span", days });
    }
    let selection = select(observations, sides, question, days);
    let weeks = Steps::over(from, question.on, By::Week);
    let weekly = tally(&selection, &weeks, from, question.on);
    let turns = |cell: fn(&Step) -> Cell| {
        let cells: Vec<Cell> = weekly.iter().map(cell).collect();
        turns(&cells, &weeks)
    };
    let steps = Steps::over(from, question.on, by);
    Ok(Series {
        sides: sides.clone(),
        by,
        points: tally(&selection, &steps, from, question.on).into_iter().map(Step::point).collect(),
        tone_turns: turns(|step| step.tone),
        engagement_turns: turns(|step| step.engagement),
        strongest: strongest_of_course(&selection),
    })
}

/// The steps of a span: first and last day of each, and the step of each day.
struct Steps {
    spans: Vec<(Date, Date)>,
    of_day: Vec<usize>,
}

impl Steps {
    fn over(from: Date, to: Date, by: By) -> Self {
        let mut spans: Vec<(Date, Date)> = Vec::new();
        let mut of_day = Vec::new();
        let mut day = from;
        loop {
            let opens = match by {
                By::Day => true,
                By::Week => day.weekday() == jiff::civil::Weekday::Monday,
                By::Month => day.day() == 1,
            };
            match spans.last_mut() {
                Some(span) if !opens => span.1 = day,
                _ => spans.push((day, day)),
            }
            of_day.push(spans.len() - 1);
            match day.tomorrow() {
                Ok(next) if next <= to => day = next,
                _ => return Self { spans, of_day },
            }
        }
    }
}

/// What falls into one step.
struct Step {
    from: Date,
    to: Date,
    counts: Counts,
    events: u64,
    tenths: i64,
    tone: Cell,
    engagement: Cell,
    silent_days: u64,
}

impl Step {
    fn point(self) -> Point {
        Point {
            from: self.from,
            to: self.to,
            counts: self.counts,
            goldstein: (self.events > 0).then(|| self.tenths as f64 / 10.0 / self.events as f64),
            tone: Band::of(self.tone),
            engagement: Band::of(self.engagement),
            silent_days: self.silent_days,
        }
    }
}

fn tally(selection: &Selection<'_>, steps: &Steps, from: Date, to: Date) -> Vec<Step> {
    let empty = |(from, to): &(Date, Date)| Step {
        from: *from,
        to: *to,
        counts: Counts::default(),
        events: 0,
        tenths: 0,
        tone: Cell::default(),
        engagement: Cell::default(),
        silent_days: 0,
    };
    let mut made: Vec<Step> = steps.spans.iter().map(empty).collect();
    let days = (to.duration_since(from).as_hours() / 24) as usize;
    for kept in &selection.kept {
        let step = &mut made[steps.of_day[days - kept.age as usize]];
        let cooperative = kept.between && kept.tone == Tone::Cooperative;
        step.engagement.n += 1;
        step.engagement.c += u32::from(cooperative);
        if kept.between {
            step.counts.add(kept.observation.code.class());
            step.events += 1;
            step.tenths += kept.goldstein.tenths();
            step.tone.c += u32::from(cooperative);
            step.tone.n += u32::from(kept.tone != Tone::Neither);
        }
    }
    for (age, heard) in selection.heard.iter().enumerate() {
        made[steps.of_day[days - age]].silent_days += u64::from(!heard);
    }
    made
}

fn turns(cells: &[Cell], weeks: &Steps) -> Vec<Turn> {
    let changes = change_points(cells);
    let mut edges = vec![0];
    edges.extend(&changes);
    edges.push(cells.len());
    let rate = |from: usize, to: usize| Rate::of(&cells[from..to]).p;
    edges
        .windows(3)
        .map(|e| Turn { week: weeks.spans[e[1]].0, before: rate(e[0], e[1]), after: rate(e[1], e[2]) })
        .collect()
}
