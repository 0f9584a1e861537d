import { expect, test } from "vitest";
import { newPerson } from "#tests/_people.ts";
import { outcomeOf, upload, uploaded, withMedia } from "#tests/jobs/_media.ts";
import * as samples from "#tests/jobs/_samples.ts";

const media = withMedia();

test("six large pictures of one person do not hold up another person's small one", { timeout: 120_000 }, async () => {
  const [eve, ben] = [await newPerson("eve"), await newPerson("ben")];
  const large = await Promise.all([0, 1, 2, 3, 4, 5].map((n) => samples.png(4_000 + n, 4_000)));
  const small = await samples.png();
  // All six wait before the small one comes.
  const many = await Promise.all(large.map((bytes) => upload(media.base, eve, bytes)));
  let done = 0;
  const outcomes = many.map((fileId) => outcomeOf(eve, fileId).finally(() => (done += 1)));
  expect((await uploaded(media.base, ben, small)).outcome).toBe("ready");
  expect(done).toBeLessThan(4);
  expect(await Promise.all(outcomes)).toEqual(["ready", "ready", "ready", "ready", "ready", "ready"]);
});
