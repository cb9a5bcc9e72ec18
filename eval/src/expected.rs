//! `expected.md` → what a careful human records from a page: the rows of its tables, by section.

use std::collections::BTreeMap;

/// A row: cells by column title (lower case).
pub(crate) type Row = BTreeMap<String, String>;

/// The rows of every table, by the first word of the heading above it (lower case).
pub(crate) fn tables(markdown: &str) -> BTreeMap<String, Vec<Row>> {
    let mut tables: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    let mut section = String::new();
    let mut columns: Option<Vec<String>> = None;
    for line in markdown.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            let word = heading.split([' ', ',']).find(|w| !w.eq_ignore_ascii_case("the")).unwrap_or("");
            section = word.to_lowercase();
            columns = None;
            continue;
        }
        let Some(cells) = cells(line) else {
            columns = None;
            continue;
        };
        match &columns {
            None => columns = Some(cells.into_iter().map(|c| c.to_lowercase()).collect()),
            Some(_) if cells.iter().all(|c| c.chars().all(|c| matches!(c, '-' | ':'))) => {}
            Some(columns) => {
                let row = columns.iter().cloned().zip(cells).collect();
                tables.entry(section.clone()).or_default().push(row);
            }
        }
    }
    tables
}

/// The trimmed cells of a table's line.
fn cells(line: &str) -> Option<Vec<String>> {
    let inner = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    Some(inner.split('|').map(|c| c.trim().to_owned()).collect())
}

/// The cell of the first column whose title begins with `title`.
pub(crate) fn cell<'r>(row: &'r Row, title: &str) -> &'r str {
    row.iter().find(|(column, _)| column.starts_with(title)).map_or("", |(_, cell)| cell.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_go_by_section_and_column() {
        let tables = tables(
            "## The page\n| field | value |\n|---|---|\n| title | A B |\n\ntext\n## Contacts (who)\n| what | who |\n|---|---|\n| visit | X |\n",
        );
        assert_eq!(cell(&tables["page"][0], "value"), "A B");
        assert_eq!(cell(&tables["contacts"][0], "wh"), "visit");
        assert_eq!(tables["contacts"].len(), 1);
    }
}
