import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import type { Purpose } from "#contracts/media.ts";
import { expireOrphans } from "#jobs/media/expire-orphans.ts";
import { collectGarbage } from "#jobs/media/gc-storage.ts";
import { updateProfile } from "#server/accounts/update-profile.ts";
import { createCommunity } from "#server/communities/create.ts";
import { sql, transaction } from "#server/db/sql.ts";
import { fileAddress } from "#server/media/address.ts";
import { cancelUpload } from "#server/media/cancel-upload.ts";
import { createUpload } from "#server/media/create-upload.ts";
import {
  deleteForgotten,
  deleteUnreferencedBlobs,
  lockForgotten,
  lockUnreferencedBlobs,
} from "#server/media/orphans/store.ts";
import { scheduleMessage } from "#server/messages/schedule/schedule.ts";
import { sendMessage } from "#server/messages/send/send.ts";
import { besideTransaction, makeFriends, newPerson, reasonFor, type TestPerson } from "#tests/_people.ts";
import { announcement, outcomeOf, placeOf, put, someBytes, uploaded, withMedia } from "#tests/jobs/_media.ts";
import * as samples from "#tests/jobs/_samples.ts";

const media = withMedia();
let ann: TestPerson;
let conversationId: string;
beforeAll(async () => {
  ann = await newPerson("ann");
  conversationId = await makeFriends(ann, await newPerson("ben"));
});

const age = async (...fileIds: string[]) => {
  await sql()`update files set created_at = now() - interval '25 hours' where id = any(${fileIds}::uuid[])`;
  await sql()`update media_blobs set created_at = now() - interval '25 hours'
    where id in (select blob_id from files where id = any(${fileIds}::uuid[]))`;
};
const blobOf = async (fileId: string) =>
  (await sql()<{ blobId: string }[]>`select blob_id from files where id = ${fileId}`)[0]?.blobId ?? "";
const blobPlace = (blobId: string) => path.join(process.env.MEDIA_DIR ?? "", "blobs", blobId.slice(-2), blobId);
const content = (fileId: string) => ({ kind: "file" as const, file: { fileId }, caption: "" });
const send = (fileId: string) => sendMessage(ann, { conversationId, clientId: randomUUID(), content: content(fileId) });
const ready = async (purpose: Purpose = "file", bytes = someBytes()) =>
  (await uploaded(media.base, ann, bytes, { purpose })).fileId;

async function halfSent(purpose: Purpose = "file"): Promise<string> {
  const bytes = someBytes();
  const said = announcement(bytes, { purpose });
  const { fileId, parts } = await createUpload(ann, said, media.base);
  await put(parts[0]?.url ?? "", bytes);
  return fileId;
}

