-- What events and ticket types are called in languages beside their own: {"ar": {"name": …, "description": …}}.
ALTER TABLE event ADD COLUMN translations jsonb NOT NULL DEFAULT '{}';
ALTER TABLE ticket_type ADD COLUMN translations jsonb NOT NULL DEFAULT '{}';
