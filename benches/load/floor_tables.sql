-- The hot event of the bare-SQL floor: one unlimited quota, one ticket type for 30.00.
SET search_path = t_floor, pg_temp;
INSERT INTO event (id, slug, name, description, category, location, city, timezone, currency, language, visibility,
    state, link_secret, contact_email, terms, show_remaining, themes, metadata, created_at, created_by, updated_at,
    updated_by)
VALUES ('01935a00-0000-7000-8000-000000000001', 'hot', 'Hot', '', 'concert', '', '', 'Europe/Paris', 'EUR', 'fr',
    'public', 'published', '', '', '', false, '{}', '{}', now(), '01935a00-0000-7000-8000-000000000009', now(),
    '01935a00-0000-7000-8000-000000000009');
INSERT INTO quota (id, event, name, size, created_at, updated_at)
VALUES ('01935a00-0000-7000-8000-000000000002', '01935a00-0000-7000-8000-000000000001', 'Places', NULL, now(), now());
INSERT INTO ticket_type (id, event, name, description, price, tax_rate, min_per_order, max_per_order, position,
    created_at, updated_at)
VALUES ('01935a00-0000-7000-8000-000000000003', '01935a00-0000-7000-8000-000000000001', 'Debout', '', 3000, 2000, 1,
    100, 1, now(), now());
INSERT INTO ticket_type_quota (ticket_type, quota)
VALUES ('01935a00-0000-7000-8000-000000000003', '01935a00-0000-7000-8000-000000000002');
ANALYZE;
