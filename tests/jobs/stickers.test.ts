import { randomUUID } from "node:crypto";
import sharp from "sharp";
import { beforeAll, expect, test } from "vitest";
import { limits } from "#contracts/limits.ts";
import type { PackAddInput, StickerPack } from "#contracts/stickers.ts";
import { expireOrphans } from "#jobs/media/expire-orphans.ts";
import { installBuiltinPacks } from "#jobs/stickers/builtin-packs.ts";
import { sql } from "#server/db/sql.ts";
import { fileAddress } from "#server/media/address.ts";
import { cancelUpload } from "#server/media/cancel-upload.ts";
import { rates } from "#server/rate.ts";
import { callerOf, makeFriends, newPerson, reasonFor, type TestPerson } from "#tests/_people.ts";
import { outcomeOf, upload, uploaded, withMedia } from "#tests/jobs/_media.ts";

const media = withMedia();
beforeAll(() => installBuiltinPacks());

let shade = 0;
/** Each is another picture: the same bytes would be the same file. */
function drawn(side = 64): Promise<Buffer> {
  shade += 1;
  const background = { r: shade % 256, g: shade >> 8, b: 90, alpha: 0.5 };
  return sharp({ create: { width: side, height: side, channels: 4, background } })
    .png()
    .toBuffer();
}
async function sticker(me: TestPerson, side?: number): Promise<string> {
  const sent = await uploaded(media.base, me, await drawn(side), { purpose: "sticker" });
  expect(sent.outcome).toBe("ready");
  return sent.fileId;
}
const info = (assets: string[], icon = assets[0] ?? "") => ({ id: "cats", size: "middle" as const, icon, assets });
async function packOf(me: TestPerson, more: Partial<PackAddInput> = {}): Promise<PackAddInput> {
  const [a, b] = [await sticker(me), await sticker(me)];
  return {
    packId: randomUUID(),
    name: "Cats",
    info: info(["wave.png", "nap.gif"]),
    files: { "wave.png": a, "nap.gif": b },
    ...more,
  };
}
const stickersOf = (me: TestPerson) => callerOf(me).stickers;
const oursFor = async (me: TestPerson) => (await stickersOf(me).list()).packs.filter(({ key }) => key !== null);
const first = (pack: StickerPack | undefined) => {
  const one = pack?.stickers[0];
  if (!one) throw new Error("the pack is empty");
  return one;
};
const send = (me: TestPerson, conversationId: string, stickerId: string, clientId: string = randomUUID()) =>
  callerOf(me).messages.send({ conversationId, clientId, content: { kind: "sticker", stickerId } });

test("everybody has our packs from the beginning, as pictures: the drawings do not leave", async () => {
  const ann = await newPerson("ann");
  const packs = await oursFor(ann);
  expect(packs.map(({ key, mine, installed }) => ({ key, mine, installed }))).toEqual(
    ["mantou", "jiaozi"].map((key) => ({ key, mine: false, installed: false })),
  );
  for (const pack of packs) {
    expect(pack.stickers.length).toBeGreaterThanOrEqual(12);
    for (const { picture } of pack.stickers) {
      expect(picture).toMatchObject({ type: "image/webp", width: 256, height: 256, animated: false });
    }
  }
  for (const variant of ["original", "display", "thumb"] as const) {
    const { url } = await fileAddress(ann, { fileId: first(packs[0]).picture.fileId, variant }, media.base);
    const served = await fetch(url);
    expect(served.headers.get("content-type")).toBe("image/webp");
    const { format, hasAlpha } = await sharp(Buffer.from(await served.arrayBuffer())).metadata();
    expect({ format, hasAlpha }).toEqual({ format: "webp", hasAlpha: true });
  }
});

test("bringing our packs again, twice at once, changes and adds nothing", async () => {
  const ann = await newPerson("ann");
  const before = await oursFor(ann);
  const files = () => sql()<{ count: number }[]>`select count(*)::int as count from files where owner_id is null`;
  const [{ count = 0 } = {}] = await files();
  await Promise.all([installBuiltinPacks(), installBuiltinPacks()]);
  expect(await oursFor(ann)).toEqual(before);
  expect(await files()).toEqual([{ count }]);
});

