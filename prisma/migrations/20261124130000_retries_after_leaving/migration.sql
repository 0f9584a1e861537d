-- A retry is answered with the message that was stored, also after its sender left or was removed.
-- Sends a batch of messages in one round trip and answers each on its own: 'stored', 'duplicate', 'busy', or the reason of
-- a refusal (contracts/refusals.ts). Called by server/messages/batch.ts; the same for any program that may write here.
--
--   p_conversations, p_senders, p_clients, p_contents (JSON), p_previews: one entry each per message; the same
--     (conversation, sender, client id) at most once in a batch
--   p_rate, p_burst: messages a second a sender may send for ever, and at once
--   p_wait: wait for the rows (up to two seconds) instead of skipping the busy ones
--   p_quiet: write `untold` instead of notifying
--
-- Two statements, because under READ COMMITTED the snapshot of a statement is older than the lock it waited for: the first
-- locks, the second sees everything that earlier holders of those locks committed.
CREATE OR REPLACE FUNCTION im_send(
    p_conversations UUID[], p_senders UUID[], p_clients UUID[], p_contents TEXT[], p_previews TEXT[],
    p_rate DOUBLE PRECISION, p_burst INTEGER, p_wait BOOLEAN, p_quiet BOOLEAN
) RETURNS TABLE (n INTEGER, outcome TEXT, seq INTEGER, rev INTEGER, sent_at TIMESTAMPTZ, wait DOUBLE PRECISION)
LANGUAGE plpgsql VOLATILE
-- A session that planned the second statement on empty tables would keep its sequential scans as they grow.
SET enable_seqscan = off
-- Whoever waits for a row holds one of a server's two places for batches: not for long. The client tries again.
SET lock_timeout = '2s'
AS $$
#variable_conflict use_column
DECLARE
    locked UUID[];
    at TIMESTAMPTZ := date_trunc('milliseconds', now());
    step INTERVAL := make_interval(secs => 1 / p_rate);
    payload TEXT := '';
    event TEXT;
    r RECORD;
