-- Tables, columns and functions get the field's standard terms. The functions below are those of prisma/functions.
ALTER TABLE untold RENAME TO notify_outbox;
ALTER SEQUENCE untold_id_seq RENAME TO notify_outbox_id_seq;
ALTER TABLE notify_outbox RENAME CONSTRAINT untold_pkey TO notify_outbox_pkey;
ALTER INDEX untold_created_at_idx RENAME TO notify_outbox_created_at_idx;

ALTER TABLE occupants RENAME TO presence;
ALTER TABLE presence RENAME CONSTRAINT occupants_pkey TO presence_pkey;
ALTER SEQUENCE live_revs RENAME TO presence_versions;

ALTER TABLE workers RENAME TO realtime_workers;
ALTER TABLE realtime_workers RENAME CONSTRAINT workers_pkey TO realtime_workers_pkey;
ALTER TABLE realtime_workers RENAME COLUMN beat_at TO heartbeat_at;

ALTER TABLE relays RENAME TO oversized_events;
ALTER SEQUENCE relays_id_seq RENAME TO oversized_events_id_seq;
ALTER TABLE oversized_events RENAME CONSTRAINT relays_pkey TO oversized_events_pkey;
ALTER INDEX relays_created_at_idx RENAME TO oversized_events_created_at_idx;

ALTER TABLE rate_limits RENAME COLUMN arrives_at TO tat;
ALTER TABLE people RENAME COLUMN memo TO bio;
ALTER TABLE communities RENAME COLUMN memo TO description;
ALTER TABLE communities RENAME COLUMN history_for_newcomers TO history_visible_to_new_members;
ALTER TABLE friendships RENAME COLUMN low_remark TO low_alias;
ALTER TABLE friendships RENAME COLUMN high_remark TO high_alias;
ALTER TABLE conversations RENAME COLUMN facts_rev TO metadata_rev;
ALTER TABLE memberships RENAME COLUMN from_seq TO visible_from_seq;

ALTER TABLE media_blobs RENAME COLUMN facts TO metadata;
ALTER TABLE media_blobs RENAME COLUMN family TO media_kind;
ALTER INDEX media_blobs_owner_id_sha256_family_key RENAME TO media_blobs_owner_id_sha256_media_kind_key;
ALTER TABLE files RENAME COLUMN refused TO rejection_reason;
ALTER TABLE files RENAME COLUMN upload TO storage_upload_id;
UPDATE files SET rejection_reason = CASE rejection_reason
    WHEN 'file_broken' THEN 'file_corrupt'
    WHEN 'checksum_wrong' THEN 'checksum_mismatch'
    WHEN 'file_type_refused' THEN 'unsupported_file_type'
    WHEN 'picture_heic' THEN 'heic_unsupported'
    WHEN 'parts_missing' THEN 'upload_incomplete'
    ELSE rejection_reason END
WHERE rejection_reason IS NOT NULL;

ALTER TABLE person_sticker_packs RENAME COLUMN kept_at TO installed_at;
ALTER TABLE sticker_packs DROP CONSTRAINT sticker_packs_size_check;
UPDATE sticker_packs SET size = 'medium' WHERE size = 'middle';
ALTER TABLE sticker_packs ADD CONSTRAINT sticker_packs_size_check CHECK (size IN ('small', 'medium', 'large'));

ALTER TABLE entries RENAME TO ledger_entries;
ALTER SEQUENCE entries_id_seq RENAME TO ledger_entries_id_seq;
ALTER TABLE ledger_entries RENAME COLUMN movement_id TO transfer_id;
ALTER TABLE ledger_entries RENAME CONSTRAINT entries_pkey TO ledger_entries_pkey;
ALTER TABLE ledger_entries RENAME CONSTRAINT entries_kind TO ledger_entries_kind;
ALTER TABLE ledger_entries RENAME CONSTRAINT entries_wallet_id_fkey TO ledger_entries_wallet_id_fkey;
ALTER TABLE ledger_entries RENAME CONSTRAINT entries_packet_id_fkey TO ledger_entries_packet_id_fkey;
ALTER INDEX entries_movement_id_idx RENAME TO ledger_entries_transfer_id_idx;
ALTER INDEX entries_wallet_id_id_idx RENAME TO ledger_entries_wallet_id_id_idx;
ALTER TRIGGER entries_sum_to_zero ON ledger_entries RENAME TO check_transfer_sum;
ALTER TRIGGER entries_stay ON ledger_entries RENAME TO forbid_entry_changes;

