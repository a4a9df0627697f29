-- Accounts, complete: sessions that can be told apart, a change of address that both sides agree to, a second
-- factor, a copy of one's data, and the end of an account.

-- What a session was last used for, to a few minutes; how it is kept; and whether the second factor opened it.
ALTER TABLE platform.session ADD COLUMN used_at timestamptz;
ALTER TABLE platform.session ADD COLUMN kind text NOT NULL DEFAULT 'app';
ALTER TABLE platform.session ADD CONSTRAINT session_kind_known CHECK (kind IN ('app', 'browser'));

-- A change of address under way, at most one an account. It happens when both sides have said yes.
CREATE TABLE platform.email_change (
    account uuid NOT NULL,
    -- Of this request: links of an earlier one open nothing.
    id uuid NOT NULL,
    old_email text NOT NULL,
    new_email text NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    -- When whoever reads the new mailbox, and whoever reads the old one, said yes.
    confirmed_at timestamptz,
    agreed_at timestamptz,
    CONSTRAINT email_change_pkey PRIMARY KEY (account),
    CONSTRAINT email_change_id_unique UNIQUE (id),
    CONSTRAINT email_change_account FOREIGN KEY (account) REFERENCES platform.account (id)
);
CREATE INDEX email_change_by_expiry ON platform.email_change (expires_at);

-- The second factor of a login (RFC 6238). Not enabled while its first code has not been shown.
CREATE TABLE platform.second_factor (
    account uuid NOT NULL,
    -- Sealed with the installation's key, bound to the account.
    secret bytea NOT NULL,
    enabled_at timestamptz,
    -- The step of the newest code that was taken: it and those before it are taken no more.
    used_step bigint NOT NULL DEFAULT 0,
    -- Wrong codes in a row, and until when none is looked at.
    failures integer NOT NULL DEFAULT 0,
    blocked_until timestamptz,
    created_at timestamptz NOT NULL,
    CONSTRAINT second_factor_pkey PRIMARY KEY (account),
    CONSTRAINT second_factor_account FOREIGN KEY (account) REFERENCES platform.account (id)
);

-- Codes for whoever has lost the device: keyed hashes, each good once.
CREATE TABLE platform.recovery_code (
    account uuid NOT NULL,
    hash bytea NOT NULL,
    created_at timestamptz NOT NULL,
    used_at timestamptz,
    CONSTRAINT recovery_code_pkey PRIMARY KEY (account, hash),
    CONSTRAINT recovery_code_account FOREIGN KEY (account) REFERENCES platform.second_factor (account) ON DELETE CASCADE
);

-- Whether members need a second factor to work in the organization.
ALTER TABLE platform.organization ADD COLUMN require_second_factor boolean NOT NULL DEFAULT false;

-- A copy of one's own data: asked for, made by a job, kept for a few days.
CREATE TABLE platform.data_export (
    account uuid NOT NULL,
    id uuid NOT NULL,
    asked_at timestamptz NOT NULL,
    ready_at timestamptz,
    expires_at timestamptz,
    content bytea,
    CONSTRAINT data_export_pkey PRIMARY KEY (account),
    CONSTRAINT data_export_account FOREIGN KEY (account) REFERENCES platform.account (id),
    CONSTRAINT data_export_ready_whole CHECK ((ready_at IS NULL) = (content IS NULL))
);
CREATE INDEX data_export_by_expiry ON platform.data_export (expires_at) WHERE expires_at IS NOT NULL;

-- Accounts that are to end, and those that have: what is left of them names nobody.
ALTER TABLE platform.account ADD COLUMN erase_at timestamptz;
ALTER TABLE platform.account ADD COLUMN erased_at timestamptz;
CREATE INDEX account_to_erase ON platform.account (erase_at) WHERE erase_at IS NOT NULL;

-- Who asked for what: an erased person's invitations are found by address.
CREATE INDEX invitation_by_email ON platform.invitation (email);

GRANT SELECT, INSERT, UPDATE, DELETE ON platform.email_change, platform.second_factor, platform.recovery_code,
    platform.data_export TO parvis_platform;
