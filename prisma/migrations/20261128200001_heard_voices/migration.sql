-- Voice messages that people have played.
CREATE TABLE heard_voices (
    person_id UUID NOT NULL,
    conversation_id UUID NOT NULL,
    seq INTEGER NOT NULL,

    CONSTRAINT heard_voices_pkey PRIMARY KEY (person_id, conversation_id, seq),
    CONSTRAINT heard_voices_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE ON UPDATE CASCADE
);
