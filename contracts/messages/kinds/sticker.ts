import * as z from "zod/mini";
import { picture } from "#contracts/media.ts";
import { id, optionalLine } from "#contracts/text.ts";

const fields = { kind: z.literal("sticker"), stickerId: id };

/** 表情: one picture of a pack. `label` says what it shows, for those who do not see it. */
export const sticker = {
  draft: z.object(fields),
  schema: z.object({ ...fields, packId: id, label: optionalLine(40), picture }),
  label: "Sticker",
  preview: (content: { label: string }) => content.label,
};
