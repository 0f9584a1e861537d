import type { ConnectionListener } from "#client/realtime/attempt.ts";
import type { Connection } from "#client/realtime/connection.ts";
import {
  type FromLeader,
  isToLeader,
  type TabMessage,
  type TabReceiver,
  type TabRouter,
} from "#client/realtime/tabs/router.ts";
import { watchLeader } from "#client/realtime/tabs/watch-leader.ts";
import type { InboxHeads } from "#contracts/realtime.ts";

/**
 * A connection through the leader's: events arrive as its messages, calls and typing are sent as messages to it.
 * `onFrozen` is called when the leader does not answer a visible tab.
 */
export function followLeader(
  router: TabRouter,
  listener: ConnectionListener,
  onFrozen: () => void,
): Connection & TabReceiver {
  /** The last leader that was heard; a former leader's late "lost" says nothing about the connection of the new one. */
  let leader = "";
  /** Whether events arrive from the leader. */
  let ready = false;
  const askAlive = () => router.post({ type: "askAlive" });
  const watch = watchLeader(askAlive, onFrozen);

  function becomeLost(): void {
    ready = false;
    listener.onLost();
  }

  function becomeReady(by: string, heads: InboxHeads | null): void {
    leader = by;
    ready = true;
    listener.onReady(heads);
  }

  function receive(message: TabMessage): void {
    if (isToLeader(message)) return;
    watch.onAnswer();
    switch (message.type) {
      case "leading":
        leader = message.leader;
        becomeLost();
        break;
      case "ready":
        becomeReady(message.leader, message.heads);
        break;
      case "lost":
        if (message.leader === leader) becomeLost();
        break;
      case "alive":
        receiveAlive(message);
        break;
      case "event":
        listener.onEvent(message.event);
        break;
      case "presence":
        listener.onPresence(message.change);
        break;
      case "typing":
        listener.onTyping(message.typing);
        break;
      case "receipts":
        listener.onReceipts(message.receipts);
        break;
      case "result":
        listener.onResult(message.result);
        break;
      default:
        message satisfies never;
    }
  }

  /** Only a change of state is reported: this tab asks again and again. */
  function receiveAlive(message: Extract<FromLeader, { type: "alive" }>): void {
    if (message.ready && !ready) {
      becomeReady(message.leader, null);
      listener.onPresence(message.presence);
    } else if (!message.ready && ready && message.leader === leader) becomeLost();
  }

  // The leader may have been ready before this tab followed it.
  askAlive();
  return {
    receive,
    call: (call) => {
      if (ready) router.post({ type: "askCall", tab: router.tab, call });
      return ready;
    },
    sendTyping: (conversationId) => router.post({ type: "askTyping", conversationId }),
    // The leader hears the same events, and says it for the device.
    sendDelivered: () => {},
    wake: watch.ask,
    close: watch.close,
  };
}
