-- A template is what events are made from: it has their contents, and is never published.
ALTER TABLE event
    DROP CONSTRAINT event_state_known,
    ADD CONSTRAINT event_state_known CHECK (state IN ('draft', 'template', 'published', 'cancelled')) NOT VALID;
ALTER TABLE event VALIDATE CONSTRAINT event_state_known;
