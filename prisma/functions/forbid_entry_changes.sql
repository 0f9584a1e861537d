-- Trigger function: ledger entries are append-only.
CREATE OR REPLACE FUNCTION forbid_entry_changes() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'entries are never changed or deleted; write another transfer' USING ERRCODE = 'check_violation';
END
$$;
