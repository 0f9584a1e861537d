-- Messages that a person deleted for themselves, and what their list needs of them. Sending reads and writes none of it.
CREATE TABLE "hidden_messages" (
    "person_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,

    CONSTRAINT "hidden_messages_pkey" PRIMARY KEY ("person_id", "conversation_id", "seq")
);
ALTER TABLE "hidden_messages" ADD CONSTRAINT "hidden_messages_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "conversation_settings" ADD COLUMN "hidden_unread" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
ADD COLUMN "shown_of_seq" INTEGER,
ADD COLUMN "shown_seq" INTEGER;
