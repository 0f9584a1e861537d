-- A pinned message says so itself, like every other change of one; the few of a conversation have an index of their own.
ALTER TABLE messages ADD COLUMN pinned_at TIMESTAMPTZ(3);
CREATE INDEX messages_pinned ON messages (conversation_id, pinned_at) WHERE pinned_at IS NOT NULL;
