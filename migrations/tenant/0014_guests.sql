-- Who is invited to a private event by mail, each with a link of their own. A link is a signature of the row's id: nothing
-- that opens the event is stored. One that is revoked opens nothing for ever; who is invited again gets another row.
CREATE TABLE guest (
    id uuid NOT NULL,
    event uuid NOT NULL,
    email text NOT NULL,
    locale text NOT NULL,
    created_at timestamptz NOT NULL,
    created_by uuid NOT NULL,
    -- When the last mail went out, and when the link was first used.
    sent_at timestamptz,
    opened_at timestamptz,
    revoked_at timestamptz,
    CONSTRAINT guest_pkey PRIMARY KEY (id),
    CONSTRAINT guest_event FOREIGN KEY (event) REFERENCES event (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX guest_once ON guest (event, email) WHERE revoked_at IS NULL;
CREATE INDEX guest_by_event ON guest (event, id);
CREATE INDEX guest_by_email ON guest (email);
GRANT SELECT, INSERT, UPDATE, DELETE ON guest TO parvis_tenant;

-- Through whose invitation an order was placed.
ALTER TABLE orders ADD COLUMN guest uuid;
CREATE INDEX orders_by_guest ON orders (guest) WHERE guest IS NOT NULL;
