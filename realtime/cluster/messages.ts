import type { MetricObjectWithValues, MetricValue } from "prom-client";

/** The metrics of one worker, as `registry.getMetricsAsJSON()` gives them. */
export type MetricsJson = MetricObjectWithValues<MetricValue<string>>[];

/** What a worker asks the primary about all workers: the page of metrics, and whether any of them can serve. */
export type Answers = { metrics: string; readiness: boolean };
export type Topic = keyof Answers;

/** From a worker to the primary. `ready` and `leaving` are those of `realtime/supervised.ts`. */
export type ToPrimary =
  | "ready"
  | "leaving"
  /** The connection that was handed over last is this worker's now. */
  | { type: "accepted" }
  | { type: "state"; connections: number; isHealthy: boolean }
  | { type: "metrics"; id: number; metrics: MetricsJson }
  | { type: "question"; id: number; topic: Topic };

/** From the primary to a worker. With `connection` comes the socket. */
export type ToWorker =
  | "go"
  | { type: "connection" }
  | { type: "readMetrics"; id: number }
  | { type: "answer"; id: number; answer: Answers[Topic] };
