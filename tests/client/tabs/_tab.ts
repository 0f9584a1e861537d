import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect } from "vitest";
import type { ConnectionListener } from "#client/realtime/attempt.ts";
import type { Connection } from "#client/realtime/connection.ts";
import type { OpenConnection } from "#client/realtime/tabs/broadcast-connection.ts";
import { openRouter, type TabMessage, type TabRouter } from "#client/realtime/tabs/router.ts";
import type { WireEvent } from "#contracts/events.ts";
import type { Typing } from "#contracts/realtime.ts";
import type { DeliveredReport } from "#contracts/receipts.ts";
import type { RpcCall } from "#contracts/rpc.ts";

const closers: (() => void)[] = [];
export const closeAfterTest = (close: () => void) => void closers.push(close);

/** The part of a page that the tabs ask for, visible unless a test hides it. */
export const page = Object.assign(new EventTarget(), { visibilityState: "visible" });

/** Each test has a channel of its own. */
export let channelName = "";

/** Gives the tests of a file a page, and closes what they opened. */
export function inBrowser(): void {
  beforeEach(() => {
    channelName = randomUUID();
    page.visibilityState = "visible";
    Object.defineProperty(globalThis, "document", { value: page, configurable: true });
  });
  afterEach(() => {
    for (const close of closers.splice(0).reverse()) close();
    Reflect.deleteProperty(globalThis, "document");
  });
}

/** Marks that are on their way to a tab, by their text. */
type Marks = Map<string, () => void>;
const isMark = ({ personId }: Typing) => personId === "mark";

/** Another tab, as a router alone: `heard` holds the messages that it received. */
export function otherTab(): TabRouter & { heard: TabMessage[]; marks: Marks } {
  const heard: TabMessage[] = [];
  const marks: Marks = new Map();
  const router = openRouter(channelName, (message) => {
    if (message.type === "typing" && isMark(message.typing)) marks.get(message.typing.conversationId)?.();
    else heard.push(message);
  });
  closeAfterTest(router.close);
  return { ...router, heard, marks };
}

/**
 * Resolves when everything that one tab posted before has arrived at another: messages of one tab keep their order, so
 * a mark is sent behind them. Works without timers, which a test may have stopped.
 */
export function arrived(from: TabRouter, at: { marks: Marks }): Promise<void> {
  const conversationId = randomUUID();
  return new Promise((resolve) => {
    at.marks.set(conversationId, resolve);
    from.post({ type: "typing", typing: { conversationId, personId: "mark" } });
  });
}

/** A tab's listener that records what it is told, without the marks of `arrived`. */
export function recordingListener(): ConnectionListener & { told: unknown[][]; marks: Marks } {
  const told: unknown[][] = [];
  const marks: Marks = new Map();
  return {
    told,
    marks,
    onReady: (heads) => told.push(["ready", heads]),
    onLost: () => told.push(["lost"]),
    onEvent: (event) => told.push(["event", event.rev]),
    onResult: (result) => told.push(["result", result]),
    onPresence: (change) => told.push(["presence", change]),
    onReceipts: (receipts) => told.push(["receipts", receipts.conversationId]),
    onTyping: (typing) => {
      if (isMark(typing)) marks.get(typing.conversationId)?.();
      else told.push(["typing", typing.personId]);
    },
  };
}

type WorkerEnd = {
  listener: ConnectionListener;
  calls: RpcCall[];
  typed: string[];
  delivered: DeliveredReport[];
  woken: number;
  closed: boolean;
  takesCalls: boolean;
};

/** The connections that tabs opened to a worker; a test plays the worker through `listener`. */
export function createWorker() {
  const opened: WorkerEnd[] = [];
  const open: OpenConnection = (listener) => {
    const one: WorkerEnd = { listener, calls: [], typed: [], delivered: [], woken: 0, closed: false, takesCalls: true };
    opened.push(one);
    const connection: Connection = {
      call: (call) => {
        if (one.takesCalls) one.calls.push(call);
        return one.takesCalls;
      },
      sendTyping: (conversationId) => one.typed.push(conversationId),
      sendDelivered: (report) => one.delivered.push(report),
      wake: () => {
        one.woken += 1;
      },
      close: () => {
        one.closed = true;
        // As the real one: the connection breaks because it was closed, and says so later.
        queueMicrotask(() => listener.onLost());
      },
    };
    return connection;
  };
  return { open, opened, current: () => opened.at(-1) ?? expect.unreachable("no tab opened a connection") };
}

export const event = (rev: number): WireEvent => ({ scope: "person", type: "person.rev_changed", rev });
export const noHeads = { rev: 0, heads: {} };
