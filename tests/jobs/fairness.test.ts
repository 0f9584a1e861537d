import { expect, test } from "vitest";
import type { Me } from "#server/me.ts";
import { newPerson } from "#tests/_people.ts";
import { outcomeOf, upload, uploaded, withMedia } from "#tests/jobs/_media.ts";
import * as samples from "#tests/jobs/_samples.ts";

const media = withMedia();

/** Of one colour: many pixels in few bytes. */
const largePictures = () => Promise.all([0, 1, 2, 3, 4, 5].map((n) => samples.png(4_500 + n, 4_000)));

/** How many of six large pictures are done when a small one is that came after all of them. */
async function doneBeforeSmallOne(ownerOf: (n: number) => Me): Promise<number> {
  const [ben, small] = [await newPerson("ben"), await samples.png()];
  const large = await largePictures();
  const many = await Promise.all(large.map((bytes, n) => upload(media.base, ownerOf(n), bytes)));
  let done = 0;
  const outcomes = many.map((fileId, n) => outcomeOf(ownerOf(n), fileId).finally(() => (done += 1)));
  expect((await uploaded(media.base, ben, small)).outcome).toBe("ready");
  const before = done;
  expect(await Promise.all(outcomes)).toEqual(["ready", "ready", "ready", "ready", "ready", "ready"]);
  return before;
}

test("six large pictures of one person do not hold up another person's small one", { timeout: 120_000 }, async () => {
  const eve = await newPerson("eve");
  expect(await doneBeforeSmallOne(() => eve)).toBeLessThan(4);
});

test("nor do six people's large pictures, although they have few bytes", { timeout: 120_000 }, async () => {
  const people = await Promise.all([0, 1, 2, 3, 4, 5].map((n) => newPerson(`eve${n}`)));
  expect(await doneBeforeSmallOne((n) => people[n] as Me)).toBeLessThan(4); // six of both
});
