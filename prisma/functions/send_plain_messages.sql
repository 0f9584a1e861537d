-- The express path of sending: stores those messages of a batch about which there is nothing to decide, and says nothing of the
-- others; for them `send_messages` has every rule and every answer. Called by server/rpc/express.ts.
--
--   p_conversations, p_senders, p_clients, p_contents (JSON of kind text), p_previews: one entry each per message; the same
--     (conversation, sender, client id) at most once
--   p_many: how many messages of the batch each one's sender has
--   p_forms: the bus envelope of each message as `send_messages` takes it, short enough for one payload; null for one that is
--     published as a reference, without its event
--   p_batch: the envelope that names the batch, the first of each payload; its sender skips what it was told by the answer
--   p_rate, p_burst: as for `send_messages`
--
-- Returns JSON: [time, [[n, seq, rev], …]] of the stored. Not stored, without waiting: locked or closed conversations, and those
-- where all are muted or slow; senders who are no member or may not write (`memberships.may_write`); client ids that are
-- known; all of a sender who is at the limit.
--
-- A batch of one is written out as plain statements: planning and starting the large one costs four times as much.
CREATE OR REPLACE FUNCTION send_plain_messages(
    p_conversations UUID[], p_senders UUID[], p_clients UUID[], p_contents TEXT[], p_previews TEXT[], p_many INTEGER[],
    p_forms TEXT[], p_batch TEXT, p_rate DOUBLE PRECISION, p_burst INTEGER
) RETURNS TEXT
LANGUAGE plpgsql VOLATILE
-- Only lookups in unique indexes, so one plan is best for all values and sizes of the tables. A session that planned on empty
-- tables would keep scans and hash joins while the tables grow.
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
SET enable_material = off
AS $$
#variable_conflict use_column
DECLARE
    at TIMESTAMPTZ := date_trunc('milliseconds', now());
    step INTERVAL := make_interval(secs => 1 / p_rate);
    latest TIMESTAMPTZ := now() + step * (p_burst - 1);
    stamp TEXT := to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
    one RECORD;
    locked UUID[];
    answer TEXT;
    event TEXT;
    events TEXT[];
    payload TEXT;
