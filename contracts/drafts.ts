import * as z from "zod/mini";
import { limits } from "#contracts/limits.ts";
import { count, fieldText, id, positive } from "#contracts/text.ts";

/** What I have written in a conversation and not sent yet. `replyTo`: the `seq` that it answers, or null. */
export const draft = z.object({ conversationId: id, text: z.string(), replyTo: z.nullable(positive) });
export type Draft = z.infer<typeof draft>;

/** All of mine, by conversation; `rev` is mine. */
export const draftList = z.object({ rev: count, drafts: z.array(draft) });
export type DraftList = z.infer<typeof draftList>;

/** A text that says nothing takes the draft away. At most as long as a message. */
export const draftSaveInput = z.object({
  conversationId: id,
  text: fieldText(limits.messageText.max),
  replyTo: z.nullable(positive),
});
export type DraftSaveInput = z.infer<typeof draftSaveInput>;
/** `rev`: mine, at which this is the draft. */
export const draftSaveOutput = z.object({ rev: count, draft: z.nullable(draft) });
export type DraftSaveOutput = z.infer<typeof draftSaveOutput>;
