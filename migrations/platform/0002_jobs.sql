-- Jobs, the outbox and the clockwork.

-- Work to be done after a commit, at least once. A finished job leaves; a dead one stays to be seen.
CREATE TABLE platform.job (
    id bigint GENERATED ALWAYS AS IDENTITY,
    organization integer NOT NULL,
    kind text NOT NULL,
    payload jsonb NOT NULL,
    unique_key text,
    priority smallint NOT NULL,
    run_at timestamptz NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    lease_until timestamptz,
    dead_at timestamptz,
    last_error text,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT job_pkey PRIMARY KEY (id)
);
-- Per organization, so that nobody's backlog stands before another's tickets.
CREATE INDEX job_waiting ON platform.job (organization, priority, run_at) WHERE dead_at IS NULL;
-- What runs now, a few rows.
CREATE INDEX job_running ON platform.job (organization) WHERE lease_until IS NOT NULL;
CREATE UNIQUE INDEX job_unique ON platform.job (organization, kind, unique_key)
    WHERE dead_at IS NULL AND attempts = 0 AND unique_key IS NOT NULL;
CREATE INDEX job_dead ON platform.job (dead_at) WHERE dead_at IS NOT NULL;

CREATE TABLE platform.cron (
    name text NOT NULL,
    next_at timestamptz NOT NULL,
    CONSTRAINT cron_pkey PRIMARY KEY (name)
);

-- One number per topic; it grows when something that processes cache has changed.
CREATE TABLE platform.generation (
    topic text NOT NULL,
    number bigint NOT NULL,
    CONSTRAINT generation_pkey PRIMARY KEY (topic)
);

GRANT SELECT, INSERT, UPDATE, DELETE ON platform.job, platform.cron, platform.generation TO parvis_platform;

-- A job of the present transaction's organization. Only a job that has not been tried yet stands for
-- another with its key: one that already runs may have missed what the new one is for.
CREATE FUNCTION platform.enqueue(p_kind text, p_payload jsonb, p_key text, p_priority smallint, p_run_at timestamptz)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO platform.job (organization, kind, payload, unique_key, priority, run_at)
    VALUES (platform.current_organization(), p_kind, p_payload, p_key, p_priority, p_run_at)
    ON CONFLICT (organization, kind, unique_key)
        WHERE dead_at IS NULL AND attempts = 0 AND unique_key IS NOT NULL DO NOTHING;
END $$;
ALTER FUNCTION platform.enqueue(text, jsonb, text, smallint, timestamptz) OWNER TO parvis_platform;
REVOKE ALL ON FUNCTION platform.enqueue(text, jsonb, text, smallint, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform.enqueue(text, jsonb, text, smallint, timestamptz) TO parvis_tenant;

CREATE FUNCTION platform.bump(p_topic text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO platform.generation AS g (topic, number) VALUES (p_topic, 1)
    ON CONFLICT (topic) DO UPDATE SET number = g.number + 1;
END $$;
ALTER FUNCTION platform.bump(text) OWNER TO parvis_platform;
REVOKE ALL ON FUNCTION platform.bump(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform.bump(text) TO parvis_tenant;
