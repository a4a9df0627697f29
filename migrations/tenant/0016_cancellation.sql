-- What the buyers are told when the event is cancelled.
ALTER TABLE event ADD COLUMN cancellation_message text NOT NULL DEFAULT '';
