import { backoffMs } from "#client/backoff.ts";
import {
  type Attempt,
  type Authorize,
  type ConnectionListener,
  CredentialsRefused,
  connectOnce,
} from "#client/realtime/attempt.ts";
import type { Authorization } from "#contracts/realtime.ts";
import type { DeliveredReport } from "#contracts/receipts.ts";
import type { RpcCall } from "#contracts/rpc.ts";

export type Connection = {
  /** False when there is no connection, or the call is too large for it. */
  call(call: RpcCall): boolean;
  /** Tells the other members that I am typing; does nothing without a connection. */
  sendTyping(conversationId: string): void;
  /** Says what this device has received; does nothing without a connection. */
  sendDelivered(report: DeliveredReport): void;
  /** Reconnects now instead of after the backoff. */
  wake(): void;
  close(): void;
};

/** An attempt to connect that takes longer counts as failed. */
const attemptTimeoutMs = 6_000;
/** Credentials that expire within this time are fetched anew before they are used. */
const credentialMarginMs = 30_000;

/**
 * A connection to the worker that reconnects until it is closed. Left alone, pusher-js waits 15, 30 and 60 s after a
 * refused attempt and never retries a failed sign-in, so each attempt is a new instance with our own timeout.
 */
export function openConnection(authorize: Authorize, listener: ConnectionListener): Connection {
  const credentials = createCredentialCache(authorize);
  let closed = false;
  let attempts = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Closes the attempt that runs or has connected; undefined during the backoff. */
  let drop: (() => void) | undefined;
  /** The attempt that has connected. */
  let current: Attempt | undefined;

  function retry(soon: boolean): void {
    if (closed) return;
    clearTimeout(timer);
    timer = setTimeout(attempt, soon ? Math.random() * 200 : backoffMs(attempts));
    attempts += 1;
  }

  /** The attempt failed, or its connection broke: close it, and try again after the backoff. */
  function lose(): void {
    const dropNow = drop;
    drop = undefined;
    current = undefined;
    if (!dropNow) return;
    dropNow();
    listener.onLost();
    retry(false);
  }

  async function attempt(): Promise<void> {
    clearTimeout(timer);
    const next = connectOnce(credentials.get, listener);
    drop = next.close;
    const timeout = setTimeout(lose, attemptTimeoutMs);
    try {
      const heads = await next.ready;
      if (closed || drop !== next.close) return;
      attempts = 0;
      current = next;
      listener.onReady(heads);
      next.lost.then((refused) => {
        if (refused) credentials.forget();
        if (drop === next.close) lose();
      });
    } catch (error) {
      if (error instanceof CredentialsRefused) credentials.forget();
      if (drop === next.close) lose();
    } finally {
      clearTimeout(timeout);
    }
  }

  /** The device woke up or has a network again: reconnect now instead of after the backoff. */
  function wake(): void {
    if (closed || drop) return;
    attempts = 0;
    retry(true);
  }
  const wakeIfVisible = () => document.visibilityState === "visible" && wake();
  window.addEventListener("online", wake);
  window.addEventListener("offline", lose);
  document.addEventListener("visibilitychange", wakeIfVisible);
  attempt();

  return {
    call: (call) => current?.call(call) ?? false,
    sendTyping: (conversationId) => current?.sendTyping(conversationId),
    sendDelivered: (report) => current?.sendDelivered(report),
    wake,
    close: () => {
      closed = true;
      clearTimeout(timer);
      window.removeEventListener("online", wake);
      window.removeEventListener("offline", lose);
      document.removeEventListener("visibilitychange", wakeIfVisible);
      drop?.();
    },
  };
}

type CredentialCache = { get: Authorize; forget: () => void };

/** Reuses the credentials for every reconnect, until shortly before they expire or until the worker refuses them. */
function createCredentialCache(authorize: Authorize): CredentialCache {
  let cached: Authorization | undefined;
  return {
    get: async () => {
      if (!cached || Date.parse(cached.expiresAt) - Date.now() < credentialMarginMs) cached = await authorize();
      return cached;
    },
    forget: () => {
      cached = undefined;
    },
  };
}
