import {
  EncodedAudioPacketSource,
  type EncodedPacket,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  FilePathTarget,
  FLAC,
  type Input,
  type InputAudioTrack,
  type InputTrack,
  type InputVideoTrack,
  Output,
} from "mediabunny";
import { wholeFlacFrame, withoutComments } from "#jobs/media/recordings/codec-headers.ts";
import { reservesTables, writeFormatFor } from "#jobs/media/recordings/formats.ts";
import { FileRejected } from "#jobs/media/rejected.ts";

/**
 * Writes what a recording plays into a new file of the same container: the packets of its film and its sound as they
 * are, in the order of their time, and what a decoder must know. Everything else is left out by not being copied: tags,
 * names, places, covers, dates, chapters, subtitles, tracks of sensors, bytes between the packets. Packets are not
 * opened: what a camera wrote inside its H.264 passes. `bytes`: of the source. Throws FileRejected `unsupported_file_type`
 * where the container cannot be written with these codecs, and Error as the parser does.
 */
export async function copyRecording(input: Input, target: string, bytes: number): Promise<void> {
  const [video, audio] = await Promise.all([input.getPrimaryVideoTrack(), input.getPrimaryAudioTrack()]);
  const tracks: InputTrack[] = [video, audio].filter((track) => track !== null);
  const codecs = await Promise.all(tracks.map((track) => track.getCodec()));
  const format = writeFormatFor(await input.getFormat(), codecs, bytes);
  if (!format) throw new FileRejected("unsupported_file_type");
  const output = new Output({ format, target: new FilePathTarget(target) });
  try {
    const shift = format.negativeTimestampSupport === "full" ? 0 : await secondsBeforeZero(tracks);
    const reserves = reservesTables(format, bytes);
    const budget = { bytes };
    const copies: Copy[] = [];
    if (video) copies.push(await copyVideo(output, video, { shift, reserves, budget }));
    if (audio) copies.push(await copyAudio(output, audio, { shift, reserves, budget }));
    await output.start();
    await writeInOrder(copies);
    await output.finalize();
  } catch (error) {
    await output.cancel().catch(() => {}); // the first error is the one that counts
    throw error;
  }
}

/** Most containers begin at zero; what lies before it moves all tracks alike. */
async function secondsBeforeZero(tracks: readonly InputTrack[]): Promise<number> {
  const firsts = await Promise.all(tracks.map((track) => track.getFirstTimestamp()));
  return Math.max(0, ...firsts.map((first) => -first));
}

/**
 * `shift`: seconds that are added to every time. `reserves`: tables are written where room was left for them. `budget`:
 * what the packets of all tracks may still weigh together. Honest packets do not overlap in the file that they come
 * from.
 */
type Plan = { shift: number; reserves: boolean; budget: { bytes: number } };

/** One track on its way. `next`: the packet that is written next, null at the end. */
type Copy = { next: EncodedPacket | null; step(): Promise<void> };

async function copyVideo(output: Output, track: InputVideoTrack, plan: Plan): Promise<Copy> {
  const [codec, decoderConfig] = [await track.getCodec(), await track.getDecoderConfig()];
  if (!codec || !decoderConfig) throw new FileRejected("unsupported_file_type");
  const source = new EncodedVideoPacketSource(codec);
  output.addVideoTrack(source, {
    ...(await roomFor(track, plan)),
    transformationMatrix: await track.getTransformationMatrix(),
    canBeTransparent: await track.canBeTransparent(),
  });
  const meta = { decoderConfig: cleaned(codec, decoderConfig) };
  const add = (packet: EncodedPacket) => source.add(packet, meta);
  return startCopy(track, plan, { add, close: () => source.close() });
}

async function copyAudio(output: Output, track: InputAudioTrack, plan: Plan): Promise<Copy> {
  const [codec, decoderConfig] = [await track.getCodec(), await track.getDecoderConfig()];
  if (!codec || !decoderConfig) throw new FileRejected("unsupported_file_type");
  const source = new EncodedAudioPacketSource(codec);
  output.addAudioTrack(source, await roomFor(track, plan));
  const meta = { decoderConfig: cleaned(codec, decoderConfig) };
  const add = (packet: EncodedPacket) => source.add(packet, meta);
  return startCopy(track, plan, { add, close: () => source.close() });
}

const roomFor = async (track: InputTrack, { reserves }: Plan) =>
  reserves ? { maximumPacketCount: (await track.computePacketStats()).packetCount } : {};

function cleaned<Config extends { description?: AllowSharedBufferSource }>(codec: string, config: Config): Config {
  const { description } = config;
  if (description === undefined) return config;
  const bytes = ArrayBuffer.isView(description)
    ? new Uint8Array(description.buffer, description.byteOffset, description.byteLength)
    : new Uint8Array(description);
  return { ...config, description: withoutComments(codec, bytes) };
}

type Sink = { add(packet: EncodedPacket): Promise<void>; close(): void };

/**
 * From the first packet that a decoder can begin with. `step` writes the next packet, and closes the track after the
 * last.
 */
async function startCopy(track: InputTrack, { shift, budget }: Plan, { add, close }: Sink): Promise<Copy> {
  const sink = new EncodedPacketSink(track);
  const first = await sink.getFirstKeyPacket();
  if (!first) throw new FileRejected("file_corrupt");
  const isBareFlac = (await track.input.getFormat()) === FLAC;
  const packets = sink.packets(first);
  let latest = Number.NEGATIVE_INFINITY;
  const read = async () => (await packets.next()).value ?? null;
  const copy: Copy = {
    next: await read(),
    step: async () => {
      const packet = copy.next;
      copy.next = await read();
      if (packet) await write(packet, copy.next === null);
      if (!copy.next) close();
    },
  };
  async function write(packet: EncodedPacket, isLast: boolean): Promise<void> {
    const timestamp = packet.timestamp + shift;
    // A key packet that is shown before earlier ones begins no new group of pictures; the writers insist on that.
    const type = packet.type === "key" && timestamp < latest ? "delta" : packet.type;
    latest = Math.max(latest, timestamp);
    // Nothing says where the last frame of a FLAC file ends: its packet holds what was appended to the file.
    const data = isLast && isBareFlac ? wholeFlacFrame(packet.data) : packet.data;
    budget.bytes -= data.byteLength;
    // A table with many entries for the same megabytes would fill the disk.
    if (budget.bytes < 0) throw new FileRejected("file_corrupt", "the packets are larger than their file");
    await add(packet.clone({ timestamp, type, data }));
  }
  return copy;
}

/** Always the track that is behind: what is played together lies together, and little is held. */
async function writeInOrder(copies: readonly Copy[]): Promise<void> {
  for (;;) {
    let behind: Copy | undefined;
    for (const copy of copies) {
      if (copy.next && (!behind?.next || copy.next.timestamp < behind.next.timestamp)) behind = copy;
    }
    if (!behind) return;
    await behind.step();
  }
}
