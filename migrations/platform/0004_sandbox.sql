-- The built-in test card service: a payment service of its own that the rest sees only through the
-- provider trait. It would be another company's database in real life, so nothing refers to it.
CREATE TABLE platform.sandbox_charge (
    id uuid NOT NULL,
    amount bigint NOT NULL,
    currency text NOT NULL,
    description text NOT NULL,
    return_url text,
    status text NOT NULL DEFAULT 'open',
    declines integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT sandbox_charge_pkey PRIMARY KEY (id),
    CONSTRAINT sandbox_charge_amount_positive CHECK (amount > 0),
    CONSTRAINT sandbox_charge_status_known CHECK (status IN ('open', 'succeeded', 'cancelled'))
);
CREATE TABLE platform.sandbox_refund (
    id uuid NOT NULL,
    charge uuid NOT NULL,
    amount bigint NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT sandbox_refund_pkey PRIMARY KEY (id),
    CONSTRAINT sandbox_refund_charge FOREIGN KEY (charge) REFERENCES platform.sandbox_charge (id),
    CONSTRAINT sandbox_refund_amount_positive CHECK (amount > 0)
);
CREATE INDEX sandbox_refund_by_charge ON platform.sandbox_refund (charge);
GRANT SELECT, INSERT, UPDATE ON platform.sandbox_charge TO parvis_platform;
GRANT SELECT, INSERT ON platform.sandbox_refund TO parvis_platform;
