-- What became of contracts after they were started: names and links, so it is erased with
-- this file.

-- How each stands, as the API said when somebody last asked.
CREATE TABLE standings (
    flow     INTEGER PRIMARY KEY,
    -- the API's word: INIT, PART, ALL, ...
    status   TEXT NOT NULL,
    -- why it was refused or taken back
    message  TEXT NOT NULL,
    -- Unix seconds
    created  INTEGER NOT NULL,
    asked_us INTEGER NOT NULL
) STRICT;

CREATE TABLE signers (
    flow         INTEGER NOT NULL,
    -- in the order of the answer
    place        INTEGER NOT NULL,
    sign_id      TEXT NOT NULL,
    name         TEXT NOT NULL,
    organization TEXT NOT NULL,
    mobile       TEXT NOT NULL,
    -- the API's word: PENDING, ACCEPT, ...
    status       TEXT NOT NULL,
    message      TEXT NOT NULL,
    -- Unix seconds; 0: not yet
    at           INTEGER NOT NULL,
    -- SignOrder
    turn         INTEGER NOT NULL,
    PRIMARY KEY (flow, place)
) STRICT, WITHOUT ROWID;

-- Links to sign, by the signer's place in the contract as it was sent.
CREATE TABLE sign_links (
    flow    INTEGER NOT NULL,
    place   INTEGER NOT NULL,
    name    TEXT NOT NULL,
    mobile  TEXT NOT NULL,
    url     TEXT NOT NULL,
    made_us INTEGER NOT NULL,
    PRIMARY KEY (flow, place)
) STRICT, WITHOUT ROWID;

-- What came of something that was asked for one contract.
CREATE TABLE follow_notes (
    flow   INTEGER NOT NULL,
    about  TEXT NOT NULL CHECK (about IN ('links', 'undo', 'remind')),
    state  TEXT NOT NULL CHECK (state IN ('done', 'failed', 'unknown')),
    reason TEXT NOT NULL,
    at_us  INTEGER NOT NULL,
    PRIMARY KEY (flow, about)
) STRICT, WITHOUT ROWID;

-- Who was reminded of which contract, or may have been: nobody is twice.
CREATE TABLE reminded (
    flow   INTEGER NOT NULL,
    -- SignId, or else mobile, or else name
    person TEXT NOT NULL,
    at_us  INTEGER NOT NULL,
    PRIMARY KEY (flow, person)
) STRICT, WITHOUT ROWID;

-- Files that were fetched, noted before they got their name.
CREATE TABLE downloads (
    flow   INTEGER NOT NULL,
    -- 0: the contract itself; others are what else came with it
    part   INTEGER NOT NULL,
    folder TEXT NOT NULL,
    name   TEXT NOT NULL,
    PRIMARY KEY (flow, part, folder)
) STRICT, WITHOUT ROWID;
