-- The catalogue's search: words of three languages, typing mistakes, places nearby, pages by cursor.
-- What is on the way to be shown is `live`; every index of the lists knows those rows alone, so that
-- the past costs nothing.

CREATE SCHEMA IF NOT EXISTS ext;
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA ext;
-- A database may have it elsewhere already.
DO $$
BEGIN
    IF (SELECT extnamespace FROM pg_extension WHERE extname = 'pg_trgm') <> 'ext'::regnamespace THEN
        ALTER EXTENSION pg_trgm SET SCHEMA ext;
    END IF;
END $$;
GRANT USAGE ON SCHEMA ext TO parvis_platform;

-- Text as it is searched and sorted: words of lower-case letters and digits with one space between them.
-- Compatibility forms are taken apart and marks left out (accents, hamza on its bearer, vowel signs); tatweel,
-- ta marbuta, alef maqsura and the Persian forms follow, and digits are 0 to 9.
CREATE FUNCTION platform.letters(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT btrim(regexp_replace(replace(replace(replace(translate(lower(
        regexp_replace(normalize(value, NFKD), '[\u0300-\u036f\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u2060\ufeff]+', '', 'g')),
            'øđłıħŧةىٱکیۀہ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹', 'odlihtهياكيهه01234567890123456789'),
            'ß', 'ss'), 'œ', 'oe'), 'æ', 'ae'),
        '[\u0001-/:-@\[-`{-\u00bf\u060c\u061b\u061f\u066a-\u066d\u06d4\u2010-\u206f\u20a0-\u2bff\u3000-\u303f]+', ' ', 'g'))
$$;

-- The stem of a folded Arabic word: without article and conjunction, then as the stemmer leaves it when it
-- has nothing more to take, for one pass takes a plural's ending or a pronoun, not both.
CREATE FUNCTION platform.arabic_stem(word text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    stem text := regexp_replace(word, '^[وف]?(?:[بك]?ال|لل)(?=.{3,})', '');
    next text;
BEGIN
    FOR turn IN 1..3 LOOP
        next := (ts_lexize('pg_catalog.arabic_stem', stem))[1];
        EXIT WHEN next IS NULL OR next = stem OR length(next) < 3;
        stem := next;
    END LOOP;
    RETURN stem;
END $$;

-- Folded text as it is indexed: each word as it stands, and its stem in the text's language. An Arabic word
-- is Arabic in whatever text.
CREATE FUNCTION platform.word_vector(language text, folded text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT to_tsvector('pg_catalog.simple', folded)
        || CASE language WHEN 'en' THEN to_tsvector('pg_catalog.english', folded)
            ELSE to_tsvector('pg_catalog.french', folded) END
        || CASE WHEN folded ~ '[\u0621-\u064a]' THEN (
            SELECT to_tsvector('pg_catalog.simple', coalesce(string_agg(platform.arabic_stem(word), ' '), ''))
            FROM regexp_split_to_table(folded, ' ') AS word WHERE word ~ '^[\u0621-\u064a]{3,}$')
            ELSE '' END
$$;

-- The stems under which a folded word may stand, whatever language it is of.
CREATE FUNCTION platform.stems(word text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT CASE WHEN word ~ '^[\u0621-\u064a]+$' THEN ARRAY[platform.arabic_stem(word)]
        ELSE coalesce(ts_lexize('pg_catalog.french_stem', word), '{}')
            || coalesce(ts_lexize('pg_catalog.english_stem', word), '{}') END
$$;

-- The words of folded text that a reader may mean when they mistype: no numbers, nothing short, nothing endless.
CREATE FUNCTION platform.terms(folded text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(term), '{}')
    FROM unnest(tsvector_to_array(to_tsvector('pg_catalog.simple', folded))) AS term
    WHERE length(term) BETWEEN 3 AND 30 AND term !~ '[0-9]'
$$;

-- The distance of two places in kilometres on a round earth.
CREATE FUNCTION platform.distance_km(
    latitude double precision, longitude double precision,
    other_latitude double precision, other_longitude double precision
) RETURNS double precision
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT 12742.0176 * asin(least(1.0, sqrt(
        power(sin(radians(other_latitude - latitude) / 2), 2)
        + cos(radians(latitude)) * cos(radians(other_latitude))
        * power(sin(radians(other_longitude - longitude) / 2), 2))))
$$;

DROP INDEX platform.listing_words, platform.listing_by_end, platform.listing_by_city,
    platform.listing_by_category, platform.listing_by_organization, platform.listing_by_price;
-- Servers of the version before find what they look for in the new column of the same name.
ALTER TABLE platform.listing DROP COLUMN words;
ALTER TABLE platform.listing
    ADD COLUMN language text NOT NULL DEFAULT 'fr',
    -- The description as plain text, and what else the event should be found by; neither is shown.
    ADD COLUMN about text NOT NULL DEFAULT '',
    ADD COLUMN keywords text NOT NULL DEFAULT '',
    ADD COLUMN latitude double precision,
    ADD COLUMN longitude double precision,
    ADD COLUMN published_at timestamptz NOT NULL DEFAULT 'epoch',
    -- Of the event: a calendar that has it takes only what is newer.
    ADD COLUMN version integer NOT NULL DEFAULT 1,
    -- False when it is cancelled or known to be over: a job sets it some time after the end.
    ADD COLUMN live boolean NOT NULL DEFAULT true;
UPDATE platform.listing SET about = summary, keywords = category, published_at = updated_at,
    live = NOT cancelled AND ends_at >= now();
ALTER TABLE platform.listing
    ADD COLUMN ends_on date GENERATED ALWAYS AS ((ends_at AT TIME ZONE timezone)::date) STORED,
    ADD COLUMN name_key text COLLATE "C" GENERATED ALWAYS AS (platform.letters(name)) STORED,
    ADD COLUMN city_key text COLLATE "C" GENERATED ALWAYS AS (platform.letters(city)) STORED,
    ADD COLUMN name_words tsvector GENERATED ALWAYS AS (
        strip(platform.word_vector(language, platform.letters(name)))) STORED,
    -- With the place and the organizer; then with kind, themes and description. Three columns rather than one with
    -- weights: how many listings match is estimated from each column's own words.
    ADD COLUMN placed_words tsvector GENERATED ALWAYS AS (strip(platform.word_vector(language,
        platform.letters(name || ' ' || city || ' ' || location || ' ' || organization_name)))) STORED,
    ADD COLUMN words tsvector GENERATED ALWAYS AS (strip(platform.word_vector(language,
        platform.letters(name || ' ' || city || ' ' || location || ' ' || organization_name || ' ' || keywords
            || ' ' || about)))) STORED;

-- Each order and each common filter has an index that holds what the other filters ask: pages and counts are found
-- without the rows, which are wide, and only the rows of the page are read.
CREATE INDEX listing_live_by_start ON platform.listing (starts_at, event)
    INCLUDE (ends_at, starts_on, ends_on, category, city_key, price_rank, price_max) WHERE live;
CREATE INDEX listing_live_by_category ON platform.listing (category, starts_at, event)
    INCLUDE (ends_at, starts_on, ends_on, city_key, price_rank, price_max) WHERE live;
CREATE INDEX listing_live_by_city ON platform.listing (city_key, starts_at, event)
    INCLUDE (ends_at, starts_on, ends_on, category, price_rank, price_max, city) WHERE live;
CREATE INDEX listing_live_by_organization ON platform.listing (organization_slug, starts_at, event)
    INCLUDE (ends_at, updated_at, starts_on, ends_on, category, city_key, price_rank, price_max) WHERE live;
-- What has no price comes last, from whichever end.
CREATE INDEX listing_live_by_price ON platform.listing (coalesce(price_rank, 9223372036854775807), event)
    INCLUDE (ends_at, starts_on, ends_on, category, city_key, price_rank, price_max) WHERE live;
CREATE INDEX listing_live_by_price_down ON platform.listing (coalesce(price_rank, -1), event)
    INCLUDE (ends_at, starts_on, ends_on, category, city_key, price_rank, price_max) WHERE live;
CREATE INDEX listing_live_by_name ON platform.listing (name_key, event)
    INCLUDE (ends_at, starts_on, ends_on, category, city_key, price_rank, price_max) WHERE live;
CREATE INDEX listing_live_by_news ON platform.listing (published_at, event)
    INCLUDE (ends_at, starts_on, ends_on, category, city_key, price_rank, price_max) WHERE live;
-- For sitemaps.
CREATE INDEX listing_live_by_event ON platform.listing (event) INCLUDE (ends_at, updated_at) WHERE live;
CREATE INDEX listing_live_by_place ON platform.listing USING gist (point(longitude, latitude))
    INCLUDE (event, starts_at, ends_at, starts_on, ends_on, latitude, longitude, category, city_key, price_rank, price_max)
    WHERE live AND latitude IS NOT NULL AND longitude IS NOT NULL;
CREATE INDEX listing_of_organization ON platform.listing (organization);
-- In two halves: how many live listings have some words is counted in the index alone.
CREATE INDEX listing_live_words ON platform.listing USING gin (words) WHERE live;
CREATE INDEX listing_past_words ON platform.listing USING gin (words) WHERE NOT live;
CREATE INDEX listing_live_placed_words ON platform.listing USING gin (placed_words) WHERE live;
CREATE INDEX listing_live_name_words ON platform.listing USING gin (name_words) WHERE live;

-- Every word of the listings and in how many it stands: what a mistyped word may have meant.
CREATE TABLE platform.listing_term (
    term text COLLATE "C" NOT NULL,
    listings integer NOT NULL,
    CONSTRAINT listing_term_pkey PRIMARY KEY (term)
);
CREATE INDEX listing_term_alike ON platform.listing_term USING gin (term ext.gin_trgm_ops);
GRANT SELECT, INSERT, UPDATE, DELETE ON platform.listing_term TO parvis_platform;

-- Every word that a listing is found by, once.
CREATE FUNCTION platform.listing_terms(l platform.listing) RETURNS text[]
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT platform.terms(platform.letters(l.name || ' ' || l.city || ' ' || l.location || ' '
        || l.organization_name || ' ' || l.keywords || ' ' || l.about))
$$;

INSERT INTO platform.listing_term (term, listings)
SELECT term, count(*) FROM platform.listing l, unnest(platform.listing_terms(l)) AS term GROUP BY term;

-- Counts words in and out. Rows are taken in one order, so that two publications never wait for each other in a circle.
CREATE FUNCTION platform.count_terms(p_old text[], p_new text[]) RETURNS void
LANGUAGE sql AS $$
    INSERT INTO platform.listing_term AS t (term, listings)
    SELECT term, sum(n) FROM (SELECT unnest(p_new) AS term, 1 AS n UNION ALL SELECT unnest(p_old), -1) AS change
    GROUP BY term HAVING sum(n) <> 0 ORDER BY term
    ON CONFLICT (term) DO UPDATE SET listings = t.listings + excluded.listings;
    DELETE FROM platform.listing_term WHERE term = ANY (p_old) AND listings <= 0;
$$;
ALTER FUNCTION platform.count_terms(text[], text[]) OWNER TO parvis_platform;
REVOKE ALL ON FUNCTION platform.count_terms(text[], text[]) FROM PUBLIC;

-- Shows an event of the present transaction's organization, or shows it anew.
CREATE OR REPLACE FUNCTION platform.publish_listing(p jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    caller integer := platform.current_organization();
    known text[] := '{}';
    told text[];
BEGIN
    SELECT platform.listing_terms(l) INTO known FROM platform.listing l
        WHERE l.event = (p->>'event')::uuid AND l.organization = caller FOR UPDATE;
    INSERT INTO platform.listing AS l (event, organization, organization_name, organization_slug, slug, name,
        summary, category, location, city, starts_at, ends_at, starts_on, timezone, currency,
        price_min, price_max, price_rank, cancelled, updated_at, image,
        language, about, keywords, latitude, longitude, published_at, version, live)
    SELECT (p->>'event')::uuid, o.number, o.name, o.slug, p->>'slug', p->>'name',
        p->>'summary', p->>'category', p->>'location', p->>'city', (p->>'starts_at')::timestamptz,
        (p->>'ends_at')::timestamptz, (p->>'starts_on')::date, p->>'timezone', p->>'currency',
        (p->>'price_min')::bigint, (p->>'price_max')::bigint, (p->>'price_rank')::bigint,
        (p->>'cancelled')::boolean, (p->>'updated_at')::timestamptz, coalesce(p->>'image', ''),
        -- A server of the version before tells less.
        coalesce(p->>'language', o.locale), coalesce(p->>'about', p->>'summary'),
        coalesce(p->>'keywords', p->>'category'), (p->>'latitude')::double precision,
        (p->>'longitude')::double precision,
        coalesce((p->>'published_at')::timestamptz, (p->>'updated_at')::timestamptz),
        coalesce((p->>'version')::integer, 1),
        -- The job tells when it is over: a moved event is live again at once.
        NOT (p->>'cancelled')::boolean
    FROM platform.organization o WHERE o.number = caller
    ON CONFLICT (event) DO UPDATE SET (organization_name, organization_slug, slug, name, summary, category,
        location, city, starts_at, ends_at, starts_on, timezone, currency, price_min, price_max, price_rank,
        cancelled, updated_at, image, language, about, keywords, latitude, longitude, published_at, version, live)
        = (excluded.organization_name, excluded.organization_slug, excluded.slug,
        excluded.name, excluded.summary, excluded.category, excluded.location, excluded.city,
        excluded.starts_at, excluded.ends_at, excluded.starts_on, excluded.timezone, excluded.currency,
        excluded.price_min, excluded.price_max, excluded.price_rank, excluded.cancelled, excluded.updated_at,
        excluded.image, excluded.language, excluded.about, excluded.keywords, excluded.latitude,
        excluded.longitude, excluded.published_at, excluded.version, excluded.live)
        WHERE l.organization = caller
    RETURNING platform.listing_terms(l) INTO told;
    IF told IS NOT NULL THEN
        PERFORM platform.count_terms(coalesce(known, '{}'), told);
    END IF;
    PERFORM platform.bump('catalog');
END $$;

CREATE OR REPLACE FUNCTION platform.withdraw_listing(p_event uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    known text[];
BEGIN
    DELETE FROM platform.listing l WHERE event = p_event AND organization = platform.current_organization()
        RETURNING platform.listing_terms(l) INTO known;
    IF known IS NOT NULL THEN
        PERFORM platform.count_terms(known, '{}');
    END IF;
    PERFORM platform.bump('catalog');
END $$;

-- Tells an organization's new name with each of its events.
CREATE FUNCTION platform.rename_listings(p_organization integer, p_name text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    known text[];
    told text[];
BEGIN
    PERFORM FROM platform.listing WHERE organization = p_organization AND organization_name <> p_name
        ORDER BY event FOR UPDATE;
    SELECT array_agg(term) INTO known FROM platform.listing l, unnest(platform.listing_terms(l)) AS term
        WHERE l.organization = p_organization AND l.organization_name <> p_name;
    WITH renamed AS (UPDATE platform.listing l SET organization_name = p_name
        WHERE l.organization = p_organization AND l.organization_name <> p_name
        RETURNING platform.listing_terms(l) AS terms)
    SELECT array_agg(term) INTO told FROM renamed, unnest(terms) AS term;
    PERFORM platform.count_terms(coalesce(known, '{}'), coalesce(told, '{}'));
END $$;
ALTER FUNCTION platform.rename_listings(integer, text) OWNER TO parvis_platform;
REVOKE ALL ON FUNCTION platform.rename_listings(integer, text) FROM PUBLIC;
