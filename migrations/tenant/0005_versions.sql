-- What several people may edit at once has a version: a change that was made of an older one is refused.

ALTER TABLE ticket_type ADD COLUMN version integer NOT NULL DEFAULT 1;
ALTER TABLE quota ADD COLUMN version integer NOT NULL DEFAULT 1;
