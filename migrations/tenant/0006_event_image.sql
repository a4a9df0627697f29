-- The event's image: what the names of its files are made of; empty when there is none.
ALTER TABLE event ADD COLUMN image text NOT NULL DEFAULT '';
