-- The catalogue shows each event's image: the address of the small one, empty when there is none.
ALTER TABLE platform.listing ADD COLUMN image text NOT NULL DEFAULT '';

CREATE OR REPLACE FUNCTION platform.publish_listing(p jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    caller integer := platform.current_organization();
BEGIN
    INSERT INTO platform.listing AS l (event, organization, organization_name, organization_slug, slug, name,
        summary, category, location, city, starts_at, ends_at, starts_on, timezone, currency,
        price_min, price_max, price_rank, cancelled, updated_at, image)
    SELECT (p->>'event')::uuid, o.number, o.name, o.slug, p->>'slug', p->>'name',
        p->>'summary', p->>'category', p->>'location', p->>'city', (p->>'starts_at')::timestamptz,
        (p->>'ends_at')::timestamptz, (p->>'starts_on')::date, p->>'timezone', p->>'currency',
        (p->>'price_min')::bigint, (p->>'price_max')::bigint, (p->>'price_rank')::bigint,
        (p->>'cancelled')::boolean, (p->>'updated_at')::timestamptz, coalesce(p->>'image', '')
    FROM platform.organization o WHERE o.number = caller
    ON CONFLICT (event) DO UPDATE SET (organization_name, organization_slug, slug, name, summary, category,
        location, city, starts_at, ends_at, starts_on, timezone, currency, price_min, price_max, price_rank,
        cancelled, updated_at, image) = (excluded.organization_name, excluded.organization_slug, excluded.slug,
        excluded.name, excluded.summary, excluded.category, excluded.location, excluded.city,
        excluded.starts_at, excluded.ends_at, excluded.starts_on, excluded.timezone, excluded.currency,
        excluded.price_min, excluded.price_max, excluded.price_rank, excluded.cancelled, excluded.updated_at,
        excluded.image)
        WHERE l.organization = caller;
    PERFORM platform.bump('catalog');
END $$;
