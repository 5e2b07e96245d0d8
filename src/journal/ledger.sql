-- What was intended and what came of it, of every job of this installation.
-- A flow is a number and two keyed hashes; only the API's own messages may quote
-- personal data, and they are erased with the job's file.

CREATE TABLE jobs (
    id          TEXT PRIMARY KEY,
    -- endpoint, application and organisation: what ran in one realm does not count in another
    realm       TEXT NOT NULL,
    -- keyed hash of the input and of the settings that change its meaning
    identity    BLOB NOT NULL,
    -- 0, and one more for each --again
    round       INTEGER NOT NULL DEFAULT 0,
    action      TEXT NOT NULL,
    -- JSON: the files as given, where the report goes, what else a report needs to say
    about       TEXT NOT NULL,
    created_us  INTEGER NOT NULL,
    finished_us INTEGER,
    state       TEXT NOT NULL CHECK (state IN ('importing', 'ready', 'finished')),
    CHECK ((state = 'finished') = (finished_us IS NOT NULL)),
    UNIQUE (realm, identity, round)
) STRICT;

CREATE TABLE chunks (
    job      TEXT NOT NULL REFERENCES jobs (id),
    chunk    INTEGER NOT NULL,
    -- flows of different groups never share a request
    grp      INTEGER NOT NULL,
    kind     TEXT NOT NULL CHECK (kind IN ('cut', 'half', 'piece', 'gathered')),
    parent   INTEGER,
    state    TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'done', 'waiting', 'split', 'held')),
    -- attempts that count against the limit: refusals for the quota do not
    tries    INTEGER NOT NULL DEFAULT 0,
    CHECK ((kind IN ('half', 'piece')) = (parent IS NOT NULL)),
    PRIMARY KEY (job, chunk)
) STRICT, WITHOUT ROWID;

CREATE TABLE attempts (
    id          INTEGER PRIMARY KEY,
    job         TEXT NOT NULL,
    chunk       INTEGER NOT NULL,
    number      INTEGER NOT NULL,
    intended_us INTEGER NOT NULL,
    slot_us     INTEGER NOT NULL,
    ended_us    INTEGER,
    verdict     TEXT,
    code        TEXT,
    message     TEXT,
    request_id  TEXT,
    http_status INTEGER,
    url         TEXT,
    -- the link must not be opened: 1, it was never shown; 2, it was, and is replaced
    void        INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1, 2)),
    CHECK ((ended_us IS NULL) = (verdict IS NULL)),
    CHECK (url IS NULL OR verdict = 'accepted'),
    UNIQUE (job, chunk, number),
    FOREIGN KEY (job, chunk) REFERENCES chunks (job, chunk)
) STRICT;
CREATE UNIQUE INDEX one_open_attempt ON attempts (job, chunk) WHERE ended_us IS NULL;

-- Who travelled in an attempt, and where in it.
CREATE TABLE attempt_flows (
    attempt  INTEGER NOT NULL REFERENCES attempts (id),
    position INTEGER NOT NULL,
    flow     INTEGER NOT NULL,
    PRIMARY KEY (attempt, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE flows (
    job         TEXT NOT NULL REFERENCES jobs (id),
    -- the input row it begins at
    flow        INTEGER NOT NULL,
    realm       TEXT NOT NULL,
    grp         INTEGER NOT NULL,
    -- bytes on the wire
    size        INTEGER NOT NULL,
    claim       BLOB NOT NULL,
    content     BLOB NOT NULL,
    -- the claim is this flow's: only then may it be sent
    holds       INTEGER NOT NULL CHECK (holds IN (0, 1)),
    -- someone said that a second one is meant
    allowed     INTEGER NOT NULL DEFAULT 0 CHECK (allowed IN (0, 1)),
    state       TEXT NOT NULL CHECK (state IN ('pending', 'accepted', 'rejected', 'duplicate', 'in_doubt')),
    chunk       INTEGER,
    position    INTEGER,
    -- requests it travelled in, and the last of them
    attempts    INTEGER NOT NULL DEFAULT 0,
    last_attempt INTEGER,
    -- accepted only with the attempt that gave it
    accepted_by INTEGER REFERENCES attempts (id),
    -- why it was rejected; or the job that has sent the same
    code        TEXT,
    message     TEXT,
    CHECK ((state = 'accepted') = (accepted_by IS NOT NULL)),
    CHECK ((chunk IS NULL) = (position IS NULL)),
    CHECK (chunk IS NULL OR holds = 1 OR allowed = 1 OR state IN ('rejected', 'duplicate')),
    PRIMARY KEY (job, flow),
    FOREIGN KEY (job, chunk) REFERENCES chunks (job, chunk)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX one_holder ON flows (realm, claim) WHERE holds = 1;
CREATE INDEX flows_of_claim ON flows (realm, claim, content);
CREATE INDEX flows_of_chunk ON flows (job, chunk, position);

-- Reports as they were written: one that differs since was edited by someone.
CREATE TABLE written (
    -- keyed hash of it
    path   TEXT PRIMARY KEY,
    -- SHA-256 of the file
    digest BLOB NOT NULL
) STRICT, WITHOUT ROWID;
