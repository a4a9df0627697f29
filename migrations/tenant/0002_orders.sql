-- Orders, payments, tickets, and the functions through which alone stock changes.

CREATE TABLE orders (
    id uuid NOT NULL,
    code text NOT NULL,
    event uuid NOT NULL,
    account uuid,
    email text NOT NULL,
    first_name text NOT NULL,
    last_name text NOT NULL,
    locale text NOT NULL,
    status text NOT NULL,
    currency text NOT NULL,
    total bigint NOT NULL,
    refunded bigint NOT NULL DEFAULT 0,
    expires_at timestamptz,
    paid_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT orders_pkey PRIMARY KEY (id),
    CONSTRAINT orders_code_unique UNIQUE (code),
    CONSTRAINT orders_event FOREIGN KEY (event) REFERENCES event (id),
    CONSTRAINT orders_status_known CHECK (status IN ('pending', 'paid', 'expired', 'cancelled',
        'partially_refunded', 'refunded')),
    CONSTRAINT orders_total_not_negative CHECK (total >= 0),
    CONSTRAINT orders_refund_within_total CHECK (refunded BETWEEN 0 AND total)
);
CREATE INDEX orders_by_event ON orders (event, created_at, id);
-- Walks over all orders of an event: exports, cancellation.
CREATE INDEX orders_by_event_and_id ON orders (event, id);
CREATE INDEX orders_by_email ON orders (event, email);
CREATE INDEX orders_by_account ON orders (account, created_at) WHERE account IS NOT NULL;
CREATE INDEX orders_due ON orders (expires_at) WHERE status = 'pending';

CREATE TABLE order_line (
    id uuid NOT NULL,
    order_id uuid NOT NULL,
    ticket_type uuid NOT NULL,
    name text NOT NULL,
    quantity integer NOT NULL,
    unit_price bigint NOT NULL,
    tax_rate integer NOT NULL,
    attendees jsonb NOT NULL,
    CONSTRAINT order_line_pkey PRIMARY KEY (id),
    CONSTRAINT order_line_order FOREIGN KEY (order_id) REFERENCES orders (id),
    CONSTRAINT order_line_type FOREIGN KEY (ticket_type) REFERENCES ticket_type (id),
    CONSTRAINT order_line_quantity_positive CHECK (quantity > 0)
);
CREATE INDEX order_line_by_order ON order_line (order_id, id);
CREATE INDEX order_line_by_type ON order_line (ticket_type);

CREATE TABLE ticket (
    id uuid NOT NULL,
    code text NOT NULL,
    order_id uuid NOT NULL,
    order_line uuid NOT NULL,
    event uuid NOT NULL,
    ticket_type uuid NOT NULL,
    first_name text NOT NULL,
    last_name text NOT NULL,
    email text NOT NULL,
    -- A re-issue raises it, and the QR of the revision before opens no gate.
    revision smallint NOT NULL DEFAULT 1,
    status text NOT NULL DEFAULT 'valid',
    presence text NOT NULL DEFAULT 'never',
    checked_in_at timestamptz,
    checked_in_gate text,
    issued_at timestamptz NOT NULL,
    revoked_at timestamptz,
    CONSTRAINT ticket_pkey PRIMARY KEY (id),
    CONSTRAINT ticket_code_unique UNIQUE (code),
    CONSTRAINT ticket_order FOREIGN KEY (order_id) REFERENCES orders (id),
    CONSTRAINT ticket_line FOREIGN KEY (order_line) REFERENCES order_line (id),
    CONSTRAINT ticket_status_known CHECK (status IN ('valid', 'revoked')),
    CONSTRAINT ticket_presence_known CHECK (presence IN ('never', 'inside', 'outside'))
);
CREATE INDEX ticket_by_order ON ticket (order_id, id);
CREATE INDEX ticket_by_event ON ticket (event, id);
CREATE INDEX ticket_by_email ON ticket (event, email);

-- Money coming in. A payment knows what it pays for only as `payable`.
CREATE TABLE payment (
    id uuid NOT NULL,
    payable uuid NOT NULL,
    provider text NOT NULL,
    status text NOT NULL DEFAULT 'pending',
    amount bigint NOT NULL,
    currency text NOT NULL,
    reference text,
    next_poll_at timestamptz,
    created_at timestamptz NOT NULL,
    settled_at timestamptz,
    CONSTRAINT payment_pkey PRIMARY KEY (id),
    CONSTRAINT payment_amount_positive CHECK (amount > 0),
    CONSTRAINT payment_status_known CHECK (status IN ('pending', 'succeeded', 'failed', 'cancelled'))
);
CREATE INDEX payment_by_payable ON payment (payable, created_at);
CREATE INDEX payment_to_poll ON payment (next_poll_at) WHERE status = 'pending';
-- One open payment a payable and provider: a double click and two tabs end on the same page.
CREATE UNIQUE INDEX payment_one_open ON payment (payable, provider) WHERE status = 'pending';

