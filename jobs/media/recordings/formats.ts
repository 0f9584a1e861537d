import {
  ADTS,
  AdtsOutputFormat,
  FLAC,
  FlacOutputFormat,
  type InputFormat,
  MATROSKA,
  type MediaCodec,
  MkvOutputFormat,
  MovOutputFormat,
  MP3,
  MP4,
  Mp3OutputFormat,
  Mp4OutputFormat,
  OGG,
  OggOutputFormat,
  type OutputFormat,
  QTFF,
  WAVE,
  WavOutputFormat,
  WEBM,
  WebMOutputFormat,
} from "mediabunny";

/** Below this a copy fits into memory, and needs no room that is reserved for its tables. */
const inMemoryBytes = 16 * 1024 * 1024;

/** Tables first: a film begins to play before its end has come. */
const fastStart = (bytes: number) => (bytes <= inMemoryBytes ? ("in-memory" as const) : ("reserve" as const));

/** Each container that is read, and how a file of so many bytes is written in it, the best way first. */
const writers = new Map<InputFormat, (bytes: number) => OutputFormat[]>([
  [MP4, (bytes) => [new Mp4OutputFormat({ fastStart: fastStart(bytes) })]],
  [QTFF, (bytes) => [new MovOutputFormat({ fastStart: fastStart(bytes) })]],
  [MATROSKA, () => [new MkvOutputFormat()]],
  // Browsers that record H.264 call their Matroska WebM.
  [WEBM, () => [new WebMOutputFormat(), new MkvOutputFormat()]],
  [OGG, () => [new OggOutputFormat()]],
  [MP3, () => [new Mp3OutputFormat()]],
  [WAVE, () => [new WavOutputFormat()]],
  [FLAC, () => [new FlacOutputFormat()]],
  [ADTS, () => [new AdtsOutputFormat()]],
]);

/**
 * Formats that contain what they play. A playlist references other files and addresses, which must not be opened here.
 */
export const readFormats = [...writers.keys()];

/** The same container for a copy; null when it cannot be written with these codecs. */
export function writeFormatFor(read: InputFormat, codecs: readonly (MediaCodec | null)[], bytes: number) {
  const formats = writers.get(read)?.(bytes) ?? [];
  const holdsAll = (format: OutputFormat) =>
    codecs.every((codec) => codec !== null && format.getSupportedCodecs().includes(codec));
  return formats.find(holdsAll) ?? null;
}

/** Of so many bytes, do the tables of this file need room that is reserved before it is written? */
export const reservesTables = (format: OutputFormat, bytes: number) =>
  (format instanceof Mp4OutputFormat || format instanceof MovOutputFormat) && fastStart(bytes) === "reserve";
