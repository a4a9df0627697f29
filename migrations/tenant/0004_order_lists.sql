-- An organizer's list of orders: searched without accents and capitals, sorted by total and name.

-- What an order is found by. Stored, for folding it at every search costs more than looking at it.
ALTER TABLE orders ADD COLUMN words text NOT NULL GENERATED ALWAYS AS (platform.fold(
    email || ' ' || code || ' ' || first_name || ' ' || last_name || ' ' || first_name)) STORED;
-- Names sort by the last one.
ALTER TABLE orders ADD COLUMN sort_name text NOT NULL GENERATED ALWAYS AS (platform.fold(
    last_name || ' ' || first_name)) STORED;
CREATE INDEX orders_by_total ON orders (event, total, id);
CREATE INDEX orders_by_name ON orders (event, sort_name, id);

-- As hold_order, but tells instead of raising: to come too late is ordinary, and no error for the log. Null when
-- the places are held.
CREATE FUNCTION hold_or_refuse(
    p_order uuid, p_code text, p_event uuid, p_account uuid, p_email text, p_first_name text, p_last_name text,
    p_locale text, p_currency text, p_total bigint, p_expires_at timestamptz, p_now timestamptz,
    p_lines uuid[], p_types uuid[], p_names text[], p_quantities integer[], p_prices bigint[], p_taxes integer[],
    p_attendees jsonb[]
) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    PERFORM hold_order(p_order, p_code, p_event, p_account, p_email, p_first_name, p_last_name, p_locale, p_currency,
        p_total, p_expires_at, p_now, p_lines, p_types, p_names, p_quantities, p_prices, p_taxes, p_attendees);
    RETURN NULL;
EXCEPTION
    WHEN SQLSTATE 'P0S01' THEN
        RETURN 'sold_out';
    WHEN SQLSTATE 'P0S02' THEN
        RETURN 'limit_exceeded';
END $$;
REVOKE ALL ON FUNCTION hold_or_refuse(uuid, text, uuid, uuid, text, text, text, text, text, bigint, timestamptz,
    timestamptz, uuid[], uuid[], text[], integer[], bigint[], integer[], jsonb[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hold_or_refuse(uuid, text, uuid, uuid, text, text, text, text, text, bigint, timestamptz,
    timestamptz, uuid[], uuid[], text[], integer[], bigint[], integer[], jsonb[]) TO parvis_tenant;
