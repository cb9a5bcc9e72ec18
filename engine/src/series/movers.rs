//! Asks the momentum question of every dyad of a record at once, and ranks those that moved.
//!
//! One pass counts weeks per dyad and per state; the events of either state are then those of the one, plus those of the
//! other, less those in which both take part. Time is linear in the observations and in the dyads.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::series::cameo::{Cameo, Tone};
use crate::series::discoveries::false_discovery_rates;
use crate::series::dyad::{Dyad, State};
use crate::series::estimate::Cell;
use crate::series::ids::{EventId, Ids};
use crate::series::observation::Observation;
use crate::series::question::{Asked, Question, days_before};
use crate::series::selection::admits;
use crate::series::tally::{Weeks, weeks_of};
use crate::series::verdict::{Axis, Finding, Label, Which};

/// Every dyad that could be judged, those that moved most certainly first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Movers {
    /// What was asked of each.
    pub question: Question,
    /// Dyads with an event in either window.
    pub dyads: u64,
    /// Those that could be judged on either axis, ranked.
    pub ranked: Vec<Mover>,
}

/// One dyad among many.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mover {
    /// Between whom.
    pub dyad: Dyad,
    /// The answer in a word, after the correction for asking many dyads: it rests on the two rates below, not on the
    /// findings of the axes, which stand for a dyad that is asked about alone.
    pub label: Label,
    /// Tone, as in the dyad's own verdict.
    pub tone: Axis,
    /// Engagement, as in the dyad's own verdict.
    pub engagement: Axis,
    /// False-discovery rate of tone's change among all dyads judged on tone (Benjamini–Hochberg).
    pub tone_rate: Option<f64>,
    /// The same of engagement's.
    pub engagement_rate: Option<f64>,
}

/// Ranks all dyads by how certainly they moved.
///
/// The question's direction and sectors are those of one dyad and are left aside here.
///
/// # Errors
/// [`Asked`] where a window has no days or the record has nothing on the days in question.
pub fn movers(observations: &[Observation], question: &Question) -> Result<Movers, Asked> {
    question.check_windows()?;
    let counts = Counts::of(observations, question)?;
    let mut ranked: Vec<Mover> = counts.judged().collect();
    correct(&mut ranked);
    let certainty = |mover: &Mover| {
        let tone = mover.tone_rate.map_or(f64::MAX, |rate| rate / alpha(Which::Tone));
        let engagement = mover.engagement_rate.map_or(f64::MAX, |rate| rate / alpha(Which::Engagement));
        let strongest = [&mover.tone, &mover.engagement].into_iter().filter_map(|axis| axis.change);
        (tone.min(engagement), strongest.map(|change| change.p_value).fold(1.0, f64::min))
    };
    ranked.sort_by(|a, b| {
        let (x, y) = (certainty(a), certainty(b));
        x.0.total_cmp(&y.0).then(x.1.total_cmp(&y.1)).then(a.dyad.cmp(&b.dyad))
    });
    Ok(Movers { question: question.clone(), dyads: counts.dyads.len() as u64, ranked })
}

/// The rate of false discoveries that is accepted on an axis: 0.05 for tone, 0.01 for engagement.
fn alpha(which: Which) -> f64 {
    match which {
        Which::Tone => 0.05,
        Which::Engagement => 0.01,
    }
}

/// Fills in rates and labels.
fn correct(movers: &mut [Mover]) {
    let rates = |axis: fn(&Mover) -> &Axis, movers: &[Mover]| {
        let tested: Vec<usize> = (0..movers.len()).filter(|i| axis(&movers[*i]).change.is_some()).collect();
        let p: Vec<f64> = tested.iter().filter_map(|i| axis(&movers[*i]).change.map(|c| c.p_value)).collect();
        let mut all = vec![None; movers.len()];
        for (i, rate) in tested.into_iter().zip(false_discovery_rates(&p)) {
            all[i] = Some(rate);
        }
        all
    };
    let tone = rates(|m| &m.tone, movers);
    let engagement = rates(|m| &m.engagement, movers);
    for ((mover, tone), engagement) in movers.iter_mut().zip(tone).zip(engagement) {
        mover.tone_rate = tone;
        mover.engagement_rate = engagement;
        mover.label = Label::of(
            finding(&mover.tone, tone, Which::Tone),
            finding(&mover.engagement, engagement, Which::Engagement),
        );
    }
}

