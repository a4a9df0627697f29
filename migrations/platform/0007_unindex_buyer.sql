-- An order whose buyer's address was wrong is found by the corrected one alone.
CREATE FUNCTION platform.unindex_buyer(p_hash bytea, p_order uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    DELETE FROM platform.buyer_index
    WHERE email_hash = p_hash AND order_id = p_order AND organization = platform.current_organization();
END $$;
ALTER FUNCTION platform.unindex_buyer(bytea, uuid) OWNER TO parvis_platform;
REVOKE ALL ON FUNCTION platform.unindex_buyer(bytea, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform.unindex_buyer(bytea, uuid) TO parvis_tenant;
