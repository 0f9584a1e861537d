/** A second of every kind of recording that is accepted, with or without words about who made it where. */
import {
  AdtsOutputFormat,
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedVideoPacketSource,
  type MetadataTags,
  MkvOutputFormat,
  MovOutputFormat,
  Mp3OutputFormat,
  Mp4OutputFormat,
  OggOutputFormat,
  Output,
  type OutputFormat,
  WavOutputFormat,
  WebMOutputFormat,
} from "mediabunny";

/** What an application may write into a file; none of it may be served. */
export const secrets: MetadataTags = {
  title: "Home of Ann, 31 North 121 East",
  artist: "Ann of Shanghai",
  comment: "+31.2304+121.4737/ where Ann lives",
  date: new Date("2024-05-06T07:08:09Z"),
  images: [{ data: new TextEncoder().encode("a picture of Ann's home"), mimeType: "image/png", kind: "coverFront" }],
};
/** Parts of them, as they stand in the bytes. */
export const secretWords = ["Home of Ann", "Ann of Shanghai", "+31.2304+121.4737", "2024-05-06", "a picture of Ann"];

async function write(format: OutputFormat, tags: MetadataTags | null, build: (output: Output) => Promise<void>) {
  const target = new BufferTarget();
  const output = new Output({ format, target });
  if (tags) output.setMetadataTags(tags);
  await build(output);
  await output.finalize();
  if (!target.buffer) throw new Error("nothing was written");
  return Buffer.from(target.buffer);
}

const opusHead = Buffer.from("4f707573486561640101000080bb0000000000", "hex");
const aacConfig = Buffer.from("1190", "hex");
const sound = {
  opus: { bytes: Buffer.from("f8fffe", "hex"), seconds: 0.02, config: { description: opusHead } },
  aac: { bytes: Buffer.alloc(12, 1), seconds: 1_024 / 48_000, config: { description: aacConfig } },
  // 128 kbit/s at 48 kHz: 384 bytes a frame.
  mp3: {
    bytes: Buffer.concat([Buffer.from("fffb9400", "hex"), Buffer.alloc(380)]),
    seconds: 1_152 / 48_000,
    config: {},
  },
  "pcm-s16": { bytes: Buffer.alloc(1_920), seconds: 0.02, config: {} },
} as const;
const codecStrings = { opus: "opus", aac: "mp4a.40.2", mp3: "mp3", "pcm-s16": "pcm-s16" };
const channels = { opus: 1, aac: 2, mp3: 2, "pcm-s16": 1 };

async function addSound(output: Output, codec: keyof typeof sound): Promise<() => Promise<void>> {
  const { bytes, seconds, config } = sound[codec];
  const source = new EncodedAudioPacketSource(codec);
  output.addAudioTrack(source);
  const said = { codec: codecStrings[codec], numberOfChannels: channels[codec], sampleRate: 48_000, ...config };
  return async () => {
    for (let at = 0; at * seconds < 1; at += 1) {
      await source.add(new EncodedPacket(bytes, "key", at * seconds, seconds), { decoderConfig: said });
    }
  };
}

const sounds =
  (format: () => OutputFormat, codec: keyof typeof sound) =>
  (tags: MetadataTags | null = null) =>
    write(format(), tags, async (output) => {
      const fill = await addSound(output, codec);
      await output.start();
      await fill();
    });

const avcConfig = Buffer.from(
  "0142c01effe1000b6742c01e8c8d40401000f010000468ce3c80".replace("000f0100", "0f0100"),
  "hex",
);

/** One picture in a NAL unit of so many bytes. */
const picture = (bytes: number) => {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(bytes);
  return Buffer.concat([head, Buffer.from("6588", "hex"), Buffer.alloc(bytes - 2, 7)]);
};

const films =
  (format: () => OutputFormat, codec: "avc" | "vp8", heard: keyof typeof sound, pictureBytes = 2) =>
  (tags: MetadataTags | null = null) =>
    write(format(), tags, async (output) => {
      const source = new EncodedVideoPacketSource(codec);
      output.addVideoTrack(source);
      const fill = await addSound(output, heard);
      await output.start();
      const size = { codedWidth: 320, codedHeight: 240 };
      const decoderConfig =
        codec === "avc" ? { codec: "avc1.42c01e", ...size, description: avcConfig } : { codec: "vp8", ...size };
      for (let at = 0; at < 10; at += 1) {
        await source.add(new EncodedPacket(picture(pictureBytes), "key", at / 10, 0.1), { decoderConfig });
      }
      await fill();
    });

function crc(bytes: Buffer, bits: 8 | 16, polynomial: number): number {
  const [top, all] = [1 << (bits - 1), (1 << bits) - 1];
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte << (bits - 8);
    for (let bit = 0; bit < 8; bit += 1) sum = (sum & top ? (sum << 1) ^ polynomial : sum << 1) & all;
  }
  return sum;
}

const flacBlock = (type: number, body: Buffer) =>
  Buffer.concat([Buffer.of(type, body.length >> 16, (body.length >> 8) & 255, body.length & 255), body]);

/** A fixed predictor of order 0 with 4,096 zero residuals, a bit each. */
const silentSubframe = Buffer.concat([Buffer.from("10003f", "hex"), Buffer.alloc(511, 0xff), Buffer.of(0xc0)]);