fn finding(axis: &Axis, rate: Option<f64>, which: Which) -> Finding {
    match (axis.change, rate) {
        (Some(change), Some(rate)) if rate <= alpha(which) && change.t > 0.0 => Finding::Up,
        (Some(_), Some(rate)) if rate <= alpha(which) => Finding::Down,
        (Some(_), _) => Finding::NoClearChange,
        (None, _) => Finding::InsufficientEvidence,
    }
}

/// One event, in the week that it falls in.
#[derive(Debug, Clone, Copy)]
struct Row {
    dyad: u32,
    week: u32,
    tone: Tone,
    /// What decides between observations that share an id but disagree: the earliest, then the lowest code.
    rank: (i32, Cameo),
}

/// Weekly counts of all dyads and all states: one flat list each, with `weeks` entries per dyad or state.
struct Counts {
    weeks: usize,
    recent_weeks: usize,
    places: FxHashMap<Dyad, u32>,
    dyads: Vec<Dyad>,
    /// Where the counts of a dyad's two states lie.
    ends: Vec<[u32; 2]>,
    states: FxHashMap<State, u32>,
    /// Cooperative events of each dyad.
    cooperative: Vec<u32>,
    /// Cooperative and conflictual events of each dyad.
    toned: Vec<u32>,
    /// Events in which both states of a dyad take part.
    shared: Vec<u32>,
    /// Events of each state.
    own: Vec<u32>,
}

impl Counts {
    fn of(observations: &[Observation], question: &Question) -> Result<Self, Asked> {
        let (window, baseline) = (question.window, question.baseline);
        let (recent_weeks, baseline_weeks) = (weeks_of(window), weeks_of(baseline));
        let mut counts = Self {
            weeks: recent_weeks + baseline_weeks,
            recent_weeks,
            places: FxHashMap::default(),
            dyads: Vec::new(),
            ends: Vec::new(),
            states: FxHashMap::default(),
            cooperative: Vec::new(),
            toned: Vec::new(),
            shared: Vec::new(),
            own: Vec::new(),
        };
        let earliest = days_before(question.on, window + baseline - 1);
        let mut range = None;
        let mut found: Vec<(&EventId, Row)> = Vec::new();
        for observation in observations {
            let date = observation.date;
            range = Some(range.map_or((date, date), |(first, last)| (date.min(first), date.max(last))));
            if date > question.on || date < earliest || !admits(question, observation) {
                continue;
            }
            let age = (question.on.duration_since(date).as_hours() / 24) as i32;
            let week =
                if age < window { (age / 7) as usize } else { recent_weeks + ((age - window) / 7) as usize };
            let row = Row {
                dyad: counts.place(observation.dyad),
                week: week as u32,
                tone: observation.code.tone(),
                rank: (-age, observation.code),
            };
            found.push((&observation.event, row));
        }
        if let Some((first, last)) = range.or(question.record) {
            question.check_record(first, last)?;
        }
        // Observations of an event that was seen before, by its first row.
        let mut again: Vec<(u32, Row)> = Vec::new();
        let mut rows: Vec<Row> = Vec::with_capacity(found.len());
        let mut ids = Ids::with_room_for(found.len());
        let mut events: Vec<&EventId> = Vec::with_capacity(found.len());
        for (event, row) in found {
            match ids.seen(event, rows.len(), |place| events[place]) {
                Some(first) => again.push((first as u32, row)),
                None => {
                    events.push(event);
                    rows.push(row);
                }
            }
        }
        drop((ids, events));
        again.sort_by_key(|(first, _)| *first);
        let mut again = again.into_iter().peekable();
        for (at, row) in rows.into_iter().enumerate() {
            let mut tellings = vec![];
            while let Some((_, other)) = again.next_if(|(first, _)| *first as usize == at) {
                tellings.push(other);
            }
            if tellings.is_empty() {
                counts.add(row);
            } else {
                tellings.push(row);
                counts.add_together(&tellings);
            }
        }
        Ok(counts)
    }

