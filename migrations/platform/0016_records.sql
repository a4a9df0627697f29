-- The audit log names an invitation, and the invitation its address: what is taken back is remembered until the person
-- asks to be forgotten, for rows of the log are never changed.
ALTER TABLE platform.invitation ADD COLUMN revoked_at timestamptz;

-- When the event of a login was chosen: the token that chooses it is taken once.
ALTER TABLE platform.session ADD COLUMN event_chosen_at timestamptz;

-- An organization's log begins with who founded it; one from another installation begins with its import.
INSERT INTO platform.audit (id, at, actor, organization, action, target, detail)
SELECT gen_random_uuid(), o.created_at, o.created_by, o.number, 'organization.create', o.id,
    jsonb_build_object('name', o.name)
FROM platform.organization o
WHERE NOT EXISTS (SELECT FROM platform.audit a WHERE a.organization = o.number AND a.action = 'organization.import');

-- Prices are compared within one currency: the indexes of lists hold it, as they hold whatever else the filters ask. Lists
-- are read by the old ones until the new ones are there.
CREATE INDEX listing_live_by_start_2 ON platform.listing (starts_at, event)
    INCLUDE (ends_at, starts_on, ends_on, category, city_key, price_rank, price_max, currency) WHERE live;
CREATE INDEX listing_live_by_category_2 ON platform.listing (category, starts_at, event)
    INCLUDE (ends_at, starts_on, ends_on, city_key, price_rank, price_max, currency) WHERE live;
CREATE INDEX listing_live_by_city_2 ON platform.listing (city_key, starts_at, event)
    INCLUDE (ends_at, starts_on, ends_on, category, price_rank, price_max, currency, city) WHERE live;
CREATE INDEX listing_live_by_organization_2 ON platform.listing (organization_slug, starts_at, event)
    INCLUDE (ends_at, updated_at, starts_on, ends_on, category, city_key, price_rank, price_max, currency) WHERE live;
CREATE INDEX listing_live_by_price_2 ON platform.listing (coalesce(price_rank, 9223372036854775807), event)
    INCLUDE (ends_at, starts_on, ends_on, category, city_key, price_rank, price_max, currency) WHERE live;
CREATE INDEX listing_live_by_price_down_2 ON platform.listing (coalesce(price_rank, -1), event)
    INCLUDE (ends_at, starts_on, ends_on, category, city_key, price_rank, price_max, currency) WHERE live;
CREATE INDEX listing_live_by_name_2 ON platform.listing (name_key, event)
    INCLUDE (ends_at, starts_on, ends_on, category, city_key, price_rank, price_max, currency) WHERE live;
CREATE INDEX listing_live_by_news_2 ON platform.listing (published_at, event)
    INCLUDE (ends_at, starts_on, ends_on, category, city_key, price_rank, price_max, currency) WHERE live;
CREATE INDEX listing_live_by_place_2 ON platform.listing USING gist (point(longitude, latitude))
    INCLUDE (event, starts_at, ends_at, starts_on, ends_on, latitude, longitude, category, city_key, price_rank, price_max,
        currency)
    WHERE live AND latitude IS NOT NULL AND longitude IS NOT NULL;
DROP INDEX platform.listing_live_by_start, platform.listing_live_by_category, platform.listing_live_by_city,
    platform.listing_live_by_organization, platform.listing_live_by_price, platform.listing_live_by_price_down,
    platform.listing_live_by_name, platform.listing_live_by_news, platform.listing_live_by_place;
ALTER INDEX platform.listing_live_by_start_2 RENAME TO listing_live_by_start;
ALTER INDEX platform.listing_live_by_category_2 RENAME TO listing_live_by_category;
ALTER INDEX platform.listing_live_by_city_2 RENAME TO listing_live_by_city;
ALTER INDEX platform.listing_live_by_organization_2 RENAME TO listing_live_by_organization;
ALTER INDEX platform.listing_live_by_price_2 RENAME TO listing_live_by_price;
ALTER INDEX platform.listing_live_by_price_down_2 RENAME TO listing_live_by_price_down;
ALTER INDEX platform.listing_live_by_name_2 RENAME TO listing_live_by_name;
ALTER INDEX platform.listing_live_by_news_2 RENAME TO listing_live_by_news;
ALTER INDEX platform.listing_live_by_place_2 RENAME TO listing_live_by_place;
