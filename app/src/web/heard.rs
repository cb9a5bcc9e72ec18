//! What counts of the states that were asked about last, kept in memory as long as the record stays as it is: reading a hundred
//! thousand rows takes longer than all that is made of them.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use demarche_engine::series::{Observation, State};
use demarche_record::{From, Moment, Record};

use crate::fault::Fault;
use crate::telling::Inquiry;

/// Observations that are kept, some 50 MB.
const MOST: usize = 500_000;

/// The last questions' observations, the latest first.
#[derive(Default)]
pub(crate) struct Heard(Mutex<VecDeque<Known>>);

struct Known {
    from: From,
    states: Vec<State>,
    moment: Moment,
    observations: Arc<Vec<Observation>>,
}

impl Heard {
    /// All that counts of both sides.
    pub(crate) fn of(&self, record: &Record, inquiry: &Inquiry) -> Result<Arc<Vec<Observation>>, Fault> {
        let (from, states, moment) = (&inquiry.from, inquiry.states(), record.moment()?);
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|known| known.moment == moment);
        let at = known.iter().position(|known| known.from == *from && known.states == states);
        if let Some(found) = at.and_then(|at| known.remove(at)) {
            known.push_front(found);
        } else {
            let observations = Arc::new(record.observations_of(from, &states)?);
            known.push_front(Known { from: from.clone(), states, moment, observations });
        }
        while known.len() > 1 && known.iter().map(|known| known.observations.len()).sum::<usize>() > MOST {
            known.pop_back();
        }
        Ok(known.front().map(|known| Arc::clone(&known.observations)).unwrap_or_default())
    }
}
