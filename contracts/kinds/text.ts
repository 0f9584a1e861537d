import * as z from "zod/mini";
import { limits } from "#contracts/limits.ts";
import { bodyText } from "#contracts/text.ts";

export const text = {
  /** Kept exactly as sent; never normalised. */
  schema: z.object({ kind: z.literal("text"), text: bodyText(limits.messageText.max) }),
  preview: (content: { text: string }) => content.text,
};
