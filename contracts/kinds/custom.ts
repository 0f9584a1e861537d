import * as z from "zod/mini";
import { limits } from "#contracts/limits.ts";
import { bodyText } from "#contracts/text.ts";

/** "com.example.poll": reversed domain names keep two makers apart. */
const namespaced = z
  .string()
  .check(z.maxLength(limits.customType.max), z.regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, { error: "type_malformed" }));

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).byteLength;

/** 业务扩展: whatever a frontend of its own wants to say. `text` is what everyone else shows. */
export const custom = {
  schema: z.object({
    kind: z.literal("custom"),
    type: namespaced,
    payload: z
      .json()
      .check(z.refine((value) => bytesOf(value) <= limits.customPayloadBytes, { error: "payload_too_large" })),
    text: bodyText(limits.caption.max),
  }),
  preview: (content: { text: string }) => content.text,
};
