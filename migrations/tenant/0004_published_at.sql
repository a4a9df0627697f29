-- When strangers first saw the event; a cancelled one that nobody ever saw stays unseen.
ALTER TABLE event ADD COLUMN published_at timestamptz;
UPDATE event SET published_at =
    (SELECT min(a.at) FROM audit a WHERE a.target = event.id AND a.action = 'event.publish');
