//! A file with tabs and a header → rows of the world table whose columns the header names.

use crate::actors::world::Table;
use crate::actors::world::layer::Entry;

/// Whether the first line is a header: tabs, or the name of a column alone, and no bracket of a dictionary.
pub(crate) fn is_table(text: &str) -> bool {
    let header = text.lines().next().unwrap_or("");
    let column = |name: &str| Table::ALL.iter().any(|table| table.columns().contains(&name));
    !header.contains('[') && !header.starts_with('\t') && (header.contains('\t') || column(header.trim()))
}

/// The entries of a file that [`is_table`] takes for one.
pub(crate) fn entries(text: &str) -> Vec<Entry> {
    let mut lines = text.lines().enumerate();
    let columns: Vec<&str> =
        lines.next().map(|(_, header)| header.split('\t').map(str::trim).collect()).unwrap_or_default();
    let Some(table) = Table::of_columns(&columns) else {
        return vec![Entry::of("line 1".to_owned(), Err(no_table(&columns)))];
    };
    lines
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| {
            let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
            let row = if cells.len() > columns.len() {
                Err(format!("{} cells, and the header has {}", cells.len(), columns.len()))
            } else {
                let cell = |column: &&str| {
                    let at = columns.iter().position(|c| c == column);
                    at.and_then(|at| cells.get(at)).map_or(String::new(), |cell| (*cell).to_owned())
                };
                Ok((table, table.columns().iter().map(cell).collect()))
            };
            Entry::of(format!("line {}", at + 1), row)
        })
        .collect()
}

/// Why the header names no table, and which ones there are.
fn no_table(columns: &[&str]) -> String {
    let strange = columns.iter().find(|c| !Table::ALL.iter().any(|table| table.columns().contains(c)));
    let tables: Vec<String> =
        Table::ALL.iter().map(|table| format!("{} ({})", table.name(), table.needs().join(", "))).collect();
    let what = match strange {
        Some(column) => format!("no table has a column “{column}”"),
        None => format!("the columns {} make no table", columns.join(", ")),
    };
    format!("{what}; tables and the columns that they need: {}", tables.join("; "))
}
