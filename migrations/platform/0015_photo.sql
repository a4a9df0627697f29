-- What the names of the files of a person's photo begin with; empty when there is none.
ALTER TABLE platform.account ADD COLUMN photo text NOT NULL DEFAULT '';
