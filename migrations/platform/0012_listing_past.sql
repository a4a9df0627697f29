-- What took place: lists of the past begin at its end.
CREATE INDEX listing_by_end ON platform.listing (ends_at, event);
CREATE INDEX listing_past_of_organization ON platform.listing (organization_slug, ends_at, event) WHERE NOT live;