BEGIN
    IF cardinality(p_conversations) = 1 THEN
        SELECT c.id, c.last_seq + 1 AS seq, c.rev + 1 AS rev INTO one FROM conversations c
        WHERE c.id = p_conversations[1] AND c.closed_at IS NULL AND NOT c.muted_all AND c.slow_seconds = 0
        FOR NO KEY UPDATE SKIP LOCKED;
        IF NOT FOUND THEN RETURN NULL; END IF;
        PERFORM FROM memberships m
        WHERE m.conversation_id = one.id AND m.person_id = p_senders[1] AND m.left_at IS NULL AND m.may_write;
        IF NOT FOUND THEN RETURN NULL; END IF;
        PERFORM FROM messages k
        WHERE k.client_id = p_clients[1] AND k.sender_id = p_senders[1] AND k.conversation_id = one.id;
        IF FOUND THEN RETURN NULL; END IF;
        INSERT INTO rate_limits AS b (key, tat) VALUES ('send:' || p_senders[1], now() + step)
        ON CONFLICT (key) DO UPDATE SET tat = GREATEST(b.tat, now()) + step WHERE b.tat <= latest;
        IF NOT FOUND THEN RETURN NULL; END IF;
        UPDATE conversations c SET last_seq = one.seq, rev = one.rev, last_message_at = at WHERE c.id = one.id;
        INSERT INTO messages (conversation_id, seq, rev, sender_id, client_id, kind, content, preview, sent_at)
        VALUES (one.id, one.seq, one.rev, p_senders[1], p_clients[1], 'text', p_contents[1]::jsonb, p_previews[1], at);
        UPDATE memberships m SET last_read_seq = one.seq WHERE m.conversation_id = one.id AND m.person_id = p_senders[1];
        event := COALESCE(format(p_forms[1], one.rev, one.seq, stamp, p_contents[1]),
            '{"conversationId":"' || one.id || '","rev":' || one.rev || '}');
        PERFORM pg_notify('im_bus', '[' || p_batch || ',' || event || ']');
        RETURN '["' || stamp || '",[[1,' || one.seq || ',' || one.rev || ']]]';
    END IF;

    locked := ARRAY(SELECT c.id FROM (
        SELECT id FROM conversations WHERE id = ANY (p_conversations) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED) c);
    WITH placed AS MATERIALIZED (
        SELECT i.n::int AS n, i.conversation_id, i.sender_id, i.client_id, c.last_seq, c.rev,
            (row_number() OVER (PARTITION BY i.conversation_id ORDER BY i.n))::int AS k
        FROM unnest(p_conversations, p_senders, p_clients, p_many) WITH ORDINALITY
            AS i (conversation_id, sender_id, client_id, many, n)
        JOIN conversations c ON c.id = i.conversation_id
        JOIN memberships m ON m.conversation_id = i.conversation_id AND m.person_id = i.sender_id
        LEFT JOIN rate_limits b ON b.key = 'send:' || i.sender_id
        -- OFFSET 0: as in `send_messages`.
        LEFT JOIN LATERAL (
            SELECT k.conversation_id FROM messages k WHERE k.client_id = i.client_id AND k.sender_id = i.sender_id OFFSET 0
        ) known ON known.conversation_id = i.conversation_id
        WHERE i.conversation_id = ANY (locked) AND c.closed_at IS NULL AND NOT c.muted_all AND c.slow_seconds = 0
            AND m.left_at IS NULL AND m.may_write
            AND known.conversation_id IS NULL AND GREATEST(b.tat, now()) + step * (i.many - 1) <= latest
    ), taken AS (
        INSERT INTO rate_limits AS b (key, tat)
        SELECT 'send:' || p.sender_id, now() + step * count(*) FROM placed p GROUP BY p.sender_id ORDER BY p.sender_id
        ON CONFLICT (key) DO UPDATE SET tat = GREATEST(b.tat, now()) + (excluded.tat - now())
    ), counted AS (
        UPDATE conversations c SET last_seq = c.last_seq + q.many, rev = c.rev + q.many, last_message_at = at
        FROM (SELECT p.conversation_id, max(p.k) AS many FROM placed p GROUP BY 1) q WHERE c.id = q.conversation_id
    ), inserted AS (
        INSERT INTO messages (conversation_id, seq, rev, sender_id, client_id, kind, content, preview, sent_at)
        SELECT p.conversation_id, p.last_seq + p.k, p.rev + p.k, p.sender_id, p.client_id, 'text', p_contents[p.n]::jsonb,
            p_previews[p.n], at
        FROM placed p
    ), marked AS (
        UPDATE memberships m SET last_read_seq = s.seq
        FROM (SELECT p.conversation_id, p.sender_id, max(p.last_seq + p.k) AS seq FROM placed p GROUP BY 1, 2) s
        WHERE m.conversation_id = s.conversation_id AND m.person_id = s.sender_id
    )
    SELECT string_agg('[' || p.n || ',' || p.last_seq + p.k || ',' || p.rev + p.k || ']', ','),
        array_agg(COALESCE(format(p_forms[p.n], p.rev + p.k, p.last_seq + p.k, stamp, p_contents[p.n]),
            '{"conversationId":"' || p.conversation_id || '","rev":' || p.rev + p.k || '}') ORDER BY p.n)
    INTO answer, events FROM placed p;
    IF answer IS NULL THEN RETURN NULL; END IF;
    payload := p_batch;
    FOREACH event IN ARRAY events LOOP
        IF octet_length(payload) + octet_length(event) > 7897 THEN
            PERFORM pg_notify('im_bus', '[' || payload || ']');
            payload := p_batch;
        END IF;
        payload := payload || ',' || event;
    END LOOP;
    PERFORM pg_notify('im_bus', '[' || payload || ']');
    RETURN '["' || stamp || '",[' || answer || ']]';
END
$$;
