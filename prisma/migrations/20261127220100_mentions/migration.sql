-- Which message mentions which person. Only a message with mentions writes to it.
CREATE TABLE "mentions" (
    "person_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,

    CONSTRAINT "mentions_pkey" PRIMARY KEY ("person_id", "conversation_id", "seq")
);
INSERT INTO mentions (person_id, conversation_id, seq)
SELECT DISTINCT p.id, m.conversation_id, m.seq
FROM messages m
CROSS JOIN LATERAL jsonb_array_elements(m.content -> 'mentions') AS one (mention)
JOIN people p ON p.id = (one.mention ->> 'personId')::uuid
WHERE jsonb_typeof(m.content -> 'mentions') = 'array' AND m.kind IN ('text', 'link') AND p.id <> m.sender_id;
