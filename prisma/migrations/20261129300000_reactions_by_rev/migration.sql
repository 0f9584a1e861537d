-- Partial, although every row is in it: only a statement that says `rev > 0` may use it. The planner took it for the reactions of one
-- message, too, whose estimate is the same, and read all of the conversation.
DROP INDEX "message_reactions_conversation_id_rev_idx";
CREATE INDEX message_reactions_by_rev ON message_reactions (conversation_id, rev) WHERE rev > 0;