ALTER TABLE red_packets DROP CONSTRAINT red_packets_cut;
UPDATE red_packets SET split = 'random' WHERE split = 'lucky';
UPDATE messages SET content = jsonb_set(content, '{split}', '"random"')
    WHERE kind = 'red_packet' AND content ->> 'split' = 'lucky';
ALTER TABLE red_packets ADD CONSTRAINT red_packets_cut CHECK (
    split IN ('equal', 'random') AND shares > 0 AND total >= shares);

-- Triggers refer to these two by their identity, so they are renamed, not made anew.
ALTER FUNCTION im_movement_sums_to_zero() RENAME TO check_transfer_sum;
ALTER FUNCTION im_entries_stay() RENAME TO forbid_entry_changes;
DROP FUNCTION im_send(UUID[], UUID[], UUID[], TEXT[], TEXT[], INTEGER[], UUID[], DOUBLE PRECISION, INTEGER, BOOLEAN, BOOLEAN);
DROP FUNCTION im_place(UUID, TEXT, TEXT[], TEXT[], TEXT[], INTEGER[], DOUBLE PRECISION);
DROP FUNCTION im_online(TEXT, TEXT[], DOUBLE PRECISION);
DROP FUNCTION im_open_packet(UUID, UUID, BIGINT);
DROP FUNCTION im_refund_packet(UUID);
DROP FUNCTION im_wallet(UUID, BIGINT);
DROP FUNCTION im_move(TEXT, UUID, UUID, UUID, BIGINT);
DROP FUNCTION im_add_job(TEXT, JSON, TIMESTAMPTZ, TEXT, TEXT, INTEGER, INTEGER);

-- Trigger function, run at commit: the entries of a transfer sum to zero, or the transaction fails.
CREATE OR REPLACE FUNCTION check_transfer_sum() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT sum(amount) FROM ledger_entries WHERE transfer_id = NEW.transfer_id) <> 0 THEN
        RAISE EXCEPTION 'the transfer % does not sum to zero', NEW.transfer_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;

-- Trigger function: ledger entries are append-only.
CREATE OR REPLACE FUNCTION forbid_entry_changes() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'entries are never changed or deleted; write another transfer' USING ERRCODE = 'check_violation';
END
$$;

