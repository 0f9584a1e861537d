-- CreateTable
CREATE TABLE "wallets" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "person_id" UUID,
    "balance" BIGINT,

    CONSTRAINT "wallets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "entries" (
    "id" BIGSERIAL NOT NULL,
    "movement_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "wallet_id" UUID NOT NULL,
    "amount" BIGINT NOT NULL,
    "packet_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "red_packets" (
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "sender_id" UUID NOT NULL,
    "split" TEXT NOT NULL,
    "for_person_id" UUID,
    "total" INTEGER NOT NULL,
    "shares" INTEGER NOT NULL,
    "greeting" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "red_packets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "red_packet_shares" (
    "packet_id" UUID NOT NULL,
    "n" INTEGER NOT NULL,
    "amount" INTEGER NOT NULL,
    "person_id" UUID,
    "taken_at" TIMESTAMPTZ(3),

    CONSTRAINT "red_packet_shares_pkey" PRIMARY KEY ("packet_id","n")
);

-- CreateIndex
CREATE UNIQUE INDEX "wallets_person_id_key" ON "wallets"("person_id");

-- CreateIndex
CREATE INDEX "entries_movement_id_idx" ON "entries"("movement_id");

-- CreateIndex
CREATE INDEX "entries_wallet_id_id_idx" ON "entries"("wallet_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "red_packets_conversation_id_seq_key" ON "red_packets"("conversation_id", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "red_packet_shares_packet_id_person_id_key" ON "red_packet_shares"("packet_id", "person_id");

-- AddForeignKey
ALTER TABLE "wallets" ADD CONSTRAINT "wallets_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entries" ADD CONSTRAINT "entries_wallet_id_fkey" FOREIGN KEY ("wallet_id") REFERENCES "wallets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entries" ADD CONSTRAINT "entries_packet_id_fkey" FOREIGN KEY ("packet_id") REFERENCES "red_packets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "red_packets" ADD CONSTRAINT "red_packets_conversation_id_seq_fkey" FOREIGN KEY ("conversation_id", "seq") REFERENCES "messages"("conversation_id", "seq") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "red_packets" ADD CONSTRAINT "red_packets_sender_id_fkey" FOREIGN KEY ("sender_id") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "red_packets" ADD CONSTRAINT "red_packets_for_person_id_fkey" FOREIGN KEY ("for_person_id") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "red_packet_shares" ADD CONSTRAINT "red_packet_shares_packet_id_fkey" FOREIGN KEY ("packet_id") REFERENCES "red_packets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "red_packet_shares" ADD CONSTRAINT "red_packet_shares_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The two accounts of the product: 1 is where all coins come from, 2 holds the coins of packets that are on their way.
INSERT INTO "wallets" ("id", "kind") VALUES
    ('00000000-0000-0000-0000-000000000001', 'grants'),
    ('00000000-0000-0000-0000-000000000002', 'packets');

ALTER TABLE "wallets" ADD CONSTRAINT "wallets_owned" CHECK (
    ("kind" = 'person') = ("person_id" IS NOT NULL) AND ("kind" = 'person') = ("balance" IS NOT NULL)
    AND ("person_id" IS NULL OR "person_id" = "id"));
ALTER TABLE "wallets" ADD CONSTRAINT "wallets_not_overdrawn" CHECK ("balance" >= 0);
ALTER TABLE "entries" ADD CONSTRAINT "entries_kind" CHECK (
    "amount" <> 0 AND "kind" IN ('grant', 'packet_sent', 'packet_claimed', 'packet_refunded')
    AND ("kind" = 'grant') = ("packet_id" IS NULL));
ALTER TABLE "red_packets" ADD CONSTRAINT "red_packets_cut" CHECK (
    "split" IN ('equal', 'lucky') AND "shares" > 0 AND "total" >= "shares");
ALTER TABLE "red_packet_shares" ADD CONSTRAINT "red_packet_shares_taken" CHECK (
    "amount" > 0 AND ("person_id" IS NULL OR "taken_at" IS NOT NULL));

-- A balance changes with every movement; room on the page keeps those updates off the indexes.
ALTER TABLE "wallets" SET (fillfactor = 70);

-- A movement is looked at when its transaction ends, whole: nothing that does not sum to zero can be committed.
CREATE FUNCTION im_movement_sums_to_zero() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT sum(amount) FROM entries WHERE movement_id = NEW.movement_id) <> 0 THEN
        RAISE EXCEPTION 'the movement % does not sum to zero', NEW.movement_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER entries_sum_to_zero AFTER INSERT ON "entries" DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION im_movement_sums_to_zero();

CREATE FUNCTION im_entries_stay() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'entries are never changed or deleted; write another movement' USING ERRCODE = 'check_violation';
END
$$;
CREATE TRIGGER entries_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON "entries"
    FOR EACH STATEMENT EXECUTE FUNCTION im_entries_stay();

