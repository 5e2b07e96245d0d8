-- One job's input: the bulk, and the personal data. Deleting the file erases it.

-- 'fbjb': what tells a job's file of ours from other databases.
PRAGMA application_id = 1717725794;

CREATE TABLE sheets (
    sheet   INTEGER PRIMARY KEY,
    file    TEXT NOT NULL,
    name    TEXT,
    -- JSON array, as they stand in the file
    headers TEXT NOT NULL,
    -- the last row of the header
    header_row INTEGER NOT NULL,
    -- JSON: rows above it, as (number, cells), and widths of columns
    above   TEXT NOT NULL,
    widths  TEXT NOT NULL
) STRICT;

CREATE TABLE rows (
    -- place in the input, over all its sheets
    ord    INTEGER PRIMARY KEY,
    sheet  INTEGER NOT NULL REFERENCES sheets (sheet),
    -- as the spreadsheet program numbers it
    number INTEGER NOT NULL,
    -- JSON array of what is seen
    cells  TEXT NOT NULL,
    hidden INTEGER NOT NULL,
    flow   INTEGER
) STRICT;
CREATE INDEX rows_of_flow ON rows (flow);

CREATE TABLE contracts (
    -- the place of its first row
    flow     INTEGER PRIMARY KEY,
    key      TEXT,
    name     TEXT NOT NULL,
    -- why it is not to be sent; null: it is
    status   TEXT CHECK (status IN ('invalid', 'skipped')),
    grp      INTEGER,
    -- of the table templates
    template INTEGER,
    -- bytes on the wire
    size     INTEGER,
    -- Unix seconds
    deadline INTEGER,
    -- `+30d`, where the deadline counts from the day of the import; null: it is absolute
    relative TEXT,
    -- also of an invalid one, where it can be known
    claim    BLOB,
    content  BLOB,
    -- what it resembles others by
    likeness BLOB,
    CHECK ((status IS NULL) = (grp IS NOT NULL)),
    CHECK ((grp IS NULL) = (size IS NULL))
) STRICT;

-- The API's FlowInfo of each contract that can be sent, as JSON.
CREATE TABLE bodies (
    flow INTEGER PRIMARY KEY,
    body BLOB NOT NULL
) STRICT;

CREATE TABLE templates (
    template INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE groups (
    grp    INTEGER PRIMARY KEY,
    -- JSON: who sends
    sender TEXT NOT NULL,
    label  TEXT NOT NULL
) STRICT;

CREATE TABLE problems (
    id       INTEGER PRIMARY KEY,
    -- null: the sheet as a whole
    flow     INTEGER,
    severity INTEGER NOT NULL,
    problem  TEXT NOT NULL
) STRICT;
CREATE INDEX problems_of_flow ON problems (flow);
