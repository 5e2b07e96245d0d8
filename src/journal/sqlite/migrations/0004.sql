-- How contracts that were in doubt were settled, and who has said so. A contract may come into
-- doubt once more.
CREATE TABLE settled_doubts (
    job     INTEGER NOT NULL,
    flow    INTEGER NOT NULL,
    at_us   INTEGER NOT NULL,
    -- by the API's own list, by a callback, or by somebody's word
    how     TEXT NOT NULL CHECK (how IN ('found', 'callback', 'said', 'not_sent')),
    flow_id TEXT,
    said_by TEXT,
    CHECK ((how = 'not_sent') = (flow_id IS NULL)),
    PRIMARY KEY (job, flow, at_us)
) STRICT, WITHOUT ROWID;

-- Whether a FlowId is ours, of whatever job.
CREATE INDEX flow_ids ON flow_results (flow_id) WHERE flow_id IS NOT NULL;
