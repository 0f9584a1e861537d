import { type ChildProcess, fork } from "node:child_process";
import type { Socket } from "node:net";
import type { MetricsJson, ToPrimary, Topic, ToWorker } from "#realtime/cluster/messages.ts";

export type MemberEvents = {
  /** The member can take a connection, or takes one more now. */
  onFree(): void;
  /** It was told to stop and waits for "go", until when it keeps its connections. */
  onLeaving(member: Member): void;
  onQuestion(member: Member, id: number, topic: Topic): void;
  /** `returned`: a connection that it had been sent and had not taken. */
  onExit(member: Member, how: string, returned: Socket | null): void;
};

/** A worker that does not answer within this time is left out of the metrics. */
const metricsTimeoutMs = 2_000;

/** One worker process, as the primary sees it. */
export class Member {
  /** 1 to WORKERS; its successor has the same. */
  readonly slot: number;
  readonly startedAt = Date.now();
  /** Resolves with true when it can serve, with false when it ended before. */
  readonly ready: Promise<boolean>;
  readonly exited: Promise<void>;
  connections = 0;
  isHealthy = false;
  isReady = false;
  isLeaving = false;
  private readonly child: ChildProcess;
  /** The connection that was sent and is not taken yet. One at a time, so that a busy worker is sent no more. */
  private inHand: Socket | null = null;
  private readonly metricReads = new Map<number, (metrics: MetricsJson | null) => void>();
  private reads = 0;

  constructor(slot: number, events: MemberEvents) {
    this.slot = slot;
    const environment = { IMCHAT_SUPERVISOR: String(process.pid), IMCHAT_WORKER_SLOT: String(slot) };
    // A socket that was handed to the primary is its own to listen on.
    const handed = { LISTEN_FDS: undefined, LISTEN_PID: undefined };
    this.child = fork(process.argv[1] ?? "", [], { env: { ...process.env, ...handed, ...environment } });
    let onReady = (_isReady: boolean) => {};
    this.ready = new Promise((resolve) => {
      onReady = resolve;
    });
    let onExited = () => {};
    this.exited = new Promise((resolve) => {
      onExited = resolve;
    });
    const end = (how: string) => {
      onExited();
      for (const resolve of this.metricReads.values()) resolve(null);
      onReady(false);
      const returned = this.inHand;
      this.inHand = null;
      events.onExit(this, how, returned);
    };
    this.child.once("exit", (code, signal) => end(signal ?? `exit code ${code}`));
    // Also for a message to a process that has just ended; only then "exit" follows.
    this.child.on("error", (error) => this.child.pid === undefined && end(`could not be started: ${error.message}`));
    this.child.on("message", (message) => {
      const said = message as ToPrimary; // both ends are of one program
      if (said === "ready") {
        this.isReady = true;
        this.isHealthy = true;
        onReady(true);
        events.onFree();
      } else if (said === "leaving") {
        this.isLeaving = true;
        events.onLeaving(this);
      } else if (said.type === "accepted") {
        this.inHand?.destroy(); // the worker has its own reference
        this.inHand = null;
        events.onFree();
      } else if (said.type === "state") {
        this.connections = said.connections;
        this.isHealthy = said.isHealthy;
      } else if (said.type === "metrics") this.metricReads.get(said.id)?.(said.metrics);
      else events.onQuestion(this, said.id, said.topic);
    });
  }

  get isFree(): boolean {
    return this.isReady && !this.isLeaving && this.inHand === null && this.child.connected;
  }

  hand(socket: Socket): void {
    this.inHand = socket;
    this.connections += 1;
    const message: ToWorker = { type: "connection" };
    // Kept open here until the worker has taken it, so that it can be handed to another one if this one dies.
    this.child.send(message, socket, { keepOpen: true });
  }

  /** Null when it does not answer. */
  async readMetrics(): Promise<MetricsJson | null> {
    this.reads += 1;
    const id = this.reads;
    const metrics = await new Promise<MetricsJson | null>((resolve) => {
      this.metricReads.set(id, resolve);
      setTimeout(() => resolve(null), metricsTimeoutMs).unref();
      this.send({ type: "readMetrics", id });
    });
    this.metricReads.delete(id);
    return metrics;
  }

  send(message: ToWorker): void {
    if (this.child.connected) this.child.send(message);
  }

  /** Asks it to stop: it says "leaving", and closes its connections after "go". */
  stop(): void {
    this.isLeaving = true;
    this.child.kill("SIGTERM");
  }

  kill(): void {
    this.child.kill("SIGKILL");
  }
}
