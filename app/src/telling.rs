//! Turns the engine's values into plain words and marked stretches of text, which both faces print. It knows nothing of
//! terminals or HTML, and decides nothing.

mod answer;
mod asked;
mod changes;
mod dates;
mod entries;
mod explained;
mod holds;
mod inquiry;
mod issues;
mod kin;
mod ladder;
mod marks;
mod meant;
mod moved;
mod names;
mod odds;
mod outlets;
mod overridden;
mod parsed;
mod people;
mod readouts;
mod sides;
mod sparkline;
mod states;
mod voices;

pub(crate) use answer::{Answer, LeftOut, by_words};
pub(crate) use asked::asked_words;
pub(crate) use changes::{Changed, How};
pub(crate) use dates::{date_words, day_words, stamp_words};
pub(crate) use entries::{entry_coding, entry_line, entry_parties};
pub(crate) use explained::{Explained, Listed, Stands, Step};
pub(crate) use holds::{Holds, dataset_words, holding_words};
pub(crate) use inquiry::{AsOf, Inquiry};
pub(crate) use issues::issues_meant;
pub(crate) use kin::{outlets_words, printed_by, replaced_words, told_times, version_words};
pub(crate) use ladder::{Ladder, Rung, level_words};
pub(crate) use marks::{Mark, Piece, pieces, roles};
pub(crate) use meant::{Meant, PostRow};
pub(crate) use moved::{Moved, label_words};
pub(crate) use names::{
    acts, by_name, claim_words, code_words, count, event_line, issue_words, issues_words, kind_heading,
    kind_words, parties, plain, post_words, side, told_why, told_words, with_post,
};
pub(crate) use odds::{found_words, odds_sentence, odds_words, probability_words};
pub(crate) use outlets::outlet_known;
pub(crate) use overridden::{counts_as, override_words};
pub(crate) use parsed::Parsed;
pub(crate) use people::on_page;
pub(crate) use readouts::{Account, Readouts};
pub(crate) use sparkline::sparkline;
pub(crate) use states::States;
pub(crate) use voices::Voices;
