-- An order is placed with one call that also plans its end, and tells a refusal instead of raising it: being sold
-- out is no error, and must not fill the server's log while thousands press for the last places.

-- Takes places for the types in p_types, quotas in the order of their ids so that two orders cannot wait for each
-- other. False when a quota has not enough left; what was taken before is then undone with the transaction.
CREATE FUNCTION try_take_places(p_types uuid[], p_quantities integer[]) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE wanted record;
BEGIN
    FOR wanted IN
        SELECT tq.quota, sum(w.n)::integer AS n
        FROM unnest(p_types, p_quantities) AS w (ticket_type, n)
        JOIN ticket_type_quota tq ON tq.ticket_type = w.ticket_type
        GROUP BY tq.quota ORDER BY tq.quota
    LOOP
        UPDATE quota SET sold = sold + wanted.n
        WHERE id = wanted.quota AND (size IS NULL OR sold + wanted.n <= size);
        IF NOT FOUND THEN
            RETURN false;
        END IF;
    END LOOP;
    RETURN true;
END $$;

-- As before, in terms of the one above.
CREATE OR REPLACE FUNCTION take_places(p_types uuid[], p_quantities integer[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF NOT try_take_places(p_types, p_quantities) THEN
        RAISE EXCEPTION 'sold out' USING ERRCODE = 'P0S01';
    END IF;
END $$;

-- An order that holds its places: rows first, counters last, for the counter of a hot event stays locked
-- until the commit. An unpaid hold may vanish with a crash of the machine, so its commit need not wait for
-- the disk; the next durable commit hardens it. An order that costs nothing is paid at once and waits.
-- Answers 'held'; or 'limit' when a person, an address or an account, would have more than the type allows, 'sold_out' when the places are
-- gone: then the caller must roll back.
CREATE FUNCTION place_order(
    p_order uuid, p_code text, p_event uuid, p_account uuid, p_email text, p_first_name text, p_last_name text,
    p_locale text, p_currency text, p_total bigint, p_expires_at timestamptz, p_now timestamptz,
    p_lines uuid[], p_types uuid[], p_names text[], p_quantities integer[], p_prices bigint[], p_taxes integer[],
    p_attendees jsonb[]
) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    limited record;
    -- Every hold that ends within a second is over when the second is: one job for all of them.
    ends bigint := floor(extract(epoch FROM p_expires_at)) + 1;
BEGIN
    IF p_total > 0 THEN
        PERFORM set_config('synchronous_commit', 'off', true);
    END IF;
    FOR limited IN
        SELECT t.id, t.max_per_person, sum(w.n) AS n
        FROM unnest(p_types, p_quantities) AS w (ticket_type, n)
        JOIN ticket_type t ON t.id = w.ticket_type AND t.max_per_person IS NOT NULL
        GROUP BY t.id, t.max_per_person ORDER BY t.id
    LOOP
        -- Two orders of one person at once, by address or account, wait for each other here, and nobody else does.
        PERFORM pg_advisory_xact_lock(k) FROM (
            SELECT DISTINCT hashtextextended(limited.id::text || person, 0) AS k
            FROM unnest(ARRAY[p_email, p_account::text]) AS person WHERE person IS NOT NULL ORDER BY k
        ) AS keys;
        IF limited.n + (
            SELECT coalesce(sum(l.quantity), 0) - coalesce(sum((
                SELECT count(*) FROM ticket k WHERE k.order_line = l.id AND k.status = 'revoked')), 0)
            FROM orders o JOIN order_line l ON l.order_id = o.id
            WHERE o.event = p_event AND (o.email = p_email OR o.account = p_account) AND l.ticket_type = limited.id
              AND (o.status IN ('paid', 'partially_refunded') OR (o.status = 'pending' AND o.expires_at > p_now))
        ) > limited.max_per_person THEN
            RETURN 'limit';
        END IF;
    END LOOP;
    INSERT INTO orders (id, code, event, account, email, first_name, last_name, locale, status, currency, total,
        expires_at, created_at, updated_at)
    VALUES (p_order, p_code, p_event, p_account, p_email, p_first_name, p_last_name, p_locale, 'pending',
        p_currency, p_total, p_expires_at, p_now, p_now);
    INSERT INTO order_line (id, order_id, ticket_type, name, quantity, unit_price, tax_rate, attendees)
    SELECT u.id, p_order, u.ticket_type, u.name, u.quantity, u.price, u.tax, u.attendees
    FROM unnest(p_lines, p_types, p_names, p_quantities, p_prices, p_taxes, p_attendees)
        AS u (id, ticket_type, name, quantity, price, tax, attendees)
    -- Types are locked, by reference, in the order in which everybody locks them.
    ORDER BY u.ticket_type;
    IF p_expires_at IS NOT NULL THEN
        -- The job `ExpireOrders`, urgent, one for all holds that end in this second.
        PERFORM platform.enqueue('ticketing.expire', jsonb_build_object('at', ends), ends::text, 0::smallint,
            to_timestamp(ends));
    END IF;
    RETURN CASE WHEN try_take_places(p_types, p_quantities) THEN 'held' ELSE 'sold_out' END;
END $$;

REVOKE ALL ON FUNCTION try_take_places(uuid[], integer[]),
    place_order(uuid, text, uuid, uuid, text, text, text, text, text, bigint, timestamptz, timestamptz,
        uuid[], uuid[], text[], integer[], bigint[], integer[], jsonb[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION try_take_places(uuid[], integer[]),
    place_order(uuid, text, uuid, uuid, text, text, text, text, text, bigint, timestamptz, timestamptz,
        uuid[], uuid[], text[], integer[], bigint[], integer[], jsonb[]) TO parvis_tenant;
