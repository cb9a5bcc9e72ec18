-- The first schema of a record. Dates are ISO 8601 text, which sorts as time does; `body` columns are the engine's own
-- values as JSON, and the columns beside them are copies to select by.

-- Versions of the engine that have coded something here.
CREATE TABLE engines (
    version TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- One row for each text, whoever printed it.
CREATE TABLE articles (
    id        INTEGER PRIMARY KEY,
    hash      TEXT NOT NULL UNIQUE,
    engine    TEXT NOT NULL REFERENCES engines (version),
    title     TEXT,
    published TEXT,
    updated   TEXT,
    language  TEXT,
    kind      TEXT NOT NULL,
    text      TEXT NOT NULL,
    body      TEXT NOT NULL CHECK (json_valid(body)),   -- the article without its text
    problems  TEXT NOT NULL CHECK (json_valid(problems))
) STRICT;
CREATE INDEX articles_by_date ON articles (published);

-- Where each text was found: one row for each outlet, address and file name. Empty text stands for "not known".
CREATE TABLE printings (
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    outlet  TEXT NOT NULL,
    url     TEXT NOT NULL,
    source  TEXT NOT NULL,
    PRIMARY KEY (article, outlet, url, source)
) STRICT, WITHOUT ROWID;

-- Who is on each page, in order of first mention.
CREATE TABLE actors_seen (
    article  INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name     TEXT NOT NULL,
    kind     TEXT NOT NULL,
    state    TEXT,
    code     TEXT NOT NULL,
    sector   TEXT,
    post     TEXT,
    body     TEXT NOT NULL CHECK (json_valid(body)),
    PRIMARY KEY (article, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX actors_seen_by_name ON actors_seen (name);

-- What each place in each article says.
CREATE TABLE reports (
    id         TEXT PRIMARY KEY,
    article    INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    engine     TEXT NOT NULL REFERENCES engines (version),
    kind       TEXT NOT NULL,
    cameo      TEXT,
    event_type TEXT,
    mode       TEXT,
    date_start TEXT,
    date_end   TEXT,
    told       TEXT NOT NULL,
    frame      TEXT NOT NULL,
    body       TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
CREATE UNIQUE INDEX reports_by_article ON reports (article, position);

-- Happenings, merged from the reports of all articles; always a pure function of `reports` and `printings`.
CREATE TABLE events (
    id         TEXT PRIMARY KEY REFERENCES reports (id) ON DELETE CASCADE,
    kind       TEXT NOT NULL,
    cameo      TEXT,
    event_type TEXT,
    mode       TEXT,
    date_start TEXT,
    date_end   TEXT,
    told       TEXT NOT NULL,
    body       TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
CREATE INDEX events_by_date ON events (kind, date_start);

CREATE TABLE event_reports (
    report   TEXT PRIMARY KEY REFERENCES reports (id) ON DELETE CASCADE,
    event    TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX event_reports_by_event ON event_reports (event, position);

-- The pairs of states between which each event lies, a < b.
CREATE TABLE event_dyads (
    a     TEXT NOT NULL,
    b     TEXT NOT NULL CHECK (a < b),
    event TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    PRIMARY KEY (a, b, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_dyads_by_b ON event_dyads (b, event);
CREATE INDEX event_dyads_by_event ON event_dyads (event);

-- Articles that were kept but whose reports have not been merged into events yet: work that a crash cannot lose.
CREATE TABLE unsettled (
    article INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE
) STRICT;
