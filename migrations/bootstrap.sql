-- What must be there before the first migration: the two roles whose names are the same in every
-- database of a cluster, and the platform's schema. Repeatable.
DO $$ BEGIN
    CREATE ROLE parvis_platform NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
DO $$ BEGIN
    CREATE ROLE parvis_tenant NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
-- A function can be handed over only to a role one is a member of, with CREATE on the schema.
DO $$ BEGIN
    IF NOT pg_has_role(current_user, 'parvis_platform', 'MEMBER') THEN
        EXECUTE format('GRANT parvis_platform TO %I', current_user);
    END IF;
END $$;
CREATE SCHEMA IF NOT EXISTS platform;
GRANT USAGE, CREATE ON SCHEMA platform TO parvis_platform;
GRANT USAGE ON SCHEMA platform TO parvis_tenant;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
