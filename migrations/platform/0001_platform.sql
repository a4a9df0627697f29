-- The platform: accounts, organizations, and what routes a request to its organization.
-- Runs as the owner's login in schema "platform", which the bootstrap has made together with the
-- roles parvis_platform and parvis_tenant.

CREATE TABLE platform.installation (
    id boolean NOT NULL DEFAULT true,
    prefix text NOT NULL,
    CONSTRAINT installation_pkey PRIMARY KEY (id),
    CONSTRAINT installation_single CHECK (id),
    CONSTRAINT installation_prefix_form CHECK (prefix ~ '^[a-z0-9]{6}$')
);

CREATE TABLE platform.account (
    id uuid NOT NULL,
    email text NOT NULL,
    password_hash text NOT NULL,
    first_name text NOT NULL,
    last_name text NOT NULL,
    phone text NOT NULL DEFAULT '',
    locale text NOT NULL,
    badge text NOT NULL,
    email_confirmed_at timestamptz,
    last_organization integer,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT account_pkey PRIMARY KEY (id),
    CONSTRAINT account_email_unique UNIQUE (email),
    CONSTRAINT account_badge_unique UNIQUE (badge)
);

CREATE TABLE platform.organization (
    number integer GENERATED ALWAYS AS IDENTITY,
    id uuid NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    country text NOT NULL,
    currency text NOT NULL,
    locale text NOT NULL,
    timezone text NOT NULL,
    contact_email text NOT NULL,
    state text NOT NULL DEFAULT 'active',
    role_name text NOT NULL,
    schema_version bigint NOT NULL DEFAULT 0,
    signing_key bytea NOT NULL,
    verifying_key bytea NOT NULL,
    created_at timestamptz NOT NULL,
    created_by uuid NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT organization_pkey PRIMARY KEY (number),
    CONSTRAINT organization_id_unique UNIQUE (id),
    CONSTRAINT organization_slug_unique UNIQUE (slug),
    CONSTRAINT organization_role_unique UNIQUE (role_name),
    CONSTRAINT organization_state_known CHECK (state IN ('active', 'suspended'))
);

CREATE TABLE platform.membership (
    account uuid NOT NULL,
    organization integer NOT NULL,
    role text NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT membership_pkey PRIMARY KEY (account, organization),
    CONSTRAINT membership_account FOREIGN KEY (account) REFERENCES platform.account (id),
    CONSTRAINT membership_organization FOREIGN KEY (organization) REFERENCES platform.organization (number),
    CONSTRAINT membership_role_known CHECK (role IN ('owner', 'admin', 'sales', 'operator', 'viewer'))
);
CREATE INDEX membership_by_organization ON platform.membership (organization, created_at);

CREATE TABLE platform.assignment (
    account uuid NOT NULL,
    event uuid NOT NULL,
    organization integer NOT NULL,
    role text NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT assignment_pkey PRIMARY KEY (account, event),
    CONSTRAINT assignment_account FOREIGN KEY (account) REFERENCES platform.account (id),
    CONSTRAINT assignment_organization FOREIGN KEY (organization) REFERENCES platform.organization (number),
    CONSTRAINT assignment_role_known CHECK (role IN ('organisateur', 'gestionnaire_des_salles',
        'controlleur_des_badges', 'exposant', 'participant'))
);
CREATE INDEX assignment_by_event ON platform.assignment (event, created_at);

CREATE TABLE platform.invitation (
    id uuid NOT NULL,
    organization integer NOT NULL,
    email text NOT NULL,
    role text NOT NULL,
    event uuid,
    invited_by uuid NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    accepted_at timestamptz,
    CONSTRAINT invitation_pkey PRIMARY KEY (id),
    CONSTRAINT invitation_organization FOREIGN KEY (organization) REFERENCES platform.organization (number)
);
CREATE INDEX invitation_by_organization ON platform.invitation (organization, created_at);

-- A login: one family of refresh tokens, of which only the newest and, for 30 seconds, the one before count.
CREATE TABLE platform.session (
    id uuid NOT NULL,
    account uuid NOT NULL,
    organization integer,
    event uuid,
    serial integer NOT NULL DEFAULT 1,
    rotated_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    user_agent text NOT NULL,
    CONSTRAINT session_pkey PRIMARY KEY (id),
    CONSTRAINT session_account FOREIGN KEY (account) REFERENCES platform.account (id)
);
CREATE INDEX session_by_account ON platform.session (account, created_at);
CREATE INDEX session_by_expiry ON platform.session (expires_at);

-- Where an event lives. The slug is unique over the platform.
CREATE TABLE platform.event_directory (
    event uuid NOT NULL,
    organization integer NOT NULL,
    slug text NOT NULL,
    CONSTRAINT event_directory_pkey PRIMARY KEY (event),
    CONSTRAINT event_directory_slug_unique UNIQUE (slug)
);

