import sharp from "sharp";
import { expect, test } from "vitest";
import { getSelf } from "#server/accounts/me.ts";
import { updateProfile } from "#server/accounts/update-profile.ts";
import { createCommunity } from "#server/communities/create.ts";
import { updateCommunityMetadata } from "#server/communities/manage.ts";
import { sql } from "#server/db/sql.ts";
import { fileAddress } from "#server/media/address.ts";
import { callerOf, linkTo, newPerson, reasonFor } from "#tests/_people.ts";
import { uploaded, withMedia } from "#tests/jobs/_media.ts";

const media = withMedia();
const face = () =>
  sharp({ create: { width: 300, height: 300, channels: 3, background: "#3a7" } })
    .png()
    .toBuffer();

test("a picture of one's own is an avatar that everyone who is signed in sees", async () => {
  const [ann, eve] = [await newPerson("ann"), await newPerson("eve")];
  const { fileId } = await uploaded(media.base, ann, await face(), { purpose: "avatar" });
  expect((await updateProfile(ann, { avatarId: fileId })).avatarId).toBe(fileId);
  const { url } = await fileAddress(eve, { fileId, variant: "thumb" }, media.base);
  expect((await fetch(url)).headers.get("content-type")).toBe("image/webp");
  // What is not said stays, what is null goes.
  expect((await updateProfile(ann, { bio: "hello" })).avatarId).toBe(fileId);
  expect((await updateProfile(ann, { avatarId: null })).avatarId).toBeNull();
});

test("the picture of a community is shown to a stranger who has a link, without a session", async () => {
  const ann = await newPerson("ann");
  const { fileId } = await uploaded(media.base, ann, await face(), { purpose: "icon" });
  const { community } = await createCommunity(ann, { name: "Kites", joinPolicy: "invite", iconId: fileId });
  const { found } = await callerOf(null).communities.previewInvite({ code: await linkTo(ann, community.id) });
  const { pathname, search } = new URL(found?.picture ?? "");
  const answer = await fetch(`${media.base}${pathname}${search}`);
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "image/webp"]);
});

test("a picture of another person, or with another purpose, cannot be an avatar", async () => {
  const [ann, eve] = [await newPerson("ann"), await newPerson("eve")];
  const theirs = await uploaded(media.base, eve, await face(), { purpose: "avatar" });
  const photo = await uploaded(media.base, ann, await face());
  for (const { fileId } of [theirs, photo]) {
    expect(await reasonFor(updateProfile(ann, { avatarId: fileId }))).toBe("file_not_ready");
    expect(await reasonFor(createCommunity(ann, { name: "Kites", iconId: fileId }))).toBe("file_not_ready");
  }
  expect((await getSelf(ann)).avatarId).toBeNull();
});

test("a picture that is swept while it is chosen is refused, like any that is not there", async () => {
  const ann = await newPerson("ann");
  const { community } = await createCommunity(ann, { name: "Kites" });
  const { fileId } = await uploaded(media.base, ann, await face(), { purpose: "avatar" });
  const icon = await uploaded(media.base, ann, await face(), { purpose: "icon" });
  const choices: Promise<string>[] = [];
  await sql().begin(async (tx) => {
    await tx`delete from files where id in (${fileId}, ${icon.fileId})`;
    choices.push(reasonFor(updateProfile(ann, { avatarId: fileId })));
    choices.push(reasonFor(updateCommunityMetadata(ann, { communityId: community.id, iconId: icon.fileId })));
    const waiting = () =>
      sql()`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    await expect.poll(async () => (await waiting()).length, { timeout: 10_000 }).toBe(2);
  });
  expect(await Promise.all(choices)).toEqual(["file_not_ready", "file_not_ready"]);
});

test("a community has the picture that its owner chose", async () => {
  const ann = await newPerson("ann");
  const { fileId } = await uploaded(media.base, ann, await face(), { purpose: "icon" });
  const { community } = await createCommunity(ann, { name: "Kites", iconId: fileId });
  expect(community.iconId).toBe(fileId);
  const changed = await updateCommunityMetadata(ann, { communityId: community.id, iconId: null, icon: "🪁" });
  expect(changed.community).toMatchObject({ iconId: null, icon: "🪁" });
});
