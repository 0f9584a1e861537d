-- Indexes for statements that read more of a table than they return. Each names the statement that it is for.

-- write_refusal, hence every message, typing and reaction in a direct conversation: the friendship of a conversation.
CREATE INDEX friendships_conversation_id_idx ON friendships (conversation_id);
-- readRequests: pending requests that a person sent. Decided ones stay, so they are many after some years.
CREATE INDEX friend_requests_from_id_status_idx ON friend_requests (from_id, status);
-- readJoinRequests, readPendingAskers: pending requests of a community, among all that were ever decided.
CREATE INDEX community_join_requests_community_id_status_idx ON community_join_requests (community_id, status);
-- detachFiles: recalling a message deletes its attachments. The primary key begins with the file.
CREATE INDEX attachments_conversation_id_seq_idx ON attachments (conversation_id, seq);
-- The foreign key to files: deleting a file looks for previews with its picture.
CREATE INDEX link_previews_picture_id_idx ON link_previews (picture_id);
-- reapWorker: the rows of one worker, of which every transaction removes 500.
CREATE INDEX presence_worker_id_idx ON presence (worker_id);
-- enqueueWebhookEvents: the opposite event of each event, in a queue that grows while an address does not answer.
CREATE INDEX webhook_deliveries_app_hook_channel_user_id_idx ON webhook_deliveries (app, hook, channel, user_id);
-- readOwnReactions: one person's reactions to a page of messages, without those of everyone else. Also for the foreign key.
CREATE INDEX message_reactions_person_id_conversation_id_seq_idx ON message_reactions (person_id, conversation_id, seq);
DROP INDEX message_reactions_person_id_idx;
-- readHolders: the first three accounts with a mobile number or an address, in this order. Any number of accounts may claim one.
CREATE INDEX people_mobile_mobile_verified_at_mobile_since_id_idx ON people (mobile, mobile_verified_at, mobile_since, id);
DROP INDEX people_mobile_idx;
CREATE INDEX people_email_email_verified_at_email_since_id_idx ON people (email, email_verified_at, email_since, id);
DROP INDEX people_email_idx;
