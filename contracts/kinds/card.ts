import * as z from "zod/mini";
import { limits } from "#contracts/limits.ts";
import { id, nameLine, positive } from "#contracts/text.ts";

const facts = { kind: z.literal("card"), of: z.enum(["person", "community"]), id };

/** 名片: somebody, or a community. Name and number are those of the moment of sending; the card on screen asks anew. */
export const card = {
  draft: z.object(facts),
  schema: z.object({ ...facts, number: positive, name: nameLine(limits.displayName.max) }),
  preview: (content: { name: string }) => `[Contact] ${content.name}`,
};
