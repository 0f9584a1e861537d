-- Folders of a person's own for the conversations of their list.
CREATE TABLE folders (
    person_id UUID NOT NULL,
    id UUID NOT NULL,
    name TEXT NOT NULL,
    position INTEGER NOT NULL,

    CONSTRAINT folders_pkey PRIMARY KEY (person_id, id),
    CONSTRAINT folders_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE folder_conversations (
    person_id UUID NOT NULL,
    folder_id UUID NOT NULL,
    conversation_id UUID NOT NULL,

    CONSTRAINT folder_conversations_pkey PRIMARY KEY (person_id, folder_id, conversation_id),
    CONSTRAINT folder_conversations_person_id_folder_id_fkey FOREIGN KEY (person_id, folder_id) REFERENCES folders(person_id, id) ON DELETE CASCADE ON UPDATE CASCADE
);
