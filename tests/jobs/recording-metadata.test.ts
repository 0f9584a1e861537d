import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { BlobSource, EncodedPacketSink, Input } from "mediabunny";
import { beforeAll, describe, expect, test } from "vitest";
import { readFormats } from "#jobs/media/recordings/formats.ts";
import { inSandbox } from "#jobs/sandbox/pool.ts";
import { sql } from "#server/db/sql.ts";
import { readReady } from "#server/media/access/store.ts";
import { fileAddress } from "#server/media/address.ts";
import { newPerson, type TestPerson } from "#tests/_people.ts";
import { sha256, uploaded, withMedia } from "#tests/jobs/_media.ts";
import {
  flac,
  flacInMatroska,
  longFilm,
  overlappingFilm,
  recordings,
  secrets,
  secretWords,
  vorbisInMatroska,
} from "#tests/jobs/_recordings.ts";

const media = withMedia();
let ann: TestPerson;
beforeAll(async () => {
  ann = await newPerson("ann");
});

async function served(fileId: string): Promise<Buffer> {
  const { url } = await fileAddress(ann, { fileId, variant: "original" }, media.base);
  return Buffer.from(await (await fetch(url)).arrayBuffer());
}

/** What a player gets: each track's codec, size and packets, with their times from the first on. */
async function played(bytes: Buffer) {
  using input = new Input({ source: new BlobSource(new Blob([new Uint8Array(bytes)])), formats: readFormats });
  const tracks = [];
  for (const track of await input.getTracks()) {
    const packets: string[] = [];
    for await (const { timestamp, type, data } of new EncodedPacketSink(track).packets()) {
      packets.push(`${Math.round(timestamp * 1_000)} ${type} ${sha256(Buffer.from(data))}`);
    }
    tracks.push({ codec: await track.getCodec(), packets });
  }
  return {
    format: (await input.getFormat()).name,
    durationMs: Math.round((await input.computeDuration()) * 1_000),
    tracks,
  };
}

const words = [...secretWords, "hidden behind the end"];
const hidden = Buffer.concat([Buffer.from("TAG"), Buffer.alloc(125, "hidden behind the end ")]);
const foundIn = (bytes: Buffer) => words.filter((word) => bytes.includes(word));

describe("a recording is served without what an application wrote into it", () => {
  test.each(Object.entries(recordings))("%s", async (_, { purpose, make }) => {
    const bytes = Buffer.concat([await make(secrets), hidden]);
    expect(foundIn(bytes)).toEqual(expect.arrayContaining(["Home of Ann", "Ann of Shanghai", "hidden behind the end"]));
    const { fileId, outcome } = await uploaded(media.base, ann, bytes, { purpose });
    expect(outcome).toBe("ready");
    const copy = await served(fileId);
    expect(foundIn(copy)).toEqual([]);
    const before = await played(await make(null));
    expect(before.tracks.length).toBe(purpose === "video" ? 2 : 1);
    expect(await played(copy)).toEqual(before);
    const [file] = await readReady(sql(), ann.personId, [fileId]);
    expect(file?.bytes).toBe(copy.length);
    expect(file?.metadata.durationMs).toBe(before.durationMs);
  });

  test.each([
    ["Vorbis", vorbisInMatroska],
    ["FLAC", flacInMatroska],
  ])("comments that %s keeps in the decoder's own header go too", async (_, make) => {
    const bytes = await make();
    expect(foundIn(bytes)).toContain("Home of Ann");
    const { fileId, outcome } = await uploaded(media.base, ann, bytes, { purpose: "voice" });
    expect(outcome).toBe("ready");
    const copy = await served(fileId);
    expect(foundIn(copy)).toEqual([]);
    expect(await played(copy)).toEqual(await played(bytes));
  });

  test("a film that does not fit into memory keeps its packets, and its tables come first", async () => {
    const bytes = await longFilm(secrets);
    const { fileId, outcome } = await uploaded(media.base, ann, bytes, { purpose: "video" });
    expect(outcome).toBe("ready");
    const copy = await served(fileId);
    expect(foundIn(copy)).toEqual([]);
    expect(await played(copy)).toEqual(await played(bytes));
    expect(copy.indexOf("moov")).toBeLessThan(copy.indexOf("mdat"));
  });

  test("sent as a file it stays as it is, byte for byte", async () => {
    const bytes = await recordings["film.mp4"].make(secrets);
    const { fileId } = await uploaded(media.base, ann, bytes, { purpose: "file" });
    expect((await served(fileId)).equals(bytes)).toBe(true);
  });

  test("of a recording that cannot be copied whole nothing is kept", async () => {
    const damaged = flac(secrets);
    // In the last frame: everything before it is written by then.
    damaged[damaged.length - 100] = 0;
    const stored = async () => {
      const names = await readdir(path.join(process.env.MEDIA_DIR ?? "", "blobs"), { recursive: true });
      return names.filter((name) => name.includes("original")).sort();
    };
    const before = await stored();
    expect((await uploaded(media.base, ann, damaged, { purpose: "voice" })).outcome).toBe("file_corrupt");
    expect(await stored()).toEqual(before);
  });

  test("a copy is never larger than what was sent", async () => {
    const { outcome } = await uploaded(media.base, ann, await overlappingFilm(), { purpose: "video" });
    expect(outcome).toBe("file_corrupt");
  });

  test("a machine that cannot write refuses no recording", async () => {
    const directory = await mkdtemp(path.join(tmpdir(), "imchat-test-film-"));
    const [sent, target] = [path.join(directory, "film.mp4"), path.join(directory, "no-such-folder", "film.mp4")];
    try {
      await writeFile(sent, await recordings["film.mp4"].make());
      const copying = inSandbox("copyRecording", { path: sent, target, mediaKind: "video" }, 30_000);
      await expect(copying).rejects.toMatchObject({ name: "Error", message: expect.stringContaining("ENOENT") });
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});
