-- The index of the words of messages (docs/search.md), and what the jobs process needs to keep it.
-- The keys in `message_search` of hashes of tokens (contracts/search/tokens.ts) in one conversation. The conversation is the upper
-- half, so that its entries stand next to each other in the index, and one conversation is never searched for another.
CREATE OR REPLACE FUNCTION search_keys(p_conversation UUID, p_hashes INTEGER[]) RETURNS BIGINT[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ARRAY(SELECT (('x' || right(p_conversation::text, 8))::bit(32)::bigint << 32) | (h & 4294967295)
        FROM unnest(p_hashes::bigint[]) AS h)
$$;

CREATE TABLE message_search (
    conversation_id UUID NOT NULL,
    seq INTEGER NOT NULL,
    sent_at TIMESTAMPTZ(3) NOT NULL,
    hashes INTEGER[] NOT NULL,
    CONSTRAINT message_search_pkey PRIMARY KEY (conversation_id, seq)
);
-- Written by one process in batches, so a list of pending entries would save nothing, and each search would read it.
CREATE INDEX message_search_keys ON message_search USING gin (search_keys(conversation_id, hashes)) WITH (fastupdate = off);

CREATE TABLE search_indexed (
    conversation_id UUID NOT NULL,
    seq INTEGER NOT NULL DEFAULT 0,
    rev INTEGER NOT NULL DEFAULT 0,
    version INTEGER NOT NULL,
    CONSTRAINT search_indexed_pkey PRIMARY KEY (conversation_id)
);

CREATE TABLE search_queue (
    id BIGSERIAL NOT NULL,
    conversation_id UUID NOT NULL,
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT search_queue_pkey PRIMARY KEY (id)
);

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

CREATE TRIGGER messages_sent_for_search AFTER INSERT ON messages FOR EACH ROW EXECUTE FUNCTION queue_for_search();
CREATE TRIGGER messages_changed_for_search AFTER UPDATE OF content ON messages
    FOR EACH ROW WHEN (OLD.content IS DISTINCT FROM NEW.content) EXECUTE FUNCTION queue_for_search();

-- What was said before is indexed in the background.
INSERT INTO search_queue (conversation_id) SELECT id FROM conversations WHERE last_seq > 0;
