-- Indexes for statements that read more of a table than they return. Each names the statement that it is for.

-- write_refusal, hence every message, typing and reaction in a direct conversation: the friendship of a conversation.
CREATE INDEX friendships_conversation_id_idx ON friendships (conversation_id);
-- readRequests: pending requests that a person sent. Decided ones stay, so they are many after some years.
CREATE INDEX friend_requests_pending ON friend_requests (from_id) WHERE status = 'pending';
-- readJoinRequests, readPendingAskers: pending requests of a community and of a person, among all that were ever decided.
CREATE INDEX community_join_requests_community_id_status_idx ON community_join_requests (community_id, status);
CREATE INDEX community_join_requests_person_id_status_idx ON community_join_requests (person_id, status);
DROP INDEX community_join_requests_person_id_idx;
-- detachFiles: recalling a message deletes its attachments. The primary key begins with the file.
CREATE INDEX attachments_conversation_id_seq_idx ON attachments (conversation_id, seq);
-- The foreign key to files: deleting a file looks for previews with its picture.
CREATE INDEX link_previews_picture_id_idx ON link_previews (picture_id);
-- reapWorker: the rows of one worker, of which every transaction removes 500. Of the id as text, because a lookup by the
-- whole primary key, which the id is part of, must not be answered by reading all rows of a worker.
CREATE INDEX presence_by_worker ON presence ((worker_id::text), app);
-- enqueueWebhookEvents: the opposite event of each event, in a queue that grows while an address does not answer.
CREATE INDEX webhook_deliveries_channel_user_id_idx ON webhook_deliveries (channel, user_id);
-- readOwnReactions: one person's reactions to a page of messages, without those of everyone else. Also for the foreign key.
CREATE INDEX message_reactions_person_id_conversation_id_seq_idx ON message_reactions (person_id, conversation_id, seq);
DROP INDEX message_reactions_person_id_idx;
-- readHolders: the first three accounts with a mobile number or an address, in this order. Any number of accounts may claim one.
CREATE INDEX people_mobile_mobile_verified_at_mobile_since_id_idx ON people (mobile, mobile_verified_at, mobile_since, id);
DROP INDEX people_mobile_idx;
CREATE INDEX people_email_email_verified_at_email_since_id_idx ON people (email, email_verified_at, email_since, id);
DROP INDEX people_email_idx;

-- What was sent already: of the sender first. Client ids are random, so an index that begins with them has another block for
-- every message, which is read, and written to the log whole after each checkpoint.
CREATE UNIQUE INDEX messages_sender_id_client_id_conversation_id_key ON messages (sender_id, client_id, conversation_id);
DROP INDEX messages_client_id_sender_id_conversation_id_key;

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
-- Unlike the sessions of the product: the rows that are given and their channels have no index.
SET enable_hashjoin = on
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
