-- One order for pgbench: the writes of hold, begin of the payment and settlement, with the application's
-- durability, without its reads, its roles and the test card service's own tables (another company's in life).
\set i :i + 1
\set n :run * 10000000000 + :client_id * 10000000 + :i
-- The hold. Its function commits it without waiting for the disk.
BEGIN;
SELECT hold_order(('01935a01' || lpad(to_hex(:n::bigint), 24, '0'))::uuid, to_hex(:n::bigint),
    '01935a00-0000-7000-8000-000000000001', NULL, 'buyer' || :n::bigint || '@load.test', 'Nadia', 'Benali', 'fr',
    'EUR', 3000, now() + interval '900 s', now(), ARRAY[('01935a02' || lpad(to_hex(:n::bigint), 24, '0'))::uuid],
    ARRAY['01935a00-0000-7000-8000-000000000003'::uuid], ARRAY['Debout'], ARRAY[1], ARRAY[3000::bigint],
    ARRAY[2000], ARRAY['[]'::jsonb]);
INSERT INTO platform.job (organization, kind, payload, unique_key, priority, run_at)
    VALUES (1, 'ticketing.expire', jsonb_build_object('at', extract(epoch FROM now())::bigint + 901),
    (extract(epoch FROM now())::bigint + 901)::text, 1, now() + interval '900.1 s')
    ON CONFLICT (organization, kind, unique_key)
    WHERE dead_at IS NULL AND attempts = 0 AND unique_key IS NOT NULL DO NOTHING;
COMMIT;
-- The payment is reserved.
BEGIN;
INSERT INTO payment (id, payable, provider, amount, currency, next_poll_at, created_at)
    VALUES (('01935a03' || lpad(to_hex(:n::bigint), 24, '0'))::uuid,
    ('01935a01' || lpad(to_hex(:n::bigint), 24, '0'))::uuid, 'sandbox', 3000, 'EUR', now() + interval '2 s', now())
    ON CONFLICT (payable, provider) WHERE status = 'pending' DO NOTHING;
INSERT INTO platform.job (organization, kind, payload, unique_key, priority, run_at)
    VALUES (1, 'payments.poll', '{}', '', 5, now() + interval '2 s')
    ON CONFLICT (organization, kind, unique_key)
    WHERE dead_at IS NULL AND attempts = 0 AND unique_key IS NOT NULL DO NOTHING;
COMMIT;
-- The settlement.
BEGIN;
SELECT id, status, total FROM orders WHERE id = ('01935a01' || lpad(to_hex(:n::bigint), 24, '0'))::uuid FOR UPDATE;
UPDATE payment SET status = 'succeeded', amount = 3000, settled_at = now(), next_poll_at = NULL
    WHERE id = ('01935a03' || lpad(to_hex(:n::bigint), 24, '0'))::uuid;
UPDATE orders SET status = 'paid', updated_at = now(), paid_at = coalesce(paid_at, now())
    WHERE id = ('01935a01' || lpad(to_hex(:n::bigint), 24, '0'))::uuid;
INSERT INTO ticket (id, code, order_id, order_line, event, ticket_type, first_name, last_name, email, issued_at)
    VALUES (('01935a04' || lpad(to_hex(:n::bigint), 24, '0'))::uuid, to_hex(:n::bigint),
    ('01935a01' || lpad(to_hex(:n::bigint), 24, '0'))::uuid, ('01935a02' || lpad(to_hex(:n::bigint), 24, '0'))::uuid,
    '01935a00-0000-7000-8000-000000000001', '01935a00-0000-7000-8000-000000000003', 'Nadia', 'Benali',
    'buyer' || :n::bigint || '@load.test', now());
INSERT INTO platform.buyer_index (email_hash, order_id, organization, created_at)
    VALUES (sha256(('buyer' || :n::bigint)::bytea), ('01935a01' || lpad(to_hex(:n::bigint), 24, '0'))::uuid, 1, now())
    ON CONFLICT DO NOTHING;
INSERT INTO platform.job (organization, kind, payload, unique_key, priority, run_at)
    VALUES (1, 'ticketing.letter', jsonb_build_object('order', 'order' || :n::bigint, 'what', 'confirmed', 'id',
    'order-abcdefghijklmnop'), NULL, 1, now());
COMMIT;