test("a sticker is stored with its picture, and the same draft again is the same message", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  const hello = first((await oursFor(ann))[0]);
  const clientId = randomUUID();
  const { message } = await send(ann, conversationId, hello.id, clientId);
  const { packId, label, picture } = hello;
  expect(message.content).toEqual({ kind: "sticker", stickerId: hello.id, packId, label, picture });
  expect(message.preview).toBe("[Sticker] hello");
  expect(await send(ann, conversationId, hello.id, clientId)).toMatchObject({
    outcome: "duplicate",
    message: { seq: message.seq },
  });
});

test("a person may send their own pack; a receiver of one of its stickers may install, see and send it", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  const pack = await stickersOf(ann).addPack(await packOf(ann, { labels: { "NAP.gif": "A nap" } }));
  expect(pack).toMatchObject({ key: null, name: "Cats", size: "medium", installed: true, mine: true });
  expect(pack.stickers.map(({ key, label }) => ({ key, label }))).toEqual([
    { key: null, label: "wave" },
    { key: null, label: "A nap" },
  ]);
  const wave = first(pack);
  expect(await reasonFor(send(ben, conversationId, wave.id))).toBe("not_found");
  const { message } = await send(ann, conversationId, wave.id);
  const packId = String(message.content.packId);

  expect(await stickersOf(ben).pack({ packId })).toEqual({ ...pack, installed: false, mine: false });
  await expect(
    fileAddress(ben, { fileId: wave.picture.fileId, variant: "display" }, media.base),
  ).resolves.toBeDefined();
  await stickersOf(ben).installPack({ packId });
  await stickersOf(ben).installPack({ packId });
  expect((await stickersOf(ben).list()).packs.filter(({ installed }) => installed)).toEqual([{ ...pack, mine: false }]);
  await expect(send(ben, conversationId, wave.id)).resolves.toMatchObject({ outcome: "stored" });

  await stickersOf(ben).removePack({ packId });
  expect(await reasonFor(send(ben, conversationId, wave.id))).toBe("not_found");
  expect((await stickersOf(ann).list()).packs).toContainEqual(pack);
});

test("a favourite can be sent without its pack, the latest first, and no longer once it is none", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  const [wave, nap] = (await stickersOf(ann).addPack(await packOf(ann))).stickers;
  if (!wave || !nap) throw new Error("two were added");
  for (const { id } of [wave, nap, nap]) await stickersOf(ben).favourite({ stickerId: id });
  expect((await stickersOf(ben).list()).favourites).toEqual([nap, wave]);
  await expect(send(ben, conversationId, wave.id)).resolves.toMatchObject({ outcome: "stored" });
  await stickersOf(ben).unfavourite({ stickerId: wave.id });
  await stickersOf(ben).unfavourite({ stickerId: wave.id });
  expect((await stickersOf(ben).list()).favourites).toEqual([nap]);
  expect(await reasonFor(send(ben, conversationId, wave.id))).toBe("not_found");
});

test("what is not there is not found", async () => {
  const ann = await newPerson("ann");
  const nowhere = { packId: randomUUID(), stickerId: randomUUID() };
  expect(await reasonFor(stickersOf(ann).favourite(nowhere))).toBe("not_found");
  expect(await reasonFor(stickersOf(ann).installPack(nowhere))).toBe("not_found");
  expect(await reasonFor(stickersOf(ann).pack(nowhere))).toBe("not_found");
});

test("adding a pack again returns the existing one; another person's id is not found", async () => {
  const [ann, eve] = [await newPerson("ann"), await newPerson("eve")];
  const input = await packOf(ann);
  const pack = await stickersOf(ann).addPack(input);
  expect(await stickersOf(ann).addPack(input)).toEqual(pack);
  expect(await reasonFor(stickersOf(eve).addPack(await packOf(eve, { packId: input.packId })))).toBe("not_found");
});

test("a pack is refused whole when a file of it is not mine, not there, not ready or not a sticker", async () => {
  const [ann, eve] = [await newPerson("ann"), await newPerson("eve")];
  const mine = await sticker(ann);
  const photo = (await uploaded(media.base, ann, await drawn())).fileId;
  const halfway = await upload(media.base, ann, Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"), {
    purpose: "sticker",
  });
  expect(await outcomeOf(ann, halfway)).toBe("unsupported_file_type");
  for (const other of [
    await sticker(eve),
    first((await oursFor(ann))[0]).picture.fileId,
    randomUUID(),
    photo,
    halfway,
  ]) {
    const pack = await packOf(ann, { files: { "wave.png": mine, "nap.gif": other } });
    expect(await reasonFor(stickersOf(ann).addPack(pack))).toBe("file_not_ready");
  }
  expect((await stickersOf(ann).list()).packs.filter(({ mine: own }) => own)).toEqual([]);
});

