import { expect, test } from "vitest";
import { sql } from "#server/db/sql.ts";
import { newPerson, reasonFor, type TestPerson } from "#tests/_people.ts";

process.env.MEDIA_TOTAL_BYTES = "3000";
// The environment is read once, by what asks first.
const { announcement, someBytes, uploaded, withMedia } = await import("#tests/jobs/_media.ts");
const { createUpload } = await import("#server/media/create-upload.ts");

const media = withMedia();

test("what all people together keep is bounded, whichever of them asks", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  await sql()`delete from files`;
  const announce = (me: TestPerson, bytes: number) =>
    reasonFor(createUpload(me, announcement(someBytes(bytes)), media.base));
  expect((await uploaded(media.base, ann, someBytes(2_000), { purpose: "file" })).outcome).toBe("ready");
  expect(await announce(ben, 1_001)).toBe("storage_limit_reached");
  expect(await announce(ben, 1_000)).toBe("no refusal");
  expect([await announce(ben, 1), await announce(ann, 1)]).toEqual(["storage_limit_reached", "storage_limit_reached"]);
});
