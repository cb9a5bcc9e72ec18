//! The flags that say which days are compared.

use demarche_engine::series::Question;
use jiff::civil::Date;

/// Which days are compared.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Which days")]
pub(crate) struct Windows {
    /// The day to answer for; without it, the day of the record's last article, or the last day of the dataset
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<Date>,
    /// Days up to that day, it included, that are compared
    #[arg(long, value_name = "DAYS", default_value_t = 90, allow_negative_numbers = true)]
    window: i32,
    /// Days before these that they are compared with
    #[arg(long, value_name = "DAYS", default_value_t = 365, allow_negative_numbers = true)]
    baseline: i32,
}

impl Windows {
    /// The question about these windows. Whether they can be counted is the engine's to say.
    pub(crate) fn asked(&self, question: Question) -> Question {
        Question { window: self.window, baseline: self.baseline, ..question }
    }
}
