-- Test mode of an event: its orders are marked, paid with test cards alone, and deleted when the event goes live.
-- An event in test mode has test orders alone, for the mode begins only while nothing was ordered.

-- Orders before events, as sales take them.
ALTER TABLE orders ADD COLUMN test boolean NOT NULL DEFAULT false;
CREATE INDEX orders_test ON orders (event, id) WHERE test;
ALTER TABLE event ADD COLUMN test_mode boolean NOT NULL DEFAULT false;
-- Verdicts on test tickets stay, as all verdicts do, and count for nothing.
ALTER TABLE access ADD COLUMN test boolean NOT NULL DEFAULT false;
-- What a device said of a test scan stands for no scan of the live event.
ALTER TABLE access DROP CONSTRAINT access_nonce_unique;
ALTER TABLE access ADD CONSTRAINT access_nonce_unique UNIQUE (event, controller, nonce, test);

-- An order that holds its places: rows first, counters last, for the counter of a hot event stays locked
-- until the commit. An unpaid hold may vanish with a crash of the machine, so its commit need not wait for
-- the disk; the next durable commit hardens it. An order that costs nothing is paid at once and waits.
-- Answers 'held', or 'held_test' where the event is in test mode; or 'limit' when a person, an address or an account, would have more than the type allows, 'sold_out' when the places are
-- gone: then the caller must roll back.
CREATE OR REPLACE FUNCTION place_order(
    p_order uuid, p_code text, p_event uuid, p_account uuid, p_email text, p_first_name text, p_last_name text,
    p_locale text, p_currency text, p_total bigint, p_expires_at timestamptz, p_now timestamptz,
    p_lines uuid[], p_types uuid[], p_names text[], p_quantities integer[], p_prices bigint[], p_taxes integer[],
    p_attendees jsonb[]
) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    limited record;
    is_test boolean;
    -- Every hold that ends within a second is over when the second is: one job for all of them.
    ends bigint := floor(extract(epoch FROM p_expires_at)) + 1;
BEGIN
    -- Whoever switches the mode waits for this order, or this order for the switch: it is what the event is when it is kept.
    SELECT test_mode INTO is_test FROM event WHERE id = p_event FOR KEY SHARE;
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
        expires_at, created_at, updated_at, test)
    VALUES (p_order, p_code, p_event, p_account, p_email, p_first_name, p_last_name, p_locale, 'pending',
        p_currency, p_total, p_expires_at, p_now, p_now, is_test);
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
    RETURN CASE WHEN NOT try_take_places(p_types, p_quantities) THEN 'sold_out' WHEN is_test THEN 'held_test' ELSE 'held' END;
END $$;

-- Deletes the test orders of an event that is in test mode, with their tickets, payments and refunds, gives their places
-- back, and tells what they were: the open payments are somebody's to close. It runs as the owner of the schema, for an
-- organization's own role may delete no order: a real one cannot vanish. Locks are taken as settlement and refunds take
-- them, payments and refunds before orders.
CREATE FUNCTION delete_test_orders(p_event uuid)
RETURNS TABLE (id uuid, code text, email text, account uuid, tickets bigint, payments uuid[], providers text[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
#variable_conflict use_column
DECLARE
    doomed uuid[];
    types uuid[];
    quantities integer[];
BEGIN
    PERFORM FROM event e WHERE e.id = p_event AND e.test_mode FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'not in test mode' USING ERRCODE = 'P0M01';
    END IF;
    PERFORM FROM payment p JOIN orders o ON o.id = p.payable WHERE o.event = p_event AND o.test
        ORDER BY p.id FOR NO KEY UPDATE OF p;
    PERFORM FROM refund r JOIN orders o ON o.id = r.payable WHERE o.event = p_event AND o.test
        ORDER BY r.id FOR NO KEY UPDATE OF r;
    SELECT array_agg(x.id) INTO doomed FROM (
        SELECT o.id FROM orders o WHERE o.event = p_event AND o.test ORDER BY o.id FOR UPDATE) AS x;
    IF doomed IS NULL THEN
        RETURN;
    END IF;
    -- What still takes a place: what is held, tickets that are valid, and those whose refund is on its way.
    SELECT array_agg(s.ticket_type), array_agg(s.n::integer) INTO types, quantities FROM (
        SELECT u.ticket_type, sum(u.n) AS n FROM (
            SELECT l.ticket_type, sum(l.quantity) AS n FROM orders o JOIN order_line l ON l.order_id = o.id
            WHERE o.id = ANY (doomed) AND o.status = 'pending' GROUP BY l.ticket_type
            UNION ALL
            SELECT k.ticket_type, count(*) FROM ticket k WHERE k.order_id = ANY (doomed) AND (k.status = 'valid'
                OR EXISTS (SELECT FROM refund r
                           WHERE r.payable = k.order_id AND r.status = 'pending' AND k.id = ANY (r.tickets)))
            GROUP BY k.ticket_type
        ) AS u GROUP BY u.ticket_type
    ) AS s;
    RETURN QUERY
        SELECT o.id, o.code, o.email, o.account,
            (SELECT count(*) FROM ticket k WHERE k.order_id = o.id),
            ARRAY(SELECT p.id FROM payment p WHERE p.payable = o.id AND p.status = 'pending' ORDER BY p.id),
            ARRAY(SELECT p.provider FROM payment p WHERE p.payable = o.id AND p.status = 'pending' ORDER BY p.id)
        FROM orders o WHERE o.id = ANY (doomed) ORDER BY o.id;
    -- Whoever sends the same write again gets a new order, not one that is gone.
    DELETE FROM idempotency i USING payment p WHERE p.payable = ANY (doomed) AND i.resource = p.id;
    DELETE FROM idempotency i WHERE i.resource = ANY (doomed);
    DELETE FROM ticket k WHERE k.order_id = ANY (doomed);
    DELETE FROM refund r WHERE r.payable = ANY (doomed);
    DELETE FROM payment p WHERE p.payable = ANY (doomed);
    DELETE FROM order_line l WHERE l.order_id = ANY (doomed);
    DELETE FROM orders o WHERE o.id = ANY (doomed) AND o.test;
    IF types IS NOT NULL THEN
        PERFORM free_places(types, quantities);
    END IF;
END $$;
REVOKE ALL ON FUNCTION delete_test_orders(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION delete_test_orders(uuid) TO parvis_tenant;
