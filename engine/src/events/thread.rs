//! The time of the story that a page is telling → the time of what it tells next without saying when.

use crate::actors::{ActorKind, Cast};
use crate::events::report::Told;
use crate::events::sides::side;
use crate::language::Sentence;
use crate::time::Period;

/// The time that a story stays at: after "X visited Y last month" the next sentences about X are of last month as well.
#[derive(Debug, Default)]
pub(crate) struct Thread {
    date: Option<Period>,
    actors: Vec<usize>,
    /// End of the last sentence that was told of that time.
    until: usize,
}

/// Bytes without a report of the story's time after which it is over.
const THREAD_REACH: usize = 700;

impl Thread {
    /// The story's time, for a report without one of its own about the same people, or about their two states.
    pub(crate) fn date(
        &self,
        who: &[usize],
        cast: &Cast,
        sentence: &Sentence,
        told: &mut Told,
    ) -> Option<Period> {
        let near = sentence.span.start <= self.until + THREAD_REACH;
        let sides: Vec<Option<&str>> = self.actors.iter().map(|&a| side(&cast.actors[a])).collect();
        let states = who.len() > 1
            && who
                .iter()
                .all(|&a| cast.actors[a].kind == ActorKind::State && sides.contains(&side(&cast.actors[a])));
        let same = states || who.iter().any(|a| self.actors.contains(a));
        if *told == Told::Current && near && same && self.date.is_some() {
            *told = Told::Recalled;
            return self.date;
        }
        None
    }

    pub(crate) fn note(&mut self, who: &[usize], sentence: &Sentence, date: Option<Period>, told: Told) {
        match told {
            Told::Recalled if date.is_some() => {
                if date == self.date {
                    self.actors.extend(who);
                } else {
                    self.actors = who.to_vec();
                }
                self.date = date;
                self.until = sentence.span.end;
            }
            Told::Current => *self = Self::default(),
            _ => {}
        }
    }
}
