-- Moves coins from one wallet to another. Nothing else writes ledger entries and balances. The caller holds the person's row.
CREATE OR REPLACE FUNCTION wallet_transfer(p_kind TEXT, p_packet UUID, p_from UUID, p_to UUID, p_amount BIGINT) RETURNS VOID
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    transfer UUID := uuidv7();
BEGIN
    INSERT INTO ledger_entries (transfer_id, kind, wallet_id, amount, packet_id)
    VALUES (transfer, p_kind, p_from, -p_amount, p_packet), (transfer, p_kind, p_to, p_amount, p_packet);
    UPDATE wallets SET balance = balance + CASE WHEN id = p_from THEN -p_amount ELSE p_amount END
    WHERE id IN (p_from, p_to) AND balance IS NOT NULL;
END
$$;
