//! Finds the columns that we read among those of a table: by a mapping OURS=THEIRS, or by our own names.

/// A column that we read, whatever a table calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    Id,
    Date,
    DateEnd,
    Told,
    Actor,
    ActorState,
    ActorSector,
    ActorCode,
    Recipient,
    RecipientState,
    RecipientSector,
    RecipientCode,
    Code,
    EventType,
    Mode,
    Contexts,
    Intensity,
    Place,
    PlaceState,
    Latitude,
    Longitude,
    Publisher,
    Url,
}

/// Each column with its short name and with the one that our own tables have.
const COLUMNS: [(Column, &str, &str); 23] = [
    (Column::Id, "id", "id"),
    (Column::Date, "date", "date"),
    (Column::DateEnd, "date_end", "date_end"),
    (Column::Told, "told", "told"),
    (Column::Actor, "actor", "actor_name"),
    (Column::ActorState, "actor_state", "actor_country"),
    (Column::ActorSector, "actor_sector", "actor_sector"),
    (Column::ActorCode, "actor_code", "actor_code"),
    (Column::Recipient, "recipient", "recipient_name"),
    (Column::RecipientState, "recipient_state", "recipient_country"),
    (Column::RecipientSector, "recipient_sector", "recipient_sector"),
    (Column::RecipientCode, "recipient_code", "recipient_code"),
    (Column::Code, "code", "cameo"),
    (Column::EventType, "event_type", "event_type"),
    (Column::Mode, "mode", "mode"),
    (Column::Contexts, "contexts", "context"),
    (Column::Intensity, "intensity", "goldstein"),
    (Column::Place, "place", "place_name"),
    (Column::PlaceState, "place_state", "place_country"),
    (Column::Latitude, "latitude", "latitude"),
    (Column::Longitude, "longitude", "longitude"),
    (Column::Publisher, "publisher", "outlets"),
    (Column::Url, "url", "url"),
];

/// What no event can be without: one column of each row of these.
const NEEDED: [&[Column]; 3] =
    [&[Column::Date], &[Column::Code, Column::EventType], &[Column::Actor, Column::ActorState]];

/// Which column of a table is which of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping(Vec<(Column, String)>);

impl Mapping {
    /// Reads `date=when,actor=who,code=what_code`: ours, an equals sign, theirs. The error says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut pairs: Vec<(Column, String)> = Vec::new();
        for pair in text.split(',').filter(|pair| !pair.trim().is_empty()) {
            let (ours, theirs) =
                pair.split_once('=').ok_or_else(|| format!("{pair:?} has no equals sign: OURS=THEIRS"))?;
            let (ours, theirs) = (ours.trim(), theirs.trim());
            let column = named(ours).ok_or_else(|| {
                let known: Vec<&str> = Self::names().collect();
                format!("{ours:?} is none of our columns, which are {}", known.join(", "))
            })?;
            if theirs.is_empty() {
                return Err(format!("no column is named for {ours}"));
            }
            if pairs.iter().any(|(known, _)| *known == column) {
                return Err(format!("two columns are named for {ours}"));
            }
            pairs.push((column, theirs.to_owned()));
        }
        if pairs.is_empty() { Err("it names no column".into()) } else { Ok(Self(pairs)) }
    }

    /// What our columns are called in a mapping.
    pub fn names() -> impl Iterator<Item = &'static str> {
        COLUMNS.iter().map(|(_, name, _)| *name)
    }
}

/// Where the columns of a table stand.
#[derive(Debug, Clone)]
pub(crate) struct Columns([Option<usize>; COLUMNS.len()]);

/// Why a table cannot be read, and what to do.
#[derive(Debug)]
pub(crate) struct Misfit {
    pub(crate) what: String,
    pub(crate) remedy: String,
}