-- Stores a batch of messages in one round trip and returns an outcome for each: 'stored', 'duplicate', 'busy', or the reason of
-- a refusal (contracts/refusals.ts). Called by server/messages/; the same for any program that may write here.
--
--   p_conversations, p_senders, p_clients, p_contents (JSON), p_previews: one entry each per message; the same
--     (conversation, sender, client id) at most once in a batch
--   p_file_ns, p_files: the files of the messages, and which entry (from 1) each belongs to; they become its attachments
--   p_rate, p_burst: the sustained rate of a sender in messages per second, and the burst size
--   p_wait: wait for locked rows (up to two seconds) instead of skipping busy ones
--   p_quiet: write to `notify_outbox` instead of notifying
--
-- Two statements, because under READ COMMITTED the snapshot of a statement is older than the lock it waited for: the first
-- locks, the second sees everything that earlier holders of those locks committed.
CREATE OR REPLACE FUNCTION send_messages(
    p_conversations UUID[], p_senders UUID[], p_clients UUID[], p_contents TEXT[], p_previews TEXT[],
    p_file_ns INTEGER[], p_files UUID[],
    p_rate DOUBLE PRECISION, p_burst INTEGER, p_wait BOOLEAN, p_quiet BOOLEAN
) RETURNS TABLE (n INTEGER, outcome TEXT, seq INTEGER, rev INTEGER, sent_at TIMESTAMPTZ, wait DOUBLE PRECISION)
LANGUAGE plpgsql VOLATILE
-- A session that planned the second statement on empty tables would keep the sequential scans as the tables grow.
SET enable_seqscan = off
-- Every lookup uses a unique index, so no plan is better for some values; planning again costs three times as much as
-- sending a single message.
SET plan_cache_mode = force_generic_plan
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
                known.seq AS known_seq, known.rev AS known_rev, known.sent_at AS known_at, b.tat, CASE
                WHEN c.id IS NULL THEN 'not_found'
                WHEN c.id <> ALL (locked) THEN 'busy'
                -- Checked before membership: a sender who was removed meanwhile still learns that the message had been stored.
                WHEN known.seq IS NOT NULL AND known.content = p_contents[i.n]::jsonb THEN 'duplicate'
                WHEN m.person_id IS NULL THEN 'not_found'
                WHEN known.seq IS NOT NULL THEN 'client_id_reused'
                WHEN c.closed_at IS NOT NULL THEN 'conversation_closed'
                WHEN c.kind <> 'direct' THEN 'stored'
                WHEN f.low_id IS NULL OR f.removed_at IS NOT NULL THEN 'not_friends'
                WHEN EXISTS (SELECT FROM blocks x WHERE x.blocker_id = i.sender_id
                    AND x.blocked_id IN (f.low_id, f.high_id)) THEN 'blocked_by_me'
                WHEN EXISTS (SELECT FROM blocks x WHERE x.blocked_id = i.sender_id
                    AND x.blocker_id IN (f.low_id, f.high_id)) THEN 'recipient_refuses'
                ELSE 'stored'
            END AS verdict
            FROM unnest(p_conversations, p_senders, p_clients) WITH ORDINALITY AS i (conversation_id, sender_id, client_id, n)
            LEFT JOIN conversations c ON c.id = i.conversation_id
            LEFT JOIN memberships m
                ON m.conversation_id = c.id AND m.person_id = i.sender_id AND m.left_at IS NULL
            LEFT JOIN friendships f ON f.conversation_id = c.id AND c.kind = 'direct'
            LEFT JOIN rate_limits b ON b.key = 'send:' || i.sender_id
            -- OFFSET 0 keeps the conversation out of the lookup: the primary key begins with it, and a planner without
            -- statistics would scan all messages of the conversation.
            LEFT JOIN LATERAL (
                SELECT k.conversation_id, k.seq, k.rev, k.sent_at, k.content FROM messages k
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
            -- The sender has read their own message.
            UPDATE memberships m SET last_read_seq = s.seq
            FROM (SELECT p.conversation_id, p.sender_id, max(p.last_seq + p.k) AS seq
                FROM placed p WHERE p.decision = 'stored' GROUP BY 1, 2) s
            WHERE m.conversation_id = s.conversation_id AND m.person_id = s.sender_id
        )
        SELECT p.n, p.conversation_id, p.sender_id, p.client_id, p.decision, p.known_seq, p.known_rev, p.known_at, p.full_at,
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
            THEN GREATEST(1, ceil(extract(epoch FROM r.full_at - now()) - (p_burst - 1) / p_rate)) END;
        RETURN NEXT;
        CONTINUE WHEN r.decision <> 'stored';
        IF p_quiet THEN
            INSERT INTO notify_outbox (conversation_id, rev) VALUES (r.conversation_id, r.new_rev);
            CONTINUE;
        END IF;
        event := '{"conversationId":"' || r.conversation_id || '","rev":' || r.new_rev
            || ',"event":{"scope":"conversation","type":"message.sent","conversationId":"' || r.conversation_id || '","rev":' || r.new_rev
            || ',"message":{"conversationId":"' || r.conversation_id || '","seq":' || r.new_seq || ',"rev":' || r.new_rev
            || ',"senderId":"' || r.sender_id || '","clientId":"' || r.client_id || '","content":' || p_contents[r.n]
            || ',"preview":' || to_json(p_previews[r.n]) || ',"sentAt":"' || stamp || '"}}}';
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

-- Writes how many sockets a worker has for users in channels of an app (0: no more), all in one round trip, and returns the
-- changes over all workers. Called by server/realtime/presence.ts.
--
--   p_channels, p_users, p_infos, p_sockets: one entry each per (channel, user), each pair at most once
--   p_lease: seconds after which a worker without a heartbeat counts as dead
--
-- joined / left: the user joined or left the channel; occupied / vacated: the channel got its first or lost its last
-- subscriber. Changes of a channel are serialised, so of two workers that close their last sockets at once exactly one
-- returns the change. The locks are 1,024, not one per channel, because Postgres has room for a few thousand in all.
--
-- Each EXISTS ends in OFFSET 0: otherwise Postgres may answer it from a hash table of all presence rows of the app, built once
-- a call, which took 10 ms with ten thousand people online.
CREATE OR REPLACE FUNCTION update_presence(
    p_worker UUID, p_app TEXT, p_channels TEXT[], p_users TEXT[], p_infos TEXT[], p_sockets INTEGER[], p_lease DOUBLE PRECISION
) RETURNS TABLE (
    channel TEXT, user_id TEXT, info TEXT, joined BOOLEAN, "left" BOOLEAN, occupied BOOLEAN, vacated BOOLEAN, rev BIGINT)
