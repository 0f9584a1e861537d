import * as z from "zod/mini";
import { picture } from "#contracts/media.ts";
import { webAddress } from "#contracts/messages/parts.ts";

export const previewInput = z.object({ url: webAddress });
/** `card`: null when the page has nothing to show, or cannot be reached. `pending`: ask again in a moment. */
export const previewOutput = z.object({
  state: z.enum(["pending", "ready"]),
  card: z.nullable(
    z.object({ title: z.string(), description: z.string(), site: z.string(), picture: z.nullable(picture) }),
  ),
});
export type LinkPreview = z.infer<typeof previewOutput>;
export type LinkCard = NonNullable<LinkPreview["card"]>;
