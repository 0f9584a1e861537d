import { limits } from "#contracts/limits.ts";

export type Recorded = { file: Blob; durationMs: number; peaks: number[] };

/** Best first. Safari before 18.4 has only the last. */
const formats = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"];
/** How often the loudness is sampled; each sample is one bar of the waveform. */
const everyMs = 60;

/** Whether recording is possible. Browsers offer the microphone only to https pages. */
export const canRecord = () => typeof MediaRecorder !== "undefined" && Boolean(navigator.mediaDevices?.getUserMedia);

/**
 * One recording. `start` asks for the microphone and rejects when it is refused; `stop` returns the recording, `cancel`
 * drops it. Both release the microphone. It stops by itself at the maximum length.
 */
export class Recorder {
  private stream: MediaStream | undefined;
  private media: MediaRecorder | undefined;
  private audio: AudioContext | undefined;
  private timer: ReturnType<typeof setInterval> | undefined;
  private readonly chunks: Blob[] = [];
  private readonly levels: number[] = [];
  private startedAt = 0;
  private cancelled = false;
  private readonly onLevel: (level: number, elapsedMs: number) => void;
  private readonly onFull: () => void;

  constructor(onLevel: (level: number, elapsedMs: number) => void, onFull: () => void) {
    this.onLevel = onLevel;
    this.onFull = onFull;
  }

  async start(): Promise<void> {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: { echoCancellation: true, noiseSuppression: true },
    });
    this.stream = stream;
    // The button was released while the browser asked for permission: do not record.
    if (this.cancelled) return this.release();
    const mimeType = formats.find((format) => MediaRecorder.isTypeSupported(format));
    const media = new MediaRecorder(stream, { audioBitsPerSecond: 32_000, ...(mimeType ? { mimeType } : {}) });
    this.media = media;
    media.ondataavailable = ({ data }) => this.chunks.push(data);
    this.listen(stream);
    media.start();
    this.startedAt = performance.now();
  }

  private listen(stream: MediaStream): void {
    const audio = new AudioContext();
    this.audio = audio;
    const analyser = audio.createAnalyser();
    analyser.fftSize = 1024;
    audio.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    this.timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      // From -50 dB, a quiet room, to -10 dB, loud speech.
      const level = Math.round(Math.min(100, Math.max(0, (10 * Math.log10(power + 1e-9) + 50) * 2.5)));
      this.levels.push(level);
      const elapsed = performance.now() - this.startedAt;
      this.onLevel(level, elapsed);
      if (elapsed >= limits.voiceSeconds.max * 1_000) this.onFull();
    }, everyMs);
  }

  /** Null when the recording is too short or never started. */
  async stop(): Promise<Recorded | null> {
    const { media } = this;
    const durationMs = Math.min(performance.now() - this.startedAt, limits.voiceSeconds.max * 1_000);
    if (!media || media.state === "inactive" || durationMs < limits.voiceSeconds.min * 1_000) {
      this.cancel();
      return null;
    }
    const stopped = new Promise<void>((resolve) => media.addEventListener("stop", () => resolve(), { once: true }));
    media.stop();
    await stopped;
    this.release();
    const file = new Blob(this.chunks, { type: media.mimeType.split(";")[0] ?? "" });
    return { file, durationMs: Math.round(durationMs), peaks: peaksOf(this.levels) };
  }

  cancel(): void {
    this.cancelled = true;
    if (this.media && this.media.state !== "inactive") this.media.stop();
    this.release();
  }

  private release(): void {
    clearInterval(this.timer);
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    void this.audio?.close().catch(() => {});
    this.audio = undefined;
  }
}

/** The peaks of `count` equal intervals. */
function peaksOf(levels: readonly number[], most = limits.voicePeaks): number[] {
  const count = Math.min(most, levels.length);
  if (count === 0) return [0];
  return Array.from({ length: count }, (_, at) => {
    const from = Math.floor((at * levels.length) / count);
    const to = Math.max(from + 1, Math.floor(((at + 1) * levels.length) / count));
    return Math.max(...levels.slice(from, to));
  });
}