-- Money going back, reserved before the provider is asked.
CREATE TABLE refund (
    id uuid NOT NULL,
    payable uuid NOT NULL,
    payment uuid,
    status text NOT NULL DEFAULT 'pending',
    amount bigint NOT NULL,
    currency text NOT NULL,
    reason text NOT NULL,
    -- The tickets that it takes back.
    tickets uuid[] NOT NULL,
    automatic boolean NOT NULL,
    detail text,
    created_at timestamptz NOT NULL,
    created_by uuid,
    settled_at timestamptz,
    CONSTRAINT refund_pkey PRIMARY KEY (id),
    CONSTRAINT refund_payment FOREIGN KEY (payment) REFERENCES payment (id),
    CONSTRAINT refund_amount_not_negative CHECK (amount >= 0),
    CONSTRAINT refund_status_known CHECK (status IN ('pending', 'succeeded', 'failed'))
);
CREATE INDEX refund_by_payable ON refund (payable, created_at);

-- Scan verdicts: never updated, never deleted.
CREATE TABLE access (
    id uuid NOT NULL,
    event uuid NOT NULL,
    ticket uuid,
    direction text NOT NULL,
    verdict text NOT NULL,
    reason text,
    gate text,
    nonce text,
    -- SHA-256 of what was scanned: a nonce that comes with something else is another scan.
    credential bytea NOT NULL,
    scanned_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    controller uuid NOT NULL,
    CONSTRAINT access_pkey PRIMARY KEY (id),
    CONSTRAINT access_nonce_unique UNIQUE (event, controller, nonce),
    CONSTRAINT access_direction_known CHECK (direction IN ('entry', 'exit')),
    CONSTRAINT access_verdict_known CHECK (verdict IN ('granted', 'denied'))
);
CREATE INDEX access_by_event ON access (event, recorded_at);
CREATE INDEX access_by_ticket ON access (ticket, recorded_at);
CREATE TRIGGER access_append_only BEFORE UPDATE OR DELETE ON access
    FOR EACH ROW EXECUTE FUNCTION platform.deny();
ALTER TABLE access ENABLE ALWAYS TRIGGER access_append_only;

GRANT SELECT, INSERT, UPDATE ON orders, order_line, ticket, payment, refund TO parvis_tenant;
GRANT SELECT, INSERT ON access TO parvis_tenant;

-- Takes places for the types in p_types, quotas in the order of their ids so that two orders cannot
-- wait for each other. Raises P0S01 when a quota has not enough left.
CREATE FUNCTION take_places(p_types uuid[], p_quantities integer[]) RETURNS void LANGUAGE plpgsql AS $$
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
            RAISE EXCEPTION 'sold out' USING ERRCODE = 'P0S01';
        END IF;
    END LOOP;
END $$;

