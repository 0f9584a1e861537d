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