LANGUAGE plpgsql VOLATILE
-- These tables fill and empty in seconds, so their statistics are out of date: use the indexes.
SET enable_seqscan = off
SET plan_cache_mode = force_generic_plan
SET lock_timeout = '2s'
AS $$
#variable_conflict use_column
BEGIN
    PERFORM pg_advisory_xact_lock(1768776548, k.key) FROM (
        SELECT DISTINCT (hashtext(p_app || ' ' || c) & 1023) AS key FROM unnest(p_channels) c ORDER BY 1) k;

    RETURN QUERY
    WITH input AS MATERIALIZED (
        SELECT i.*,
            EXISTS (SELECT FROM presence o JOIN realtime_workers w ON w.id = o.worker_id
                WHERE o.app = p_app AND o.channel = i.channel AND o.user_id = i.user_id AND o.worker_id <> p_worker
                    AND w.heartbeat_at > now() - make_interval(secs => p_lease) OFFSET 0) AS elsewhere,
            EXISTS (SELECT FROM presence o
                WHERE o.app = p_app AND o.channel = i.channel AND o.user_id = i.user_id AND o.worker_id = p_worker OFFSET 0) AS before
        FROM unnest(p_channels, p_users, p_infos, p_sockets) AS i (channel, user_id, info, sockets)
    ), gone AS (
        -- Each row is looked up by its key; for a join, a planner without statistics scans the table.
        DELETE FROM presence WHERE ctid = ANY (ARRAY(
            SELECT (SELECT o.ctid FROM presence o
                WHERE o.app = p_app AND o.channel = i.channel AND o.user_id = i.user_id AND o.worker_id = p_worker)
            FROM input i WHERE i.sockets = 0 AND i.before))
    ), here AS (
        INSERT INTO presence AS o (app, channel, user_id, worker_id, info, sockets)
        SELECT p_app, i.channel, i.user_id, p_worker, i.info, i.sockets FROM input i WHERE i.sockets > 0
        ON CONFLICT (app, channel, user_id, worker_id) DO UPDATE SET info = excluded.info, sockets = excluded.sockets
    ), channels AS MATERIALIZED (
        -- Occupancy of channels that clients cannot subscribe to is not needed, and they may hold all users.
        SELECT c.channel, nextval('presence_versions') AS rev,
            c.channel NOT LIKE '#%' AND EXISTS (SELECT FROM presence o JOIN realtime_workers w ON w.id = o.worker_id
                WHERE o.app = p_app AND o.channel = c.channel AND o.worker_id <> p_worker
                    AND w.heartbeat_at > now() - make_interval(secs => p_lease) OFFSET 0) AS elsewhere,
            c.channel NOT LIKE '#%' AND EXISTS (SELECT FROM presence o
                WHERE o.app = p_app AND o.channel = c.channel AND o.worker_id = p_worker OFFSET 0) AS before,
            c.channel NOT LIKE '#%' AND (c.sockets > 0 OR EXISTS (SELECT FROM presence o
                WHERE o.app = p_app AND o.channel = c.channel AND o.worker_id = p_worker
                    AND NOT EXISTS (SELECT FROM input i WHERE i.channel = o.channel AND i.user_id = o.user_id) OFFSET 0)) AS after
        FROM (SELECT i.channel, max(i.sockets) AS sockets FROM input i GROUP BY i.channel) c
    )
    SELECT i.channel, i.user_id, i.info,
        i.sockets > 0 AND NOT i.elsewhere AND NOT i.before,
        i.sockets = 0 AND NOT i.elsewhere AND i.before,
        NOT c.elsewhere AND NOT c.before AND c.after,
        NOT c.elsewhere AND c.before AND NOT c.after,
        c.rev
    FROM input i JOIN channels c ON c.channel = i.channel;
END;
$$;

