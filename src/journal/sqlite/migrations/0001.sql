-- What was intended and what came of it, of every job of this installation.
--
-- A row per contract is written at the import and never touched again on the
-- common path: how a flow stands follows from the chunk that it is in. Only what
-- leaves that path has a row of its own in flow_results.
-- Contracts are fingerprints here (keyed hashes). Only the API's own messages and
-- links may quote personal data, and they are erased with the job's file.

-- 'fbld': what tells a ledger of ours from other databases.
PRAGMA application_id = 1717726308;

CREATE TABLE realms (
    realm INTEGER PRIMARY KEY,
    -- endpoint, application and organisation: what ran in one realm does not count in another
    name  TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE jobs (
    job         INTEGER PRIMARY KEY,
    -- as a person reads it: 20261125-0a1b
    id          TEXT NOT NULL UNIQUE,
    realm       INTEGER NOT NULL REFERENCES realms (realm),
    -- keyed hash of the input and of the settings that change its meaning
    identity    BLOB NOT NULL,
    -- of the form in which identities were made: see domain/identity.rs
    version     INTEGER NOT NULL,
    -- 0, and one more for each --again
    round       INTEGER NOT NULL DEFAULT 0,
    action      TEXT NOT NULL,
    -- JSON: the files as given, where the report goes, what else a report needs to say
    about       TEXT NOT NULL,
    created_us  INTEGER NOT NULL,
    finished_us INTEGER,
    state       TEXT NOT NULL CHECK (state IN ('importing', 'ready', 'finished')),
    -- contracts that may be sent, as the import has found them
    contracts   INTEGER NOT NULL DEFAULT 0,
    -- the host of the links shown so far
    page_host   TEXT,
    CHECK ((state = 'finished') = (finished_us IS NOT NULL)),
    UNIQUE (realm, identity, round)
) STRICT;

-- Who may send a job's contracts. On one machine the lock file is the truth; the
-- time counts for jobs of other machines only.
CREATE TABLE leases (
    job      INTEGER PRIMARY KEY REFERENCES jobs (job),
    number   INTEGER NOT NULL,
    machine  TEXT NOT NULL,
    boot     TEXT NOT NULL,
    until_us INTEGER NOT NULL
) STRICT;

-- SQLite makes a table of its own of a list of more than two, for every row that is written:
-- what is written for each chunk is compared one by one.
CREATE TABLE chunks (
    job    INTEGER NOT NULL REFERENCES jobs (job),
    chunk  INTEGER NOT NULL,
    -- flows of different groups never share a request
    grp    INTEGER NOT NULL,
    kind   TEXT NOT NULL CHECK (kind = 'cut' OR kind = 'half' OR kind = 'piece' OR kind = 'gathered'),
    parent INTEGER,
    state  TEXT NOT NULL CHECK (
             state = 'pending' OR state = 'sending' OR state = 'withheld' OR state = 'accepted' OR
             state = 'rejected' OR state = 'held' OR state = 'in_doubt' OR state = 'replaced'),
    -- attempts that count against the limit: refusals for the quota do not
    tries  INTEGER NOT NULL DEFAULT 0,
    -- how many flows, the first in the input's order, the last
    count  INTEGER NOT NULL,
    first  INTEGER NOT NULL,
    last   INTEGER NOT NULL,
    -- all of them in the order of the request, as differences: see members.rs
    flows  BLOB NOT NULL,
    CHECK ((kind IN ('half', 'piece')) = (parent IS NOT NULL)),
    PRIMARY KEY (job, chunk)
) STRICT, WITHOUT ROWID;

CREATE TABLE attempts (
    job         INTEGER NOT NULL,
    chunk       INTEGER NOT NULL,
    number      INTEGER NOT NULL,
    intended_us INTEGER NOT NULL,
    slot_us     INTEGER NOT NULL,
    ended_us    INTEGER,
    verdict     TEXT CHECK (
                  verdict = 'accepted' OR verdict = 'data' OR verdict = 'caller' OR verdict = 'either' OR
                  verdict = 'unclear' OR verdict = 'smaller' OR verdict = 'throttled' OR
                  verdict = 'not_sent' OR verdict = 'server' OR verdict = 'gateway' OR
                  verdict = 'in_doubt'),
    code        TEXT,
    message     TEXT,
    request_id  TEXT,
    http_status INTEGER,
    url         TEXT,
    -- the link must not be opened: 1, it was never shown; 2, it was, and is replaced
    void        INTEGER NOT NULL DEFAULT 0 CHECK (void BETWEEN 0 AND 2),
    CHECK ((ended_us IS NULL) = (verdict IS NULL)),
    CHECK (url IS NULL OR verdict = 'accepted'),
    PRIMARY KEY (job, chunk, number),
    FOREIGN KEY (job, chunk) REFERENCES chunks (job, chunk)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX one_open_attempt ON attempts (job, chunk) WHERE ended_us IS NULL;

CREATE TABLE flows (
    job     INTEGER NOT NULL,
    -- the input row it begins at
    flow    INTEGER NOT NULL,
    claim   BLOB NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (job, flow)
) STRICT, WITHOUT ROWID;

-- The one flow that may be sent under a claim, or was. Claims of one number, or of one
-- text, begin alike whatever the realm and the template.
CREATE TABLE claims (
    claim BLOB NOT NULL PRIMARY KEY,
    job   INTEGER NOT NULL,
    flow  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What contracts without a number resemble others by: template, name, signers, and
-- the name of their file.
CREATE TABLE likenesses (
    likeness BLOB NOT NULL,
    job      INTEGER NOT NULL,
    flow     INTEGER NOT NULL,
    PRIMARY KEY (likeness, job, flow)
) STRICT, WITHOUT ROWID;

-- Flows whose claim another flow holds: they wait for what becomes of it, unless
-- someone said that a second one is meant.
CREATE TABLE rivals (
    job     INTEGER NOT NULL,
    flow    INTEGER NOT NULL,
    claim   BLOB NOT NULL,
    allowed INTEGER NOT NULL CHECK (allowed IN (0, 1)),
    -- another job has taken it over: whatever that one sends under the claim settles it
    taken   INTEGER NOT NULL DEFAULT 0 CHECK (taken IN (0, 1)),
    PRIMARY KEY (job, flow)
) STRICT, WITHOUT ROWID;
CREATE INDEX rivals_of_claim ON rivals (claim);

-- How a flow stands that does not stand as its chunk does; and, for actions that
-- answer flow by flow, its own link and id.
CREATE TABLE flow_results (
    job     INTEGER NOT NULL,
    flow    INTEGER NOT NULL,
    state   TEXT NOT NULL CHECK (
              state = 'accepted' OR state = 'rejected' OR state = 'invalid' OR state = 'duplicate'),
    -- why; of a duplicate, the job that has sent the same
    code    TEXT,
    message TEXT,
    url     TEXT,
    flow_id TEXT,
    PRIMARY KEY (job, flow)
) STRICT, WITHOUT ROWID;

-- A link gets its number when it is first shown, and keeps it for ever.
CREATE TABLE pages (
    job      INTEGER NOT NULL,
    number   INTEGER NOT NULL CHECK (number > 0),
    chunk    INTEGER NOT NULL,
    attempt  INTEGER NOT NULL,
    shown_us INTEGER NOT NULL,
    -- when somebody said that it is confirmed, and who has confirmed it
    confirmed_us INTEGER,
    confirmed_by TEXT,
    CHECK (confirmed_by IS NULL OR confirmed_us IS NOT NULL),
    PRIMARY KEY (job, number),
    UNIQUE (job, chunk, attempt),
    FOREIGN KEY (job, chunk, attempt) REFERENCES attempts (job, chunk, number)
) STRICT, WITHOUT ROWID;

-- Keyed hashes of the links and request ids that were ever answered: they outlive
-- the links, so that an answer counts once.
CREATE TABLE answers (
    hash INTEGER PRIMARY KEY
) STRICT;

-- Why an Agent's work stopped: the next run asks with one contract first.
CREATE TABLE stops (
    job   INTEGER NOT NULL REFERENCES jobs (job),
    -- keyed hash of application, organisation and operator
    agent BLOB NOT NULL,
    code  TEXT NOT NULL,
    alike TEXT NOT NULL,
    PRIMARY KEY (job, agent)
) STRICT, WITHOUT ROWID;

-- Codes that someone has said are the contracts' own fault.
CREATE TABLE keep_going (
    job  INTEGER NOT NULL REFERENCES jobs (job),
    code TEXT NOT NULL,
    PRIMARY KEY (job, code)
) STRICT, WITHOUT ROWID;

-- Reports as they were written: one that differs since was edited by someone.
CREATE TABLE written (
    -- keyed hash of it
    path   TEXT NOT NULL,
    -- SHA-256 of the file
    digest BLOB NOT NULL,
    -- whose report it is; null: nothing of it was sent
    job    TEXT,
    PRIMARY KEY (path, digest)
) STRICT, WITHOUT ROWID;
