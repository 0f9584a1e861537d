import * as z from "zod/mini";
import { limits } from "#contracts/limits.ts";
import { positive } from "#contracts/text.ts";

/** The beginning of one message: who said it, its kind, and its preview as of a message. */
export const recordLine = z.object({ name: z.string(), kind: z.string(), preview: z.string() });

/**
 * 合并转发: messages of one conversation as they were when they were merged. Made by `messages.forward` alone; the messages
 * are read with `messages.record`. The title is made on screen, of `of` and, for a direct conversation, of both `names`.
 */
export const record = {
  schema: z.object({
    kind: z.literal("record"),
    of: z.enum(["direct", "community"]),
    names: z.array(z.string()).check(z.maxLength(2)),
    count: positive,
    lines: z.array(recordLine).check(z.maxLength(limits.record.lines)),
  }),
  label: "Chat history",
  preview: ({ names }: { names: string[] }) => names.join(", "),
  searched: ({ names, lines }: { names: string[]; lines: { name: string; preview: string }[] }) =>
    [...names, ...lines.map(({ name, preview }) => `${name}: ${preview}`)].join("\n"),
};
