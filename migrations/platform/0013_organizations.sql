-- Organizations, complete: keys for programs, how they look, their suspension and end, and what was done in them.

-- A key with which a program works in one organization. Only its keyed hash is stored.
CREATE TABLE platform.api_key (
    id uuid NOT NULL,
    organization integer NOT NULL,
    name text NOT NULL,
    scopes text[] NOT NULL,
    hash bytea NOT NULL,
    -- The last characters, to tell keys apart.
    hint text NOT NULL,
    created_at timestamptz NOT NULL,
    created_by uuid NOT NULL,
    expires_at timestamptz,
    -- To a few minutes.
    used_at timestamptz,
    revoked_at timestamptz,
    CONSTRAINT api_key_pkey PRIMARY KEY (id),
    CONSTRAINT api_key_hash_unique UNIQUE (hash),
    CONSTRAINT api_key_organization FOREIGN KEY (organization) REFERENCES platform.organization (number)
);
CREATE INDEX api_key_by_organization ON platform.api_key (organization, created_at);
GRANT SELECT, INSERT, UPDATE ON platform.api_key TO parvis_platform;

-- Why the installation has suspended an organization; when its owner wants it to end; how it presents itself.
ALTER TABLE platform.organization ADD COLUMN suspended_for text NOT NULL DEFAULT '';
ALTER TABLE platform.organization ADD COLUMN closes_at timestamptz;
ALTER TABLE platform.organization ADD COLUMN about text NOT NULL DEFAULT '';
ALTER TABLE platform.organization ADD COLUMN website text NOT NULL DEFAULT '';
ALTER TABLE platform.organization ADD COLUMN color text NOT NULL DEFAULT '';
ALTER TABLE platform.organization ADD COLUMN logo text NOT NULL DEFAULT '';
ALTER TABLE platform.organization ADD CONSTRAINT organization_color_form CHECK (color = '' OR color ~ '^#[0-9a-f]{6}$');
CREATE INDEX organization_to_close ON platform.organization (closes_at) WHERE closes_at IS NOT NULL;

-- What was done in the organization of the present transaction, the latest first; before an instant, where one is given.
DROP INDEX platform.audit_by_organization;
CREATE INDEX audit_by_organization ON platform.audit (organization, at DESC, id DESC);
CREATE FUNCTION platform.own_audit(p_before_at timestamptz, p_before_id uuid, p_since timestamptz, p_actor uuid,
    p_action text, p_limit integer)
RETURNS SETOF platform.audit LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
BEGIN
    RETURN QUERY SELECT * FROM platform.audit a
    WHERE a.organization = platform.current_organization()
      AND (a.at, a.id) < (p_before_at, p_before_id) AND a.at >= p_since
      AND (p_actor IS NULL OR a.actor = p_actor)
      AND (p_action = '' OR a.action LIKE p_action || '.%')
    ORDER BY a.at DESC, a.id DESC LIMIT p_limit;
END $$;
ALTER FUNCTION platform.own_audit(timestamptz, uuid, timestamptz, uuid, text, integer) OWNER TO parvis_platform;
REVOKE ALL ON FUNCTION platform.own_audit(timestamptz, uuid, timestamptz, uuid, text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform.own_audit(timestamptz, uuid, timestamptz, uuid, text, integer) TO parvis_tenant;

-- Listings follow the organization by a job; those from before tell what is new at once.
DROP FUNCTION platform.rename_listings(integer, text);
INSERT INTO platform.job (organization, kind, payload, unique_key, priority, run_at)
SELECT number, 'organization.changed', '{}', '', 9, now() FROM platform.organization;
CREATE INDEX audit_by_actor ON platform.audit (organization, actor, at DESC, id DESC);
