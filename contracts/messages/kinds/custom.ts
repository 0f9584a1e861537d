import * as z from "zod/mini";
import { limits } from "#contracts/limits.ts";
import { bodyText } from "#contracts/text.ts";

/** "com.example.poll": reversed domain names keep two makers apart. */
const namespaced = z
  .string()
  .check(z.maxLength(limits.customType.max), z.regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, { error: "invalid_type" }));

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/**
 * Why a value is not JSON that every reader can keep: nested too deeply, or with the key `__proto__`, which some lose
 * and some obey; null when it is. Walks without recursion: what arrives may be nested a hundred thousand times.
 */
function faultOf(value: unknown): "invalid_input" | "invalid_payload" | null {
  let level = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    const inside: unknown[] = [];
    for (const one of level) {
      if (one === null || typeof one === "string" || typeof one === "boolean") continue;
      if (typeof one === "number" && Number.isFinite(one)) continue;
      if (typeof one !== "object" || !isPlain(one)) return "invalid_input";
      if (depth >= limits.customPayloadDepth || Object.hasOwn(one, "__proto__")) return "invalid_payload";
      for (const each of Object.values(one)) inside.push(each);
    }
    level = inside;
  }
  return null;
}

const isPlain = (one: object) => Array.isArray(one) || [Object.prototype, null].includes(Object.getPrototypeOf(one));

const json = z
  .custom<Json>((value) => faultOf(value) !== "invalid_input", { error: "invalid_input", abort: true })
  .check(z.refine((value) => faultOf(value) === null, { error: "invalid_payload", abort: true }));

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).byteLength;

const schema = z.object({
  kind: z.literal("custom"),
  type: namespaced,
  payload: json.check(z.refine((value) => bytesOf(value) <= limits.customPayloadBytes, { error: "payload_too_large" })),
  text: bodyText(limits.caption.max),
});

/** 业务扩展: content of another frontend's own type. Frontends that do not know the type show `text`. */
export const custom = {
  draft: schema,
  schema,
  preview: (content: { text: string }) => content.text,
};
