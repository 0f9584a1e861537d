import * as z from "zod/mini";
import { picture } from "#contracts/media.ts";
import { id, optionalLine } from "#contracts/text.ts";

const metadata = { kind: z.literal("sticker"), stickerId: id };

/** 表情: one picture of a pack. `label` says what it shows, for those who do not see it. */
export const sticker = {
  draft: z.object(metadata),
  schema: z.object({ ...metadata, packId: id, label: optionalLine(40), picture }),
  preview: (content: { label: string }) => `[Sticker] ${content.label}`,
};
