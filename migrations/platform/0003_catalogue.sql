-- The public catalogue over all organizations: what a stranger may see of a published public event.

-- Letters as people search them: lower case, without accents, with one form for the Arabic alefs,
-- ta marbuta and alef maqsura, without vowel signs and tatweel.
CREATE FUNCTION platform.fold(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
    SELECT translate(
        translate(lower(value),
            'àáâäãåçèéêëìíîïñòóôöõøùúûüýÿ’أإآٱةى',
            'aaaaaaceeeeiiiinoooooouuuuyy''ااااهي'),
        'ًٌٍَُِّْٰـ', '')
$$;
GRANT EXECUTE ON FUNCTION platform.fold(text) TO PUBLIC;

CREATE TABLE platform.listing (
    event uuid NOT NULL,
    organization integer NOT NULL,
    organization_name text NOT NULL,
    organization_slug text NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    summary text NOT NULL,
    category text NOT NULL,
    location text NOT NULL,
    city text NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    starts_on date NOT NULL,
    timezone text NOT NULL,
    currency text NOT NULL,
    price_min bigint,
    price_max bigint,
    -- The lowest price in ten-thousandths of the currency, comparable between currencies with other decimals.
    price_rank bigint,
    cancelled boolean NOT NULL,
    updated_at timestamptz NOT NULL,
    words tsvector GENERATED ALWAYS AS (to_tsvector('simple', platform.fold(
        name || ' ' || city || ' ' || location || ' ' || category || ' ' || organization_name || ' ' || summary))) STORED,
    CONSTRAINT listing_pkey PRIMARY KEY (event)
);
CREATE INDEX listing_by_start ON platform.listing (starts_at, event);
CREATE INDEX listing_by_end ON platform.listing (ends_at);
CREATE INDEX listing_by_city ON platform.listing (platform.fold(city), starts_at, event);
CREATE INDEX listing_by_category ON platform.listing (category, starts_at, event);
CREATE INDEX listing_by_organization ON platform.listing (organization_slug, starts_at, event);
CREATE INDEX listing_by_price ON platform.listing (price_rank, starts_at, event);
CREATE INDEX listing_words ON platform.listing USING gin (words);
GRANT SELECT, INSERT, UPDATE, DELETE ON platform.listing TO parvis_platform;

-- Shows an event of the present transaction's organization, or shows it anew.
CREATE FUNCTION platform.publish_listing(p jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    caller integer := platform.current_organization();
BEGIN
    INSERT INTO platform.listing AS l (event, organization, organization_name, organization_slug, slug, name,
        summary, category, location, city, starts_at, ends_at, starts_on, timezone, currency,
        price_min, price_max, price_rank, cancelled, updated_at)
    SELECT (p->>'event')::uuid, o.number, o.name, o.slug, p->>'slug', p->>'name',
        p->>'summary', p->>'category', p->>'location', p->>'city', (p->>'starts_at')::timestamptz,
        (p->>'ends_at')::timestamptz, (p->>'starts_on')::date, p->>'timezone', p->>'currency',
        (p->>'price_min')::bigint, (p->>'price_max')::bigint, (p->>'price_rank')::bigint,
        (p->>'cancelled')::boolean, (p->>'updated_at')::timestamptz
    FROM platform.organization o WHERE o.number = caller
    ON CONFLICT (event) DO UPDATE SET (organization_name, organization_slug, slug, name, summary, category,
        location, city, starts_at, ends_at, starts_on, timezone, currency, price_min, price_max, price_rank,
        cancelled, updated_at) = (excluded.organization_name, excluded.organization_slug, excluded.slug,
        excluded.name, excluded.summary, excluded.category, excluded.location, excluded.city,
        excluded.starts_at, excluded.ends_at, excluded.starts_on, excluded.timezone, excluded.currency,
        excluded.price_min, excluded.price_max, excluded.price_rank, excluded.cancelled, excluded.updated_at)
        WHERE l.organization = caller;
    PERFORM platform.bump('catalog');
END $$;
ALTER FUNCTION platform.publish_listing(jsonb) OWNER TO parvis_platform;
REVOKE ALL ON FUNCTION platform.publish_listing(jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform.publish_listing(jsonb) TO parvis_tenant;

CREATE FUNCTION platform.withdraw_listing(p_event uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    DELETE FROM platform.listing WHERE event = p_event AND organization = platform.current_organization();
    PERFORM platform.bump('catalog');
END $$;
ALTER FUNCTION platform.withdraw_listing(uuid) OWNER TO parvis_platform;
REVOKE ALL ON FUNCTION platform.withdraw_listing(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform.withdraw_listing(uuid) TO parvis_tenant;
