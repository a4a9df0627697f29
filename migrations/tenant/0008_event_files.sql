-- The event's other pictures, and its documents: what the names of their files begin with; empty when there is none.
ALTER TABLE event
    ADD COLUMN logo text NOT NULL DEFAULT '',
    ADD COLUMN banner text NOT NULL DEFAULT '',
    ADD COLUMN programme text NOT NULL DEFAULT '',
    ADD COLUMN guide text NOT NULL DEFAULT '';
