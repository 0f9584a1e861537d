import type { ConnectionListener } from "#client/realtime/attempt.ts";
import type { Connection } from "#client/realtime/connection.ts";
import { createPresence, type PresenceChange } from "#client/realtime/presence.ts";
import { watchLeader } from "#client/realtime/watch-leader.ts";
import type { WireEvent } from "#contracts/events.ts";
import type { InboxHeads, Typing } from "#contracts/realtime.ts";
import type { RpcCall, RpcResult } from "#contracts/rpc.ts";

/** Messages between tabs. `ask…` goes to the leader, the rest comes from it. */
type TabMessage =
  | { type: "leading"; leader: string }
  | { type: "ready"; leader: string; heads: InboxHeads | null }
  | { type: "lost"; leader: string }
  | { type: "event"; event: WireEvent }
  | { type: "result"; tab: string; result: RpcResult }
  | { type: "alive"; leader: string; ready: boolean; presence: PresenceChange }
  | { type: "presence"; change: PresenceChange }
  | { type: "typing"; typing: Typing }
  | { type: "askSign"; conversationId: string }
  | { type: "askCall"; tab: string; call: RpcCall }
  | { type: "askAlive" };

type Open = (listener: ConnectionListener) => Connection;

/**
 * One connection per browser: the tab that holds a Web Lock opens it, the others receive events by BroadcastChannel and
 * send their calls through the leader. When the leader closes, the next tab gets the lock; when it is frozen, a visible
 * tab steals the lock. Browsers without these APIs keep one connection per tab.
 *
 * `name` contains the person's id, so that tabs of other accounts share nothing.
 */
export function shareConnection(name: string, open: Open, listener: ConnectionListener): Connection {
  const possible = "locks" in navigator && "BroadcastChannel" in globalThis;
  return possible ? new SharedConnection(name, open, listener) : open(listener);
}

class SharedConnection implements Connection {
  private readonly tab = crypto.randomUUID();
  private readonly over = new AbortController();
  private readonly channel: BroadcastChannel;
  private readonly watch: ReturnType<typeof watchLeader>;
  private leading: Connection | null = null;
  /** The current leader's tab; late messages of a former leader are ignored. */
  private leader = "";
  /** Sent to tabs that open later. */
  private readonly presence = createPresence();
  /** Whether events arrive in this tab, from the worker or from the leader. */
  private ready = false;
  private readonly name: string;
  private readonly open: Open;
  private readonly listener: ConnectionListener;

  constructor(name: string, open: Open, listener: ConnectionListener) {
    this.name = name;
    this.open = open;
    this.listener = listener;
    this.channel = new BroadcastChannel(name);
    this.channel.onmessage = ({ data }: MessageEvent<TabMessage>) => this.onMessage(data);
    this.watch = watchLeader(
      () => this.post({ type: "askAlive" }),
      () => {
        if (!this.leading && !this.over.signal.aborted) void this.requestLeadership(true);
      },
    );
    void this.requestLeadership(false);
    this.post({ type: "askAlive" });
  }

  call(call: RpcCall): boolean {
    if (!this.ready) return false;
    if (this.leading) return this.leading.call({ ...call, id: `${this.tab} ${call.id}` });
    this.post({ type: "askCall", tab: this.tab, call });
    return true;
  }

  sendTyping(conversationId: string): void {
    if (this.leading) this.leading.sendTyping(conversationId);
    else this.post({ type: "askSign", conversationId });
  }

  wake(): void {
    if (this.leading) this.leading.wake();
    else this.watch.ask();
  }

  close(): void {
    this.watch.close();
    if (this.leading) this.post({ type: "lost", leader: this.tab });
    this.leading?.close();
    this.leading = null;
    this.over.abort();
    this.channel.close();
  }

  private post(word: TabMessage): void {
    if (!this.over.signal.aborted) this.channel.postMessage(word);
  }

  private becomeReady(heads: InboxHeads | null): void {
    this.ready = true;
    this.listener.onReady(heads);
  }

  private becomeLost(): void {
    this.ready = false;
    this.listener.onLost();
  }

