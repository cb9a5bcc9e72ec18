//! What a format says of itself: the name, the type and the meaning of each of its columns, and how a row fills it.

/// A column of a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) sort: Sort,
    /// What it means, with units, in one line.
    pub(crate) says: &'static str,
}

/// What its cells hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    Text,
    /// ISO 8601.
    Date,
    Number,
    Whole,
    /// Only in JSON.
    List,
    /// Only in JSON.
    Object,
}

/// A column, and how a row of its table fills it.
pub(crate) struct Column<F> {
    pub(crate) field: Field,
    pub(crate) of: F,
}

pub(crate) const fn column<F: Copy>(name: &'static str, sort: Sort, says: &'static str, of: F) -> Column<F> {
    Column { field: Field::new(name, sort, says), of }
}

impl Field {
    pub(crate) const fn new(name: &'static str, sort: Sort, says: &'static str) -> Self {
        Self { name, sort, says }
    }
}

impl Sort {
    /// Its name in a Frictionless table schema.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Sort::Text => "string",
            Sort::Date => "date",
            Sort::Number => "number",
            Sort::Whole => "integer",
            Sort::List => "array",
            Sort::Object => "object",
        }
    }
}
