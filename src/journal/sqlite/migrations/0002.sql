-- Contracts of workbooks to correct, and the failed ones of earlier jobs that each of them
-- goes in the place of.
CREATE TABLE corrections (
    of_job  INTEGER NOT NULL,
    of_flow INTEGER NOT NULL,
    -- the corrected one
    job     INTEGER NOT NULL,
    flow    INTEGER NOT NULL,
    -- of the failed one, where it could have been sent: the same again in another file
    claim   BLOB,
    PRIMARY KEY (of_job, of_flow, job, flow)
) STRICT, WITHOUT ROWID;
CREATE INDEX corrections_by ON corrections (job, flow);
CREATE INDEX corrections_of_claim ON corrections (claim) WHERE claim IS NOT NULL;

-- An import that was cut off is taken away without reading those of all other jobs.
CREATE INDEX likenesses_of_job ON likenesses (job);
-- Whose reports show a job's pages as those of their duplicates.
CREATE INDEX duplicates_of ON flow_results (code) WHERE state = 'duplicate';
