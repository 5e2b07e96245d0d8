-- An action that starts contracts answers with an id for each of them (flow_results.flow_id)
-- and later with how it stands and with links to sign (flow_results.url).
ALTER TABLE flow_results ADD COLUMN flow_status TEXT;

-- Ids that an attempt was answered with, of which it could not be told whose they are: the
-- contracts are in doubt until somebody asks the API about these.
CREATE TABLE loose_flow_ids (
    job     INTEGER NOT NULL,
    chunk   INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    -- in the order of the answer, from 0
    place   INTEGER NOT NULL,
    flow_id TEXT NOT NULL,
    PRIMARY KEY (job, chunk, attempt, place)
) STRICT, WITHOUT ROWID;
