import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import type { Variant } from "#contracts/media.ts";
import { fileAddress } from "#server/media/address.ts";
import { newPerson, type TestPerson } from "#tests/_people.ts";
import { uploaded, withMedia } from "#tests/jobs/_media.ts";
import * as samples from "#tests/jobs/_samples.ts";

const media = withMedia();
let ann: TestPerson;
beforeAll(async () => {
  ann = await newPerson("ann");
});

async function served(fileId: string, variant: Variant) {
  const { url } = await fileAddress(ann, { fileId, variant }, media.base);
  const response = await fetch(url);
  expect(response.status).toBe(200);
  return { type: response.headers.get("content-type"), bytes: Buffer.from(await response.arrayBuffer()) };
}

describe("pictures that are taken", () => {
  test.each([
    ["a JPEG", samples.jpeg, "image/jpeg"],
    ["a JPEG in the colours of printers", samples.cmyk, "image/jpeg"],
    ["a PNG", samples.png, "image/png"],
    ["a PNG of 16 bits", samples.deepPng, "image/png"],
    ["a WebP", samples.webp, "image/webp"],
    ["an AVIF, as WebP", samples.avif, "image/webp"],
  ])("%s", async (_, make, type) => {
    const { fileId, outcome } = await uploaded(media.base, ann, await make());
    expect(outcome).toBe("ready");
    const original = await served(fileId, "original");
    expect(original.type).toBe(type);
    const { width, height, space, depth } = await sharp(original.bytes).metadata();
    expect({ width, height, space, depth }).toEqual({ width: 64, height: 48, space: "srgb", depth: "uchar" });
    for (const variant of ["display", "thumb"] as const)
      expect((await served(fileId, variant)).type).toBe("image/webp");
  });

  test("an animation goes on moving, its thumbnail stands still", async () => {
    const { fileId, outcome } = await uploaded(media.base, ann, await samples.gif(5));
    expect(outcome).toBe("ready");
    for (const variant of ["original", "display"] as const) {
      const { type, bytes } = await served(fileId, variant);
      expect(type).toBe("image/webp");
      const { pages, delay, width, height } = await sharp(bytes).metadata();
      expect({ pages, width, height }).toEqual({ pages: 5, width: 32, height: 24 });
      expect(delay).toEqual([100, 100, 100, 100, 100]);
    }
    expect((await sharp((await served(fileId, "thumb")).bytes).metadata()).pages ?? 1).toBe(1);
  });

  test("a large one gets smaller brothers, and none larger than itself", async () => {
    const { fileId } = await uploaded(media.base, ann, await samples.jpeg(3_000, 1_500));
    const sizes = await Promise.all(
      (["original", "display", "thumb"] as const).map(async (variant) => {
        const { width, height } = await sharp((await served(fileId, variant)).bytes).metadata();
        return [width, height];
      }),
    );
    expect(sizes).toEqual([
      [3_000, 1_500],
      [2_048, 1_024],
      [480, 240],
    ]);
  });

  test("a name that lies changes nothing", async () => {
    const { fileId, outcome } = await uploaded(media.base, ann, await samples.png(), { name: "harmless.html" });
    expect(outcome).toBe("ready");
    expect((await served(fileId, "original")).type).toBe("image/png");
  });
});

describe("of a file that is two, only the picture is served", () => {
  const secret = Buffer.from("<script>alert('hidden')</script>");
  test.each([
    ["a JPEG with an archive behind it", async () => Buffer.concat([await samples.jpeg(), secret, samples.zip])],
    ["a PNG with a page behind it", async () => Buffer.concat([await samples.png(), samples.html, secret])],
    ["a GIF with a program behind it", async () => Buffer.concat([await samples.gif(2), secret])],
    [
      "a JPEG with a page in its comment",
      async () => {
        const photo = await samples.jpeg();
        const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, secret.length + 2]), secret]);
        return Buffer.concat([photo.subarray(0, 2), comment, photo.subarray(2)]);
      },
    ],
  ])("%s", async (_, make) => {
    const sent = await make();
    expect(sent.includes(secret)).toBe(true);
    const { fileId, outcome } = await uploaded(media.base, ann, sent);
    expect(outcome).toBe("ready");
    for (const variant of ["original", "display", "thumb"] as const) {
      const { bytes } = await served(fileId, variant);
      expect(bytes.includes("script")).toBe(false);
      expect(bytes.includes(samples.zip.subarray(0, 4))).toBe(false);
    }
  });
});

describe("what is no picture for us is refused, with its reason", () => {
  test.each([
    [
      "30,000 × 30,000 pixels, which its header says",
      async () => samples.pngOfSize(30_000, 30_000),
      "picture_too_large",
    ],
    [
      "a hundred frames of 8,000 × 8,000 in two kilobytes",
      async () => samples.gifOfFrames(100, 8_000),
      "picture_too_large",
    ],
    ["more frames than fit, each small", async () => samples.gifOfFrames(200, 1_000), "picture_too_large"],
    ["SVG, which is a program", async () => samples.svg, "unsupported_file_type"],
    ["a page", async () => samples.html, "unsupported_file_type"],
    ["PDF", async () => samples.pdf, "unsupported_file_type"],
    ["a PDF that is a page too", async () => Buffer.concat([samples.pdf, samples.html]), "unsupported_file_type"],
    ["an archive", async () => samples.zip, "unsupported_file_type"],
    ["HEIC, with a word of its own", async () => samples.heic, "heic_unsupported"],
    ["a GIF that is a script", async () => samples.gifWithScript, "file_corrupt"],
    ["half a JPEG", async () => (await samples.jpeg(800, 600)).subarray(0, 2_000), "file_corrupt"],
    ["half a PNG", async () => (await samples.png(800, 600)).subarray(0, 700), "file_corrupt"],
    ["half a WebP", async () => (await samples.webp(800, 600)).subarray(0, 200), "file_corrupt"],
    ["half a GIF", async () => (await samples.gif(3)).subarray(0, 60), "file_corrupt"],
    ["the head of a PNG and nothing else", async () => (await samples.png()).subarray(0, 45), "file_corrupt"],
    ["noise", async () => Buffer.alloc(5_000, "im"), "unsupported_file_type"],
    ["one byte", async () => Buffer.of(0xff), "unsupported_file_type"],
  ])("%s", async (_, make, reason) => {
    const { outcome } = await uploaded(media.base, ann, await make(), { name: "photo.jpg" });
    expect(outcome).toBe(reason);
  });

  test("an avatar and a sticker are pictures too", async () => {
    for (const purpose of ["avatar", "icon", "sticker"] as const) {
      expect((await uploaded(media.base, ann, samples.svg, { purpose })).outcome).toBe("unsupported_file_type");
      expect((await uploaded(media.base, ann, await samples.png(90, 90), { purpose })).outcome).toBe("ready");
    }
  });
});
