import Pusher from "pusher-js";
import { inboxChannel } from "#contracts/channels.ts";
import { type WireEvent, wireEvent } from "#contracts/events.ts";
import { closeCodes } from "#contracts/pusher.ts";
import type { Authorization } from "#contracts/realtime.ts";
import { backOff, pause } from "#examples/cli/patience.ts";

export type LinkListener = {
  /** Everything told from now on arrives; ask for what came before. */
  ready(): void;
  /** Nothing arrives until `ready` is said again. `refused`: most likely the session has ended. */
  lost(refused: boolean): void;
  event(event: WireEvent): void;
};

export type Link = {
  /** Breaks the connection; it comes back like any other that broke. */
  drop(): void;
  /** Resolves when the signal has ended everything. */
  closed: Promise<void>;
};

type Authorize = () => Promise<Authorization>;

/** An attempt that has not subscribed by then is given up. */
const attemptTimeout = 6_000;
/** A ticket this close to its end is not shown any more. */
const ticketMargin = 30_000;

/**
 * Keeps one connection to the worker for as long as the signal lets it. Each attempt is a fresh Pusher: alone it waits
 * up to 60 s after a refused attempt and never repeats a failed sign-in.
 */
export function keepLink(authorize: Authorize, signal: AbortSignal, listener: LinkListener): Link {
  let drop = () => {};
  async function keep(): Promise<void> {
    let access: Authorization | null = null;
    let failures = 0;
    while (!signal.aborted) {
      const attempt = new AbortController();
      drop = () => attempt.abort();
      try {
        access = isFresh(access) ? access : await authorize();
        const how: End = await linkOnce(access, AbortSignal.any([signal, attempt.signal]), listener);
        if (how === "refused") access = null;
        if (how === "lost") failures = 0;
      } catch {
        // The server is away. The next call finds out when the session has ended.
      }
      await pause(backOff(failures), signal);
      failures += 1;
    }
  }
  return { drop: () => drop(), closed: keep() };
}

/** One ticket serves many sign-ins, so that a worker that restarts does not send everyone to the server. */
function isFresh(access: Authorization | null): access is Authorization {
  return access !== null && Date.parse(access.expiresAt) - Date.now() > ticketMargin;
}

/** `lost` after it had been ready, `failed` before; `refused` when the worker does not take this ticket any more. */
type End = "lost" | "failed" | "refused";

async function linkOnce(access: Authorization, signal: AbortSignal, listener: LinkListener): Promise<End> {
  if (signal.aborted) return "failed";
  const pusher = new Pusher(access.key, optionsFor(access));
  let ready = false;
  let patience: ReturnType<typeof setTimeout> | undefined;
  let end = () => {};
  const ended = new Promise<End>((resolve) => {
    end = () => resolve(ready ? "lost" : "failed");
    patience = setTimeout(end, attemptTimeout);
    signal.addEventListener("abort", end, { once: true });
    pusher.connection.bind("error", (error?: { data?: { code?: number } }) => {
      if (error?.data?.code === closeCodes.unauthorized) resolve("refused");
      else end();
    });
    pusher.connection.bind("state_change", ({ previous, current }: { previous: string; current: string }) => {
      // Once connected, any other state means that the link broke.
      if (previous === "connected" || current === "unavailable" || current === "failed") end();
    });
    pusher.signin();
    const inbox = pusher.subscribe(inboxChannel);
    inbox.bind("pusher:subscription_error", end);
    inbox.bind("pusher:subscription_succeeded", () => {
      ready = true;
      clearTimeout(patience);
      listener.ready();
    });
    inbox.bind_global((name: string, data: unknown) => {
      if (name.startsWith("pusher")) return;
      // An event of a newer version that this program cannot read leaves a gap in the numbers, which the next one shows.
      const read = wireEvent.safeParse(data);
      if (read.success) listener.event(read.data);
    });
  });
  const how = await ended;
  clearTimeout(patience);
  signal.removeEventListener("abort", end);
  // pusher-js 8.6.0 sets two retry timers when it is closed with 42xx and disconnect() knows only the last: the other
  // would bring this one back beside its successor.
  pusher.connection.bind("connecting", () => queueMicrotask(() => pusher.disconnect()));
  pusher.disconnect();
  if (ready) listener.lost(how === "refused");
  return how;
}

function optionsFor(access: Authorization): ConstructorParameters<typeof Pusher>[1] {
  const url = new URL(access.url);
  const port = url.port ? Number(url.port) : undefined;
  return {
    cluster: "self", // pusher-js insists on one; the host decides
    wsHost: url.hostname,
    wsPort: port ?? 80,
    wssPort: port ?? 443,
    wsPath: url.pathname === "/" ? "" : url.pathname,
    forceTLS: url.protocol === "wss:",
    enabledTransports: ["ws"], // with forceTLS this is wss; naming both would also try the other one
    pongTimeout: 5_000,
    userAuthentication: {
      endpoint: "",
      transport: "ajax",
      customHandler: (_request, answer) =>
        answer(null, { auth: access.ticket, user_data: JSON.stringify({ id: access.personId }) }),
    },
    // The inbox is always the signed-in person's own; the sign-in is its authorization.
    channelAuthorization: {
      endpoint: "",
      transport: "ajax",
      customHandler: (_request, answer) => answer(null, { auth: "" }),
    },
  };
}