describe("the sweep", () => {
  test("deletes abandoned files, with their bytes", async () => {
    const [sent, half, halfAvatar] = [await ready(), await halfSent(), await halfSent("avatar")];
    const sticker = await ready("sticker", await samples.png(60, 60));
    const refused = (await uploaded(media.base, ann, samples.svg)).fileId;
    const blobId = await blobOf(sent);
    expect([existsSync(blobPlace(blobId)), existsSync(placeOf(half))]).toEqual([true, true]);
    await age(sent, half, halfAvatar, refused, sticker);
    await expireOrphans();
    for (const fileId of [sent, half, halfAvatar, refused, sticker]) expect(await outcomeOf(ann, fileId)).toBe("gone");
    for (const place of [blobPlace(blobId), placeOf(half), placeOf(halfAvatar)]) expect(existsSync(place)).toBe(false);
    expect(await reasonFor(send(sent))).toBe("file_not_ready");
  });

  test("never takes what a message shows, what is young, or a face; one that was replaced goes", async () => {
    const [attached, young, youngHalf] = [await ready(), await ready(), await halfSent()];
    const waiting = await ready();
    await send(attached);
    const sendAt = new Date(Date.now() + 86_400_000).toISOString();
    await scheduleMessage(ann, { conversationId, clientId: randomUUID(), content: content(waiting), sendAt });
    await cancelUpload(ann, waiting);
    const [before, avatar, icon] = [
      await ready("avatar", await samples.png(49, 9)),
      await ready("avatar", await samples.png(50, 9)),
      await ready("icon", await samples.png(51, 9)),
    ];
    for (const avatarId of [before, avatar]) await updateProfile(ann, { avatarId });
    await createCommunity(ann, { name: "Kites", iconId: icon });
    await age(attached, waiting, before, avatar, icon);
    await expireOrphans();
    expect(await outcomeOf(ann, before)).toBe("gone");
    for (const fileId of [attached, waiting, young, avatar, icon]) {
      const { url } = await fileAddress(ann, { fileId, variant: "original" }, media.base);
      expect((await fetch(url)).status).toBe(200);
    }
    expect(existsSync(placeOf(youngHalf))).toBe(true);
  });

  test("leaves bytes that another file has too", async () => {
    const bytes = someBytes();
    const [old, again] = [await ready("file", bytes), await ready("file", bytes)];
    await age(old);
    await expireOrphans();
    expect(await outcomeOf(ann, old)).toBe("gone");
    const { url } = await fileAddress(ann, { fileId: again, variant: "original" }, media.base);
    expect(Buffer.from(await (await fetch(url)).arrayBuffer()).equals(bytes)).toBe(true);
  });

  test("takes more than it takes at once", async () => {
    const many = Array.from({ length: 450 }, () => randomUUID());
    await sql()`
      insert into files (id, owner_id, purpose, name, bytes, sha256, part_bytes, created_at)
      select id, ${ann.personId}, 'file', 'x', 1, '\\x00', 1, now() - interval '2 days' from unnest(${many}::uuid[]) as t (id)`;
    await expireOrphans();
    const [row] = await sql()<{ left: number }[]>`
      select count(*)::int as left from files where id = any(${many}::uuid[])`;
    expect(row?.left).toBe(0);
  });

  test("lets a message have the file that it is taking at this moment", async () => {
    const fileId = await ready();
    await age(fileId);
    await besideTransaction(async (tx) => {
      await tx`insert into attachments (file_id, conversation_id, seq) values (${fileId}, ${conversationId}, 100000)`;
      await expireOrphans();
    });
    expect(await outcomeOf(ann, fileId)).toBe("ready");
  });

  test("is waited for by a message, which then is refused and points to nothing", async () => {
    const fileId = await ready();
    await age(fileId);
    const sent = await besideTransaction(async (tx) => {
      const locked = (await lockForgotten(tx, 24, 10)).map(({ id }) => id);
      expect(locked).toContain(fileId);
      const sending = reasonFor(send(fileId));
      // The message has to be waiting for this row before it goes.
      await isWaitedFor();
      await deleteForgotten(tx, locked);
      return { sending };
    });
    expect(await sent.sending).toBe("file_not_found");
  });

  test("spares a blob that a new file takes at this moment", async () => {
    const bytes = someBytes();
    const first = await ready("file", bytes);
    const blobId = await blobOf(first);
    await age(first);
    await sql()`delete from files where id = ${first}`;
    const said = announcement(bytes);
    await besideTransaction(async (tx) => {
      await tx`select from media_blobs where id = ${blobId} for key share`;
      expect(await transaction((other) => lockUnreferencedBlobs(other, 1_000))).not.toContain(blobId);
    });
    expect((await createUpload(ann, said, media.base)).state).toBe("ready");
    expect(await transaction((tx) => deleteUnreferencedBlobs(tx, [blobId]))).toEqual([]);
  });
});

describe("collecting", () => {
  const old = new Date(Date.now() - 3 * 86_400_000);
  async function stray(place: string, at = old) {
    await mkdir(path.dirname(place), { recursive: true });
    await writeFile(place, "left by a process that died");
    await utimes(place, at, at);
    return place;
  }

  test("takes bytes that no row points to, once they are old, and nothing else", async () => {
    const [loose, young] = [randomUUID(), randomUUID()];
    const looseUpload = await stray(placeOf(loose));
    const youngUpload = await stray(placeOf(young), new Date());
    const looseBlob = await stray(path.join(blobPlace(loose), "original"));
    const youngBlob = await stray(path.join(blobPlace(young), "original"));
    await utimes(blobPlace(loose), old, old);
    const foreign = await stray(path.join(process.env.MEDIA_DIR ?? "", "uploads", "lost+found"));
    // An upload that was made a blob by a process which died before it took the first name away.
    const known = await ready();
    const twice = await stray(placeOf(known));
    await utimes(blobPlace(await blobOf(known)), old, old);
    const half = await halfSent();
    await utimes(placeOf(half), old, old);
    await collectGarbage();
    expect([looseUpload, looseBlob, twice].map(existsSync)).toEqual([false, false, false]);
    expect([youngUpload, youngBlob, foreign, placeOf(half)].map(existsSync)).toEqual([true, true, true, true]);
    expect(await readdir(blobPlace(await blobOf(known)))).toEqual(["original"]);
  });
});

async function isWaitedFor(): Promise<void> {
  for (;;) {
    const [row] = await sql()<{ waiting: boolean }[]>`
      select exists (select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()
        and query like '%send_messages%') as waiting`;
    if (row?.waiting) return;
    await pause(10);
  }
}
