-- One organization's events and what they sell. Runs in the organization's own schema as the owner's
-- login; everything is granted to the group parvis_tenant, USAGE of the schema to its own role alone.

CREATE TABLE event (
    id uuid NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    description text NOT NULL,
    category text NOT NULL,
    location text NOT NULL,
    city text NOT NULL,
    latitude double precision,
    longitude double precision,
    starts_at timestamptz,
    ends_at timestamptz,
    timezone text NOT NULL,
    currency text NOT NULL,
    language text NOT NULL,
    capacity integer,
    visibility text NOT NULL,
    state text NOT NULL DEFAULT 'draft',
    link_secret text NOT NULL,
    contact_email text NOT NULL,
    terms text NOT NULL,
    show_remaining boolean NOT NULL,
    checkin_opens_at timestamptz,
    checkin_closes_at timestamptz,
    themes text[] NOT NULL,
    metadata jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    created_by uuid NOT NULL,
    updated_at timestamptz NOT NULL,
    updated_by uuid NOT NULL,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT event_pkey PRIMARY KEY (id),
    CONSTRAINT event_dates_in_order CHECK (ends_at >= starts_at),
    CONSTRAINT event_visibility_known CHECK (visibility IN ('public', 'private')),
    CONSTRAINT event_state_known CHECK (state IN ('draft', 'published', 'cancelled'))
);
CREATE INDEX event_by_start ON event (starts_at, id);
CREATE INDEX event_by_creation ON event (created_at, id);

-- Places. `sold` counts held and sold ones; it changes only in the functions of 0002_orders.sql.
CREATE TABLE quota (
    id uuid NOT NULL,
    event uuid,
    name text NOT NULL,
    size integer,
    sold integer NOT NULL DEFAULT 0,
    of_event boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT quota_pkey PRIMARY KEY (id),
    CONSTRAINT quota_event FOREIGN KEY (event) REFERENCES event (id),
    CONSTRAINT quota_size_not_negative CHECK (size >= 0),
    CONSTRAINT quota_sold_not_negative CHECK (sold >= 0),
    CONSTRAINT quota_not_oversold CHECK (size IS NULL OR sold <= size)
);
CREATE INDEX quota_by_event ON quota (event, id);

CREATE TABLE ticket_type (
    id uuid NOT NULL,
    event uuid NOT NULL,
    name text NOT NULL,
    description text NOT NULL,
    price bigint NOT NULL,
    -- Hundredths of a percent, included in the price: 2000 is 20 %.
    tax_rate integer NOT NULL,
    sales_start timestamptz,
    sales_end timestamptz,
    min_per_order integer NOT NULL,
    max_per_order integer NOT NULL,
    max_per_person integer,
    position integer NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT ticket_type_pkey PRIMARY KEY (id),
    CONSTRAINT ticket_type_event FOREIGN KEY (event) REFERENCES event (id),
    CONSTRAINT ticket_type_price_not_negative CHECK (price >= 0),
    CONSTRAINT ticket_type_limits_in_order CHECK (min_per_order BETWEEN 1 AND max_per_order)
);
CREATE INDEX ticket_type_by_event ON ticket_type (event, position, id);

CREATE TABLE ticket_type_quota (
    ticket_type uuid NOT NULL,
    quota uuid NOT NULL,
    CONSTRAINT ticket_type_quota_pkey PRIMARY KEY (ticket_type, quota),
    CONSTRAINT ticket_type_quota_type FOREIGN KEY (ticket_type) REFERENCES ticket_type (id) ON DELETE CASCADE,
    CONSTRAINT ticket_type_quota_quota FOREIGN KEY (quota) REFERENCES quota (id)
);
CREATE INDEX ticket_type_quota_by_quota ON ticket_type_quota (quota, ticket_type);

-- The first answer to a write with an Idempotency-Key, told again when the write is repeated.
CREATE TABLE idempotency (
    scope text NOT NULL,
    key text NOT NULL,
    fingerprint bytea NOT NULL,
    resource uuid,
    created_at timestamptz NOT NULL,
    CONSTRAINT idempotency_pkey PRIMARY KEY (scope, key)
);
CREATE INDEX idempotency_by_time ON idempotency (created_at);

-- What people did. Rows are added, never changed.
CREATE TABLE audit (
    id uuid NOT NULL,
    at timestamptz NOT NULL,
    actor uuid,
    action text NOT NULL,
    target uuid,
    detail jsonb NOT NULL DEFAULT '{}',
    CONSTRAINT audit_pkey PRIMARY KEY (id)
);
CREATE INDEX audit_by_time ON audit (at, id);
CREATE INDEX audit_by_target ON audit (target, at);
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION platform.deny();
ALTER TABLE audit ENABLE ALWAYS TRIGGER audit_append_only;

GRANT SELECT, INSERT, UPDATE, DELETE ON event, quota, ticket_type, ticket_type_quota, idempotency TO parvis_tenant;
GRANT SELECT, INSERT ON audit TO parvis_tenant;