  /** Holds the lock while this tab leads; requests it again after it was stolen. */
  private async requestLeadership(steal: boolean): Promise<void> {
    const options: LockOptions = steal ? { steal: true } : { signal: this.over.signal };
    let mine: Connection | null = null;
    try {
      await navigator.locks.request(this.name, options, () => {
        if (this.over.signal.aborted) return;
        mine = this.lead();
        return new Promise<void>((resolve) => this.over.signal.addEventListener("abort", () => resolve()));
      });
    } catch {
      // Stolen by a visible tab, or this tab is closing.
    }
    this.resign(mine);
    if (this.over.signal.aborted) return;
    this.becomeLost();
    this.post({ type: "askAlive" }); // the new leader may have become ready before this tab followed it
    await this.requestLeadership(false);
  }

  private resign(connection: Connection | null): void {
    connection?.close();
    if (this.leading === connection) this.leading = null;
  }

  private lead(): Connection {
    this.becomeLost();
    this.post({ type: "leading", leader: this.tab });
    this.leading?.close();
    const opened = this.open({
      onReady: (heads) => {
        this.post({ type: "ready", leader: this.tab, heads });
        this.becomeReady(heads);
      },
      onLost: () => {
        this.presence.forget();
        this.post({ type: "lost", leader: this.tab });
        this.becomeLost();
      },
      onEvent: (event) => {
        this.post({ type: "event", event });
        this.listener.onEvent(event);
      },
      onPresence: (change) => {
        this.presence.change(change);
        this.post({ type: "presence", change });
        this.listener.onPresence(change);
      },
      onTyping: (typing) => {
        this.post({ type: "typing", typing });
        this.listener.onTyping(typing);
      },
      onResult: (result) => {
        const { tab, id } = readCallId(result.id);
        const answer = { ...result, id };
        if (tab === this.tab) this.listener.onResult(answer);
        else this.post({ type: "result", tab, result: answer });
      },
    });
    this.leading = opened;
    return opened;
  }

  private onMessage(word: TabMessage): void {
    if (word.type === "askCall") this.sendCall(word.tab, word.call);
    else if (word.type === "askSign") this.leading?.sendTyping(word.conversationId);
    else if (word.type === "askAlive") {
      if (!this.leading) return;
      if (!this.ready) this.leading.wake();
      this.post({
        type: "alive",
        leader: this.tab,
        ready: this.ready,
        presence: { online: this.presence.online(), offline: [] },
      });
    } else if (!this.leading) this.follow(word);
  }

  /**
   * Sends another tab's call; answers "useHttp" at once when there is no connection, so that the tab does not wait.
   */
  private sendCall(tab: string, call: RpcCall): void {
    if (!this.leading || this.leading.call({ ...call, id: `${tab} ${call.id}` })) return;
    this.post({ type: "result", tab, result: { id: call.id, useHttp: true } });
  }

  private follow(word: Exclude<TabMessage, { type: `ask${string}` }>): void {
    this.watch.onSign();
    if (word.type === "event") this.listener.onEvent(word.event);
    else if (word.type === "typing") this.listener.onTyping(word.typing);
    else if (word.type === "presence") this.listener.onPresence(word.change);
    else if (word.type === "leading") {
      this.leader = word.leader;
      this.becomeLost();
    } else if (word.type === "ready") {
      this.leader = word.leader;
      this.becomeReady(word.heads);
    } else if (word.type === "lost") {
      if (word.leader === this.leader) this.becomeLost();
    } else if (word.type === "result") {
      if (word.tab === this.tab) this.listener.onResult(word.result);
    } else if (word.ready && !this.ready) {
      this.leader = word.leader;
      this.becomeReady(null);
      this.listener.onPresence(word.presence);
    } else if (!word.ready && this.ready) this.becomeLost();
  }
}

/** The leader sends calls of several tabs, so their ids contain the tab. */
function readCallId(id: string): { tab: string; id: string } {
  const at = id.indexOf(" ");
  return { tab: id.slice(0, at), id: id.slice(at + 1) };
}
