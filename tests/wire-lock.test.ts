import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import * as z from "zod/mini";
import { envelope } from "#contracts/bus.ts";
import { wireEvent } from "#contracts/events.ts";

const lockOf = (schema: z.core.$ZodType) =>
  createHash("sha256")
    .update(JSON.stringify(z.toJSONSchema(schema)))
    .digest("hex")
    .slice(0, 16);

/**
 * Red means: what tabs opened yesterday, or workers of the last version, will receive has changed. Decide whether they
 * can live with it (a new event leaves them a hole that they close by asking; a changed one may not), then update.
 */
test("what travels to clients is what was agreed", () => expect(lockOf(wireEvent)).toBe("9a911fb445aee0ef"));
test("what travels between processes is what was agreed", () => expect(lockOf(envelope)).toBe("1e41a74c3db29044"));

test("the lock sees a seeded change", () => {
  const changed = z.union([wireEvent, z.object({ type: z.literal("seeded") })]);
  expect(lockOf(changed)).not.toBe(lockOf(wireEvent));
});
