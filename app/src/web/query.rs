//! The query of an address: pairs of names and values, read as they stand and written again with some of them changed.

use std::fmt;

/// Names and values in order; what a form leaves empty is not there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    /// Of all pairs, those with a value, trimmed.
    pub(crate) fn of(pairs: Vec<(String, String)>) -> Self {
        let trimmed = pairs.into_iter().map(|(name, value)| (name, value.trim().to_owned()));
        Self(trimmed.filter(|(_, value)| !value.is_empty()).collect())
    }

    /// The last value of this name.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.all(name).last()
    }

    /// All values of this name.
    pub(crate) fn all<'q>(&'q self, name: &str) -> impl Iterator<Item = &'q str> {
        self.0.iter().filter(move |(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// All names and values, in order.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The same with one value of this name, or with none.
    pub(crate) fn with<'v>(&self, name: &str, value: impl Into<Option<&'v str>>) -> Self {
        let mut pairs = self.only(|own| own != name).0;
        pairs.extend(value.into().map(|value| (name.to_owned(), value.to_owned())));
        Self(pairs)
    }

    /// Those whose names are meant.
    pub(crate) fn only(&self, meant: impl Fn(&str) -> bool) -> Self {
        Self(self.0.iter().filter(|(name, _)| meant(name)).cloned().collect())
    }
}

/// As it stands behind a path: `?on=2024-03-31`, or nothing.
impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return Ok(());
        }
        write!(f, "?{}", form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.0).finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_kept_in_order_and_written_again() {
        let pairs = [("on", " 2024-03-31 "), ("outlet", "A & B"), ("by", ""), ("outlet", "C")];
        let query = Query::of(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec());
        assert_eq!(query.to_string(), "?on=2024-03-31&outlet=A+%26+B&outlet=C");
        assert_eq!((query.get("outlet"), query.get("by")), (Some("C"), None));
        assert_eq!(query.with("outlet", "D").to_string(), "?on=2024-03-31&outlet=D");
        assert_eq!(query.with("outlet", None).with("on", None).to_string(), "");
    }
}