-- Returns those of `p_users` who are online in an app. It is a function for its settings: each user must be looked up by key,
-- because the statistics of this table, which fills and empties in seconds, are always out of date.
-- `p_lease`: seconds after which a worker without a heartbeat counts as dead.
CREATE OR REPLACE FUNCTION presence_online(p_app TEXT, p_users TEXT[], p_lease DOUBLE PRECISION) RETURNS SETOF TEXT
LANGUAGE plpgsql STABLE
SET enable_seqscan = off
SET enable_bitmapscan = off
SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
    RETURN QUERY
    SELECT u.user_id FROM unnest(p_users) AS u (user_id)
    WHERE EXISTS (SELECT FROM presence o JOIN realtime_workers w ON w.id = o.worker_id
        WHERE o.app = p_app AND o.channel = '#online' AND o.user_id = u.user_id
            AND w.heartbeat_at > now() - make_interval(secs => p_lease) OFFSET 0);
END;
$$;

-- Moves coins from one wallet to another. Nothing else writes ledger entries and balances. The caller holds the person's row.
CREATE OR REPLACE FUNCTION wallet_transfer(p_kind TEXT, p_packet UUID, p_from UUID, p_to UUID, p_amount BIGINT) RETURNS VOID
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    transfer UUID := uuidv7();
BEGIN
    INSERT INTO ledger_entries (transfer_id, kind, wallet_id, amount, packet_id)
    VALUES (transfer, p_kind, p_from, -p_amount, p_packet), (transfer, p_kind, p_to, p_amount, p_packet);
    UPDATE wallets SET balance = balance + CASE WHEN id = p_from THEN -p_amount ELSE p_amount END
    WHERE id IN (p_from, p_to) AND balance IS NOT NULL;
END
$$;

-- Locks a person's wallet until the transaction ends and returns its balance. Creates the wallet when the person has none,
-- with the initial balance: once, because only one transaction can insert the row.
CREATE OR REPLACE FUNCTION open_wallet(p_person UUID, p_initial_balance BIGINT) RETURNS BIGINT LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    held BIGINT;
BEGIN
    SELECT balance INTO held FROM wallets WHERE id = p_person FOR NO KEY UPDATE;
    IF FOUND THEN
        RETURN held;
    END IF;
    INSERT INTO wallets (id, kind, person_id, balance) VALUES (p_person, 'person', p_person, 0) ON CONFLICT DO NOTHING;
    IF FOUND AND p_initial_balance > 0 THEN
        PERFORM wallet_transfer('grant', NULL, '00000000-0000-0000-0000-000000000001', p_person, p_initial_balance);
    END IF;
    SELECT balance INTO held FROM wallets WHERE id = p_person FOR NO KEY UPDATE;
    RETURN held;
END
$$;

-- Gives one share of a red packet to a person. Outcomes: 'opened' and 'already' with the amount, 'finished', 'expired',
-- 'not_found' (also for a person who may not see the message), 'not_recipient'.
--
-- Final states are read without a lock: when a thousand people open a packet of a hundred shares, the late ones do not wait.
-- The others lock their own wallet first, so that one person on two devices is serialised, then an unlocked share; people
-- who take different shares do not wait for each other. When all free shares are locked, the call waits for them in order,
-- because their transactions may still fail; a share that was taken meanwhile drops out of the search.
--
-- The conversation is not locked: a person who is removed at this moment may or may not still get a share.
CREATE OR REPLACE FUNCTION open_red_packet(p_packet UUID, p_person UUID, p_initial_balance BIGINT)
RETURNS TABLE (outcome TEXT, amount INTEGER)
LANGUAGE plpgsql VOLATILE
-- A session that planned these statements on empty tables would keep the sequential scans as the tables grow.
SET enable_seqscan = off
AS $$
#variable_conflict use_column
DECLARE
    packet RECORD;
    cut RECORD;
    taken RECORD;
