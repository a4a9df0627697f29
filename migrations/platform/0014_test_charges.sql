-- Charges of test orders, the only ones that the test card service takes where it is refused otherwise.
ALTER TABLE platform.sandbox_charge ADD COLUMN test boolean NOT NULL DEFAULT false;
