-- What people reported, for those who moderate: one row per person and message, with the message as it was then.
CREATE TABLE message_reports (
    person_id UUID NOT NULL,
    conversation_id UUID NOT NULL,
    seq INTEGER NOT NULL,
    reason TEXT NOT NULL,
    note TEXT NOT NULL,
    content JSONB NOT NULL,
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT message_reports_pkey PRIMARY KEY (person_id, conversation_id, seq),
    CONSTRAINT message_reports_conversation_id_seq_fkey FOREIGN KEY (conversation_id, seq) REFERENCES messages(conversation_id, seq) ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT message_reports_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX message_reports_conversation_id_seq_idx ON message_reports(conversation_id, seq);
