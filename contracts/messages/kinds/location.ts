import * as z from "zod/mini";
import { limits } from "#contracts/limits.ts";
import { optionalLine } from "#contracts/text.ts";

const schema = z.object({
  kind: z.literal("location"),
  latitude: z.number().check(z.minimum(-90), z.maximum(90)),
  longitude: z.number().check(z.minimum(-180), z.maximum(180)),
  name: optionalLine(limits.locationName.max),
});

/** Degrees, WGS 84. */
export const location = {
  draft: schema,
  schema,
  label: "Location",
  preview: (content: { name: string }) => content.name,
};
