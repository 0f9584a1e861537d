-- Messages that a person starred, and their page, the last one first.
CREATE TABLE "starred_messages" (
    "person_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "starred_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "starred_messages_pkey" PRIMARY KEY ("person_id", "conversation_id", "seq")
);
CREATE INDEX "starred_messages_person_id_starred_at_conversation_id_seq_idx" ON "starred_messages"("person_id", "starred_at", "conversation_id", "seq");
ALTER TABLE "starred_messages" ADD CONSTRAINT "starred_messages_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;
