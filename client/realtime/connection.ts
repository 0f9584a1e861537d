import { backoffMs } from "#client/backoff.ts";
import {
  type Attempt,
  type Authorize,
  type ConnectionListener,
  CredentialsRefused,
  connectOnce,
} from "#client/realtime/attempt.ts";
import type { Authorization } from "#contracts/realtime.ts";
import type { RpcCall } from "#contracts/rpc.ts";

export type Connection = {
  /** False when there is no connection, or the call is too large for it. */
  call(call: RpcCall): boolean;
  /** Says that I am typing; dropped when there is no connection. */
  sendTyping(conversationId: string): void;
  /** Reconnects now instead of after the backoff. */
  wake(): void;
  close(): void;
};

/** An attempt that has not subscribed by then has failed. */
const attemptTimeoutMs = 6_000;
/** Credentials that expire this soon are fetched anew. */
const credentialMarginMs = 30_000;

/**
 * One connection to the worker, kept up for as long as it is open. pusher-js alone waits 15, 30 and 60 s after a refused
 * attempt and never retries a failed sign-in, so each attempt here is a fresh instance with our own timeout.
 */
export function openConnection(authorize: Authorize, listener: ConnectionListener): Connection {
  const credentials = createCredentialCache(authorize);
  let closed = false;
  let attempts = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let drop: (() => void) | undefined;
  let current: Attempt | undefined;

  function retry(soon: boolean): void {
    if (closed) return;
    clearTimeout(timer);
    timer = setTimeout(attempt, soon ? Math.random() * 200 : backoffMs(attempts));
    attempts += 1;
  }

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
    const patience = setTimeout(lose, attemptTimeoutMs);
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
      clearTimeout(patience);
    }
  }

  /** The device woke up or has a network again: reconnect now instead of after the backoff. */
  function wake(): void {
    if (closed || drop) return;
    attempts = 0;
    retry(true);
  }
  const show = () => document.visibilityState === "visible" && wake();
  window.addEventListener("online", wake);
  window.addEventListener("offline", lose);
  document.addEventListener("visibilitychange", show);
  attempt();

  return {
    call: (call) => current?.call(call) ?? false,
    sendTyping: (conversationId) => current?.sendTyping(conversationId),
    wake,
    close: () => {
      closed = true;
      clearTimeout(timer);
      window.removeEventListener("online", wake);
      window.removeEventListener("offline", lose);
      document.removeEventListener("visibilitychange", show);
      drop?.();
    },
  };
}

type CredentialCache = { get: Authorize; forget: () => void };

/** Credentials serve many sign-ins, until shortly before they expire or until they are refused. */
function createCredentialCache(authorize: Authorize): CredentialCache {
  let kept: Authorization | undefined;
  return {
    get: async () => {
      if (!kept || Date.parse(kept.expiresAt) - Date.now() < credentialMarginMs) kept = await authorize();
      return kept;
    },
    forget: () => {
      kept = undefined;
    },
  };
}
