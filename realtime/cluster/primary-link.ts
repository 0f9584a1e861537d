import type { Socket } from "node:net";
import type { Answers, MetricsJson, ToPrimary, Topic, ToWorker } from "#realtime/cluster/messages.ts";

const stateIntervalMs = 1_000;
/** Without an answer of the primary in this time, the worker answers for itself. */
const answerTimeoutMs = 3_000;

/** What the worker gives to the link. */
export type LinkedWorker = {
  accept(socket: Socket): void;
  state(): { connections: number; isHealthy: boolean };
  metrics(): Promise<MetricsJson>;
};

/** A worker's end of the channel to the primary (`realtime/cluster/primary.ts`). */
export class PrimaryLink {
  /** 1 to WORKERS: names this worker in metrics. */
  readonly slot: string;
  private readonly questions = new Map<number, (answer: Answers[Topic] | undefined) => void>();
  private asked = 0;

  constructor(slot: string) {
    this.slot = slot;
  }

  /** Serves the primary until the returned function is called; connections are accepted until the process ends. */
  attach(worker: LinkedWorker): () => void {
    process.on("message", (message, socket) => {
      const said = message as ToWorker; // both ends are of one program
      if (said === "go") return; // realtime/supervised.ts
      if (said.type === "connection") {
        this.send({ type: "accepted" });
        // Undefined when the client was gone before the handle arrived. The primary sends nothing but sockets.
        if (socket) worker.accept(socket as Socket);
      } else if (said.type === "answer") this.questions.get(said.id)?.(said.answer);
      else void worker.metrics().then((metrics) => this.send({ type: "metrics", id: said.id, metrics }));
    });
    const timer = setInterval(() => this.send({ type: "state", ...worker.state() }), stateIntervalMs);
    return () => clearInterval(timer);
  }

  /** The answer for all workers; undefined when the primary does not answer. */
  async ask<About extends Topic>(topic: About): Promise<Answers[About] | undefined> {
    this.asked += 1;
    const id = this.asked;
    const answer = await new Promise<Answers[Topic] | undefined>((resolve) => {
      this.questions.set(id, resolve);
      setTimeout(() => resolve(undefined), answerTimeoutMs).unref();
      this.send({ type: "question", id, topic });
    });
    this.questions.delete(id);
    return answer as Answers[About] | undefined; // the primary answers the question that was asked
  }

  private send(message: ToPrimary): void {
    if (process.connected) process.send?.(message);
  }
}

/** The link of a worker that a primary started; undefined for a worker on its own. */
export function openPrimaryLink(): PrimaryLink | undefined {
  const { IMCHAT_WORKER_SLOT: slot, IMCHAT_SUPERVISOR: supervisor } = process.env;
  return slot && supervisor === String(process.ppid) && process.connected ? new PrimaryLink(slot) : undefined;
}
