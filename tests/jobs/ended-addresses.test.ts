import { randomUUID } from "node:crypto";
import http from "node:http";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { limits } from "#contracts/limits.ts";
import { rememberReadings } from "#jobs/media/readings.ts";
import { revokeOtherSessions, revokeSession } from "#server/accounts/sessions.ts";
import { signInForCookie } from "#server/accounts/sign-in.ts";
import { createCommunity } from "#server/communities/create.ts";
import { joinCommunity } from "#server/communities/join.ts";
import { leaveCommunity, removeFromCommunity } from "#server/communities/leave.ts";
import { sql } from "#server/db/sql.ts";
import { blockPerson } from "#server/friends/block.ts";
import { removeFriend } from "#server/friends/remove.ts";
import type { Me } from "#server/me.ts";
import { fileAddress } from "#server/media/address.ts";
import { cancelUpload } from "#server/media/cancel-upload.ts";
import { type Reading, signFileUrl } from "#server/media/file-url.ts";
import { mayStillRead } from "#server/media/reading.ts";
import { sendMessage } from "#server/messages/send/send.ts";
import { makeFriends, newPerson, type TestPerson, testPassword } from "#tests/_people.ts";
import { someBytes, until, uploaded, withMedia } from "#tests/jobs/_media.ts";
import { recordings } from "#tests/jobs/_recordings.ts";
import * as samples from "#tests/jobs/_samples.ts";

let [clockMs, asked, refused] = [0, 0, 0];
let isAway = false;
const { may } = rememberReadings(
  async (reading) => {
    asked += 1;
    if (isAway) throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
    const answer = await mayStillRead(reading);
    if (!answer) refused += 1;
    return answer;
  },
  { now: () => clockMs },
);
const media = withMedia({ may, everyMs: 20 });
let ann: TestPerson;
let ben: TestPerson;
beforeAll(async () => {
  [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
});
afterEach(() => void vi.useRealTimers());

/** What a yes of the media server and a copy of the browser last together. */
const aMinute = 60_000;
const rememberedMs = 30_000;

const addressOf = async (me: Me, fileId: string) =>
  (await fileAddress(me, { fileId, variant: "original" }, media.base)).url;
async function statusOf(url: string, headers: Record<string, string> = {}): Promise<number> {
  const response = await fetch(url, { headers });
  await response.arrayBuffer();
  return response.status;
}

async function sendFile(me: Me, conversationId: string, bytes = someBytes()) {
  const { fileId } = await uploaded(media.base, me, bytes, { purpose: "file", name: "notes.txt" });
  const content = { kind: "file" as const, file: { fileId }, caption: "" };
  await sendMessage(me, { conversationId, clientId: randomUUID(), content });
  return fileId;
}

/** Ann's community, Ben in it, and a file that Ann said there. */
async function inCommunity(bytes = someBytes()) {
  const { community } = await createCommunity(ann, { name: "Kites" });
  await joinCommunity(ben, { communityId: community.id });
  return { communityId: community.id, fileId: await sendFile(ann, community.id, bytes) };
}

test("both halves of the minute are said", () => {
  expect(limits.fileReadingSeconds * 1_000).toBe(rememberedMs);
  expect(2 * rememberedMs).toBeLessThanOrEqual(aMinute);
});

describe("an address that worked ends within a minute", () => {
  test.each([
    [
      "when its reader is removed",
      (communityId: string) => removeFromCommunity(ann, { communityId, personId: ben.personId }),
    ],
    ["when its reader leaves", (communityId: string) => leaveCommunity(ben, { communityId })],
  ])("%s", async (_, end) => {
    const { communityId, fileId } = await inCommunity();
    const [bens, anns] = [await addressOf(ben, fileId), await addressOf(ann, fileId)];
    const first = await fetch(bens);
    await first.arrayBuffer();
    expect([first.status, first.headers.get("cache-control")]).toEqual([200, "private, max-age=30"]);
    await end(communityId);
    clockMs += rememberedMs;
    const after = await fetch(bens);
    expect([after.status, await after.text()]).toEqual([403, ""]);
    expect(after.headers.get("cache-control")).toBe("private, no-store");
    expect(await statusOf(bens, { range: "bytes=0-9" })).toBe(403);
    expect(await statusOf(anns)).toBe(200);
  });

  test("when its session is ended elsewhere; another session of the same person reads on", async () => {
    const eve = await newPerson("eve");
    const again = await signInForCookie({ address: randomUUID() }, { login: eve.handle, password: testPassword });
    const { fileId } = await uploaded(media.base, eve, someBytes(), { purpose: "file" });
    const [first, second] = [await addressOf(eve, fileId), await addressOf(again, fileId)];
    expect([await statusOf(first), await statusOf(second)]).toEqual([200, 200]);
    await revokeSession(again, { sessionId: eve.sessionId });
    clockMs += rememberedMs;
    expect([await statusOf(first), await statusOf(second)]).toEqual([403, 200]);
    const third = await signInForCookie({ address: randomUUID() }, { login: eve.handle, password: testPassword });
    await revokeOtherSessions(third);
    clockMs += rememberedMs;
    expect([await statusOf(second), await statusOf(await addressOf(third, fileId))]).toEqual([403, 200]);
  });

  test("when its owner takes the file back", async () => {
    const { fileId } = await uploaded(media.base, ann, someBytes(), { purpose: "file" });
    const url = await addressOf(ann, fileId);
    expect(await statusOf(url)).toBe(200);
    await cancelUpload(ann, fileId);
    clockMs += rememberedMs;
    expect(await statusOf(url)).toBe(403);
  });

  test("also in the middle of a response", async () => {
    const { communityId, fileId } = await inCommunity(someBytes(40_000_000));
    const url = await addressOf(ben, fileId);
    const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
      http.get(url, resolve).on("error", reject);
    });
    expect(response.statusCode).toBe(200);
    await removeFromCommunity(ann, { communityId, personId: ben.personId });
    const before = refused;
    clockMs += rememberedMs;
    // Nothing was read until now: most of it is still to be sent.
    await until(() => refused > before);
    const ended = await new Promise<string>((resolve) => {
      response.on("error", () => resolve("cut")).on("end", () => resolve("whole"));
      response.resume();
    });
    expect(ended).toBe("cut");
  });
});

