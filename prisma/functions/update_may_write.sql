-- Keeps `memberships.may_write` of a direct conversation as `write_refusal` says, in the transaction that changes a friendship
-- or a block. Takes the conversation's lock, as sending does: a send is either before the change or sees it.
CREATE OR REPLACE FUNCTION update_may_write() RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE
    pair UUID[];
    affected UUID;
BEGIN
    IF TG_TABLE_NAME = 'blocks' THEN
        IF TG_OP = 'DELETE' THEN pair := ARRAY[OLD.blocker_id, OLD.blocked_id];
        ELSE pair := ARRAY[NEW.blocker_id, NEW.blocked_id];
        END IF;
    ELSIF TG_OP = 'DELETE' THEN pair := ARRAY[OLD.low_id, OLD.high_id]; affected := OLD.conversation_id;
    ELSE pair := ARRAY[NEW.low_id, NEW.high_id];
    END IF;
    IF affected IS NULL THEN
        SELECT f.conversation_id INTO affected FROM friendships f
        WHERE f.low_id = LEAST(pair[1], pair[2]) AND f.high_id = GREATEST(pair[1], pair[2]);
    END IF;
    PERFORM FROM conversations c WHERE c.id = affected FOR NO KEY UPDATE;
    UPDATE memberships m SET may_write = (SELECT w.reason IS NULL FROM write_refusal(affected, m.person_id) w)
    WHERE m.conversation_id = affected AND m.person_id = ANY (pair) AND m.left_at IS NULL;
    RETURN NULL;
END
$$;
