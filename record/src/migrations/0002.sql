-- Near copies and versions. Both are pure functions of `articles` and `printings`, filled in when the record settles, but
-- for one thing: where stamps tie, the version that was kept later is the later one.

-- The page that an address names, without what differs between two ways to write it: '' where it names none, NULL until
-- settled. `current` is the article that stands there now; printings of one page have address and `current` in common.
ALTER TABLE printings ADD COLUMN address TEXT;
ALTER TABLE printings ADD COLUMN current INTEGER REFERENCES articles (id) ON DELETE SET NULL;
CREATE INDEX printings_by_address ON printings (address, article);

-- What each settled article is akin to. Near copies of one text have `text` in common, the least of their ids.
CREATE TABLE kin (
    article  INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    text     INTEGER NOT NULL,
    replaced INTEGER NOT NULL CHECK (replaced IN (0, 1)),   -- whether other articles stand now wherever it stood
    sketch   BLOB                                           -- of its wording; NULL where that is too short
) STRICT;
CREATE INDEX kin_by_text ON kin (text, replaced);

-- Where to look for near copies: articles of like wording share a band. Of equal sketches only the first is here.
CREATE TABLE bands (
    band    INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    PRIMARY KEY (band, article)
) STRICT, WITHOUT ROWID;

INSERT OR IGNORE INTO unsettled (article) SELECT id FROM articles;
