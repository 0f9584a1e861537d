-- Stores a batch of messages in one round trip and returns an outcome for each: 'stored', 'duplicate', 'busy', or the reason of
-- a refusal (contracts/refusals.ts). Called by server/messages/; the same for any program that may write here.
--
--   p_conversations, p_senders, p_clients, p_contents (JSON), p_previews, p_forms: one entry each per message; the same
--     (conversation, sender, client id) at most once in a batch
--   p_forms: the bus envelope of each message, made by server/messages/send/event-form.ts, with %1$s for the rev, %2$s for the
--     seq, %3$s for the time and %4$s for the content
--   p_file_ns, p_files: the files of the messages, and which entry (from 1) each belongs to; they become its attachments
--   p_rate, p_burst: the sustained rate of a sender in messages per second, and the burst size
--   p_wait: wait for locked rows (up to two seconds) instead of skipping busy ones
--   p_quiet: write to `notify_outbox` instead of notifying
--
-- Two statements, because under READ COMMITTED the snapshot of a statement is older than the lock it waited for: the first
-- locks, the second sees everything that earlier holders of those locks committed.
CREATE OR REPLACE FUNCTION send_messages(
    p_conversations UUID[], p_senders UUID[], p_clients UUID[], p_contents TEXT[], p_previews TEXT[], p_forms TEXT[],
    p_file_ns INTEGER[], p_files UUID[],
    p_rate DOUBLE PRECISION, p_burst INTEGER, p_wait BOOLEAN, p_quiet BOOLEAN
) RETURNS TABLE (n INTEGER, outcome TEXT, seq INTEGER, rev INTEGER, sent_at TIMESTAMPTZ, wait DOUBLE PRECISION)
LANGUAGE plpgsql VOLATILE
-- Every lookup uses a unique index, so no plan is better for some values; planning again costs three times as much as
-- sending a single message.
SET plan_cache_mode = force_generic_plan
-- A session that planned on empty tables would keep scans and hash joins as the tables grow.
SET enable_seqscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
SET enable_material = off
-- A waiting batch occupies one of a server's two slots for batches, so it fails soon and the client retries.
SET lock_timeout = '2s'
AS $$
#variable_conflict use_column
DECLARE
    locked UUID[];
    at TIMESTAMPTZ := date_trunc('milliseconds', now());
    step INTERVAL := make_interval(secs => 1 / p_rate);
    stamp TEXT := to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
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
        WITH judged AS (
            SELECT i.n::int AS n, i.conversation_id, i.sender_id, i.client_id, c.last_seq, c.rev,
                known.seq AS known_seq, known.rev AS known_rev, known.sent_at AS known_at, b.tat,
                w.until, w.slow_seconds, w.slow_until, CASE
                WHEN c.id IS NULL THEN 'not_found'
                WHEN c.id <> ALL (locked) THEN 'busy'
                -- Checked before membership: a sender who was removed meanwhile still learns that the message had been stored.
                -- The content of a changed message is another one now.
                WHEN known.seq IS NOT NULL AND (known.changed_at IS NOT NULL OR known.content = p_contents[i.n]::jsonb)
                    THEN 'duplicate'
                WHEN known.seq IS NOT NULL AND w.reason IS DISTINCT FROM 'not_found' THEN 'client_id_reused'
                WHEN w.reason IS NOT NULL THEN w.reason
                WHEN w.slow_until > now() THEN 'slow_mode'
                -- The message before it in this batch decides whether this one comes too soon; of several at once only one goes.
                WHEN w.slow_seconds > 0 AND i.sender_id = ANY (p_senders[:i.n::int - 1])
                    THEN CASE WHEN p_wait THEN 'slow_mode' ELSE 'busy' END
                ELSE 'stored'
            END AS verdict
            FROM unnest(p_conversations, p_senders, p_clients) WITH ORDINALITY AS i (conversation_id, sender_id, client_id, n)
            LEFT JOIN conversations c ON c.id = i.conversation_id
            LEFT JOIN memberships m ON m.conversation_id = i.conversation_id AND m.person_id = i.sender_id
            -- Looked up only for those who may not write, and where that is asked of each message.
            LEFT JOIN LATERAL (
                SELECT r.* FROM write_refusal(i.conversation_id, i.sender_id) r
                WHERE (m.may_write AND m.left_at IS NULL AND c.closed_at IS NULL AND NOT c.muted_all AND c.slow_seconds = 0)
                    IS NOT TRUE OFFSET 0
            ) w ON TRUE
            LEFT JOIN rate_limits b ON b.key = 'send:' || i.sender_id
            -- OFFSET 0 keeps the conversation out of the lookup: the primary key begins with it, and a planner without
            -- statistics would scan all messages of the conversation.
            LEFT JOIN LATERAL (
                SELECT k.conversation_id, k.seq, k.rev, k.sent_at, k.content, k.changed_at FROM messages k
                WHERE k.client_id = i.client_id AND k.sender_id = i.sender_id OFFSET 0
            ) known ON known.conversation_id = i.conversation_id
        ), ranked AS (
            SELECT j.*, GREATEST(COALESCE(j.tat, now()), now()) AS full_at,
                count(*) FILTER (WHERE j.verdict = 'stored') OVER (PARTITION BY j.sender_id) AS many,
                row_number() OVER (PARTITION BY j.sender_id, j.verdict ORDER BY j.n) AS nth
            FROM judged j
        ), measured AS (
            SELECT k.*, LEAST(k.many, GREATEST(0, floor(
                extract(epoch FROM now() + step * (p_burst - 1) - k.full_at) * p_rate) + 1)) AS allowed
            FROM ranked k
        ), decided AS (
            SELECT x.*, CASE WHEN x.verdict = 'stored' AND x.nth > x.allowed THEN 'rate_limited' ELSE x.verdict END AS decision
            FROM measured x
        ), placed AS MATERIALIZED (
            SELECT d.*, (row_number() OVER (PARTITION BY d.conversation_id, d.decision ORDER BY d.n))::int AS k
            FROM decided d
        ), taken AS (
            INSERT INTO rate_limits AS b (key, tat)
            SELECT 'send:' || p.sender_id, now() + step * max(p.allowed) FROM placed p WHERE p.allowed > 0
            GROUP BY p.sender_id ORDER BY p.sender_id -- batches with the same senders lock the rows in one order
            ON CONFLICT (key) DO UPDATE SET tat =
                GREATEST(b.tat, now()) + (excluded.tat - now())
        ), counted AS (
            UPDATE conversations c
            SET last_seq = c.last_seq + q.many, rev = c.rev + q.many, last_message_at = at
            FROM (SELECT p.conversation_id, count(*)::int AS many FROM placed p WHERE p.decision = 'stored' GROUP BY 1) q
            WHERE c.id = q.conversation_id
        ), inserted AS (
            INSERT INTO messages (conversation_id, seq, rev, sender_id, client_id, kind, content, preview, sent_at)
            SELECT p.conversation_id, p.last_seq + p.k, p.rev + p.k, p.sender_id, p.client_id,
                p_contents[p.n]::jsonb ->> 'kind', p_contents[p.n]::jsonb, p_previews[p.n], at
            FROM placed p WHERE p.decision = 'stored'
        ), attached AS (
            -- A file that was deleted meanwhile violates the foreign key: then nothing of this batch is stored.
            INSERT INTO attachments (file_id, conversation_id, seq)
            SELECT DISTINCT f.file_id, p.conversation_id, p.last_seq + p.k
            FROM unnest(p_file_ns, p_files) AS f (n, file_id) JOIN placed p ON p.n = f.n WHERE p.decision = 'stored'
        ), marked AS (
            -- The sender has read their own message, and in slow mode waits before the next.
            UPDATE memberships m SET last_read_seq = s.seq, slow_sent_at = CASE WHEN s.slow_seconds > 0 THEN at END
            FROM (SELECT p.conversation_id, p.sender_id, max(p.last_seq + p.k) AS seq, max(p.slow_seconds) AS slow_seconds
                FROM placed p WHERE p.decision = 'stored' GROUP BY 1, 2) s
            WHERE m.conversation_id = s.conversation_id AND m.person_id = s.sender_id
        )
        SELECT p.n, p.conversation_id, p.sender_id, p.client_id, p.decision, p.known_seq, p.known_rev, p.known_at, p.full_at,
            CASE p.decision WHEN 'muted' THEN p.until WHEN 'slow_mode' THEN p.slow_until END AS again_at,
            CASE WHEN p.decision = 'stored' THEN p.last_seq + p.k END AS new_seq,
            CASE WHEN p.decision = 'stored' THEN p.rev + p.k END AS new_rev
        FROM placed p
        ORDER BY p.conversation_id, new_rev
    LOOP
        n := r.n;
        outcome := r.decision;
        seq := COALESCE(r.new_seq, r.known_seq);
        rev := COALESCE(r.new_rev, r.known_rev);
        sent_at := COALESCE(r.known_at, at);
        wait := CASE WHEN r.decision = 'rate_limited'
            THEN GREATEST(1, ceil(extract(epoch FROM r.full_at - now()) - (p_burst - 1) / p_rate))
            WHEN r.again_at IS NOT NULL THEN GREATEST(1, ceil(extract(epoch FROM r.again_at - now()))) END;
        RETURN NEXT;
        CONTINUE WHEN r.decision <> 'stored';
        IF p_quiet THEN
            INSERT INTO notify_outbox (conversation_id, rev) VALUES (r.conversation_id, r.new_rev);
            CONTINUE;
        END IF;
        event := format(p_forms[r.n], r.new_rev, r.new_seq, stamp, p_contents[r.n]);
        -- NOTIFY takes 7,999 bytes: a larger event travels as a reference.
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
