-- Notes the conversation of a message that was stored, or says something else; the jobs process indexes it (jobs/search.ts).
-- For each row: for one message, which is what most statements store, that costs a third of a trigger for the statement.
-- With the rights of its owner, so that those who send need none to the queue.
CREATE OR REPLACE FUNCTION queue_for_search() RETURNS TRIGGER
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO search_queue (conversation_id) VALUES (NEW.conversation_id);
    RETURN NULL;
END
$$;