BEGIN
    SELECT p.for_person_id, p.expires_at INTO packet FROM red_packets p
    JOIN memberships m ON m.conversation_id = p.conversation_id AND m.person_id = p_person
        AND m.left_at IS NULL AND m.visible_from_seq <= p.seq
    WHERE p.id = p_packet;
    IF NOT FOUND THEN
        RETURN QUERY SELECT 'not_found', NULL::integer;
        RETURN;
    END IF;
    SELECT max(s.amount) FILTER (WHERE s.person_id = p_person) AS mine, bool_and(s.taken_at IS NOT NULL) AS done,
        bool_and(s.person_id IS NOT NULL) AS given
    INTO cut FROM red_packet_shares s WHERE s.packet_id = p_packet;
    IF cut.mine IS NOT NULL THEN
        RETURN QUERY SELECT 'already', cut.mine;
        RETURN;
    END IF;
    IF packet.for_person_id <> p_person THEN
        RETURN QUERY SELECT 'not_recipient', NULL::integer;
        RETURN;
    END IF;
    IF cut.given OR cut.done OR now() >= packet.expires_at THEN
        RETURN QUERY SELECT CASE WHEN cut.given THEN 'finished' ELSE 'expired' END, NULL::integer;
        RETURN;
    END IF;

    PERFORM open_wallet(p_person, p_initial_balance);
    SELECT s.amount INTO cut FROM red_packet_shares s WHERE s.packet_id = p_packet AND s.person_id = p_person;
    IF FOUND THEN
        RETURN QUERY SELECT 'already', cut.amount;
        RETURN;
    END IF;
    SELECT s.n, s.amount INTO taken FROM red_packet_shares s
    WHERE s.packet_id = p_packet AND s.taken_at IS NULL ORDER BY s.n LIMIT 1 FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        SELECT s.n, s.amount INTO taken FROM red_packet_shares s
        WHERE s.packet_id = p_packet AND s.taken_at IS NULL ORDER BY s.n LIMIT 1 FOR UPDATE;
    END IF;
    IF NOT FOUND THEN
        -- The last share was taken, or refunded to the sender.
        RETURN QUERY SELECT CASE WHEN bool_and(s.person_id IS NOT NULL) THEN 'finished' ELSE 'expired' END, NULL::integer
        FROM red_packet_shares s WHERE s.packet_id = p_packet;
        RETURN;
    END IF;
    UPDATE red_packet_shares s SET person_id = p_person, taken_at = clock_timestamp()
    WHERE s.packet_id = p_packet AND s.n = taken.n;
    PERFORM wallet_transfer('packet_claimed', p_packet, '00000000-0000-0000-0000-000000000002', p_person, taken.amount);
    RETURN QUERY SELECT 'opened', taken.amount;
END
$$;

-- Refunds the unclaimed shares to the sender, once, and returns the sum: null before the packet expires.
CREATE OR REPLACE FUNCTION refund_red_packet(p_packet UUID) RETURNS BIGINT LANGUAGE plpgsql VOLATILE
SET enable_seqscan = off
AS $$
DECLARE
    packet RECORD;
    rest BIGINT;
BEGIN
    SELECT p.sender_id, p.expires_at INTO packet FROM red_packets p WHERE p.id = p_packet;
    IF NOT FOUND OR now() < packet.expires_at THEN
        RETURN NULL;
    END IF;
    PERFORM FROM wallets w WHERE w.id = packet.sender_id FOR NO KEY UPDATE;
    -- Waits for openings that began in time; the shares they took are not refunded.
    WITH back AS (
        UPDATE red_packet_shares s SET taken_at = clock_timestamp() WHERE s.packet_id = p_packet AND s.taken_at IS NULL
        RETURNING s.amount
    )
    SELECT COALESCE(sum(back.amount), 0) INTO rest FROM back;
    IF rest > 0 THEN
        PERFORM wallet_transfer('packet_refunded', p_packet, '00000000-0000-0000-0000-000000000002', packet.sender_id, rest);
    END IF;
    RETURN rest;
END
$$;

-- Adds a job for roles that may do nothing else with the queue: graphile-worker's tables are closed to all roles but their owner
-- (row level security without a policy), and its own function runs with the rights of the caller.
--
-- plpgsql, because graphile-worker's schema is installed after the migrations. A fixed search path, because it runs with the
-- owner's rights.
CREATE OR REPLACE FUNCTION add_job_as_owner(
    p_task TEXT, p_payload JSON, p_run_at TIMESTAMPTZ, p_key TEXT, p_queue TEXT, p_priority INTEGER, p_attempts INTEGER
) RETURNS TABLE (id BIGINT) LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN QUERY SELECT j.id::bigint FROM graphile_worker.add_job(p_task, p_payload, run_at => p_run_at, job_key => p_key,
        queue_name => p_queue, priority => p_priority, max_attempts => p_attempts) j;
END
$$;

REVOKE EXECUTE ON FUNCTION add_job_as_owner(TEXT, JSON, TIMESTAMPTZ, TEXT, TEXT, INTEGER, INTEGER) FROM PUBLIC;
