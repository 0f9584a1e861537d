-- Trigger function, run at commit: the entries of a transfer sum to zero, or the transaction fails.
CREATE OR REPLACE FUNCTION check_transfer_sum() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT sum(amount) FROM ledger_entries WHERE transfer_id = NEW.transfer_id) <> 0 THEN
        RAISE EXCEPTION 'the transfer % does not sum to zero', NEW.transfer_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
