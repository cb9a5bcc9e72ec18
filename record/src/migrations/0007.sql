-- What datasets tell of two states in one year, packed (`courses.rs` has the layout, and fills it from `imported_dyads`):
-- series of busy states read these few values instead of a row for each event.
CREATE TABLE courses (
    id   INTEGER PRIMARY KEY,
    a    TEXT NOT NULL,
    b    TEXT NOT NULL CHECK (a < b),
    year INTEGER NOT NULL,
    told BLOB NOT NULL,
    UNIQUE (a, b, year)
) STRICT;
CREATE INDEX courses_by_b ON courses (b);
-- Nobody asks for rows by their second state any more.
DROP INDEX imported_dyads_by_b;
