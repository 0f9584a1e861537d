import * as z from "zod/mini";
import { limits } from "#contracts/limits.ts";
import { optionalLine } from "#contracts/text.ts";

/** Degrees, WGS 84. */
export const location = {
  schema: z.object({
    kind: z.literal("location"),
    latitude: z.number().check(z.minimum(-90), z.maximum(90)),
    longitude: z.number().check(z.minimum(-180), z.maximum(180)),
    name: optionalLine(limits.placeName.max),
  }),
  preview: (content: { name: string }) => `[Location] ${content.name}`,
};
