import { may } from "#client/communities/rights.ts";
import type { Conversation } from "#contracts/conversations.ts";

/** Whether pinning is offered: to everyone of a direct conversation or notes, and to whom a community lets. */
export const mayPin = (conversation: Conversation): boolean =>
  conversation.closedAt === null && (conversation.kind !== "community" || may(conversation, "pin"));
