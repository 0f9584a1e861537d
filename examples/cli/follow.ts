import type { ConversationEvent, WireEvent } from "#contracts/events.ts";
import { isConversationEvent } from "#contracts/events.ts";
import { limits } from "#contracts/limits.ts";
import type { Message } from "#contracts/messages/message.ts";
import type { Api } from "#examples/cli/api.ts";
import { explain, isPassing } from "#examples/cli/failure.ts";
import { Feed } from "#examples/cli/feed.ts";
import { keepLink, type Link } from "#examples/cli/link.ts";
import { backOff, pause } from "#examples/cli/patience.ts";

export type FollowOptions = {
  conversationId: string;
  /** The `seq` of the first message to show. */
  from: number;
  /** Ends it, when the call under way has ended. */
  signal: AbortSignal;
  /** `live` while messages arrive by themselves, `polling` while they are asked for. */
  onStatus?: (status: "live" | "polling") => void;
};

export type Following = {
  /** Resolves when the signal has ended it. Rejects with what the server refuses, or when the first call fails. */
  done: Promise<void>;
  /** Breaks the live connection as a bad network would; it comes back by itself. */
  disconnect(): void;
};

/** While the worker is away the follower asks this often, more or less. */
const pollEvery = 5_000;
/** Events that wait for an answer. Losing them is safe, because asking brings the same. */
const mostHeard = 1_000;

/**
 * Gives every message from `from` on to `onMessage`, once each and in `seq` order, however often the connection, the
 * worker or the server goes away meanwhile. The next message waits for what `onMessage` returns.
 */
export function followConversation(
  api: Api,
  options: FollowOptions,
  onMessage: (message: Message) => void | Promise<void>,
): Following {
  const follower = new Follower(api, options, onMessage);
  return { done: follower.run(), disconnect: () => follower.disconnect() };
}

/**
 * One loop that does one thing at a time: ask when something was missed, else apply what was heard, else rest. Events
 * that come while it asks wait in `heard`; afterwards their numbers say which of them the answer already held.
 */
class Follower {
  readonly #api: Api;
  readonly #options: FollowOptions;
  readonly #onMessage: (message: Message) => void | Promise<void>;
  readonly #feed: Feed;
  #heard: ConversationEvent[] = [];
  #opened = false;
  #behind = true;
  #live = false;
  #failures = 0;
  #link: Link | undefined;
  #ring = () => {};

  constructor(api: Api, options: FollowOptions, onMessage: (message: Message) => void | Promise<void>) {
    this.#api = api;
    this.#options = options;
    this.#onMessage = onMessage;
    this.#feed = new Feed(options.from);
  }

  disconnect(): void {
    this.#link?.drop();
  }

  async run(): Promise<void> {
    const { signal } = this.#options;
    const ended = new AbortController();
    const ring = () => this.#ring();
    signal.addEventListener("abort", ring, { once: true });
    try {
      while (!signal.aborted) {
        if (this.#behind) await this.#ask();
        // Opened once, so it is worth a connection; being ready asks again for what was told in between.
        this.#link ??= this.#openLink(AbortSignal.any([signal, ended.signal]));
        const event = this.#heard.shift();
        if (event) await this.#apply(event);
        else if (!this.#behind) await this.#rest();
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      signal.removeEventListener("abort", ring);
      ended.abort();
      await this.#link?.closed;
    }
  }

  #openLink(signal: AbortSignal): Link {
    const authorize = () => this.#api.realtime.authorize.mutate({});
    return keepLink(authorize, signal, {
      ready: () => this.#turn("live", true),
      // Asking at once finds out whether the session has ended; after any other loss everyone would ask in one moment.
      lost: (refused) => this.#turn("polling", refused),
      event: (event) => this.#hear(event),
    });
  }

  #turn(status: "live" | "polling", ask: boolean): void {
    this.#live = status === "live";
    if (ask) this.#behind = true;
    this.#options.onStatus?.(status);
    this.#ring();
  }

  #hear(event: WireEvent): void {
    const { conversationId } = this.#options;
    // I was taken out: the next question is answered with `not_found`.
    if (event.type === "conversation.removed" && event.conversationId === conversationId) this.#behind = true;
    if (isConversationEvent(event) && event.conversationId === conversationId) this.#heard.push(event);
    if (this.#heard.length > mostHeard) {
      this.#heard = [];
      this.#behind = true;
    }
    this.#ring();
  }

  async #apply(event: ConversationEvent): Promise<void> {
    const messages = this.#feed.hear(event);
    if (messages === "gap") this.#behind = true;
    else await this.#show(messages);
  }

  /** A refusal is final, and so is a server that is not there at the beginning; later it is waited for. */
  async #ask(): Promise<void> {
    this.#behind = false; // before asking: whatever shows itself meanwhile asks again
    try {
      await this.#catchUp();
      this.#failures = 0;
    } catch (error) {
      const explained = explain(error);
      if (!this.#opened || !explained || !isPassing(explained)) throw error;
      this.#behind = true;
      await pause(Math.max(explained.retryAfterMs, backOff(this.#failures)), this.#options.signal);
      this.#failures += 1;
    }
  }

  async #catchUp(): Promise<void> {
    const { conversationId } = this.#options;
    for (;;) {
      const { rev } = this.#feed;
      if (rev === null) return this.#readPages();
      const answer = await this.#api.conversations.changesSince.query({ conversationId, rev });
      // Too far behind to be told each change.
      if (answer.reset) return this.#readPages();
      await this.#show(this.#feed.catchUp(answer));
      if (answer.nextRev === null) return;
    }
  }

  async #readPages(): Promise<void> {
    const { conversationId } = this.#options;
    for (;;) {
      const input = { conversationId, after: this.#feed.nextSeq - 1, limit: limits.page.max };
      const page = await this.#api.messages.page.query(input);
      this.#opened = true;
      await this.#show(this.#feed.open(page));
      if (!page.hasNewer) return;
    }
  }

  async #show(messages: Message[]): Promise<void> {
    for (const message of messages) await this.#onMessage(message);
  }

  /** Until something is heard, the link changes, the signal ends it, or it is time to poll. */
  #rest(): Promise<void> {
    return new Promise((resolve) => {
      const poll = () => {
        this.#behind = true;
        this.#ring();
      };
      const timer = this.#live ? undefined : setTimeout(poll, pollEvery * (0.5 + Math.random()));
      this.#ring = () => {
        clearTimeout(timer);
        this.#ring = () => {};
        resolve();
      };
    });
  }
}
