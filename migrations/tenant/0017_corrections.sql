-- What an organizer corrected of an order: the buyer's address, the name on a ticket. The log's rows are never changed, so it
-- names the correction alone; what it says of people stands here, and goes with them.
CREATE TABLE correction (
    id uuid NOT NULL,
    order_id uuid NOT NULL,
    -- The ticket whose name it was; none for the order's address.
    ticket uuid,
    -- The address that the order or the ticket had until then: whose it was finds by it what was corrected.
    email text NOT NULL,
    was text NOT NULL,
    becomes text NOT NULL,
    CONSTRAINT correction_pkey PRIMARY KEY (id),
    CONSTRAINT correction_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE
);
CREATE INDEX correction_by_order ON correction (order_id);
CREATE INDEX correction_by_email ON correction (email);
GRANT SELECT, INSERT, DELETE ON correction TO parvis_tenant;

-- What the log said itself moves there.
INSERT INTO correction (id, order_id, ticket, email, was, becomes)
SELECT a.id, a.target, (SELECT t.id FROM ticket t WHERE t.order_id = a.target AND t.code = a.detail ->> 'ticket'),
    CASE WHEN a.action = 'order.correct_email' THEN a.detail ->> 'from' ELSE o.email END, a.detail ->> 'from', a.detail ->> 'to'
FROM audit a JOIN orders o ON o.id = a.target
WHERE a.action IN ('order.correct_email', 'order.rename_holder') AND a.detail ? 'from' AND a.detail ? 'to';
ALTER TABLE audit DISABLE TRIGGER audit_append_only;
UPDATE audit a SET detail = (a.detail - 'from' - 'to')
    || CASE WHEN EXISTS (SELECT FROM correction c WHERE c.id = a.id) THEN jsonb_build_object('correction', a.id) ELSE '{}' END
WHERE a.action IN ('order.correct_email', 'order.rename_holder');
ALTER TABLE audit ENABLE ALWAYS TRIGGER audit_append_only;