test("files and names must match, one to one", async () => {
  const ann = await newPerson("ann");
  const good = await packOf(ann);
  const [a = "", b = ""] = Object.values(good.files);
  const wrongs: Partial<PackAddInput>[] = [
    { files: { "wave.png": a } },
    { files: { "wave.png": a, "nap.gif": b, "more.png": a } },
    { files: { "wave.png": a, "WAVE.png": b, "nap.gif": b } },
    { files: {} },
    { info: info(["wave.png", "nap.gif"], "cover.png") },
    { info: info(["wave.png", "wave.gif"]), files: { "wave.png": a, "wave.gif": b } },
  ];
  for (const wrong of wrongs) {
    expect(await reasonFor(stickersOf(ann).addPack({ ...good, ...wrong })), JSON.stringify(wrong)).toBe("invalid_pack");
  }
  for (const path of ["../wave.png", "/wave.png", "a\\wave.png"]) {
    const climbing = { ...good, info: info([path]), files: { [path]: a } };
    expect(await reasonFor(stickersOf(ann).addPack(climbing))).toBe("invalid_pack");
  }
});

test("a sticker has at most 512 pixels on a side and 512 KB", async () => {
  const ann = await newPerson("ann");
  const huge = await sticker(ann, 513);
  const fits = await sticker(ann, 512);
  const alone = (fileId: string) => ({
    packId: randomUUID(),
    name: "One",
    info: info(["one.png"]),
    files: { "one.png": fileId },
  });
  expect(await reasonFor(stickersOf(ann).addPack(alone(huge)))).toBe("sticker_too_large");
  await expect(stickersOf(ann).addPack(alone(fits))).resolves.toMatchObject({ name: "One" });
  const heavy = Buffer.alloc(limits.fileBytes.sticker + 1);
  expect(await reasonFor(upload(media.base, ann, heavy, { purpose: "sticker" }))).toBe("file_too_large");
});

test("a person has twenty packs of their own at most, also when adding many at once", async () => {
  const ann = await newPerson("ann");
  const fileId = await sticker(ann);
  const add = () =>
    reasonFor(
      stickersOf(ann).addPack({
        packId: randomUUID(),
        name: "Many",
        info: info(["one.png"]),
        files: { "one.png": fileId },
      }),
    );
  const outcomes = await Promise.all(Array.from({ length: limits.stickers.madePacks + 5 }, add));
  expect(outcomes.toSorted()).toEqual([...Array(20).fill("no refusal"), ...Array(5).fill("packs_limit_reached")]);
});

test("making packs is rate limited, and installing existing ones is not", async () => {
  const ann = await newPerson("ann");
  const fileId = await sticker(ann);
  const make = async () => {
    const packId = randomUUID();
    await stickersOf(ann).addPack({ packId, name: "X", info: info(["one.png"]), files: { "one.png": fileId } });
    await stickersOf(ann).removePack({ packId });
    return packId;
  };
  for (let made = 0; made < rates.pack.burst - 1; made += 1) await make();
  const packId = await make();
  expect(await reasonFor(make())).toBe("rate_limited");
  await stickersOf(ann).installPack({ packId });
  expect((await stickersOf(ann).list()).packs.map(({ id }) => id)).toContain(packId);
});

test("a file of a pack is neither swept nor cancelled away; one that no pack took is swept", async () => {
  const ann = await newPerson("ann");
  const input = await packOf(ann);
  await stickersOf(ann).addPack(input);
  const loose = await sticker(ann);
  const [kept = ""] = Object.values(input.files);
  await cancelUpload(ann, kept);
  await sql()`update files set created_at = now() - interval '2 days' where id in ${sql()([kept, loose])}`;
  await expireOrphans();
  expect(await outcomeOf(ann, kept)).toBe("ready");
  expect(await outcomeOf(ann, loose)).toBe("gone");
});
