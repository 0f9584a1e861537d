-- Gives one share of a red packet to a person. Outcomes: 'opened' and 'already' with the amount, 'finished', 'expired',
-- 'not_found' (also for a person who may not see the message), 'not_recipient'.
--
-- Final states are read without a lock: when a thousand people open a packet of a hundred shares, the late ones do not wait.
-- The others lock their own wallet first, so that one person on two devices is serialised, then an unlocked share; people
-- who take different shares do not wait for each other. When all free shares are locked, the call waits for them in order,
-- because their transactions may still fail; a share that was taken meanwhile drops out of the search.
--
-- The conversation is not locked: a person who is removed at this moment may or may not still get a share.
CREATE OR REPLACE FUNCTION open_red_packet(p_packet UUID, p_person UUID, p_initial_balance BIGINT)
RETURNS TABLE (outcome TEXT, amount INTEGER)
LANGUAGE plpgsql VOLATILE
-- A session that planned these statements on empty tables would keep the sequential scans as the tables grow.
SET enable_seqscan = off
AS $$
#variable_conflict use_column
DECLARE
    packet RECORD;
    cut RECORD;
    taken RECORD;
BEGIN
    SELECT p.for_person_id, p.expires_at INTO packet FROM red_packets p
    JOIN memberships m ON m.conversation_id = p.conversation_id AND m.person_id = p_person
        AND m.left_at IS NULL AND m.visible_from_seq <= p.seq
    WHERE p.id = p_packet;
    IF NOT FOUND THEN
        RETURN QUERY SELECT 'not_found', NULL::integer;
        RETURN;
    END IF;
    SELECT max(s.amount) FILTER (WHERE s.person_id = p_person) AS mine, bool_and(s.taken_at IS NOT NULL) AS done,
        bool_and(s.person_id IS NOT NULL) AS given
    INTO cut FROM red_packet_shares s WHERE s.packet_id = p_packet;
    IF cut.mine IS NOT NULL THEN
        RETURN QUERY SELECT 'already', cut.mine;
        RETURN;
    END IF;
    IF packet.for_person_id <> p_person THEN
        RETURN QUERY SELECT 'not_recipient', NULL::integer;
        RETURN;
    END IF;
    IF cut.given OR cut.done OR now() >= packet.expires_at THEN
        RETURN QUERY SELECT CASE WHEN cut.given THEN 'finished' ELSE 'expired' END, NULL::integer;
        RETURN;
    END IF;

    PERFORM open_wallet(p_person, p_initial_balance);
    SELECT s.amount INTO cut FROM red_packet_shares s WHERE s.packet_id = p_packet AND s.person_id = p_person;
    IF FOUND THEN
        RETURN QUERY SELECT 'already', cut.amount;
        RETURN;
    END IF;
    SELECT s.n, s.amount INTO taken FROM red_packet_shares s
    WHERE s.packet_id = p_packet AND s.taken_at IS NULL ORDER BY s.n LIMIT 1 FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        SELECT s.n, s.amount INTO taken FROM red_packet_shares s
        WHERE s.packet_id = p_packet AND s.taken_at IS NULL ORDER BY s.n LIMIT 1 FOR UPDATE;
    END IF;
    IF NOT FOUND THEN
        -- The last share was taken, or refunded to the sender.
        RETURN QUERY SELECT CASE WHEN bool_and(s.person_id IS NOT NULL) THEN 'finished' ELSE 'expired' END, NULL::integer
        FROM red_packet_shares s WHERE s.packet_id = p_packet;
        RETURN;
    END IF;
    UPDATE red_packet_shares s SET person_id = p_person, taken_at = clock_timestamp()
    WHERE s.packet_id = p_packet AND s.n = taken.n;
    PERFORM wallet_transfer('packet_claimed', p_packet, '00000000-0000-0000-0000-000000000002', p_person, taken.amount);
    RETURN QUERY SELECT 'opened', taken.amount;
END
$$;
