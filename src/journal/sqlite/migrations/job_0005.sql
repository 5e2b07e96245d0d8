-- Of a large job few contracts are not to be sent: whoever counts them need not read the others.
CREATE INDEX contracts_not_sent ON contracts (status) WHERE status IS NOT NULL;

-- Whether some row has a value in a column without a header; null: nobody has looked.
ALTER TABLE sheets ADD COLUMN unnamed INTEGER;
