import * as z from "zod/mini";

/** 撤回: what is left of a message that its sender recalled. Content, files and reactions are gone. */
export const recalled = {
  schema: z.object({ kind: z.literal("recalled") }),
  label: "Recalled",
  preview: () => "",
  searched: null,
  forbids: ["recall", "react", "reply", "forward", "report", "star", "pin"] as const,
};
