-- How far the devices of a member have received a conversation, and when its read mark last moved. One row per member and
-- class of device, never one per message.
CREATE TABLE "receipts" (
    "conversation_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "device" TEXT NOT NULL,
    "delivered_seq" INTEGER NOT NULL,
    "delivered_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "receipts_pkey" PRIMARY KEY ("conversation_id", "person_id", "device"),
    CONSTRAINT "receipts_device_check" CHECK (device IN ('phone', 'computer', 'program')),
    CONSTRAINT "receipts_delivered_seq_check" CHECK (delivered_seq > 0)
)
-- Rows change in place, again and again.
WITH (fillfactor = 70);

ALTER TABLE "memberships" ADD COLUMN "last_read_at" TIMESTAMPTZ(3);
ALTER TABLE "people" ADD COLUMN "shares_receipts" BOOLEAN NOT NULL DEFAULT true;
