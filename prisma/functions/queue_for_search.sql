-- Notes the conversations of which messages were stored or changed; the jobs process indexes them (jobs/search.ts). One row for
-- a statement and conversation, not for a message, and nothing that readers of the queue could make a sender wait for. With
-- the rights of its owner, so that those who send need none to the queue.
CREATE OR REPLACE FUNCTION queue_for_search() RETURNS TRIGGER
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO search_queue (conversation_id) SELECT DISTINCT f.conversation_id FROM fresh f;
    RETURN NULL;
END
$$;