BEGIN
    IF p_wait THEN
        locked := ARRAY(SELECT c.id FROM (
            SELECT id FROM conversations WHERE id = ANY (p_conversations) ORDER BY id FOR NO KEY UPDATE) c);
    ELSE
        locked := ARRAY(SELECT c.id FROM (
            SELECT id FROM conversations WHERE id = ANY (p_conversations) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED) c);
    END IF;

    FOR r IN
        WITH input AS (
            SELECT i.*, i.content::jsonb AS body
            FROM unnest(p_conversations, p_senders, p_clients, p_contents, p_previews) WITH ORDINALITY
                AS i (conversation_id, sender_id, client_id, content, preview, n)
        ), judged AS (
            SELECT i.*, known.seq AS known_seq, known.rev AS known_rev, known.sent_at AS known_at, CASE
                WHEN c.id IS NULL THEN 'not_found'
                WHEN c.id <> ALL (locked) THEN 'busy'
                -- Before membership: whoever was removed meanwhile still learns that the message had been stored.
                WHEN known.seq IS NOT NULL AND known.content = i.body THEN 'duplicate'
                WHEN m.person_id IS NULL THEN 'not_found'
                WHEN known.seq IS NOT NULL THEN 'client_id_reused'
                WHEN c.closed_at IS NOT NULL THEN 'conversation_closed'
                WHEN c.kind <> 'direct' THEN 'stored'
                WHEN f.low_id IS NULL OR f.removed_at IS NOT NULL THEN 'not_friends'
                WHEN EXISTS (SELECT FROM blocks b WHERE b.blocker_id = i.sender_id
                    AND b.blocked_id IN (f.low_id, f.high_id)) THEN 'blocked_by_me'
                WHEN EXISTS (SELECT FROM blocks b WHERE b.blocked_id = i.sender_id
                    AND b.blocker_id IN (f.low_id, f.high_id)) THEN 'not_accepted'
                ELSE 'stored'
            END AS verdict
            FROM input i
            LEFT JOIN conversations c ON c.id = i.conversation_id
            LEFT JOIN memberships m
                ON m.conversation_id = c.id AND m.person_id = i.sender_id AND m.left_at IS NULL
            LEFT JOIN friendships f ON f.conversation_id = c.id AND c.kind = 'direct'
            LEFT JOIN messages known ON known.conversation_id = c.id
                AND known.sender_id = i.sender_id AND known.client_id = i.client_id
        ), wanted AS (
            SELECT j.sender_id, count(*) AS many FROM judged j WHERE j.verdict = 'stored' GROUP BY j.sender_id
        ), buckets AS (
            SELECT w.sender_id, 'send:' || w.sender_id AS key,
                GREATEST(COALESCE(b.arrives_at, now()), now()) AS full_at,
                LEAST(w.many, GREATEST(0, floor(extract(epoch FROM
                    now() + step * (p_burst - 1) - GREATEST(COALESCE(b.arrives_at, now()), now())) * p_rate) + 1)) AS allowed
            FROM wanted w LEFT JOIN rate_limits b ON b.key = 'send:' || w.sender_id
        ), taken AS (
            INSERT INTO rate_limits AS b (key, arrives_at)
            SELECT k.key, now() + step * k.allowed FROM buckets k WHERE k.allowed > 0
            ORDER BY k.sender_id -- two batches with the same senders take their buckets in one order
            ON CONFLICT (key) DO UPDATE SET arrives_at =
                GREATEST(b.arrives_at, now()) + (excluded.arrives_at - now())
        ), ranked AS (
            SELECT j.*, k.allowed, k.full_at,
                row_number() OVER (PARTITION BY j.sender_id, j.verdict ORDER BY j.n) AS nth
            FROM judged j LEFT JOIN buckets k ON k.sender_id = j.sender_id
        ), decided AS (
            SELECT x.*, CASE WHEN x.verdict = 'stored' AND x.nth > x.allowed THEN 'too_fast' ELSE x.verdict END AS decision
            FROM ranked x
        ), numbered AS (
            SELECT d.*, row_number() OVER (PARTITION BY d.conversation_id ORDER BY d.n)::int AS k
            FROM decided d WHERE d.decision = 'stored'
        ), counted AS (
            UPDATE conversations c
            SET last_seq = c.last_seq + q.many, rev = c.rev + q.many, last_message_at = at
            FROM (SELECT u.conversation_id, count(*)::int AS many FROM numbered u GROUP BY u.conversation_id) q
            WHERE c.id = q.conversation_id
            RETURNING c.id, c.last_seq - q.many AS base_seq, c.rev - q.many AS base_rev
        ), placed AS (
            SELECT u.*, c.base_seq + u.k AS new_seq, c.base_rev + u.k AS new_rev
            FROM numbered u JOIN counted c ON c.id = u.conversation_id
        ), inserted AS (
            INSERT INTO messages (conversation_id, seq, rev, sender_id, client_id, kind, content, preview, sent_at)
            SELECT p.conversation_id, p.new_seq, p.new_rev, p.sender_id, p.client_id, p.body ->> 'kind', p.body, p.preview, at
            FROM placed p
        ), marked AS (
            -- The sender has read what they sent.
            UPDATE memberships m SET last_read_seq = s.seq
            FROM (SELECT p.conversation_id, p.sender_id, max(p.new_seq) AS seq FROM placed p GROUP BY 1, 2) s
            WHERE m.conversation_id = s.conversation_id AND m.person_id = s.sender_id
        )
        SELECT d.*, p.new_seq, p.new_rev
        FROM decided d LEFT JOIN placed p ON p.n = d.n
        ORDER BY d.conversation_id, p.new_rev
    LOOP
        n := r.n;
        outcome := r.decision;
        seq := COALESCE(r.new_seq, r.known_seq);
        rev := COALESCE(r.new_rev, r.known_rev);
        sent_at := COALESCE(r.known_at, at);
        wait := CASE WHEN r.decision = 'too_fast'
            THEN GREATEST(1, ceil(extract(epoch FROM r.full_at - now()) - (p_burst - 1) / p_rate)) END;
        RETURN NEXT;
        CONTINUE WHEN r.decision <> 'stored';
        IF p_quiet THEN
            INSERT INTO untold (conversation_id, rev) VALUES (r.conversation_id, r.new_rev);
            CONTINUE;
        END IF;
        event := jsonb_build_object('conversationId', r.conversation_id, 'rev', r.new_rev, 'event', jsonb_build_object(
            'type', 'message.sent', 'conversationId', r.conversation_id, 'rev', r.new_rev, 'message', jsonb_build_object(
                'conversationId', r.conversation_id, 'seq', r.new_seq, 'rev', r.new_rev, 'senderId', r.sender_id,
                'clientId', r.client_id, 'content', r.body, 'preview', r.preview,
                'sentAt', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))))::text;
        -- NOTIFY takes 7,999 bytes: what is too large alone travels as a reference.
        IF octet_length(event) > 7898 THEN
            event := jsonb_build_object('conversationId', r.conversation_id, 'rev', r.new_rev)::text;
        END IF;
        IF payload <> '' AND octet_length(payload) + octet_length(event) + 1 > 7898 THEN
            PERFORM pg_notify('im_bus', '[' || payload || ']');
            payload := '';
        END IF;
        payload := payload || CASE WHEN payload = '' THEN '' ELSE ',' END || event;
    END LOOP;
    IF payload <> '' THEN
        PERFORM pg_notify('im_bus', '[' || payload || ']');
    END IF;
END
$$;
