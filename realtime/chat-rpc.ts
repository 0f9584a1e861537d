import type { Message, MessageSendOutput } from "#contracts/messages/message.ts";
import { closeCodes } from "#contracts/pusher.ts";
import { maxRpcCallsAtOnce, maxRpcResultBytes, type RpcCall, rpcEvents } from "#contracts/rpc.ts";
import type { Socket } from "#realtime/connection.ts";
import { objectFrame } from "#realtime/frames.ts";
import type { Metrics } from "#realtime/metrics.ts";
import type { Effect, Identity } from "#realtime/session.ts";
import { log } from "#server/log.ts";
import { callOverSocket, isRpcPath } from "#server/rpc/call.ts";
import type { Express } from "#server/rpc/express.ts";
import type { PlainMessage } from "#server/rpc/plain-message.ts";

type Call = Extract<Effect, { type: "call" }>;

const sendPath = "messages.send";

export type RpcOptions = {
  /** True while revocations arrive over the bus. */
  isHealthy: () => boolean;
  isSessionActive: (identity: Identity) => Promise<boolean>;
  revoke: (sessionIds: ReadonlySet<string>) => void;
  metrics: Metrics;
  express: Express;
  /** Delivers a message that the express path stored. */
  deliver: (message: Message) => void;
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

  async run(socket: Socket, { identity, call }: Call): Promise<void> {
    const { express } = this.options;
    if (!this.begin(socket)) return sendUseHttp(socket, call);
    const conversationId = conversationOfSend(call);
    if (conversationId === null || !express.holds(conversationId)) return this.answer(socket, identity, call);
    const done = () => void this.answer(socket, identity, call);
    express.offer({ me: identity, conversationId, plain: null, done });
  }

  /** A plain message of a person with an active session takes the express path, or the way of any call. */
  runPlain(socket: Socket, identity: Identity, { id, plain }: { id: string; plain: PlainMessage }): void {
    const { express, isHealthy, metrics, deliver } = this.options;
    const call = { id, path: sendPath, input: plain };
    if (!isHealthy() || !this.begin(socket)) {
      void this.run(socket, { type: "call", identity, call });
      return;
    }
    const stopTimer = metrics.rpcDuration.startTimer({ path: sendPath });
    const done = (message: Message | null) => {
      if (!message) {
        void this.answer(socket, identity, call);
        return;
      }
      stopTimer({ outcome: "ok" });
      const data: MessageSendOutput = { outcome: "stored", message };
      socket.push(objectFrame(rpcEvents.result, { id, result: { data } }));
      this.end(socket);
      deliver(message);
    };
    express.offer({ me: identity, conversationId: plain.conversationId, plain, done });
  }

  private answer(socket: Socket, identity: Identity, call: RpcCall): Promise<void> {
    const conversationId = conversationOfSend(call);
    const execute = () => this.execute(socket, identity, call);
    return conversationId === null ? execute() : this.options.express.ordinary(conversationId, execute);
  }

  /** While revocations may be missed, the session is checked in the database, as it is for a call over HTTP. */
  private async execute(socket: Socket, identity: Identity, call: RpcCall): Promise<void> {
    const { isHealthy, isSessionActive, revoke, metrics } = this.options;
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
      this.end(socket);
    }
  }

  /** False when the socket has as many calls under way as it may have. */
  private begin(socket: Socket): boolean {
    const inFlight = this.inFlight.get(socket) ?? 0;
    if (inFlight >= maxRpcCallsAtOnce) return false;
    this.inFlight.set(socket, inFlight + 1);
    return true;
  }

  private end(socket: Socket): void {
    const left = (this.inFlight.get(socket) ?? 1) - 1;
    if (left > 0) this.inFlight.set(socket, left);
    else this.inFlight.delete(socket);
  }
}

/** The conversation that a call sends a message to; null for other calls, and for input that will be refused. */
function conversationOfSend({ path, input }: RpcCall): string | null {
  if (path !== sendPath || typeof input !== "object" || input === null || !("conversationId" in input)) return null;
  return typeof input.conversationId === "string" ? input.conversationId : null;
}

function sendUseHttp(socket: Socket, { id }: RpcCall): void {
  socket.push(objectFrame(rpcEvents.result, { id, useHttp: true }));
}
