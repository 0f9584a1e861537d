-- The text of a message can be edited; the versions before the present one stay readable for those who may read the message.
ALTER TABLE messages ADD COLUMN edited_at TIMESTAMPTZ(3);

-- One row per earlier version, named by the rev at which it was replaced.
CREATE TABLE message_edits (
    conversation_id UUID NOT NULL,
    seq INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    content JSONB NOT NULL,
    written_at TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT message_edits_pkey PRIMARY KEY (conversation_id, seq, rev),
    CONSTRAINT message_edits_conversation_id_seq_fkey FOREIGN KEY (conversation_id, seq) REFERENCES messages(conversation_id, seq) ON DELETE RESTRICT ON UPDATE CASCADE
);
