import * as z from "zod/mini";

/** 撤回: what is left of a message that its sender recalled, or an admin of the community removed (`byAdmin`). Content, files and reactions are gone. */
export const recalled = {
  schema: z.object({ kind: z.literal("recalled"), byAdmin: z.optional(z.literal(true)) }),
  label: "Recalled",
  preview: () => "",
  searched: null,
  forbids: ["recall", "react", "reply", "forward", "report", "star", "pin"] as const,
};
