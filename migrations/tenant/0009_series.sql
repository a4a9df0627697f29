-- Events that are dates of one thing share a series, and copies that were made in one go know the first of them.
ALTER TABLE event
    ADD COLUMN series uuid,
    ADD COLUMN made_with uuid;
CREATE INDEX event_by_series ON event (series, starts_at, id) WHERE series IS NOT NULL;
CREATE INDEX event_by_making ON event (made_with, id) WHERE made_with IS NOT NULL;
