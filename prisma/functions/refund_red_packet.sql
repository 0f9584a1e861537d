-- Refunds the unclaimed shares to the sender, once, and returns the sum: null before the packet expires.
CREATE OR REPLACE FUNCTION refund_red_packet(p_packet UUID) RETURNS BIGINT LANGUAGE plpgsql VOLATILE
SET enable_seqscan = off
AS $$
DECLARE
    packet RECORD;
    rest BIGINT;
BEGIN
    SELECT p.sender_id, p.expires_at INTO packet FROM red_packets p WHERE p.id = p_packet;
    IF NOT FOUND OR now() < packet.expires_at THEN
        RETURN NULL;
    END IF;
    PERFORM FROM wallets w WHERE w.id = packet.sender_id FOR NO KEY UPDATE;
    -- Waits for openings that began in time; the shares they took are not refunded.
    WITH back AS (
        UPDATE red_packet_shares s SET taken_at = clock_timestamp() WHERE s.packet_id = p_packet AND s.taken_at IS NULL
        RETURNING s.amount
    )
    SELECT COALESCE(sum(back.amount), 0) INTO rest FROM back;
    IF rest > 0 THEN
        PERFORM wallet_transfer('packet_refunded', p_packet, '00000000-0000-0000-0000-000000000002', packet.sender_id, rest);
    END IF;
    RETURN rest;
END
$$;
