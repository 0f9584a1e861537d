type Shown = { conversationId: string; senderId: string; seq: number | null };

/** Where the lightbox finds more; null while the message is being sent, and in a record, which has no sender. */
export const aroundOf = ({ conversationId, senderId, seq }: Shown) =>
  seq === null || senderId === "" ? null : { conversationId, seq };
