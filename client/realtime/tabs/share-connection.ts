import type { ConnectionListener } from "#client/realtime/attempt.ts";
import type { Connection } from "#client/realtime/connection.ts";
import { broadcastConnection, type OpenConnection } from "#client/realtime/tabs/broadcast-connection.ts";
import { followLeader } from "#client/realtime/tabs/follower.ts";
import { type Locks, requestLeadership } from "#client/realtime/tabs/leader.ts";
import { openRouter, type TabReceiver } from "#client/realtime/tabs/router.ts";

/**
 * One connection per browser: the leading tab opens it, the others receive events and send their calls through that
 * tab. When the leader closes, the next tab leads; when it is frozen, a visible tab takes the lead. Browsers without
 * Web Locks or BroadcastChannel keep one connection per tab.
 *
 * `name` contains the person's id, so that tabs of other accounts share nothing.
 */
export function shareConnection(name: string, open: OpenConnection, listener: ConnectionListener): Connection {
  const possible = "locks" in navigator && "BroadcastChannel" in globalThis;
  return possible ? shareBetweenTabs(navigator.locks, name, open, listener) : open(listener);
}

/** The same where the browser can, with its locks. */
export function shareBetweenTabs(
  locks: Locks,
  name: string,
  open: OpenConnection,
  listener: ConnectionListener,
): Connection {
  const router = openRouter(name, (message) => role.receive(message));
  const follow = () => followLeader(router, listener, () => leadership.steal());
  let role: Connection & TabReceiver = follow();

  const leadership = requestLeadership(locks, name, {
    onLead: () => {
      role.close();
      role = broadcastConnection(router, open, listener);
    },
    onStolen: () => {
      role.close();
      role = follow();
    },
  });

  return {
    call: (call) => role.call(call),
    sendTyping: (conversationId) => role.sendTyping(conversationId),
    sendDelivered: (report) => role.sendDelivered(report),
    wake: () => role.wake(),
    close: () => {
      leadership.close();
      role.close();
      router.close();
    },
  };
}