    /// Where a dyad's counts lie, made if need be.
    fn place(&mut self, dyad: Dyad) -> u32 {
        if let Some(place) = self.places.get(&dyad) {
            return *place;
        }
        let place = self.dyads.len() as u32;
        self.places.insert(dyad, place);
        self.dyads.push(dyad);
        for counts in [&mut self.cooperative, &mut self.toned, &mut self.shared] {
            counts.resize(counts.len() + self.weeks, 0);
        }
        let ends = [dyad.first, dyad.second].map(|state| {
            let next = self.states.len() as u32;
            *self.states.entry(state).or_insert_with(|| {
                self.own.resize(self.own.len() + self.weeks, 0);
                next
            })
        });
        self.ends.push(ends);
        place
    }

    /// Counts an event of one dyad.
    fn add(&mut self, row: Row) {
        self.add_between(row);
        self.shared[row.dyad as usize * self.weeks + row.week as usize] += 1;
        for state in self.ends[row.dyad as usize] {
            self.own[state as usize * self.weeks + row.week as usize] += 1;
        }
    }

    /// Counts an event that was observed more than once, mostly because it joins several dyads.
    fn add_together(&mut self, rows: &[Row]) {
        let Some(stands) = rows.iter().min_by_key(|row| row.rank).copied() else { return };
        let dyads: BTreeSet<u32> = rows.iter().map(|row| row.dyad).collect();
        let mut states: BTreeSet<State> = BTreeSet::new();
        for dyad in dyads {
            self.add_between(Row { dyad, ..stands });
            let dyad = self.dyads[dyad as usize];
            states.extend([dyad.first, dyad.second]);
        }
        for (at, first) in states.iter().enumerate() {
            if let Some(place) = self.states.get(first) {
                self.own[*place as usize * self.weeks + stands.week as usize] += 1;
            }
            // Two that act on a third are not a dyad of the event, and yet it must not count twice for them.
            for second in states.iter().skip(at + 1) {
                let pair = Dyad::new(*first, *second).and_then(|pair| self.places.get(&pair));
                if let Some(place) = pair {
                    self.shared[*place as usize * self.weeks + stands.week as usize] += 1;
                }
            }
        }
    }

    fn add_between(&mut self, row: Row) {
        let at = row.dyad as usize * self.weeks + row.week as usize;
        self.cooperative[at] += u32::from(row.tone == Tone::Cooperative);
        self.toned[at] += u32::from(row.tone != Tone::Neither);
    }

    /// Every dyad that can be judged on either axis; rates and labels are still open.
    fn judged(&self) -> impl Iterator<Item = Mover> + '_ {
        self.dyads.iter().enumerate().filter_map(|(place, dyad)| {
            let of = |counts: &[u32], place: usize, week: usize| counts[place * self.weeks + week];
            let [first, second] = self.ends[place].map(|end| end as usize);
            let cells = |n: &dyn Fn(usize) -> u32| {
                let cell = |week| Cell { c: of(&self.cooperative, place, week), n: n(week) };
                let mut recent: Vec<Cell> = (0..self.weeks).map(cell).collect();
                let baseline = recent.split_off(self.recent_weeks);
                Weeks { recent, baseline }
            };
            let tone = Axis::judge(&cells(&|week| of(&self.toned, place, week)), Which::Tone);
            let either = |week| {
                of(&self.own, first, week) + of(&self.own, second, week) - of(&self.shared, place, week)
            };
            let engagement = Axis::judge(&cells(&either), Which::Engagement);
            (tone.change.is_some() || engagement.change.is_some()).then_some(Mover {
                dyad: *dyad,
                label: Label::InsufficientEvidence,
                tone,
                engagement,
                tone_rate: None,
                engagement_rate: None,
            })
        })
    }
}
