import type { Conversation } from "#contracts/conversations.ts";

/** Whether pinning is offered: to both people of a direct conversation, and to the owner of a community. */
export const mayPin = ({ kind, role, closedAt }: Conversation): boolean =>
  closedAt === null && (kind === "direct" || role === "owner");
