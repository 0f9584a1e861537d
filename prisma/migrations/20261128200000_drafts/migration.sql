-- What people have written in a conversation and not sent yet.
CREATE TABLE drafts (
    person_id UUID NOT NULL,
    conversation_id UUID NOT NULL,
    text TEXT NOT NULL,
    reply_to INTEGER,

    CONSTRAINT drafts_pkey PRIMARY KEY (person_id, conversation_id),
    CONSTRAINT drafts_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE ON UPDATE CASCADE
);
