-- How a member has a conversation in their own list: pinned, muted, archived, hidden, marked unread. Sending writes none of it.
CREATE TABLE "conversation_settings" (
    "person_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "pinned" BOOLEAN NOT NULL DEFAULT false,
    "muted" BOOLEAN NOT NULL DEFAULT false,
    "muted_until" TIMESTAMPTZ(3),
    "except_mentions" BOOLEAN NOT NULL DEFAULT false,
    "archived_at" TIMESTAMPTZ(3),
    "hidden_at" TIMESTAMPTZ(3),
    "marked_unread_seq" INTEGER,

    CONSTRAINT "conversation_settings_pkey" PRIMARY KEY ("person_id", "conversation_id")
);
ALTER TABLE "conversation_settings" ADD CONSTRAINT "conversation_settings_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "conversation_settings" ADD CONSTRAINT "conversation_settings_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- Few per person, and counted at each new one.
CREATE INDEX conversation_settings_pinned ON conversation_settings (person_id) WHERE pinned;
