-- What a member of a community may do, and their rank: 0 is the owner, 1 an admin, 1 + position of their highest role, 1000
-- without one. No row for others. The same as `permissionsOf` and `rankOf` (contracts/permissions.ts). Whether the community
-- is closed is asked elsewhere.
--
-- A single statement without settings, so that Postgres inlines it into the statement that asks.
CREATE OR REPLACE FUNCTION community_rights(p_community UUID, p_person UUID) RETURNS TABLE (rank INTEGER, permissions TEXT[])
LANGUAGE sql STABLE AS $$
    SELECT
        CASE m.role WHEN 'owner' THEN 0 WHEN 'admin' THEN 1 ELSE COALESCE(1 + (
            SELECT min(r.position) FROM community_roles r WHERE r.community_id = k.id AND r.id = ANY (m.role_ids)), 1000)
        END,
        CASE WHEN m.role IN ('owner', 'admin')
            THEN '{invite,add,remove,ban,mute,pin,announce,mention_all,change_facts,delete_messages,manage_roles}'::text[]
            ELSE CASE WHEN k.join_policy = 'open' THEN k.member_permissions ELSE array_remove(k.member_permissions, 'invite') END
                || ARRAY(SELECT unnest(r.permissions) FROM community_roles r
                    WHERE r.community_id = k.id AND r.id = ANY (m.role_ids))
        END
    FROM memberships m JOIN communities k ON k.id = m.conversation_id
    WHERE m.conversation_id = p_community AND m.person_id = p_person AND m.left_at IS NULL
$$;
