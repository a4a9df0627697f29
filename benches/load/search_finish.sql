-- What the application would have counted, had it published them, and what autovacuum would do soon.
TRUNCATE platform.listing_term;
INSERT INTO platform.listing_term (term, listings)
SELECT term, count(*) FROM platform.listing l, unnest(platform.listing_terms(l)) AS term GROUP BY term;
VACUUM ANALYZE platform.listing;
VACUUM ANALYZE platform.listing_term;