-- Moves coins from one account to another. The only writer of entries and balances. The caller holds the person's row.
CREATE FUNCTION im_move(p_kind TEXT, p_packet UUID, p_from UUID, p_to UUID, p_amount BIGINT) RETURNS VOID
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    movement UUID := uuidv7();
BEGIN
    INSERT INTO entries (movement_id, kind, wallet_id, amount, packet_id)
    VALUES (movement, p_kind, p_from, -p_amount, p_packet), (movement, p_kind, p_to, p_amount, p_packet);
    UPDATE wallets SET balance = balance + CASE WHEN id = p_from THEN -p_amount ELSE p_amount END
    WHERE id IN (p_from, p_to) AND balance IS NOT NULL;
END
$$;

-- Locks a person's wallet until the transaction ends, and answers its balance. Whoever needs one for the first time gets it
-- here, with the welcome grant in it: once, because only one transaction can insert the row.
CREATE FUNCTION im_wallet(p_person UUID, p_welcome BIGINT) RETURNS BIGINT LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    held BIGINT;
BEGIN
    SELECT balance INTO held FROM wallets WHERE id = p_person FOR NO KEY UPDATE;
    IF FOUND THEN
        RETURN held;
    END IF;
    INSERT INTO wallets (id, kind, person_id, balance) VALUES (p_person, 'person', p_person, 0) ON CONFLICT DO NOTHING;
    IF FOUND AND p_welcome > 0 THEN
        PERFORM im_move('grant', NULL, '00000000-0000-0000-0000-000000000001', p_person, p_welcome);
    END IF;
    SELECT balance INTO held FROM wallets WHERE id = p_person FOR NO KEY UPDATE;
    RETURN held;
END
$$;

-- Gives one share of a red packet to a person, or says why not: 'opened' and 'already' with the amount, 'finished',
-- 'expired', 'not_found' (also for whoever may not see the message), 'packet_for_another'.
--
-- What is final is read without a lock: of a thousand who grab a hundred shares, those who come late wait for nobody.
-- The others lock their own wallet first, so that one person on two devices is one after the other, then a share that
-- nobody holds; takers of different shares do not meet. Who finds only held shares waits for them, in order, because
-- their holders may still fail; each that was taken meanwhile falls out of the search.
--
-- The conversation is not locked: somebody removed at this very moment may or may not still get their share.
CREATE FUNCTION im_open_packet(p_packet UUID, p_person UUID, p_welcome BIGINT)
RETURNS TABLE (outcome TEXT, amount INTEGER)
LANGUAGE plpgsql VOLATILE
-- A session that planned these statements on empty tables would keep its sequential scans as they grow.
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
        AND m.left_at IS NULL AND m.from_seq <= p.seq
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
        RETURN QUERY SELECT 'packet_for_another', NULL::integer;
        RETURN;
    END IF;
    IF cut.given OR cut.done OR now() >= packet.expires_at THEN
        RETURN QUERY SELECT CASE WHEN cut.given THEN 'finished' ELSE 'expired' END, NULL::integer;
        RETURN;
    END IF;

    PERFORM im_wallet(p_person, p_welcome);
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
        -- Somebody took the last, or it went back to the sender.
        RETURN QUERY SELECT CASE WHEN bool_and(s.person_id IS NOT NULL) THEN 'finished' ELSE 'expired' END, NULL::integer
        FROM red_packet_shares s WHERE s.packet_id = p_packet;
        RETURN;
    END IF;
    UPDATE red_packet_shares s SET person_id = p_person, taken_at = clock_timestamp()
    WHERE s.packet_id = p_packet AND s.n = taken.n;
    PERFORM im_move('packet_claimed', p_packet, '00000000-0000-0000-0000-000000000002', p_person, taken.amount);
    RETURN QUERY SELECT 'opened', taken.amount;
END
$$;

-- Gives what nobody took back to the sender, once, and answers how much that was: null before the packet expires.
CREATE FUNCTION im_refund_packet(p_packet UUID) RETURNS BIGINT LANGUAGE plpgsql VOLATILE
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
    -- Waits for openings that began in time; what they took is no longer free then.
    WITH back AS (
        UPDATE red_packet_shares s SET taken_at = clock_timestamp() WHERE s.packet_id = p_packet AND s.taken_at IS NULL
        RETURNING s.amount
    )
    SELECT COALESCE(sum(back.amount), 0) INTO rest FROM back;
    IF rest > 0 THEN
        PERFORM im_move('packet_refunded', p_packet, '00000000-0000-0000-0000-000000000002', packet.sender_id, rest);
    END IF;
    RETURN rest;
END
$$;
