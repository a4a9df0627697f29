-- What becomes of an event after it is made: other dates. And who stands for it.

ALTER TABLE event
    -- The dates that were told before the last postponement.
    ADD COLUMN previous_starts_at timestamptz,
    ADD COLUMN previous_ends_at timestamptz,
    -- Postponed, and nobody knows yet until when; its dates are still those that no longer hold.
    ADD COLUMN awaits_dates boolean NOT NULL DEFAULT false,
    -- The account of whoever presides over it.
    ADD COLUMN president uuid,
    -- Whom visitors may turn to: [{"name": …, "role": …, "email": …, "phone": …}].
    ADD COLUMN contacts jsonb NOT NULL DEFAULT '[]';

-- A postponement, and how far its buyers were told: jobs walk over the orders once, also after a crash.
CREATE TABLE postponement (
    id uuid NOT NULL,
    event uuid NOT NULL,
    previous_starts_at timestamptz NOT NULL,
    previous_ends_at timestamptz NOT NULL,
    -- None when the new dates are not known.
    starts_at timestamptz,
    ends_at timestamptz,
    -- What the organizer has to say about it.
    message text NOT NULL,
    -- The last order whose buyer is written to.
    told_after uuid,
    created_at timestamptz NOT NULL,
    created_by uuid NOT NULL,
    CONSTRAINT postponement_pkey PRIMARY KEY (id),
    CONSTRAINT postponement_event FOREIGN KEY (event) REFERENCES event (id) ON DELETE CASCADE,
    CONSTRAINT postponement_dates_both CHECK ((starts_at IS NULL) = (ends_at IS NULL))
);
CREATE INDEX postponement_by_event ON postponement (event, created_at, id);
GRANT SELECT, INSERT, UPDATE ON postponement TO parvis_tenant;
