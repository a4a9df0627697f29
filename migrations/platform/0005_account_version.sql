-- A profile may be open on two devices: a change that was made of an older version is refused.

ALTER TABLE platform.account ADD COLUMN version integer NOT NULL DEFAULT 1;
