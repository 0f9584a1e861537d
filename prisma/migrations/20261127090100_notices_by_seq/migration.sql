-- Notices do not count as unread: those above a read mark are looked up for each row of an inbox. They are few, and so is
-- what this index costs a message that is none.
CREATE INDEX messages_notices ON messages (conversation_id, seq) WHERE kind = 'notice';
