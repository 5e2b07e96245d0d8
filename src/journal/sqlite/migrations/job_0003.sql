-- JSON: what each column gives, as `approver2.mobile` or null; empty: nobody knows.
ALTER TABLE sheets ADD COLUMN gives TEXT NOT NULL DEFAULT '[]';
