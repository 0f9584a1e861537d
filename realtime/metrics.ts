import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { MetricsJson } from "#realtime/cluster/messages.ts";

/** Counters of the hot paths: plain numbers, exported when metrics are read. */
export type Counts = {
  framesIn: number;
  framesOut: number;
  writes: number;
  bytesOut: number;
  slowConsumers: number;
  refused: number;
  floods: number;
  envelopes: number;
  gapReads: number;
  signIns: number;
  signInsRefused: number;
};

export const newCounts = (): Counts => ({
  framesIn: 0,
  framesOut: 0,
  writes: 0,
  bytesOut: 0,
  slowConsumers: 0,
  refused: 0,
  floods: 0,
  envelopes: 0,
  gapReads: 0,
  signIns: 0,
  signInsRefused: 0,
});

const descriptions: Record<keyof Counts, [name: string, help: string]> = {
  framesIn: ["imchat_frames_received_total", "Frames that clients sent."],
  framesOut: ["imchat_frames_sent_total", "Frames for clients, each recipient counted."],
  writes: ["imchat_socket_writes_total", "Writes to sockets; one carries all frames of a turn."],
  bytesOut: ["imchat_sent_bytes_total", "Bytes written to sockets."],
  slowConsumers: [
    "imchat_slow_consumers_total",
    "Times that a socket fell behind and its further frames were dropped.",
  ],
  refused: ["imchat_connections_refused_total", "Connections beyond what a worker or an address may have."],
  floods: ["imchat_floods_total", "Connections that were closed because they sent too many frames."],
  envelopes: ["imchat_bus_envelopes_total", "Envelopes received from the bus."],
  gapReads: ["imchat_gap_reads_total", "Times that missed changes of a conversation were read."],
  signIns: ["imchat_sign_ins_total", "Sign-ins that were accepted."],
  signInsRefused: ["imchat_sign_ins_refused_total", "Sign-ins that were refused."],
};

export type Metrics = {
  counts: Counts;
  /** Duration in seconds of an API call over the socket; `path` is the procedure. */
  rpcDuration: Histogram<"path" | "outcome">;
  /** The metrics in Prometheus' text format. */
  page(): Promise<{ type: string; body: string }>;
  /** The same, for the primary to add up. */
  json(): Promise<MetricsJson>;
};

/** The default of 10 ms wakes the process a hundred times a second: half the CPU of a worker without connections. */
const lagIntervalMs = 100;

export type MetricsState = {
  connections: () => Record<string, number>;
  isHealthy: () => boolean;
  /** The label `worker` of one of several workers; it stays the same after a restart. */
  slot?: string | undefined;
};

/** One registry per worker. `state` is read when metrics are exported. */
export function openMetrics(state: MetricsState): Metrics {
  const registry = new Registry();
  if (state.slot) registry.setDefaultLabels({ worker: state.slot });
  const registers = [registry];
  const counts = newCounts();
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: lagIntervalMs });
  for (const [key, [name, help]] of Object.entries(descriptions)) {
    const read = () => counts[key as keyof Counts]; // the keys are those of `descriptions`
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  }
  new Gauge({
    name: "imchat_connections",
    help: "Open connections, by app.",
    labelNames: ["app"],
    registers,
    collect() {
      for (const [app, count] of Object.entries(state.connections())) this.set({ app }, count);
    },
  });
  new Gauge({
    name: "imchat_bus_up",
    help: "1 while LISTEN delivers.",
    registers,
    collect() {
      this.set(state.isHealthy() ? 1 : 0);
    },
  });
  const rpcDuration = new Histogram({
    name: "imchat_rpc_duration_seconds",
    help: "Calls over the socket.",
    labelNames: ["path", "outcome"],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers,
  });
  return {
    counts,
    rpcDuration,
    json: async () => (await registry.getMetricsAsJSON()) as MetricsJson, // its type leaves out the values that are there
    page: async () => ({ type: registry.contentType, body: await registry.metrics() }),
  };
}
