-- The same function, with one difference: each EXISTS ends in OFFSET 0. Without it Postgres may answer such a question by
-- reading every place of the app into a hash table, once a call: with ten thousand people online that was 10 ms, whoever came.
-- Says how many sockets a worker has for users in channels of an app (0: none any more), all in one round trip, and
-- answers what that changed seen over all workers. Called by server/live/places.ts.
--
--   p_channels, p_users, p_infos, p_sockets: one entry each per (channel, user), each pair at most once
--   p_lease: seconds after which a worker without a beat counts as dead
--
-- came / went: the user is new in the channel, or gone from it; occupied / vacated: the channel is. Changes of a channel
-- happen one after the other, so that of two workers which let the last socket go at once exactly one says so; the
-- locks are a thousand, not one per channel, because Postgres has room for a few thousand in all.
CREATE OR REPLACE FUNCTION im_place(
    p_worker UUID, p_app TEXT, p_channels TEXT[], p_users TEXT[], p_infos TEXT[], p_sockets INTEGER[], p_lease DOUBLE PRECISION
) RETURNS TABLE (
    channel TEXT, user_id TEXT, info TEXT, came BOOLEAN, went BOOLEAN, occupied BOOLEAN, vacated BOOLEAN, rev BIGINT)
LANGUAGE plpgsql VOLATILE
-- These tables fill and empty in seconds, so statistics are always of another time: go by the indexes.
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
            EXISTS (SELECT FROM occupants o JOIN workers w ON w.id = o.worker_id
                WHERE o.app = p_app AND o.channel = i.channel AND o.user_id = i.user_id AND o.worker_id <> p_worker
                    AND w.beat_at > now() - make_interval(secs => p_lease) OFFSET 0) AS elsewhere,
            EXISTS (SELECT FROM occupants o
                WHERE o.app = p_app AND o.channel = i.channel AND o.user_id = i.user_id AND o.worker_id = p_worker OFFSET 0) AS before
        FROM unnest(p_channels, p_users, p_infos, p_sockets) AS i (channel, user_id, info, sockets)
    ), gone AS (
        -- Each place is looked up by its key; as a join, a planner without statistics walks through all of them.
        DELETE FROM occupants WHERE ctid = ANY (ARRAY(
            SELECT (SELECT o.ctid FROM occupants o
                WHERE o.app = p_app AND o.channel = i.channel AND o.user_id = i.user_id AND o.worker_id = p_worker)
            FROM input i WHERE i.sockets = 0 AND i.before))
    ), here AS (
        INSERT INTO occupants AS o (app, channel, user_id, worker_id, info, sockets)
        SELECT p_app, i.channel, i.user_id, p_worker, i.info, i.sockets FROM input i WHERE i.sockets > 0
        ON CONFLICT (app, channel, user_id, worker_id) DO UPDATE SET info = excluded.info, sockets = excluded.sockets
    ), channels AS MATERIALIZED (
        -- Of channels that no client can name nobody asks whether they are occupied, and they may hold everyone.
        SELECT c.channel, nextval('live_revs') AS rev,
            c.channel NOT LIKE '#%' AND EXISTS (SELECT FROM occupants o JOIN workers w ON w.id = o.worker_id
                WHERE o.app = p_app AND o.channel = c.channel AND o.worker_id <> p_worker
                    AND w.beat_at > now() - make_interval(secs => p_lease) OFFSET 0) AS elsewhere,
            c.channel NOT LIKE '#%' AND EXISTS (SELECT FROM occupants o
                WHERE o.app = p_app AND o.channel = c.channel AND o.worker_id = p_worker OFFSET 0) AS before,
            c.channel NOT LIKE '#%' AND (c.sockets > 0 OR EXISTS (SELECT FROM occupants o
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

-- Of these users, the ones that are online in an app. A function, because here too each must be looked up by its key,
-- whatever a planner believes of tables that fill and empty in seconds.
CREATE FUNCTION im_online(p_app TEXT, p_users TEXT[], p_lease DOUBLE PRECISION) RETURNS SETOF TEXT
LANGUAGE plpgsql STABLE
SET enable_seqscan = off
SET enable_bitmapscan = off
SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
    RETURN QUERY
    SELECT u.user_id FROM unnest(p_users) AS u (user_id)
    WHERE EXISTS (SELECT FROM occupants o JOIN workers w ON w.id = o.worker_id
        WHERE o.app = p_app AND o.channel = '#online' AND o.user_id = u.user_id
            AND w.beat_at > now() - make_interval(secs => p_lease) OFFSET 0);
END;
$$;
