-- Messages that their authors wrote to be sent later, and the files that wait with them.
CREATE TABLE scheduled_messages (
    person_id UUID NOT NULL,
    client_id UUID NOT NULL,
    conversation_id UUID NOT NULL,
    draft JSONB NOT NULL,
    preview TEXT NOT NULL,
    send_at TIMESTAMPTZ(3) NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    failure TEXT,

    CONSTRAINT scheduled_messages_pkey PRIMARY KEY (person_id, client_id),
    CONSTRAINT scheduled_messages_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT scheduled_messages_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX scheduled_messages_conversation_id_idx ON scheduled_messages(conversation_id);

CREATE TABLE scheduled_files (
    file_id UUID NOT NULL,
    person_id UUID NOT NULL,
    client_id UUID NOT NULL,

    CONSTRAINT scheduled_files_pkey PRIMARY KEY (file_id, person_id, client_id),
    CONSTRAINT scheduled_files_file_id_fkey FOREIGN KEY (file_id) REFERENCES files(id) ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT scheduled_files_person_id_client_id_fkey FOREIGN KEY (person_id, client_id) REFERENCES scheduled_messages(person_id, client_id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX scheduled_files_person_id_client_id_idx ON scheduled_files(person_id, client_id);
