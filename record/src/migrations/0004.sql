-- Events that other datasets coded, kept apart from our own. Texts that many rows share are kept once; what only the source
-- itself can use lies in `more`.

-- Each dataset in each of its versions: where an imported event comes from.
CREATE TABLE datasets (
    id      INTEGER PRIMARY KEY,
    name    TEXT NOT NULL,
    version TEXT NOT NULL,                  -- '' where none was said
    format  TEXT NOT NULL,
    UNIQUE (name, version)
) STRICT;

-- Each file that was imported to its end, with sums that add up: rows = kept + repeated + heads + refused.
CREATE TABLE imports (
    id       INTEGER PRIMARY KEY,
    dataset  INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
    file     TEXT NOT NULL,
    rows     INTEGER NOT NULL,
    kept     INTEGER NOT NULL,
    repeated INTEGER NOT NULL,
    heads    INTEGER NOT NULL,
    refused  INTEGER NOT NULL,
    CHECK (rows = kept + repeated + heads + refused)
) STRICT;

-- Who takes part in imported events: as the source writes it, and what that means.
CREATE TABLE parties (
    id      INTEGER PRIMARY KEY,
    name    TEXT NOT NULL,
    country TEXT NOT NULL,
    sectors TEXT NOT NULL,
    state   TEXT,                           -- ISO 3166 alpha-3
    code    TEXT NOT NULL,                  -- CAMEO actor code
    UNIQUE (name, country, sectors, code, state)
) STRICT;
CREATE INDEX parties_by_state ON parties (state);

CREATE TABLE places (
    id        INTEGER PRIMARY KEY,
    name      TEXT NOT NULL,
    country   TEXT NOT NULL,
    state     TEXT,
    latitude  REAL,
    longitude REAL
) STRICT;
CREATE INDEX places_by_name ON places (name, country, latitude, longitude);

CREATE TABLE publishers (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

-- One row for each row of a source. Sources use one id for several rows: `nth` tells them apart, `digest` tells a row that
-- comes again from another one of the same id.
CREATE TABLE imported (
    id         INTEGER PRIMARY KEY,
    dataset    INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
    source_id  TEXT NOT NULL,
    nth        INTEGER NOT NULL,
    digest     INTEGER NOT NULL,
    date       TEXT NOT NULL,
    cameo      TEXT,
    event_type TEXT,                        -- the source's, or that of the CAMEO code
    mode       TEXT,
    intensity  REAL,                        -- on Goldstein's scale, as the source gives it
    place      INTEGER REFERENCES places (id),
    publisher  INTEGER REFERENCES publishers (id),
    more       TEXT CHECK (json_valid(more)),
    UNIQUE (dataset, source_id, nth)
) STRICT;
CREATE INDEX imported_by_date ON imported (dataset, date, id);

CREATE TABLE imported_parties (
    event    INTEGER NOT NULL REFERENCES imported (id) ON DELETE CASCADE,
    role     INTEGER NOT NULL CHECK (role IN (0, 1)),           -- 0 actor, 1 recipient
    position INTEGER NOT NULL,
    party    INTEGER NOT NULL REFERENCES parties (id),
    PRIMARY KEY (event, role, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX imported_parties_by_party ON imported_parties (party, event);

-- The pairs of states between which each lies, a < b, with all that the arithmetic of series needs: it reads nothing else.
-- Rows of one date, code and pair tell one happening, from whichever end.
CREATE TABLE imported_dyads (
    a         TEXT NOT NULL,
    b         TEXT NOT NULL CHECK (a < b),
    date      TEXT NOT NULL,
    event     INTEGER NOT NULL REFERENCES imported (id) ON DELETE CASCADE,
    direction INTEGER NOT NULL CHECK (direction IN (0, 1, 2)),  -- 0 mutual, 1 from a to b, 2 from b to a
    code      TEXT NOT NULL,
    intensity REAL,
    dataset   INTEGER NOT NULL,
    pair      INTEGER NOT NULL,
    PRIMARY KEY (a, b, date, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX imported_dyads_by_b ON imported_dyads (b, a, date, event);

-- Who told an imported event, where the source lists it.
CREATE TABLE imported_mentions (
    event     INTEGER NOT NULL REFERENCES imported (id) ON DELETE CASCADE,
    publisher INTEGER NOT NULL REFERENCES publishers (id),
    url       TEXT NOT NULL,
    sentence  INTEGER NOT NULL,
    time      TEXT NOT NULL,
    PRIMARY KEY (event, publisher, url, sentence)
) STRICT, WITHOUT ROWID;
