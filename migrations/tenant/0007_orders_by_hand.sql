-- What organizers do with sales: orders entered by hand, and a mail at each sale for those who want one.

ALTER TABLE event ADD COLUMN notify_sales boolean NOT NULL DEFAULT false;

-- Where an order comes from: bought online, or entered by hand, paid at the door or given away.
ALTER TABLE orders ADD COLUMN channel text NOT NULL DEFAULT 'online';
ALTER TABLE orders ADD CONSTRAINT orders_channel_known CHECK (channel IN ('online', 'door', 'complimentary'));
