import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { createCommunity } from "#server/communities/create.ts";
import { joinCommunity } from "#server/communities/join.ts";
import { leaveCommunity, removeFromCommunity } from "#server/communities/leave.ts";
import { blockPerson } from "#server/friends/block.ts";
import { removeFriend } from "#server/friends/remove.ts";
import type { Me } from "#server/me.ts";
import { fileAddress } from "#server/media/address.ts";
import { signedAddress } from "#server/media/signature.ts";
import { pageMessages } from "#server/messages/page.ts";
import { sendMessage } from "#server/messages/send/send.ts";
import { callerOf, makeFriends, newPerson, reasonFor, type TestPerson } from "#tests/_people.ts";
import { announcement, someBytes, until, uploaded, withMedia } from "#tests/jobs/_media.ts";
import * as samples from "#tests/jobs/_samples.ts";

const media = withMedia();
let ann: TestPerson;
let ben: TestPerson;
beforeAll(async () => {
  [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
});

const original = "original" as const;
const addressOf = async (me: Me, fileId: string, download = false) =>
  (await fileAddress(me, { fileId, variant: original, download }, media.base)).url;
const mayRead = async (me: Me, fileId: string) => (await reasonFor(addressOf(me, fileId))) === "no refusal";

async function sendFile(me: Me, conversationId: string, bytes = someBytes(), name = "notes.txt") {
  const { fileId } = await uploaded(media.base, me, bytes, { purpose: "file", name });
  const content = { kind: "file" as const, file: { fileId }, caption: "" };
  await sendMessage(me, { conversationId, clientId: randomUUID(), content });
  return fileId;
}

describe("who may read a file", () => {
  test.each([
    ["members from their time on", false],
    ["members, and files from before their time where new members see the history", true],
  ])("in a community: %s, until they leave or are removed", async (_, historyVisibleToNewMembers) => {
    const [cat, dan, eve] = [await newPerson("cat"), await newPerson("dan"), await newPerson("eve")];
    const { community } = await createCommunity(ann, { name: "Kites", historyVisibleToNewMembers });
    await joinCommunity(ben, { communityId: community.id });
    const early = await sendFile(ann, community.id);
    await joinCommunity(cat, { communityId: community.id });
    await joinCommunity(dan, { communityId: community.id });
    const late = await sendFile(ben, community.id);
    const table = async () =>
      Promise.all([ann, ben, cat, dan, eve].map(async (who) => [await mayRead(who, early), await mayRead(who, late)]));
    expect(await table()).toEqual([
      [true, true],
      [true, true],
      [historyVisibleToNewMembers, true],
      [historyVisibleToNewMembers, true],
      [false, false],
    ]);
    await leaveCommunity(cat, { communityId: community.id });
    await removeFromCommunity(ann, { communityId: community.id, personId: dan.personId });
    await leaveCommunity(ben, { communityId: community.id });
    expect(await table()).toEqual([
      [true, true],
      [false, true],
      [false, false],
      [false, false],
      [false, false],
    ]);
  });

  test("between two: what they were given stays readable when they are friends no more, like the conversation", async () => {
    const [fay, gus] = [await newPerson("fay"), await newPerson("gus")];
    const conversationId = await makeFriends(fay, gus);
    const fileId = await sendFile(fay, conversationId);
    await blockPerson(fay, { personId: gus.personId });
    await removeFriend(fay, { personId: gus.personId });
    expect((await pageMessages(gus, { conversationId, limit: 5 })).messages.length).toBeGreaterThan(0);
    expect(await mayRead(gus, fileId)).toBe(true);
    const next = await uploaded(media.base, fay, someBytes(), { purpose: "file" });
    const content = { kind: "file" as const, file: { fileId: next.fileId }, caption: "" };
    const refused = await reasonFor(sendMessage(fay, { conversationId, clientId: randomUUID(), content }));
    expect(["not_friends", "blocked_by_me"]).toContain(refused);
    expect(await mayRead(gus, next.fileId)).toBe(false);
  });

  test("a file that was only uploaded is its owner's alone; a file of two messages is for both readers", async () => {
    const [hal, ida] = [await newPerson("hal"), await newPerson("ida")];
    const [withHal, withIda] = [await makeFriends(ann, hal), await makeFriends(ann, ida)];
    const { fileId } = await uploaded(media.base, ann, someBytes(), { purpose: "file" });
    expect([await mayRead(ann, fileId), await mayRead(hal, fileId)]).toEqual([true, false]);
    const content = { kind: "file" as const, file: { fileId }, caption: "" };
    await sendMessage(ann, { conversationId: withHal, clientId: randomUUID(), content });
    expect([await mayRead(hal, fileId), await mayRead(ida, fileId)]).toEqual([true, false]);
    await sendMessage(ann, { conversationId: withIda, clientId: randomUUID(), content });
    expect(await mayRead(ida, fileId)).toBe(true);
    const stolen = { kind: "file" as const, file: { fileId }, caption: "" };
    const conversationId = await makeFriends(hal, ida);
    expect(await reasonFor(sendMessage(hal, { conversationId, clientId: randomUUID(), content: stolen }))).toBe(
      "file_not_ready",
    );
  });
});

describe("how a file is served", () => {
  test.each([
    ["a page", samples.html, "page.html"],
    ["a drawing that is a program", samples.svg, "drawing.svg"],
    ["a PDF", samples.pdf, "paper.pdf"],
    ["a picture that was sent as a file", samples.gifWithScript, "x.gif"],
  ])("%s is a download without a type, in a sandbox", async (_, bytes, name) => {
    const { fileId, outcome } = await uploaded(media.base, ann, bytes, { purpose: "file", name });
    expect(outcome).toBe("ready");
    const response = await fetch(await addressOf(ann, fileId));
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    expect(response.headers.get("content-type")).toBe("application/octet-stream");
    expect(response.headers.get("content-disposition")).toBe(
      `attachment; filename="${name}"; filename*=UTF-8''${name}`,
    );
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("content-security-policy")).toMatch(/^sandbox; default-src 'none'/);
    expect(response.headers.get("referrer-policy")).toBe("no-referrer");
    expect(response.headers.get("set-cookie")).toBeNull();
  });

  test.each([
    ['quo"tes \\ and % signs.txt', "quo_tes _ and _ signs.txt"],
    ["new\nline\r\n\r\n<script>.txt", "new line <script>.txt"],
    ["nul\u0000.txt", null],
    ["invoice\u202efdp.exe", "invoicefdp.exe"],
    ["休假 🏝️ plan (1).txt", "__ ___ plan (1).txt"],
    ["'; filename=other.exe", "'; filename=other.exe"],
    ["../../etc/passwd", "../../etc/passwd"],
  ])("a name like %j stays a name", async (name, plain) => {
    const bytes = someBytes();
    const said = announcement(bytes, { name });
    const api = callerOf(ann);
    if (plain === null) return expect(api.media.begin(said)).rejects.toMatchObject({ code: "BAD_REQUEST" });
    await api.media.begin(said);
    const { fileId } = await uploaded(media.base, ann, bytes, { purpose: "file", clientId: said.clientId });
    const disposition = (await fetch(await addressOf(ann, fileId))).headers.get("content-disposition") ?? "";
    const [, shown, encoded] =
      /^attachment; filename="([^"]*)"; filename\*=UTF-8''([\w.~%!$&+^`|-]+)$/.exec(disposition) ?? [];
    expect(shown).toBe(plain);
    expect(decodeURIComponent(encoded ?? "")).toBe(name.replace("\u202e", "").replace(/[\r\n]+/g, " "));
  });

  test("in pieces, without its body, and not again when it is known", async () => {
    const bytes = someBytes(5_000);
    const { fileId } = await uploaded(media.base, ann, bytes, { purpose: "file" });
    const url = await addressOf(ann, fileId);
    const ask = async (range: string) => {
      const response = await fetch(url, { headers: { range } });
      const body = Buffer.from(await response.arrayBuffer());
      return { status: response.status, said: response.headers.get("content-range"), body };
    };
    expect(await ask("bytes=0-9")).toEqual({ status: 206, said: "bytes 0-9/5000", body: bytes.subarray(0, 10) });
    expect(await ask("bytes=-10")).toMatchObject({ status: 206, body: bytes.subarray(-10) });
    expect(await ask("bytes=4990-")).toMatchObject({ status: 206, body: bytes.subarray(4_990) });
    expect(await ask("bytes=5000-")).toMatchObject({ status: 416, said: "bytes */5000" });
    expect(await ask("lines=1-2")).toMatchObject({ status: 200, body: bytes });
    const head = await fetch(url, { method: "HEAD" });
    expect([head.status, head.headers.get("content-length"), (await head.text()).length]).toEqual([200, "5000", 0]);
    const etag = head.headers.get("etag") ?? "";
    const known = await fetch(url, { headers: { "if-none-match": etag, "cache-control": "max-age=0" } });
    expect([known.status, (await known.text()).length]).toEqual([304, 0]);
    expect(head.headers.get("cache-control")).toBe("private, max-age=30");
    const other = await fetch(url, { headers: { range: "bytes=0-9", "if-range": '"other"' } });
    expect(other.status).toBe(200);
    await other.arrayBuffer();
  });

  test("a picture is shown, and is a download where that is asked", async () => {
    const { fileId } = await uploaded(media.base, ann, await samples.png(), { name: "cat.png" });
    const shown = await fetch(await addressOf(ann, fileId));
    const taken = await fetch(await addressOf(ann, fileId, true));
    expect(shown.headers.get("content-disposition")).toBe("inline");
    expect(taken.headers.get("content-disposition")).toContain('attachment; filename="cat.png"');
    expect(shown.headers.get("access-control-allow-origin")).toBe("*");
  });

  test("what no variant is made of is served as it is", async () => {
    const { fileId } = await uploaded(media.base, ann, samples.pdf, { purpose: "file", name: "a.pdf" });
    const { url } = await fileAddress(ann, { fileId, variant: "thumb" }, media.base);
    expect((await fetch(url)).headers.get("content-type")).toBe("application/octet-stream");
  });
});

