import { closeCodes } from "#contracts/pusher.ts";
import { maxRpcCallsAtOnce, maxRpcResultBytes, type RpcCall, rpcEvents } from "#contracts/rpc.ts";
import type { Socket } from "#realtime/connection.ts";
import { objectFrame } from "#realtime/frames.ts";
import type { Metrics } from "#realtime/metrics.ts";
import type { Effect, Identity } from "#realtime/session.ts";
import { log } from "#server/log.ts";
import { callOverSocket, isRpcPath } from "#server/rpc/call.ts";

type Call = Extract<Effect, { type: "call" }>;

export type RpcOptions = {
  /** True while revocations arrive over the bus. */
  isHealthy: () => boolean;
  isSessionActive: (identity: Identity) => Promise<boolean>;
  revoke: (sessionIds: ReadonlySet<string>) => void;
  metrics: Metrics;
};

/** Runs API calls that arrive over the connection, with a bound on concurrent calls per socket. */
export class ChatRpc {
  private readonly options: RpcOptions;
  private readonly inFlight = new Map<Socket, number>();

  constructor(options: RpcOptions) {
    this.options = options;
  }

  remove(socket: Socket): void {
    this.inFlight.delete(socket);
  }

  /** While revocations may be missed, the session is checked in the database, as it is for a call over HTTP. */
  async run(socket: Socket, { identity, call }: Call): Promise<void> {
    const { isHealthy, isSessionActive, revoke, metrics } = this.options;
    const inFlight = this.inFlight.get(socket) ?? 0;
    if (inFlight >= maxRpcCallsAtOnce) return sendUseHttp(socket, call);
    this.inFlight.set(socket, inFlight + 1);
    try {
      if (!isHealthy() && !(await isSessionActive(identity))) return revoke(new Set([identity.sessionId]));
      const stopTimer = metrics.rpcDuration.startTimer();
      const answer = await callOverSocket(identity, call);
      stopTimer({
        path: isRpcPath(call.path) ? call.path : "unknown",
        outcome: answer.useHttp ? "useHttp" : (answer.error?.message ?? "ok"),
      });
      const frame = objectFrame(rpcEvents.result, answer);
      if (Buffer.byteLength(frame) > maxRpcResultBytes) sendUseHttp(socket, call);
      else socket.push(frame);
    } catch (error) {
      log.warn({ err: error }, "a call could not be checked");
      socket.end(closeCodes.overCapacity, "try again");
    } finally {
      const left = (this.inFlight.get(socket) ?? 1) - 1;
      if (left > 0) this.inFlight.set(socket, left);
      else this.inFlight.delete(socket);
    }
  }
}

function sendUseHttp(socket: Socket, { id }: RpcCall): void {
  socket.push(objectFrame(rpcEvents.result, { id, useHttp: true }));
}
