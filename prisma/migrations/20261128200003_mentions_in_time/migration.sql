-- When each message that mentions a person was sent: the page of a person's mentions reads them in this order.
ALTER TABLE mentions ADD COLUMN sent_at TIMESTAMPTZ(3) NOT NULL DEFAULT now();
UPDATE mentions n SET sent_at = m.sent_at FROM messages m WHERE m.conversation_id = n.conversation_id AND m.seq = n.seq;
ALTER TABLE mentions ALTER COLUMN sent_at DROP DEFAULT;
CREATE INDEX mentions_person_id_sent_at_conversation_id_seq_idx ON mentions(person_id, sent_at, conversation_id, seq);
