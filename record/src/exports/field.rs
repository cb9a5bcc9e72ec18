//! What a format says of itself: the name, the type and the meaning of each of its columns, and how a row fills it.

/// A column of a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// What it is called.
    pub name: &'static str,
    /// What its cells hold.
    pub sort: Sort,
    /// What it means, with units, in one line.
    pub says: &'static str,
}

/// What its cells hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Words.
    Text,
    /// ISO 8601.
    Date,
    /// With decimals.
    Number,
    /// Without.
    Whole,
    /// Only in JSON.
    List,
    /// Only in JSON.
    Object,
}

/// A column, and how a row of its table fills it.
#[derive(Debug, Clone, Copy)]
pub struct Column<F> {
    /// What it says of itself.
    pub field: Field,
    /// How a row fills it.
    pub of: F,
}

/// A column of this name, which holds what it says.
pub const fn column<F: Copy>(name: &'static str, sort: Sort, says: &'static str, of: F) -> Column<F> {
    Column { field: Field::new(name, sort, says), of }
}

impl Field {
    /// A field.
    pub const fn new(name: &'static str, sort: Sort, says: &'static str) -> Self {
        Self { name, sort, says }
    }
}

impl Sort {
    /// Its name in a Frictionless table schema.
    pub fn name(self) -> &'static str {
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