describe("an address", () => {
  test("that was changed, is over or is for something else opens nothing", async () => {
    const { fileId } = await uploaded(media.base, ann, await samples.jpeg());
    const other = await uploaded(media.base, ben, await samples.jpeg(99, 9));
    const url = await addressOf(ann, fileId);
    const { pathname } = new URL(url);
    const elsewhere = new URL(await addressOf(ben, other.fileId)).pathname;
    const later = new Date(Date.now() + 60_000);
    for (const wrong of [
      url.replace("image%2Fjpeg", "text%2Fhtml"),
      url.replace("/original", "/display"),
      url.replace(pathname, elsewhere),
      url.replace(/exp=\d+/, "exp=99999999999"),
      url.replace(/sig=.*/, "sig="),
      url.replace(/&sig=.*/, ""),
      `${url}&name=x.exe`,
      signedAddress(media.base, "GET", pathname, { type: "image/jpeg", for: "all" }, new Date(Date.now() - 1_000)),
      signedAddress(media.base, "PUT", pathname, { type: "image/jpeg", for: "all" }, later),
      signedAddress(media.base, "GET", pathname, { type: "image/jpeg" }, later),
    ]) {
      expect((await fetch(wrong)).status).toBe(403);
    }
    // Even what we sign ourselves leads nowhere but into the folder of a blob.
    for (const path of ["/files/nobody/original", `${pathname}/../../../../secret`, "/files/..%2f..%2fetc/passwd"]) {
      const signed = signedAddress(media.base, "GET", path, { type: "image/jpeg", for: "all" }, later);
      expect([403, 404]).toContain((await fetch(signed)).status);
    }
    const page = signedAddress(media.base, "GET", pathname, { type: "text/html", for: "all" }, later);
    expect((await fetch(page)).headers.get("content-type")).toBe("application/octet-stream");
  });

  test("ends by itself", async () => {
    const { fileId } = await uploaded(media.base, ann, await samples.jpeg());
    const { pathname } = new URL(await addressOf(ann, fileId));
    const short = signedAddress(
      media.base,
      "GET",
      pathname,
      { type: "image/jpeg", for: "all" },
      new Date(Date.now() + 1_100),
    );
    await until(async () => (await fetch(short)).status === 403);
  });

  test("is for reading: nothing else is answered at all", async () => {
    for (const [method, path] of [
      ["GET", "/"],
      ["POST", "/parts/x/1"],
      ["DELETE", "/files/x/original"],
      ["GET", "/files"],
      ["GET", "//evil.example/files/x/y"],
      ["GET", "/files/%ff/%00"],
    ] as const) {
      expect([403, 404]).toContain((await fetch(`${media.base}${path}`, { method })).status);
    }
  });
});
