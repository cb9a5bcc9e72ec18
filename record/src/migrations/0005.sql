-- Selecting, codings of earlier engines, and what people correct. Everything about events is a pure function of reports,
-- printings and overrides, so it is dropped here and settled anew.
DELETE FROM events;
DROP TABLE event_dyads;

-- Reports get a number, for the index of their words.
CREATE TABLE numbered_reports (
    number     INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
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
INSERT INTO numbered_reports (id, article, position, engine, kind, cameo, event_type, mode, date_start, date_end, told, frame, body)
    SELECT id, article, position, engine, kind, cameo, event_type, mode, date_start, date_end, told, frame, body
    FROM reports ORDER BY article, position;
DROP TABLE reports;
ALTER TABLE numbered_reports RENAME TO reports;
CREATE UNIQUE INDEX reports_by_article ON reports (article, position);

-- In the order in which they are listed: by first day, those without a date last.
CREATE INDEX events_by_day ON events (ifnull(date_start, '~'), id);

-- The pairs of states between which each event lies, a < b.
CREATE TABLE event_dyads (
    a         TEXT NOT NULL,
    b         TEXT NOT NULL CHECK (a < b),
    event     TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    direction INTEGER NOT NULL CHECK (direction IN (0, 1, 2)),      -- 0 mutual, 1 from a to b, 2 from b to a
    PRIMARY KEY (a, b, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_dyads_by_b ON event_dyads (b, event);
CREATE INDEX event_dyads_by_event ON event_dyads (event);

-- What events can be selected by besides their own columns: 'actor' (name, ISO3 and CAMEO code of everybody who takes part),
-- 'outlet', 'issue', 'side'.
CREATE TABLE event_facets (
    facet TEXT NOT NULL CHECK (facet IN ('actor', 'issue', 'outlet', 'side')),
    value TEXT NOT NULL,
    event TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    PRIMARY KEY (facet, value, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_facets_by_event ON event_facets (event);

-- The words of articles, of the sentences of reports, and of the names of imported events. Triggers keep them.
CREATE VIRTUAL TABLE article_words USING fts5 (
    title, text, content = 'articles', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO article_words (article_words) VALUES ('rebuild');
CREATE TRIGGER article_words_come AFTER INSERT ON articles BEGIN
    INSERT INTO article_words (rowid, title, text) VALUES (new.id, new.title, new.text);
END;
CREATE TRIGGER article_words_go AFTER DELETE ON articles BEGIN
    INSERT INTO article_words (article_words, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);
END;

-- Spans count bytes.
CREATE VIEW sentences AS
    SELECT number, cast(substr(cast(articles.text AS BLOB), json_extract(reports.body, '$.report.evidence.sentence.start') + 1,
                               json_extract(reports.body, '$.report.evidence.sentence.end')
                               - json_extract(reports.body, '$.report.evidence.sentence.start')) AS TEXT) AS sentence
    FROM reports JOIN articles ON articles.id = article;
CREATE VIRTUAL TABLE report_words USING fts5 (
    sentence, content = 'sentences', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO report_words (report_words) VALUES ('rebuild');
CREATE TRIGGER report_words_come AFTER INSERT ON reports BEGIN
    INSERT INTO report_words (rowid, sentence) SELECT number, sentence FROM sentences WHERE number = new.number;
END;
CREATE TRIGGER report_words_go BEFORE DELETE ON reports BEGIN
    INSERT INTO report_words (report_words, rowid, sentence)
        SELECT 'delete', number, sentence FROM sentences WHERE number = old.number;
END;

CREATE TRIGGER report_words_change BEFORE UPDATE OF body ON reports BEGIN
    INSERT INTO report_words (report_words, rowid, sentence)
        SELECT 'delete', number, sentence FROM sentences WHERE number = old.number;
END;
CREATE TRIGGER report_words_changed AFTER UPDATE OF body ON reports BEGIN
    INSERT INTO report_words (rowid, sentence) SELECT number, sentence FROM sentences WHERE number = new.number;
END;

CREATE VIRTUAL TABLE party_words USING fts5 (
    name, content = 'parties', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO party_words (party_words) VALUES ('rebuild');
CREATE TRIGGER party_words_come AFTER INSERT ON parties BEGIN
    INSERT INTO party_words (rowid, name) VALUES (new.id, new.name);
END;
CREATE TRIGGER party_words_go AFTER DELETE ON parties BEGIN
    INSERT INTO party_words (party_words, rowid, name) VALUES ('delete', old.id, old.name);
END;

-- What earlier engines read in an article; what the present one reads lies in `reports`.
CREATE TABLE past_codings (
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    engine  TEXT NOT NULL REFERENCES engines (version),
    reports TEXT NOT NULL CHECK (json_valid(reports)),
    PRIMARY KEY (article, engine)
) STRICT, WITHOUT ROWID;

-- What people say against the coding. They name reports, whose ids stay when the engine changes; a row is never deleted,
-- only taken back.
CREATE TABLE overrides (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    author  TEXT NOT NULL,
    made    TEXT NOT NULL,                                          -- ISO 8601
    reason  TEXT NOT NULL,
    body    TEXT NOT NULL CHECK (json_valid(body)),                 -- what it does, to which reports
    reverted TEXT CHECK (reverted IS NULL OR json_valid(reverted))  -- by whom, when and why it was taken back
) STRICT;

INSERT OR IGNORE INTO unsettled (article) SELECT id FROM articles;
