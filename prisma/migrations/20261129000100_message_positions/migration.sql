-- Days of a conversation, for a calendar.
-- Where times stand in a conversation: for each of `p_times`, which rise, the first message from `p_from` to `p_to` that was sent
-- at or after it, or `p_to + 1`. Numbers rise with time, so each is found by halving, whatever the length of the conversation;
-- where two messages of one moment stand the other way round, the answer is one of the two.
CREATE OR REPLACE FUNCTION message_positions(p_conversation UUID, p_from INTEGER, p_to INTEGER, p_times TIMESTAMPTZ[])
RETURNS INTEGER[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
    positions INTEGER[] := '{}';
    low INTEGER := p_from;
    high INTEGER;
    middle INTEGER;
    t TIMESTAMPTZ;
BEGIN
    FOREACH t IN ARRAY p_times LOOP
        high := p_to + 1;
        WHILE low < high LOOP
            middle := (low + high) / 2;
            IF (SELECT m.sent_at FROM messages m WHERE m.conversation_id = p_conversation AND m.seq = middle) < t THEN
                low := middle + 1;
            ELSE
                high := middle;
            END IF;
        END LOOP;
        positions := positions || low;
    END LOOP;
    RETURN positions;
END
$$;
