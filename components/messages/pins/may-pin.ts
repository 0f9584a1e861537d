import type { Conversation } from "#contracts/conversations.ts";

/** Whether pinning is offered: to everyone of a direct conversation or notes, and to the owner of a community. */
export const mayPin = ({ kind, role, closedAt }: Conversation): boolean =>
  closedAt === null && (kind !== "community" || role === "owner");
