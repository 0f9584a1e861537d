import { expect, test } from "vitest";
import { rememberReadings } from "#jobs/media/readings.ts";

const reading = (fileId: string) => ({ personId: "ann", sessionId: "phone", fileId, blobId: "bytes" });

/** What is asked, and when it is answered with what. */
function asking() {
  const asked: string[] = [];
  const answers: ((may: boolean) => void)[] = [];
  const ask = ({ fileId }: { fileId: string }) => {
    asked.push(fileId);
    return new Promise<boolean>((resolve) => answers.push(resolve));
  };
  return { asked, ask, answer: (may: boolean) => answers.shift()?.(may) };
}

test("a yes is remembered from the question on, not from its answer", async () => {
  let now = 0;
  const { asked, ask, answer } = asking();
  const { may } = rememberReadings(ask, { forMs: 30_000, now: () => now });
  const first = may(reading("a"));
  now = 5_000;
  answer(true);
  expect(await first).toBe(true);
  now = 29_999;
  expect(await may(reading("a"))).toBe(true);
  expect(asked).toEqual(["a"]);
  now = 30_000;
  const second = may(reading("a"));
  answer(false);
  expect(await second).toBe(false);
  expect(asked).toEqual(["a", "a"]);
});

test("a no is asked again, and so is everything of another person, session, file or bytes", async () => {
  const asked: object[] = [];
  const { may } = rememberReadings(async (one) => asked.push(one) > 2, { now: () => 0 });
  expect([await may(reading("a")), await may(reading("a")), await may(reading("a"))]).toEqual([false, false, true]);
  const others = { personId: "ben", sessionId: "desk", fileId: "b", blobId: "other" };
  for (const [name, value] of Object.entries(others)) await may({ ...reading("a"), [name]: value });
  expect(asked).toHaveLength(7);
  expect(await may(reading("a"))).toBe(true);
  expect(asked).toHaveLength(7);
});

test("so many are remembered, and the oldest is asked about again", async () => {
  const asked: string[] = [];
  const { may } = rememberReadings(async ({ fileId }) => asked.push(fileId) > 0, { most: 2, now: () => 0 });
  for (const fileId of ["a", "b", "c", "b", "c", "a"]) await may(reading(fileId));
  expect(asked).toEqual(["a", "b", "c", "a"]);
});