-- Whose orders lie where, by a keyed hash of the buyer's address: "my tickets" walks no schema.
CREATE TABLE platform.buyer_index (
    email_hash bytea NOT NULL,
    order_id uuid NOT NULL,
    organization integer NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT buyer_index_pkey PRIMARY KEY (email_hash, order_id)
);
CREATE INDEX buyer_index_by_time ON platform.buyer_index (email_hash, created_at DESC);

-- The first answer to a write with an Idempotency-Key, told again when the write is repeated.
CREATE TABLE platform.idempotency (
    scope text NOT NULL,
    key text NOT NULL,
    fingerprint bytea NOT NULL,
    resource uuid,
    created_at timestamptz NOT NULL,
    CONSTRAINT idempotency_pkey PRIMARY KEY (scope, key)
);
CREATE INDEX idempotency_by_time ON platform.idempotency (created_at);

-- What happened to accounts and organizations. Rows are added, never changed.
CREATE TABLE platform.audit (
    id uuid NOT NULL,
    at timestamptz NOT NULL,
    actor uuid,
    organization integer,
    action text NOT NULL,
    target uuid,
    detail jsonb NOT NULL DEFAULT '{}',
    CONSTRAINT audit_pkey PRIMARY KEY (id)
);
CREATE INDEX audit_by_organization ON platform.audit (organization, at);

GRANT SELECT ON platform.installation TO parvis_platform;
GRANT SELECT, INSERT, UPDATE, DELETE ON platform.account, platform.membership, platform.assignment,
    platform.invitation, platform.session, platform.event_directory,
    platform.buyer_index, platform.idempotency TO parvis_platform;
GRANT SELECT, UPDATE ON platform.organization TO parvis_platform;
GRANT SELECT, INSERT ON platform.audit TO parvis_platform;

CREATE FUNCTION platform.deny() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'P0A01';
END $$;
-- Triggers of the tenants' append-only tables call it.
GRANT EXECUTE ON FUNCTION platform.deny() TO PUBLIC;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON platform.audit
    FOR EACH ROW EXECUTE FUNCTION platform.deny();
ALTER TABLE platform.audit ENABLE ALWAYS TRIGGER audit_append_only;

-- The functions below run as their owner for tenants that may not touch the tables themselves. Their names are
-- qualified, so no caller's search_path has a say, and none has to be set and reset at every call: a tenant can
-- create neither objects nor temporary ones. They are PL/pgSQL, which keeps its plans; a definer function in SQL is
-- planned at each call.

-- The organization of the present transaction, from the role it runs as. No caller can name another.
CREATE FUNCTION platform.current_organization() RETURNS integer
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
DECLARE found_number integer;
BEGIN
    SELECT number INTO found_number FROM platform.organization WHERE role_name = pg_catalog.current_setting('role');
    IF found_number IS NULL THEN
        RAISE EXCEPTION 'no organization in this transaction' USING ERRCODE = 'P0T01';
    END IF;
    RETURN found_number;
END $$;
ALTER FUNCTION platform.current_organization() OWNER TO parvis_platform;
REVOKE ALL ON FUNCTION platform.current_organization() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform.current_organization() TO parvis_tenant;

-- Gives an event its address. False when the slug is another event's.
CREATE FUNCTION platform.claim_slug(p_event uuid, p_slug text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE caller integer := platform.current_organization();
BEGIN
    INSERT INTO platform.event_directory (event, organization, slug) VALUES (p_event, caller, p_slug)
    ON CONFLICT (event) DO UPDATE SET slug = excluded.slug
        WHERE event_directory.organization = caller;
    RETURN FOUND;
EXCEPTION WHEN unique_violation THEN
    RETURN false;
END $$;
ALTER FUNCTION platform.claim_slug(uuid, text) OWNER TO parvis_platform;
REVOKE ALL ON FUNCTION platform.claim_slug(uuid, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform.claim_slug(uuid, text) TO parvis_tenant;

CREATE FUNCTION platform.forget_event(p_event uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    DELETE FROM platform.event_directory WHERE event = p_event AND organization = platform.current_organization();
    DELETE FROM platform.assignment WHERE event = p_event AND organization = platform.current_organization();
END $$;
ALTER FUNCTION platform.forget_event(uuid) OWNER TO parvis_platform;
REVOKE ALL ON FUNCTION platform.forget_event(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform.forget_event(uuid) TO parvis_tenant;

CREATE FUNCTION platform.index_buyer(p_hash bytea, p_order uuid, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO platform.buyer_index (email_hash, order_id, organization, created_at)
    VALUES (p_hash, p_order, platform.current_organization(), p_at) ON CONFLICT DO NOTHING;
END $$;
ALTER FUNCTION platform.index_buyer(bytea, uuid, timestamptz) OWNER TO parvis_platform;
REVOKE ALL ON FUNCTION platform.index_buyer(bytea, uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform.index_buyer(bytea, uuid, timestamptz) TO parvis_tenant;
