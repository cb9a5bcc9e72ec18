//! Events as JSON Lines: an entry as it is, with PLOVER's `event_date` before it.

use jiff::civil::Date;
use serde::Serialize;

use crate::exports::cells::{code, quad_class};
use crate::exports::field::{Field, Sort};
use crate::exports::{Failure, Out, Writer, Written};
use crate::select::Entry;

/// What each line holds; what is not known is null or an empty list.
pub(crate) const FIELDS: [Field; 24] = [
    Field::new("event_date", Sort::Date, "First day on which it can have happened"),
    Field::new("event_date_end", Sort::Date, "Last day on which it can have happened"),
    Field::new("id", Sort::Text, "Name of the event for good"),
    Field::new(
        "dataset",
        Sort::Object,
        "name and version of the dataset that it was imported from; null for our own",
    ),
    Field::new(
        "date",
        Sort::Text,
        "The same days as exactly as they are told: 2024-01-02, 2024-W01, 2023-12, 2023, or two days with a slash between them",
    ),
    Field::new("kind", Sort::Text, "contact, statement or action; imported events do not say"),
    Field::new(
        "told",
        Sort::Text,
        "current, recalled, planned, requested, hypothetical or denied; imported events do not say",
    ),
    Field::new(
        "claimed_by",
        Sort::List,
        "Whose claim it is, where no text tells it as a fact, in the fields of actor",
    ),
    Field::new(
        "actor",
        Sort::List,
        "Who did or said it: name, state (ISO 3166-1 alpha-3), code (CAMEO actor), sector, post",
    ),
    Field::new("recipient", Sort::List, "To whom, in the same fields"),
    Field::new("cameo", Sort::Text, "CAMEO event code"),
    Field::new("event_type", Sort::Text, "PLOVER type"),
    Field::new("mode", Sort::Text, "PLOVER mode"),
    Field::new("context", Sort::List, "PLOVER contexts, or what an imported dataset has in their place"),
    Field::new("goldstein", Sort::Number, "Goldstein's scale, -10 to 10"),
    Field::new(
        "place",
        Sort::Object,
        "name, state (ISO 3166-1 alpha-3), latitude and longitude (WGS 84) of where it happened",
    ),
    Field::new("issues", Sort::List, "Issues that it raises"),
    Field::new("outlets", Sort::List, "Who printed it"),
    Field::new(
        "texts",
        Sort::Whole,
        "From how many texts it is told; 0 for imported events, which do not say",
    ),
    Field::new("sides", Sort::List, "States and bodies that speak or act in it, by code"),
    Field::new("sentence", Sort::Text, "The first sentence that tells it, 300 characters at most"),
    Field::new("overridden", Sort::List, "Numbers of the overrides that changed it"),
    Field::new("more", Sort::Object, "What an imported dataset says besides; left out where it says nothing"),
    Field::new(
        "quad_class",
        Sort::Whole,
        "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict; null for statements and appeals",
    ),
];

/// One line each.
pub(crate) struct JsonLines<'o> {
    pub(crate) out: Out<'o>,
}

#[derive(Serialize)]
struct Line<'e> {
    event_date: Option<Date>,
    event_date_end: Option<Date>,
    #[serde(flatten)]
    entry: &'e Entry,
    quad_class: Option<u8>,
}

impl Writer for JsonLines<'_> {
    fn event(&mut self, entry: &Entry) -> Result<Written, Failure> {
        let line = Line {
            event_date: entry.date.map(|date| date.start),
            event_date_end: entry.date.map(|date| date.end),
            entry,
            quad_class: code(entry).and_then(quad_class),
        };
        serde_json::to_writer(&mut self.out, &line)?;
        self.out.write_all(b"\n")?;
        Ok(Written::Rows(1))
    }

    fn finish(&mut self) -> Result<(), Failure> {
        Ok(self.out.flush()?)
    }
}
