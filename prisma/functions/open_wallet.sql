-- Locks a person's wallet until the transaction ends and returns its balance. Creates the wallet when the person has none,
-- with the initial balance: once, because only one transaction can insert the row.
CREATE OR REPLACE FUNCTION open_wallet(p_person UUID, p_initial_balance BIGINT) RETURNS BIGINT LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    held BIGINT;
BEGIN
    SELECT balance INTO held FROM wallets WHERE id = p_person FOR NO KEY UPDATE;
    IF FOUND THEN
        RETURN held;
    END IF;
    INSERT INTO wallets (id, kind, person_id, balance) VALUES (p_person, 'person', p_person, 0) ON CONFLICT DO NOTHING;
    IF FOUND AND p_initial_balance > 0 THEN
        PERFORM wallet_transfer('grant', NULL, '00000000-0000-0000-0000-000000000001', p_person, p_initial_balance);
    END IF;
    SELECT balance INTO held FROM wallets WHERE id = p_person FOR NO KEY UPDATE;
    RETURN held;
END
$$;
