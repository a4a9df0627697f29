-- What the catalogue calls an event in languages beside its own, by their code: {"ar": …}.
ALTER TABLE platform.listing ADD COLUMN names jsonb NOT NULL DEFAULT '{}';

-- Names a listing of the present transaction's organization.
CREATE FUNCTION platform.name_listing(p_event uuid, p_names jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    UPDATE platform.listing SET names = p_names
    WHERE event = p_event AND organization = platform.current_organization() AND names <> p_names;
END $$;
ALTER FUNCTION platform.name_listing(uuid, jsonb) OWNER TO parvis_platform;
REVOKE ALL ON FUNCTION platform.name_listing(uuid, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform.name_listing(uuid, jsonb) TO parvis_tenant;