impl Columns {
    /// The columns of a table with these names, by a mapping or by our own names.
    pub(crate) fn find(mapping: Option<&Mapping>, head: &[&str]) -> Result<Self, Misfit> {
        let position = |name: &str| head.iter().position(|theirs| theirs.trim() == name);
        let listed = || format!("its columns are {}", shown(head));
        let mut at = [None; COLUMNS.len()];
        match mapping {
            Some(Mapping(pairs)) => {
                for (column, theirs) in pairs {
                    let found = position(theirs).ok_or_else(|| Misfit {
                        what: format!("it has no column {theirs:?}: {}", listed()),
                        remedy: "name one of these with --map".into(),
                    })?;
                    at[*column as usize] = Some(found);
                }
            }
            None => {
                for (column, name, long) in COLUMNS {
                    at[column as usize] = position(name).or_else(|| position(long));
                }
            }
        }
        let columns = Self(at);
        for needed in NEEDED {
            if !needed.iter().any(|column| columns.has(*column)) {
                let names: Vec<&str> = needed.iter().map(|column| name(*column)).collect();
                return Err(Misfit {
                    what: format!("no column is known to be {}: {}", names.join(" or "), listed()),
                    remedy: format!("say which one it is: --map {}=COLUMN,…", names[0]),
                });
            }
        }
        Ok(columns)
    }

    pub(crate) fn has(&self, column: Column) -> bool {
        self.0[column as usize].is_some()
    }

    /// The cell of a row; empty where the table has no such column.
    pub(crate) fn cell<'c>(&self, row: &[&'c str], column: Column) -> &'c str {
        self.0[column as usize].and_then(|at| row.get(at).copied()).unwrap_or_default()
    }

    /// Where those columns stand that the table has.
    pub(crate) fn positions(&self) -> impl Iterator<Item = usize> {
        self.0.iter().flatten().copied()
    }
}

fn named(name: &str) -> Option<Column> {
    COLUMNS.iter().find(|(_, short, long)| *short == name || *long == name).map(|(column, ..)| *column)
}

fn name(column: Column) -> &'static str {
    COLUMNS[column as usize].1
}

/// The names of a table's columns for people: a binary file has none worth showing, a wide table has many.
fn shown(head: &[&str]) -> String {
    const MOST: usize = 40;
    let names: Vec<String> =
        head.iter().take(MOST).map(|name| name.trim().chars().take(MOST).collect()).collect();
    let dots = if head.len() > MOST { " …" } else { "" };
    names.join(", ") + dots
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    #[test]
    fn columns_stand_in_their_own_order() {
        for (at, (column, ..)) in COLUMNS.iter().enumerate() {
            assert_eq!(*column as usize, at);
        }
    }

    #[test]
    fn mappings_are_read_or_refused() {
        let map = Mapping::parse("date=when, actor_state = who ,cameo=code").unwrap();
        let columns = Columns::find(Some(&map), &["who", "code", "when"]).unwrap();
        assert_eq!(columns.cell(&["CHL", "040", "2020-01-06"], Column::Date), "2020-01-06");
        assert_eq!(columns.cell(&["CHL", "040", "2020-01-06"], Column::ActorState), "CHL");
        for (text, why) in [
            ("when", "no equals sign"),
            ("day=when", "none of our columns, which are id, date"),
            ("date=", "no column is named for date"),
            ("date=a,date=b", "two columns"),
            (" , ", "names no column"),
        ] {
            assert!(Mapping::parse(text).unwrap_err().contains(why), "{text}");
        }
    }

    #[test]
    fn what_a_table_lacks_is_said_with_what_it_has() {
        let map = Mapping::parse("date=when,code=what,actor=who").unwrap();
        let misfit = Columns::find(Some(&map), &["when", "what", "whom"]).unwrap_err();
        assert_eq!(misfit.what, "it has no column \"who\": its columns are when, what, whom");
        let misfit = Columns::find(None, &["date", "actor_name"]).unwrap_err();
        assert_eq!(
            misfit.what,
            "no column is known to be code or event_type: its columns are date, actor_name"
        );
        assert!(Columns::find(None, &["date", "actor_name", "cameo"]).is_ok());
    }
}
