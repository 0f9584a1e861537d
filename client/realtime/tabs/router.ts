import type { PresenceChange } from "#client/realtime/presence.ts";
import type { WireEvent } from "#contracts/events.ts";
import type { InboxHeads, Typing } from "#contracts/realtime.ts";
import type { Receipts } from "#contracts/receipts.ts";
import type { RpcCall, RpcResult } from "#contracts/rpc.ts";

/** Messages of the leader to all other tabs. `leader` and `tab` are ids of tabs. */
export type FromLeader =
  /** This tab leads from now on; it has no connection yet. */
  | { type: "leading"; leader: string }
  /** The connection is open, and every event after these heads follows. */
  | { type: "ready"; leader: string; heads: InboxHeads | null }
  /** The connection broke, or this tab stops leading. */
  | { type: "lost"; leader: string }
  /** The answer to `askAlive`; `presence` holds all friends who are online. */
  | { type: "alive"; leader: string; ready: boolean; presence: PresenceChange }
  | { type: "event"; event: WireEvent }
  | { type: "presence"; change: PresenceChange }
  | { type: "typing"; typing: Typing }
  | { type: "receipts"; receipts: Receipts }
  | { type: "result"; tab: string; result: RpcResult };

/** Messages to the leader. */
export type ToLeader =
  | { type: "askCall"; tab: string; call: RpcCall }
  | { type: "askTyping"; conversationId: string }
  | { type: "askAlive" };

export type TabMessage = FromLeader | ToLeader;

export function isToLeader(message: TabMessage): message is ToLeader {
  return message.type.startsWith("ask");
}

/** What a tab does with messages of other tabs. */
export type TabReceiver = { receive(message: TabMessage): void };

export type TabRouter = {
  /** The id of this tab. */
  readonly tab: string;
  /** Sends a message to all other tabs; ignored after `close`. */
  post(message: TabMessage): void;
  /** Sends the answer to the tab that called. Returns it, with the caller's id, when that is this tab; else null. */
  answer(result: RpcResult): RpcResult | null;
  close(): void;
};

/** Opens the channel of this name between the tabs of a browser. Answers for other tabs are not passed to `receive`. */
export function openRouter(name: string, receive: (message: TabMessage) => void): TabRouter {
  const tab = crypto.randomUUID();
  const channel = new BroadcastChannel(name);
  let closed = false;
  channel.onmessage = ({ data }: MessageEvent<TabMessage>) => {
    if (data.type !== "result" || data.tab === tab) receive(data);
  };
  const post = (message: TabMessage) => {
    if (!closed) channel.postMessage(message);
  };
  return {
    tab,
    post,
    answer: (result) => {
      const caller = readCaller(result.id);
      const answer = { ...result, id: caller.id };
      if (caller.tab === tab) return answer;
      post({ type: "result", tab: caller.tab, result: answer });
      return null;
    },
    close: () => {
      closed = true;
      channel.close();
    },
  };
}

/** The call under an id that contains the calling tab: one connection sends the calls of all tabs, and each tab counts its own. */
export function labelCall(tab: string, call: RpcCall): RpcCall {
  return { ...call, id: `${tab} ${call.id}` };
}

function readCaller(id: string): { tab: string; id: string } {
  const at = id.indexOf(" ");
  return { tab: id.slice(0, at), id: id.slice(at + 1) };
}
