-- Why a person may not write in a conversation now: the reason of a refusal (contracts/refusals.ts), or null when they may. The
-- one rule for sending, typing and reacting. Always returns one row.
--
--   until: when a mute ends by itself
--   slow_seconds, slow_until: where slow mode holds for this person, its pause, and when they may send again. Only sending
--     asks for it: the rest is no message
--
-- A single statement without settings, so that Postgres inlines it into the statement that asks.
CREATE OR REPLACE FUNCTION write_refusal(p_conversation UUID, p_person UUID)
RETURNS TABLE (reason TEXT, until TIMESTAMPTZ, slow_seconds INTEGER, slow_until TIMESTAMPTZ)
LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN m.person_id IS NULL THEN 'not_found'
        WHEN c.closed_at IS NOT NULL THEN 'conversation_closed'
        WHEN g.held AND m.muted AND (m.muted_until IS NULL OR m.muted_until > now()) THEN 'muted'
        WHEN g.held AND c.muted_all THEN 'muted_all'
        WHEN c.kind <> 'direct' THEN NULL
        WHEN f.low_id IS NULL OR f.removed_at IS NOT NULL THEN 'not_friends'
        WHEN EXISTS (SELECT FROM blocks b WHERE b.blocker_id = p_person AND b.blocked_id IN (f.low_id, f.high_id)) THEN 'blocked_by_me'
        WHEN EXISTS (SELECT FROM blocks b WHERE b.blocked_id = p_person AND b.blocker_id IN (f.low_id, f.high_id)) THEN 'recipient_refuses'
    END, m.muted_until, CASE WHEN g.held AND c.slow_seconds > 0 THEN c.slow_seconds END,
        CASE WHEN g.held THEN m.slow_sent_at + make_interval(secs => c.slow_seconds) END
    FROM (SELECT) one
    LEFT JOIN conversations c ON c.id = p_conversation
    LEFT JOIN memberships m ON m.conversation_id = c.id AND m.person_id = p_person AND m.left_at IS NULL
    LEFT JOIN friendships f ON f.conversation_id = c.id AND c.kind = 'direct'
    -- Members whom a mute or slow mode holds: not those who may mute.
    LEFT JOIN LATERAL (
        SELECT 'mute' <> ALL (r.permissions) AS held FROM community_rights(p_conversation, p_person) r
        WHERE c.kind = 'community' AND (m.muted OR c.muted_all OR c.slow_seconds > 0) OFFSET 0
    ) g ON TRUE
$$;
