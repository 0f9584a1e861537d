import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { sql } from "#server/db/sql.ts";
import { readReady } from "#server/media/access/store.ts";
import { fileAddress } from "#server/media/address.ts";
import { newPerson, type TestPerson } from "#tests/_people.ts";
import { uploaded, withMedia } from "#tests/jobs/_media.ts";
import * as samples from "#tests/jobs/_samples.ts";

const media = withMedia();
let ann: TestPerson;
beforeAll(async () => {
  ann = await newPerson("ann");
});

async function typeServed(fileId: string) {
  const { url } = await fileAddress(ann, { fileId, variant: "original" }, media.base);
  const response = await fetch(url);
  await response.arrayBuffer();
  return `${response.headers.get("content-type")} ${response.headers.get("content-disposition")}`;
}
const metadataOf = async (fileId: string) => (await readReady(sql(), ann.personId, [fileId]))[0]?.metadata;

describe("a voice is played where it stands, as long as it really is", () => {
  test.each([
    ["Opus in Ogg", () => samples.voice("ogg", 3), "audio/ogg inline"],
    ["Opus in WebM", () => samples.voice("webm", 3), "audio/webm inline"],
    ["Opus in WebM that does not say how long it is", () => samples.voiceWithoutLength(3), "audio/webm inline"],
    ["Opus in MP4", () => samples.voice("mp4", 3), "audio/mp4 inline"],
  ])("%s", async (_, make, type) => {
    const { fileId, outcome } = await uploaded(media.base, ann, await make(), { purpose: "voice" });
    expect(outcome).toBe("ready");
    expect(await typeServed(fileId)).toBe(type);
    expect(Math.abs(((await metadataOf(fileId))?.durationMs ?? 0) - 3_000)).toBeLessThan(50);
  });

  test("sound that no browser plays is refused", async () => {
    const bytes = await samples.voice("mp4", 3);
    const at = bytes.indexOf("Opus");
    expect(at).toBeGreaterThan(0);
    bytes.write("alac", at, "latin1");
    expect((await uploaded(media.base, ann, bytes, { purpose: "voice" })).outcome).toBe("unsupported_file_type");
  });

  test("longer than a minute is a file, whatever its header says", async () => {
    expect((await uploaded(media.base, ann, await samples.voice("webm", 70), { purpose: "voice" })).outcome).toBe(
      "voice_too_long",
    );
    const silentAboutIt = await samples.voiceWithoutLength(70);
    expect((await uploaded(media.base, ann, silentAboutIt, { purpose: "voice" })).outcome).toBe("voice_too_long");
  });
});

describe("a film is shown where it stands", () => {
  test.each([
    ["MP4", () => samples.film("mp4", 2), "video/mp4 inline"],
    ["WebM", () => samples.film("webm", 2), "video/webm inline"],
  ])("%s", async (_, make, type) => {
    const { fileId, outcome } = await uploaded(media.base, ann, await make(), { purpose: "video" });
    expect(outcome).toBe("ready");
    expect(await typeServed(fileId)).toBe(type);
    expect(await metadataOf(fileId)).toMatchObject({ width: 320, height: 240 });
    expect(Math.abs(((await metadataOf(fileId))?.durationMs ?? 0) - 2_000)).toBeLessThan(150);
  });
});

describe("what is no recording for us is refused", () => {
  test.each([
    ["a picture as a voice", () => samples.png(), "voice", "file_corrupt"],
    ["a picture as a film", () => samples.gif(3), "video", "file_corrupt"],
    ["a film as a voice", () => samples.film("mp4", 1), "voice", "unsupported_file_type"],
    ["a voice as a film", () => samples.voice("webm", 1), "video", "unsupported_file_type"],
    ["a page as a film", async () => samples.html, "video", "file_corrupt"],
    ["half an MP4", async () => (await samples.film("mp4", 1)).subarray(0, 300), "video", "file_corrupt"],
    ["the head of a WebM", async () => (await samples.voice("webm", 1)).subarray(0, 40), "voice", "file_corrupt"],
    ["the head of an Ogg", async () => (await samples.voice("ogg", 1)).subarray(0, 20), "voice", "file_corrupt"],
    ["noise", async () => Buffer.alloc(10_000, "im"), "video", "file_corrupt"],
  ] as const)("%s", async (_, make, purpose, reason) => {
    expect((await uploaded(media.base, ann, await make(), { purpose })).outcome).toBe(reason);
  });

  test("a playlist is not followed to a file of this machine, though that is a film", async () => {
    const directory = await mkdtemp(path.join(tmpdir(), "imchat-test-film-"));
    const place = path.join(directory, "another.mp4");
    try {
      await writeFile(place, await samples.film("mp4", 2));
      for (const address of [place, `file://${place}`, "http://127.0.0.1:9/film.mp4"]) {
        const { outcome } = await uploaded(media.base, ann, samples.playlist(address), { purpose: "video" });
        expect(outcome).toBe("file_corrupt");
      }
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});
