-- Rows of the world tables that users bring, file by file; the last one prevails. `body` is the engine's layer as JSON.
CREATE TABLE layers (
    position INTEGER PRIMARY KEY,
    name     TEXT NOT NULL UNIQUE,
    body     TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
