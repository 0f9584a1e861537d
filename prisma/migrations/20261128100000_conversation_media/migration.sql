-- What a conversation has of pictures and films, files, links and voices is paged by these, however many messages it has.
-- The conditions are repeated, word for word, in server/messages/media/store.ts.
CREATE INDEX messages_pictures ON messages (conversation_id, seq) WHERE kind IN ('image', 'video');
CREATE INDEX messages_files ON messages (conversation_id, seq) WHERE kind = 'file';
CREATE INDEX messages_links ON messages (conversation_id, seq)
    WHERE kind IN ('link', 'news') OR kind = 'text' AND content ->> 'text' LIKE '%://%';
CREATE INDEX messages_voices ON messages (conversation_id, seq) WHERE kind = 'voice';
