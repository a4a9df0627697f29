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
