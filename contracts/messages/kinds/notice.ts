import * as z from "zod/mini";
import { id, positive } from "#contracts/text.ts";

/** What the product itself says in a conversation. The sender is the person who did it. */
export const notices = [
  "friends_made",
  "community_created",
  "member_joined",
  "member_left",
  "member_removed",
  "community_handed_over",
  "community_renamed",
  "community_dissolved",
  "red_packet_opened",
  "message_pinned",
] as const;

export const notice = {
  schema: z.object({
    kind: z.literal("notice"),
    notice: z.enum(notices),
    /** Whom it was done to, when that is not the sender. */
    personId: z.optional(id),
    /** The new name, for community_renamed. */
    name: z.optional(z.string()),
    /** Which one, for red_packet_opened. */
    packetId: z.optional(id),
    /** Which message, for message_pinned. */
    pinnedSeq: z.optional(positive),
  }),
  forbids: ["recall", "react", "reply", "forward", "report", "star", "pin", "hide"] as const,
  searched: null,
  preview: (content: { notice: string }) => content.notice.replaceAll("_", " "),
};