-- Gives places back, in the same order.
CREATE FUNCTION free_places(p_types uuid[], p_quantities integer[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE freed record;
BEGIN
    FOR freed IN
        SELECT tq.quota, sum(w.n)::integer AS n
        FROM unnest(p_types, p_quantities) AS w (ticket_type, n)
        JOIN ticket_type_quota tq ON tq.ticket_type = w.ticket_type
        GROUP BY tq.quota ORDER BY tq.quota
    LOOP
        UPDATE quota SET sold = sold - freed.n WHERE id = freed.quota;
    END LOOP;
END $$;

-- As take_places, but tells instead of raising: for a payment that arrives after its hold has ended.
CREATE FUNCTION retake_places(p_types uuid[], p_quantities integer[]) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    -- Whoever moves a type between quotas has it locked; its quotas must not change while places are taken.
    PERFORM FROM ticket_type WHERE id = ANY (p_types) ORDER BY id FOR KEY SHARE;
    PERFORM take_places(p_types, p_quantities);
    RETURN true;
EXCEPTION WHEN SQLSTATE 'P0S01' THEN
    RETURN false;
END $$;

-- An order that holds its places: rows first, counters last, for the counter of a hot event stays locked
-- until the commit. An unpaid hold may vanish with a crash of the machine, so its commit need not wait for
-- the disk; the next durable commit hardens it. An order that costs nothing is paid at once and waits.
-- Raises P0S01 when sold out, P0S02 when a person would have more than the type allows.
CREATE FUNCTION hold_order(
    p_order uuid, p_code text, p_event uuid, p_account uuid, p_email text, p_first_name text, p_last_name text,
    p_locale text, p_currency text, p_total bigint, p_expires_at timestamptz, p_now timestamptz,
    p_lines uuid[], p_types uuid[], p_names text[], p_quantities integer[], p_prices bigint[], p_taxes integer[],
    p_attendees jsonb[]
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE limited record;
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
        -- Two orders of one person at once wait for each other here, and nobody else does.
        PERFORM pg_advisory_xact_lock(hashtextextended(limited.id::text || p_email, 0));
        IF limited.n + (
            SELECT coalesce(sum(l.quantity), 0) - coalesce(sum((
                SELECT count(*) FROM ticket k WHERE k.order_line = l.id AND k.status = 'revoked')), 0)
            FROM orders o JOIN order_line l ON l.order_id = o.id
            WHERE o.event = p_event AND o.email = p_email AND l.ticket_type = limited.id
              AND (o.status IN ('paid', 'partially_refunded') OR (o.status = 'pending' AND o.expires_at > p_now))
        ) > limited.max_per_person THEN
            RAISE EXCEPTION 'too many for one person' USING ERRCODE = 'P0S02';
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
    PERFORM take_places(p_types, p_quantities);
END $$;

-- Ends pending orders whose time is over (or the one named, when its time is over) and frees their places.
-- Returns those that ended; call it again while they are p_limit.
CREATE FUNCTION expire_orders(p_now timestamptz, p_limit integer, p_only uuid) RETURNS SETOF uuid
LANGUAGE plpgsql AS $$
DECLARE
    ended uuid[];
    types uuid[];
    quantities integer[];
BEGIN
    WITH due AS (
        SELECT id FROM orders
        WHERE status = 'pending' AND expires_at <= p_now AND (p_only IS NULL OR id = p_only)
        ORDER BY expires_at LIMIT p_limit FOR UPDATE SKIP LOCKED
    ), gone AS (
        UPDATE orders o SET status = 'expired', updated_at = p_now FROM due WHERE o.id = due.id RETURNING o.id
    )
    SELECT array_agg(id) INTO ended FROM gone;
    IF ended IS NULL THEN
        RETURN;
    END IF;
    SELECT array_agg(s.ticket_type), array_agg(s.n::integer) INTO types, quantities FROM (
        SELECT ticket_type, sum(quantity) AS n FROM order_line WHERE order_id = ANY (ended) GROUP BY ticket_type
    ) AS s;
    PERFORM free_places(types, quantities);
    RETURN QUERY SELECT unnest(ended);
END $$;

-- Makes an order paid: its state, its tickets (one element of the arrays each) and the buyer's index, one call.
CREATE FUNCTION settle_order(
    p_order uuid, p_event uuid, p_now timestamptz, p_tickets uuid[], p_codes text[], p_lines uuid[], p_types uuid[],
    p_first_names text[], p_last_names text[], p_emails text[], p_buyer_hashes bytea[]
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE buyer bytea;
BEGIN
    UPDATE orders SET status = 'paid', paid_at = p_now, updated_at = p_now WHERE id = p_order;
    INSERT INTO ticket (id, code, order_id, order_line, event, ticket_type, first_name, last_name, email, issued_at)
    SELECT u.id, u.code, p_order, u.line, p_event, u.kind, u.first_name, u.last_name, u.email, p_now
    FROM unnest(p_tickets, p_codes, p_lines, p_types, p_first_names, p_last_names, p_emails)
        AS u (id, code, line, kind, first_name, last_name, email);
    FOREACH buyer IN ARRAY p_buyer_hashes LOOP
        PERFORM platform.index_buyer(buyer, p_order, p_now);
    END LOOP;
END $$;

REVOKE ALL ON FUNCTION take_places(uuid[], integer[]), free_places(uuid[], integer[]),
    retake_places(uuid[], integer[]),
    expire_orders(timestamptz, integer, uuid),
    hold_order(uuid, text, uuid, uuid, text, text, text, text, text, bigint, timestamptz, timestamptz,
        uuid[], uuid[], text[], integer[], bigint[], integer[], jsonb[]),
    settle_order(uuid, uuid, timestamptz, uuid[], text[], uuid[], uuid[], text[], text[], text[], bytea[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION take_places(uuid[], integer[]), free_places(uuid[], integer[]),
    retake_places(uuid[], integer[]),
    expire_orders(timestamptz, integer, uuid),
    hold_order(uuid, text, uuid, uuid, text, text, text, text, text, bigint, timestamptz, timestamptz,
        uuid[], uuid[], text[], integer[], bigint[], integer[], jsonb[]),
    settle_order(uuid, uuid, timestamptz, uuid[], text[], uuid[], uuid[], text[], text[], text[], bytea[])
    TO parvis_tenant;
