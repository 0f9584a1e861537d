-- When the last connection of a person ended, and who may know it. A row of its own: it changes at each leaving, and a row of
-- `people` is wide, indexed and locked by what publishes.
CREATE TABLE "last_seen" (
    "person_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "last_seen_pkey" PRIMARY KEY ("person_id"),
    CONSTRAINT "last_seen_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE
)
-- Rows change in place, again and again.
WITH (fillfactor = 70);

ALTER TABLE "people" ADD COLUMN "presence_for" TEXT NOT NULL DEFAULT 'friends',
    ADD CONSTRAINT "people_presence_for_check" CHECK (presence_for IN ('everyone', 'friends', 'nobody'));

-- Returns those of `p_users` who are online in an app. It is a function for its settings: each user must be looked up by key,
-- because the statistics of this table, which fills and empties in seconds, are always out of date.
-- It runs with the owner's rights, on a fixed search path: of those who may call it, the web role may not read these tables.
-- `p_lease`: seconds after which a worker without a heartbeat counts as dead.
CREATE OR REPLACE FUNCTION presence_online(p_app TEXT, p_users TEXT[], p_lease DOUBLE PRECISION) RETURNS SETOF TEXT
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp
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
