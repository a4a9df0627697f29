-- Events that are dates of one thing share a series.
ALTER TABLE event ADD COLUMN series uuid;
CREATE INDEX event_by_series ON event (series, starts_at, id) WHERE series IS NOT NULL;
