-- Why a person may not write in a conversation now: the reason of a refusal (contracts/refusals.ts), or null when they may. The
-- one rule for sending, typing and reacting. Always returns one row.
--
-- A single statement without settings, so that Postgres inlines it into the statement that asks.
CREATE OR REPLACE FUNCTION write_refusal(p_conversation UUID, p_person UUID) RETURNS TABLE (reason TEXT)
LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN m.person_id IS NULL THEN 'not_found'
        WHEN c.closed_at IS NOT NULL THEN 'conversation_closed'
        WHEN c.kind <> 'direct' THEN NULL
        WHEN f.low_id IS NULL OR f.removed_at IS NOT NULL THEN 'not_friends'
        WHEN EXISTS (SELECT FROM blocks b WHERE b.blocker_id = p_person AND b.blocked_id IN (f.low_id, f.high_id)) THEN 'blocked_by_me'
        WHEN EXISTS (SELECT FROM blocks b WHERE b.blocked_id = p_person AND b.blocker_id IN (f.low_id, f.high_id)) THEN 'recipient_refuses'
    END
    FROM (SELECT) one
    LEFT JOIN conversations c ON c.id = p_conversation
    LEFT JOIN memberships m ON m.conversation_id = c.id AND m.person_id = p_person AND m.left_at IS NULL
    LEFT JOIN friendships f ON f.conversation_id = c.id AND c.kind = 'direct'
$$;