/** FLAC by hand: twelve frames of 4,096 samples of silence, mono, 16 bits, 48 kHz. */
export function flac(tags: MetadataTags | null = null): Buffer {
  const metadata = Buffer.from("10001000000000000000 0bb800f0 0000c000".replaceAll(" ", ""), "hex");
  const blocks = [flacBlock(tags ? 0 : 0x80, Buffer.concat([metadata, Buffer.alloc(16)]))];
  if (tags) {
    const said = [`TITLE=${tags.title}`, `ARTIST=${tags.artist}`, `LOCATION=${tags.comment}`, "DATE=2024-05-06"];
    const texts = ["a maker", ...said].map((text) => Buffer.from(text));
    const sized = texts.map((text) => Buffer.concat([Buffer.of(text.length, 0, 0, 0), text]));
    blocks.push(
      flacBlock(4, Buffer.concat([sized[0] ?? Buffer.alloc(4), Buffer.of(said.length, 0, 0, 0), ...sized.slice(1)])),
    );
    const picture = Buffer.from(tags.images?.[0]?.data ?? []);
    const head = Buffer.alloc(41);
    head.writeUInt32BE(3, 0);
    head.writeUInt32BE(9, 4);
    head.write("image/png", 8);
    head.writeUInt32BE(picture.length, 37);
    blocks.push(flacBlock(0x80 | 6, Buffer.concat([head, picture])));
  }
  const frames = Array.from({ length: 12 }, (_, at) => {
    const head = Buffer.of(0xff, 0xf8, 0xca, 0x08, at);
    const body = Buffer.concat([head, Buffer.of(crc(head, 8, 0x07)), silentSubframe]);
    const sum = crc(body, 16, 0x8005);
    return Buffer.concat([body, Buffer.of(sum >> 8, sum & 255)]);
  });
  return Buffer.concat([Buffer.from("fLaC"), ...blocks, ...frames]);
}

/** Twenty megabytes: more than is copied in memory. */
export const longFilm = films(() => new Mp4OutputFormat(), "avc", "aac", 2_000_000);

/** Its table of contents says that both halves lie in the same place, and are as large as all of it. */
export async function overlappingFilm(): Promise<Buffer> {
  const film = await films(() => new Mp4OutputFormat(), "avc", "aac", 20_000)();
  const [sizes, places] = [film.indexOf("stsz"), film.indexOf("stco")];
  film.writeUInt32BE(38_000, sizes + 8);
  for (let at = 1; at < film.readUInt32BE(places + 8); at += 1) {
    film.copy(film, places + 12 + 4 * at, places + 12, places + 16);
  }
  return film;
}

/** Sound in Matroska with the decoder header `header`, which the container passes on as it is. */
const inMatroska = (codec: "flac" | "vorbis", header: Buffer, packets: Buffer[], seconds: number) =>
  write(new MkvOutputFormat(), null, async (output) => {
    const source = new EncodedAudioPacketSource(codec);
    output.addAudioTrack(source);
    await output.start();
    const decoderConfig = { codec, numberOfChannels: 1, sampleRate: 48_000, description: header };
    for (const [at, packet] of packets.entries()) {
      await source.add(new EncodedPacket(packet, "key", at * seconds, seconds), { decoderConfig });
    }
  });

export async function flacInMatroska(): Promise<Buffer> {
  const tagged = flac({ title: secrets.title });
  const [bare, frameBytes] = [flac(), 522];
  const frames = bare.subarray(42);
  const packets = Array.from({ length: 12 }, (_, at) => frames.subarray(at * frameBytes, (at + 1) * frameBytes));
  return inMatroska("flac", tagged.subarray(0, tagged.length - frames.length), packets, 4_096 / 48_000);
}

export async function vorbisInMatroska(): Promise<Buffer> {
  const identification = Buffer.from(
    "01766f72626973 00000000 01 80bb0000 00000000 00000000 00000000 b8 01".replaceAll(" ", ""),
    "hex",
  );
  const title = Buffer.from(`TITLE=${secrets.title}`);
  const comments = Buffer.concat([
    Buffer.from("03766f7262697300000000 01000000".replaceAll(" ", ""), "hex"),
    Buffer.of(title.length, 0, 0, 0),
    title,
    Buffer.of(1),
  ]);
  const lengths = Buffer.of(2, identification.length, comments.length);
  const header = Buffer.concat([lengths, identification, comments, Buffer.from("05766f72626973", "hex")]);
  return inMatroska(
    "vorbis",
    header,
    Array.from({ length: 50 }, () => Buffer.of(0, 1)),
    0.02,
  );
}

/** Name → what it is meant as, and how it is made. */
export const recordings = {
  "film.mp4": { purpose: "video", make: films(() => new Mp4OutputFormat(), "avc", "aac") },
  "fragments.mp4": {
    purpose: "video",
    make: films(() => new Mp4OutputFormat({ fastStart: "fragmented" }), "avc", "aac"),
  },
  "film.mov": { purpose: "video", make: films(() => new MovOutputFormat(), "avc", "aac") },
  "film.webm": { purpose: "video", make: films(() => new WebMOutputFormat(), "vp8", "opus") },
  "film.mkv": { purpose: "video", make: films(() => new MkvOutputFormat(), "avc", "aac") },
  "voice.m4a": { purpose: "voice", make: sounds(() => new Mp4OutputFormat(), "aac") },
  "voice.webm": { purpose: "voice", make: sounds(() => new WebMOutputFormat(), "opus") },
  "voice.ogg": { purpose: "voice", make: sounds(() => new OggOutputFormat(), "opus") },
  "voice.mp3": { purpose: "voice", make: sounds(() => new Mp3OutputFormat(), "mp3") },
  "voice.wav": { purpose: "voice", make: sounds(() => new WavOutputFormat(), "pcm-s16") },
  "voice.aac": { purpose: "voice", make: sounds(() => new AdtsOutputFormat(), "aac") },
  "voice.flac": { purpose: "voice", make: async (tags: MetadataTags | null = null) => flac(tags) },
} as const;
