import { FileRejected } from "#jobs/media/rejected.ts";

/** Packet type 3, "vorbis", no vendor, no comments, framing bit. */
const emptyComments = Buffer.from("03766f72626973000000000000000001", "hex");
/** Marker, head of the block and its 34 bytes. */
const flacHeadBytes = 4 + 4 + 34;

/**
 * A decoder's description without text. Two codecs keep comments inside it, so that these travel through every
 * container: Vorbis (its second header) and FLAC (metadata blocks after STREAMINFO). Throws FileRejected when it is no
 * such header.
 */
export function withoutComments(codec: string | null, description: Uint8Array): Uint8Array {
  if (codec === "flac") return streamInfoOnly(description);
  return codec === "vorbis" ? withEmptyComments(description) : description;
}

function streamInfoOnly(description: Uint8Array): Uint8Array {
  const head = Buffer.from(description.subarray(0, flacHeadBytes));
  const isStreamInfo =
    head.length === flacHeadBytes && head.readUInt32BE(0) === 0x664c6143 && (head[4] ?? 0) % 128 === 0;
  if (!isStreamInfo) throw new FileRejected("file_corrupt");
  head[4] = 0x80; // the last block
  return head;
}

/** Xiph lacing: a count of two, the lengths of the first two headers in steps of 255, then the three headers. */
function withEmptyComments(description: Uint8Array): Uint8Array {
  let at = 1;
  const readLength = () => {
    let length = 0;
    for (;;) {
      const step = description[at++];
      if (step === undefined) throw new FileRejected("file_corrupt");
      length += step;
      if (step < 255) return length;
    }
  };
  const [identification, comments] = [readLength(), readLength()];
  const setupAt = at + identification + comments;
  if (description[0] !== 2 || identification > 254 || setupAt >= description.length)
    throw new FileRejected("file_corrupt");
  return Buffer.concat([
    Buffer.of(2, identification, emptyComments.length),
    description.subarray(at, at + identification),
    emptyComments,
    description.subarray(setupAt),
  ]);
}

/**
 * A FLAC frame without what was appended to it. It ends with a checksum (CRC-16, polynomial 0x8005), after which the sum
 * over all of it is zero; the last such place counts. Throws FileRejected where there is none.
 */
export function wholeFlacFrame(bytes: Uint8Array): Uint8Array {
  let [sum, end] = [0, 0];
  for (const [at, byte] of bytes.entries()) {
    sum ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum & 0x8000 ? (sum << 1) ^ 0x8005 : sum << 1) & 0xffff;
    if (sum === 0) end = at + 1;
  }
  if (end === 0) throw new FileRejected("file_corrupt");
  return bytes.subarray(0, end);
}
