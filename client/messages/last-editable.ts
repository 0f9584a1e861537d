import type { Timeline } from "#client/messages/reduce-timeline.ts";
import { limits } from "#contracts/limits.ts";
import { allows } from "#contracts/messages/kinds/index.ts";
import type { Message } from "#contracts/messages/message.ts";

/** Whether its sender may still edit a message. `now` in milliseconds since 1970. */
export const mayEdit = ({ content, sentAt }: Message, now: number): boolean =>
  allows(content.kind, "edit") &&
  content.forwardedFrom === undefined &&
  now - Date.parse(sentAt) < limits.editSeconds * 1_000;

/** The last message of mine that I may still edit, if it is loaded. */
export const lastEditable = (timeline: Timeline | undefined, meId: string, now: number): Message | undefined =>
  timeline?.messages.findLast((message) => message.senderId === meId && mayEdit(message, now));
