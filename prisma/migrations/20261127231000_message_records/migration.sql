-- The messages inside a merged forward, as they were then. Deleted when the message that shows them is recalled.
CREATE TABLE message_records (
    conversation_id UUID NOT NULL,
    seq INTEGER NOT NULL,
    items JSONB NOT NULL,

    CONSTRAINT message_records_pkey PRIMARY KEY (conversation_id, seq),
    CONSTRAINT message_records_conversation_id_seq_fkey FOREIGN KEY (conversation_id, seq) REFERENCES messages(conversation_id, seq) ON DELETE RESTRICT ON UPDATE CASCADE
);
