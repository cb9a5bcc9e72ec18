-- Who takes part in imported events, by day: the events of a name are read in the order of the list.
CREATE TABLE dated_parties (
    event    INTEGER NOT NULL REFERENCES imported (id) ON DELETE CASCADE,
    role     INTEGER NOT NULL CHECK (role IN (0, 1)),           -- 0 actor, 1 recipient
    position INTEGER NOT NULL,
    party    INTEGER NOT NULL REFERENCES parties (id),
    date     TEXT NOT NULL,                                     -- the event's
    PRIMARY KEY (event, role, position)
) STRICT, WITHOUT ROWID;
INSERT INTO dated_parties (event, role, position, party, date)
    SELECT event, role, position, party, date FROM imported_parties JOIN imported ON imported.id = event
    ORDER BY event, role, position;
DROP TABLE imported_parties;
ALTER TABLE dated_parties RENAME TO imported_parties;
CREATE INDEX imported_parties_by_party ON imported_parties (party, date, event);