describe("an address stays", () => {
  test("between two who are friends no more, like the conversation", async () => {
    const gus = await newPerson("gus");
    const conversationId = await makeFriends(ann, gus);
    const url = await addressOf(gus, await sendFile(ann, conversationId));
    expect(await statusOf(url)).toBe(200);
    await blockPerson(ann, { personId: gus.personId });
    await removeFriend(ann, { personId: gus.personId });
    clockMs += rememberedMs;
    expect(await statusOf(url)).toBe(200);
  });

  test("for the hours that a film may take: its reader seeks in it", async () => {
    const { fileId } = await uploaded(media.base, ann, await recordings["film.mp4"].make(), { purpose: "video" });
    const url = await addressOf(ann, fileId);
    const hours = 3_600_000;
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 11 * hours });
    clockMs += 11 * hours;
    expect(await statusOf(url, { range: "bytes=1000-" })).toBe(206);
    vi.setSystemTime(Date.now() + 2 * hours);
    expect(await statusOf(url, { range: "bytes=1000-" })).toBe(403);
  });

  test("public files are served without a check and cached: avatars, icons, stickers, pictures of link cards", async () => {
    const before = asked;
    for (const [at, purpose] of (["avatar", "icon", "sticker", "image"] as const).entries()) {
      const { fileId, outcome } = await uploaded(media.base, ann, await samples.png(40 + at, 40), { purpose });
      expect(outcome).toBe("ready");
      if (purpose === "image") await sql()`update files set owner_id = null where id = ${fileId}`;
      const response = await fetch(await addressOf(ben, fileId));
      await response.arrayBuffer();
      expect(response.status).toBe(200);
      expect(response.headers.get("cache-control")).toMatch(/^private, max-age=(89\d|900), immutable$/);
    }
    expect(asked).toBe(before);
  });
});

test("while the tables are away only what was just allowed is served; nothing is guessed", async () => {
  const [{ fileId }, other] = [await inCommunity(), await inCommunity()];
  const [known, unknown] = [await addressOf(ben, fileId), await addressOf(ben, other.fileId)];
  expect(await statusOf(known)).toBe(200);
  isAway = true;
  const answers = [await statusOf(known), await statusOf(unknown)];
  clockMs += rememberedMs;
  answers.push(await statusOf(known));
  isAway = false;
  expect(answers).toEqual([200, 503, 503]);
  expect([await statusOf(known), await statusOf(unknown)]).toEqual([200, 200]);
});

describe("an address of another person", () => {
  test("that was changed opens nothing", async () => {
    const { fileId } = await inCommunity();
    const other = await uploaded(media.base, ann, someBytes(), { purpose: "file" });
    const url = await addressOf(ben, fileId);
    const reading = new URL(url).searchParams;
    for (const wrong of [
      url.replace(`person=${ben.personId}`, `person=${ann.personId}`),
      url.replace(`session=${ben.sessionId}`, `session=${ann.sessionId}`),
      url.replace(`file=${fileId}`, `file=${other.fileId}`),
      url.replace(/person=[^&]+&session=[^&]+&file=[^&]+/, "for=all"),
      `${url}&for=all`,
      url.replace(/sig=.*/, `sig=${"A".repeat(43)}`),
    ]) {
      expect(wrong).not.toBe(url);
      expect(await statusOf(wrong)).toBe(403);
    }
    expect([reading.get("for"), await statusOf(url)]).toEqual([null, 200]);
  });

  test("that we signed ourselves opens what its person may read, in a session of theirs", async () => {
    const { fileId } = await inCommunity();
    const eve = await newPerson("eve");
    const [, , blobId = "", variant = ""] = new URL(await addressOf(ann, fileId)).pathname.split("/");
    const { fileId: elsewhere } = await uploaded(media.base, ben, someBytes(), { purpose: "file" });
    const serving = { type: "", name: "x" };
    const sign = (reading: Partial<Reading>) =>
      signFileUrl(media.base, {
        ...{ blobId, variant, serving },
        reading: { personId: ben.personId, sessionId: ben.sessionId, fileId, blobId, ...reading },
        expires: new Date(Date.now() + aMinute),
      });
    expect(await statusOf(sign({}))).toBe(200);
    for (const wrong of [
      { personId: eve.personId, sessionId: eve.sessionId },
      { sessionId: eve.sessionId },
      { sessionId: randomUUID() },
      // Ben may read that file, but these are not its bytes.
      { fileId: elsewhere },
      { fileId: randomUUID() },
      { personId: "%27 or true" },
      { sessionId: "" },
    ]) {
      expect(await statusOf(sign(wrong))).toBe(403);
    }
  });
});
