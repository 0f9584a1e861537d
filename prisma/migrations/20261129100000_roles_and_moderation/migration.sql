-- Roles of a community's own, what they may do, bans with a reason and an end, and members who may not write for a while.
ALTER TABLE conversations ADD COLUMN muted_all BOOLEAN NOT NULL DEFAULT false, ADD COLUMN slow_seconds INTEGER NOT NULL DEFAULT 0;

ALTER TABLE communities ADD COLUMN member_permissions TEXT[] DEFAULT ARRAY['invite']::TEXT[];

ALTER TABLE memberships ADD COLUMN role_ids UUID[] DEFAULT ARRAY[]::UUID[], ADD COLUMN muted BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN muted_until TIMESTAMPTZ(3), ADD COLUMN slow_sent_at TIMESTAMPTZ(3);
-- People who are told of requests to join.
CREATE INDEX memberships_standing ON memberships (conversation_id) WHERE role <> 'member' OR role_ids <> '{}';

ALTER TABLE community_bans ADD COLUMN reason TEXT NOT NULL DEFAULT '', ADD COLUMN until TIMESTAMPTZ(3), ADD COLUMN by_id UUID;

CREATE TABLE community_roles (
    id UUID NOT NULL,
    community_id UUID NOT NULL,
    name TEXT NOT NULL,
    colour TEXT,
    permissions TEXT[] DEFAULT ARRAY[]::TEXT[],
    position INTEGER NOT NULL,
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT community_roles_pkey PRIMARY KEY (id)
);
CREATE INDEX community_roles_community_id_position_idx ON community_roles (community_id, position);
ALTER TABLE community_roles ADD CONSTRAINT community_roles_community_id_fkey FOREIGN KEY (community_id)
    REFERENCES communities (id) ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE community_actions (
    id BIGSERIAL NOT NULL,
    community_id UUID NOT NULL,
    actor_id UUID NOT NULL,
    action TEXT NOT NULL,
    person_id UUID,
    seq INTEGER,
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT community_actions_pkey PRIMARY KEY (id)
);
CREATE INDEX community_actions_community_id_id_idx ON community_actions (community_id, id);
ALTER TABLE community_actions ADD CONSTRAINT community_actions_community_id_fkey FOREIGN KEY (community_id)
    REFERENCES communities (id) ON DELETE CASCADE ON UPDATE CASCADE;

-- It returns more columns.
DROP FUNCTION write_refusal(UUID, UUID);

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
