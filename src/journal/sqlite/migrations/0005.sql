-- The one that goes in the place of another is the very row of the same file: what is known of the one is known of the
-- other, whatever it is read as.
ALTER TABLE corrections ADD COLUMN same_row INTEGER NOT NULL DEFAULT 0 CHECK (same_row IN (0, 1));
