import type { ConnectionListener } from "#client/realtime/attempt.ts";
import type { Connection } from "#client/realtime/connection.ts";
import { createPresence } from "#client/realtime/presence.ts";
import { labelCall, type TabMessage, type TabReceiver, type TabRouter } from "#client/realtime/tabs/router.ts";

export type OpenConnection = (listener: ConnectionListener) => Connection;

/** The leader's connection: what arrives on it goes to all tabs, and it sends the calls and typing of all tabs. */
export function broadcastConnection(
  router: TabRouter,
  open: OpenConnection,
  listener: ConnectionListener,
): Connection & TabReceiver {
  const { tab, post } = router;
  /** Sent to tabs that open later. */
  const presence = createPresence();
  let ready = false;
  let closed = false;

  function receive(message: TabMessage): void {
    if (message.type === "askTyping") connection.sendTyping(message.conversationId);
    else if (message.type === "askCall") {
      const { tab, call } = message;
      // Answered at once when there is no connection, so that the tab does not wait.
      if (!connection.call(labelCall(tab, call))) post({ type: "result", tab, result: { id: call.id, useHttp: true } });
    } else if (message.type === "askAlive") {
      if (!ready) connection.wake();
      post({ type: "alive", leader: tab, ready, presence: { online: presence.online(), offline: [] } });
    }
  }

  function becomeLost(): void {
    ready = false;
    presence.forget();
    post({ type: "lost", leader: tab });
    listener.onLost();
  }

  listener.onLost();
  post({ type: "leading", leader: tab });
  const connection = open({
    onReady: (heads) => {
      ready = true;
      post({ type: "ready", leader: tab, heads });
      listener.onReady(heads);
    },
    onLost: () => {
      if (!closed) becomeLost();
    },
    onEvent: (event) => {
      post({ type: "event", event });
      listener.onEvent(event);
    },
    onPresence: (change) => {
      presence.change(change);
      post({ type: "presence", change });
      listener.onPresence(change);
    },
    onTyping: (typing) => {
      post({ type: "typing", typing });
      listener.onTyping(typing);
    },
    onReceipts: (receipts) => {
      post({ type: "receipts", receipts });
      listener.onReceipts(receipts);
    },
    onResult: (result) => {
      const own = router.answer(result);
      if (own) listener.onResult(own);
    },
  });

  return {
    receive,
    call: (call) => ready && connection.call(labelCall(tab, call)),
    sendTyping: connection.sendTyping,
    sendDelivered: connection.sendDelivered,
    wake: connection.wake,
    close: () => {
      closed = true;
      connection.close();
      becomeLost();
    },
  };
}
