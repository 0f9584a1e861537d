import * as z from "zod/mini";
import { limits } from "#contracts/limits.ts";
import { id, nameLine, positive } from "#contracts/text.ts";

const fields = { kind: z.literal("card"), of: z.enum(["person", "community"]), id };

/** 名片: a person or a community. Name and number as of sending; the card on screen loads the current ones. */
export const card = {
  draft: z.object(fields),
  schema: z.object({ ...fields, number: positive, name: nameLine(limits.displayName.max) }),
  label: "Contact",
  preview: (content: { name: string }) => content.name,
  searched: (content: { name: string; number: number }) => `${content.name}\n${content.number}`,
};
