/** Files that the tests send, made on the spot: valid ones and hostile ones. */
import { crc32, deflateSync } from "node:zlib";
import {
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedVideoPacketSource,
  Mp4OutputFormat,
  OggOutputFormat,
  Output,
  WebMOutputFormat,
} from "mediabunny";
import sharp from "sharp";

const plain = (width: number, height: number, background = "#36c") =>
  sharp({ create: { width, height, channels: 3, background } });

export const jpeg = (width = 64, height = 48) => plain(width, height).jpeg().toBuffer();
export const png = (width = 64, height = 48) => plain(width, height).png().toBuffer();
export const webp = (width = 64, height = 48) => plain(width, height).webp().toBuffer();
export const avif = (width = 64, height = 48) => plain(width, height).avif({ effort: 0 }).toBuffer();
export const cmyk = () => plain(64, 48).toColourspace("cmyk").jpeg().toBuffer();
export const deepPng = () => plain(64, 48).toColourspace("rgb16").png().toBuffer();

/** Each frame of another colour. */
export async function gif(frames: number, width = 32, height = 24): Promise<Buffer> {
  const made = await Promise.all(
    Array.from({ length: frames }, (_, at) =>
      plain(width, height, at % 2 ? "#f00" : "#00f")
        .png()
        .toBuffer(),
    ),
  );
  return sharp(made, { join: { animated: true } })
    .gif({ loop: 0, delay: made.map(() => 100) })
    .toBuffer();
}

function pngChunk(type: string, body: Buffer): Buffer {
  const said = Buffer.concat([Buffer.from(type, "latin1"), body]);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(body.length);
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(crc32(said) >>> 0);
  return Buffer.concat([head, said, tail]);
}

/** So many grey pixels of one bit in as few bytes as it gets; whole, so only its size speaks against it. */
export function pngOfSize(width: number, height: number): Buffer {
  const metadata = Buffer.alloc(13);
  metadata.writeUInt32BE(width, 0);
  metadata.writeUInt32BE(height, 4);
  metadata[8] = 1;
  const row = Math.ceil(width / 8) + 1;
  const pixels = deflateSync(Buffer.alloc(row * height), { level: 9 });
  const signature = Buffer.from("89504e470d0a1a0a", "hex");
  const chunks = [pngChunk("IHDR", metadata), pngChunk("IDAT", pixels), pngChunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([signature, ...chunks]);
}

/** Frames that say they fill all of it, in a few bytes each. */
export function gifOfFrames(frames: number, side: number): Buffer {
  const screen = Buffer.from([0, 0, 0, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255]);
  screen.writeUInt16LE(side, 0);
  screen.writeUInt16LE(side, 2);
  const frame = Buffer.from("21f90400000000002c0000000000000000000202440100", "hex");
  frame.writeUInt16LE(side, 13);
  frame.writeUInt16LE(side, 15);
  return Buffer.concat([
    Buffer.from("GIF89a"),
    screen,
    ...Array.from({ length: frames }, () => frame),
    Buffer.of(0x3b),
  ]);
}

export const svg = Buffer.from(
  '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>',
);
export const html = Buffer.from("<!doctype html><title>x</title><script>alert(document.domain)</script>");
export const pdf = Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");
/** An empty archive: what is put behind a picture to be two files at once. */
export const zip = Buffer.from(`504b0506${"00".repeat(18)}`, "hex");
/** A picture to the eye of a browser, and a program to that of a script element. */
export const gifWithScript = Buffer.concat([
  Buffer.from("GIF89a/*", "latin1"),
  Buffer.alloc(5),
  Buffer.from("*/=1;alert(1);//"),
]);
/** As phones of one maker write photos. Only its head, because nothing here reads further. */
export const heic = Buffer.concat([
  Buffer.from("00000018667479706865696300000000", "hex"),
  Buffer.from("mif1heic", "latin1"),
  Buffer.alloc(64),
]);
/** A list of addresses that players follow. */
export const playlist = (address: string) =>
  Buffer.from(`#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n${address}\n#EXT-X-ENDLIST\n`);

const container = { mp4: Mp4OutputFormat, ogg: OggOutputFormat, webm: WebMOutputFormat };
/** An Opus packet of 20 ms of silence. */
const silence = Buffer.from("f8fffe", "hex");
const opusHead = Buffer.from("4f707573486561640101000080bb0000000000", "hex");

async function finished(format: keyof typeof container, build: (output: Output) => Promise<void>): Promise<Buffer> {
  const target = new BufferTarget();
  const output = new Output({ format: new container[format](), target });
  await build(output);
  await output.finalize();
  if (!target.buffer) throw new Error("nothing was written");
  return Buffer.from(target.buffer);
}

/** A recording of silence. */
export function voice(format: "ogg" | "webm" | "mp4", seconds: number): Promise<Buffer> {
  return finished(format, async (output) => {
    const source = new EncodedAudioPacketSource("opus");
    output.addAudioTrack(source);
    await output.start();
    const decoderConfig = { codec: "opus", numberOfChannels: 1, sampleRate: 48_000, description: opusHead };
    for (let at = 0; at < seconds * 50; at += 1) {
      await source.add(new EncodedPacket(silence, "key", at / 50, 0.02), { decoderConfig });
    }
  });
}

/** As MediaRecorder writes it: it does not know yet how long it will be. */
export async function voiceWithoutLength(seconds: number): Promise<Buffer> {
  const whole = await voice("webm", seconds);
  const at = whole.indexOf(Buffer.from("4489", "hex"));
  if (at < 0) throw new Error("the sample has no duration to begin with");
  // The element becomes a Void of the same size.
  const length = (whole[at + 2] ?? 0x80) & 0x7f;
  const blank = Buffer.concat([Buffer.of(0xec, 0x80 | (length + 1)), Buffer.alloc(length + 1)]);
  return Buffer.concat([whole.subarray(0, at), blank, whole.subarray(at + 3 + length)]);
}

/** A video with pictures that cannot be decoded: the tests read its tables alone. */
export function film(format: "mp4" | "webm", seconds: number): Promise<Buffer> {
  return finished(format, async (output) => {
    const codec = format === "mp4" ? "avc" : "vp8";
    const source = new EncodedVideoPacketSource(codec);
    output.addVideoTrack(source);
    await output.start();
    const description = Buffer.from(
      "0142c01effe1000b6742c01e8c8d404010f008000468ce3c80".replace("0004", "010004"),
      "hex",
    );
    const decoderConfig =
      codec === "avc"
        ? { codec: "avc1.42c01e", codedWidth: 320, codedHeight: 240, description }
        : { codec: "vp8", codedWidth: 320, codedHeight: 240 };
    const packet = Buffer.from("000000026588", "hex");
    for (let at = 0; at < seconds * 10; at += 1) {
      await source.add(new EncodedPacket(packet, "key", at / 10, 0.1), { decoderConfig });
    }
  });
}
