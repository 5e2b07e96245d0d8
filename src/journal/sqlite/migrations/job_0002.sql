-- The failed contracts of earlier jobs that a contract of this one is, corrected.
CREATE TABLE origins (
    flow        INTEGER NOT NULL,
    origin_job  TEXT NOT NULL,
    origin_flow INTEGER NOT NULL,
    PRIMARY KEY (flow, origin_job, origin_flow)
) STRICT, WITHOUT ROWID;
