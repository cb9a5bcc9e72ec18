//! The columns of an event, one table for CSV and Parquet: what each is called, what it means, where it is taken from.

use crate::columns::word;
use crate::exports::cells::{Value, code, joined, of_each, quad_class};
use crate::exports::field::{Column, Sort, column};
use crate::exports::sheet::{Fill, Sheet};
use crate::select::{Entry, EntryPlace, Participant};

impl Entry {
    /// A table of them.
    pub const SHEET: Sheet<Self> = Sheet::new("events", &COLUMNS);
}

/// All of them, in an order that stays: new ones come last.
pub(crate) const COLUMNS: [Column<Fill<Entry>>; 34] = [
    column(
        "id",
        Sort::Text,
        "Name of the event for good: `demarche explain` takes our own; imported ones begin with their dataset",
        |e| Value::text(&*e.id),
    ),
    column("dataset", Sort::Text, "Dataset that it was imported from; empty for our own", |e| {
        Value::maybe(e.dataset.as_ref().map(|dataset| dataset.name.as_str()))
    }),
    column("dataset_version", Sort::Text, "Version of that dataset, if one was named", |e| {
        Value::maybe(e.dataset.as_ref().map(|dataset| dataset.version.as_str()))
    }),
    column("date", Sort::Date, "First day on which it can have happened", |e| {
        e.date.map_or(Value::Nothing, |date| Value::Date(date.start))
    }),
    column(
        "date_end",
        Sort::Date,
        "Last day on which it can have happened; the same where the day is known",
        |e| e.date.map_or(Value::Nothing, |date| Value::Date(date.end)),
    ),
    column("kind", Sort::Text, "contact, statement or action; imported events do not say", |e| {
        e.kind.and_then(|kind| word(&kind).ok()).map_or(Value::Nothing, Value::text)
    }),
    column(
        "told",
        Sort::Text,
        "current, recalled, planned, requested, hypothetical or denied; imported events do not say",
        |e| e.told.and_then(|told| word(&told).ok()).map_or(Value::Nothing, Value::text),
    ),
    column("claimed_by", Sort::Text, "Whose claim it is, where no text tells it as a fact", |e| {
        of_each(&e.claimed_by, name)
    }),
    column("actor_name", Sort::Text, "Who did or said it; both sides where they act on each other", |e| {
        of_each(&e.actor, name)
    }),
    column("actor_country", Sort::Text, "State of each, ISO 3166-1 alpha-3", |e| of_each(&e.actor, country)),
    column(
        "actor_sector",
        Sort::Text,
        "CAMEO role of each, or the sectors as an imported dataset names them",
        |e| of_each(&e.actor, sector),
    ),
    column("actor_code", Sort::Text, "CAMEO actor code of each", |e| of_each(&e.actor, actor_code)),
    column("actor_post", Sort::Text, "Post of each, as the page says it", |e| of_each(&e.actor, post)),
    column("recipient_name", Sort::Text, "To whom it was done or said", |e| of_each(&e.recipient, name)),
    column("recipient_country", Sort::Text, "State of each, ISO 3166-1 alpha-3", |e| {
        of_each(&e.recipient, country)
    }),
    column(
        "recipient_sector",
        Sort::Text,
        "CAMEO role of each, or the sectors as an imported dataset names them",
        |e| of_each(&e.recipient, sector),
    ),
    column("recipient_code", Sort::Text, "CAMEO actor code of each", |e| of_each(&e.recipient, actor_code)),
    column("recipient_post", Sort::Text, "Post of each, as the page says it", |e| {
        of_each(&e.recipient, post)
    }),
    column("cameo", Sort::Text, "CAMEO event code, two to four digits; text, since zeros lead", |e| {
        Value::maybe(e.cameo.as_deref())
    }),
    column("event_type", Sort::Text, "PLOVER type; PLOVER has none for mere statements", |e| {
        Value::maybe(e.event_type.as_deref())
    }),
    column("mode", Sort::Text, "PLOVER mode, where the type has modes", |e| Value::maybe(e.mode.as_deref())),
    column("context", Sort::Text, "PLOVER contexts, or what an imported dataset has in their place", |e| {
        joined(e.context.iter().map(String::as_str))
    }),
    column(
        "goldstein",
        Sort::Number,
        "Goldstein's scale, -10 to 10: the dataset's own value, or the code's",
        |e| e.goldstein.map_or(Value::Nothing, Value::Number),
    ),
    column(
        "quad_class",
        Sort::Whole,
        "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict, by CAMEO root or else PLOVER type; empty for statements and appeals (roots 01 and 02)",
        |e| code(e).and_then(quad_class).map_or(Value::Nothing, |class| Value::Whole(class.into())),
    ),
    column("place_name", Sort::Text, "Where it happened", |e| {
        Value::maybe(e.place.as_ref().map(|place| place.name.as_str()))
    }),
    column("place_country", Sort::Text, "State that the place lies in, ISO 3166-1 alpha-3", |e| {
        Value::maybe(e.place.as_ref().and_then(|place| place.state.as_deref()))
    }),
    column(
        "latitude",
        Sort::Number,
        "Degrees north of the place, WGS 84; only where an imported dataset says",
        |e| degrees(e, |place| place.latitude),
    ),
    column(
        "longitude",
        Sort::Number,
        "Degrees east of the place, WGS 84; only where an imported dataset says",
        |e| degrees(e, |place| place.longitude),
    ),
    column("issues", Sort::Text, "Issues that it raises", |e| joined(e.issues.iter().map(String::as_str))),
    column("outlets", Sort::Text, "Who printed it", |e| joined(e.outlets.iter().map(String::as_str))),
    column(
        "texts",
        Sort::Whole,
        "From how many texts it is told, near copies counted once; imported events do not say",
        |e| {
            if e.texts == 0 { Value::Nothing } else { Value::Whole(e.texts as i64) }
        },
    ),
    column("sides", Sort::Text, "States and bodies that speak or act in it, by code", |e| {
        joined(e.sides.iter().map(String::as_str))
    }),
    column(
        "sentence",
        Sort::Text,
        "The first sentence that tells it, 300 characters at most; imported events have none",
        |e| Value::maybe(e.sentence.as_deref()),
    ),
    column("overridden", Sort::Text, "Numbers of the overrides that changed it", |e| {
        Value::text(e.overridden.iter().map(i64::to_string).collect::<Vec<_>>().join(";"))
    }),
];

fn name(party: &Participant) -> Option<&str> {
    Some(&party.name)
}

fn country(party: &Participant) -> Option<&str> {
    party.state.as_deref()
}

fn sector(party: &Participant) -> Option<&str> {
    party.sector.as_deref()
}

fn actor_code(party: &Participant) -> Option<&str> {
    Some(&party.code)
}

fn post(party: &Participant) -> Option<&str> {
    party.post.as_deref()
}

fn degrees(entry: &Entry, of: fn(&EntryPlace) -> Option<f64>) -> Value<'_> {
    entry.place.as_ref().and_then(of).map_or(Value::Nothing, Value::Number)
}
