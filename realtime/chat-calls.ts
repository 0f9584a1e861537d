import { type LaneCall, laneCallsAtOnce, laneEvents, laneResultBytes } from "#contracts/lane.ts";
import { closeCodes } from "#contracts/pusher.ts";
import { objectFrame } from "#realtime/frames.ts";
import type { Socket } from "#realtime/link.ts";
import type { Metrics } from "#realtime/metrics.ts";
import type { Claim, Effect } from "#realtime/session.ts";
import { callOnLane, isLanePath } from "#server/lane/call.ts";
import { log } from "#server/live/database.ts";

type Call = Extract<Effect, { type: "call" }>;

export type CallsOptions = {
  /** Do revocations arrive at present? */
  hearing: () => boolean;
  stands: (claim: Claim) => Promise<boolean>;
  revoke: (sessionIds: ReadonlySet<string>) => void;
  metrics: Metrics;
};

/** The socket lane: verbs called over the connection, so many of one socket at once. */
export class ChatCalls {
  private readonly options: CallsOptions;
  private readonly underWay = new Map<Socket, number>();

  constructor(options: CallsOptions) {
    this.options = options;
  }

  forget(socket: Socket): void {
    this.underWay.delete(socket);
  }

  /** While revocations are not heard, the tables say whether the session stands, as they do for a call over HTTP. */
  async run(socket: Socket, { claim, call }: Call): Promise<void> {
    const { hearing, stands, revoke, metrics } = this.options;
    const underWay = this.underWay.get(socket) ?? 0;
    if (underWay >= laneCallsAtOnce) return sendElsewhere(socket, call);
    this.underWay.set(socket, underWay + 1);
    try {
      if (!hearing() && !(await stands(claim))) return revoke(new Set([claim.sessionId]));
      const stop = metrics.laneCall.startTimer();
      const answer = await callOnLane(claim, call);
      stop({ path: isLanePath(call.path) ? call.path : "unknown", outcome: answer.error?.message ?? "ok" });
      const frame = objectFrame(laneEvents.result, answer);
      if (Buffer.byteLength(frame) > laneResultBytes) sendElsewhere(socket, call);
      else socket.push(frame);
    } catch (error) {
      log.warn({ err: error }, "a call could not be checked");
      socket.end(closeCodes.overCapacity, "try again");
    } finally {
      const left = (this.underWay.get(socket) ?? 1) - 1;
      if (left > 0) this.underWay.set(socket, left);
      else this.underWay.delete(socket);
    }
  }
}

function sendElsewhere(socket: Socket, { id }: LaneCall): void {
  socket.push(objectFrame(laneEvents.result, { id, elsewhere: true }));
}
