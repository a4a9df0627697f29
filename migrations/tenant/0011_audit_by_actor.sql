-- The audit log is read the latest first, by who did something too.
DROP INDEX audit_by_time;
CREATE INDEX audit_by_time ON audit (at DESC, id DESC);
CREATE INDEX audit_by_actor ON audit (actor, at DESC, id DESC);
