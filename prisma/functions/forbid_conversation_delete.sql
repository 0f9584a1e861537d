-- A conversation that has messages stays: the guard where `messages` has no foreign key, because the check of one costs a tenth
-- of a send. Messages are only inserted under the lock of their conversation.
CREATE OR REPLACE FUNCTION forbid_conversation_delete() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM messages m WHERE m.conversation_id = OLD.id) THEN
        RAISE foreign_key_violation USING MESSAGE = format('conversation %s still has messages', OLD.id);
    END IF;
    RETURN OLD;
END
$$;
