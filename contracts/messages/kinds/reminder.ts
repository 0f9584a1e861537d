import * as z from "zod/mini";
import { recordLine } from "#contracts/messages/kinds/record.ts";
import { id, positive } from "#contracts/text.ts";

const fields = { kind: z.literal("reminder"), of: z.object({ conversationId: id, seq: positive }) };

/**
 * A message that I wanted to be reminded of, in my notes alone. `line`: what it said when the reminder was sent; null when I
 * could not read it any more.
 */
export const reminder = {
  draft: z.object(fields),
  schema: z.object({ ...fields, line: z.nullable(recordLine) }),
  label: "Reminder",
  preview: ({ line }: { line: { name: string; preview: string } | null }) =>
    line === null ? "" : `${line.name}: ${line.preview}`,
  // It names a conversation that others may not be in.
  forbids: ["forward"] as const,
};
