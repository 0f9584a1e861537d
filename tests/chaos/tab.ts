/**
 * A browser tab without its pixels: the product's own client (`client/live`, its cache and its lane) with the inbox and
 * every conversation open. It only reads; what its cache holds in the end is compared with the tables.
 */

import path from "node:path";
import { type QueryClient, QueryObserver } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink } from "@trpc/client";
import { mergeInbox } from "#client/conversations/reduce-inbox.ts";
import { openTimeline, type Timeline } from "#client/messages/reduce-timeline.ts";
import { createQueryClient } from "#client/query-client.ts";
import { newer } from "#client/realtime/newer.ts";
import { createPresence } from "#client/realtime/presence.ts";
import type { QueryKeys } from "#client/realtime/query-keys.ts";
import { timelineKey } from "#client/realtime/query-keys.ts";
import { createRealtime, type Realtime } from "#client/realtime/realtime.ts";
import { createRpcLink } from "#client/realtime/rpc-link.ts";
import { createTypingBoard } from "#client/realtime/typing.ts";
import type { Api } from "#client/trpc.ts";
import type { ConversationList } from "#contracts/conversations.ts";
import type { MessageMarks } from "#contracts/messages/marks.ts";
import type { PinnedMessages } from "#contracts/messages/message.ts";
import type { AppRouter } from "#server/trpc/root.ts";
import { queryKeys } from "#tests/_query-keys.ts";
import { Journal } from "#tests/chaos/journal.ts";
import { rising } from "#tests/chaos/kept.ts";
import type { DeviceSpec, Places } from "#tests/chaos/plan.ts";
import { type Message, settingsOf, stateOf } from "#tests/chaos/wire.ts";

const keys: QueryKeys = { ...queryKeys, timeline: timelineKey };

/** A range that grew longer is loaded again, as after leaving the page and coming back. */
const longestStretch = 1_000;

export class Tab {
  readonly spec: DeviceSpec;
  readonly #api: Api;
  readonly #cache: QueryClient = createQueryClient();
  readonly #live: Realtime;
  readonly #inbox: QueryObserver<ConversationList>;
  readonly #open = new Map<string, () => void>();
  readonly #journal: Journal;
  readonly #stops: (() => void)[] = [];

  constructor(spec: DeviceSpec, places: Places, server: number) {
    this.spec = spec;
    this.#journal = new Journal(path.join(places.directory, "devices", `${spec.name}.jsonl.gz`));
    this.#journal.write("device", spec.name, spec.personId);
    const lane = createRpcLink();
    const url = `http://127.0.0.1:${places.servers[server % places.servers.length]}/api/trpc`;
    const headers = { authorization: `Bearer ${spec.token}` };
    this.#api = createTRPCClient<AppRouter>({ links: [lane.link, httpBatchLink({ url, headers, maxItems: 10 })] });
    this.#live = createRealtime(
      this.#api,
      { queryClient: this.#cache, keys, meId: spec.personId },
      {
        rpcLink: lane,
        presence: createPresence(),
        typing: createTypingBoard(),
      },
    );
    this.#inbox = new QueryObserver(this.#cache, {
      queryKey: keys.inbox,
      queryFn: () => this.#api.conversations.list.query(),
      // Typed by the query itself.
      structuralSharing: (held, got) => mergeInbox(held as ConversationList | undefined, got as ConversationList),
    });
  }

  get ready(): boolean {
    const idle = this.#cache.isFetching() === 0;
    return this.#live.status() === "connected" && this.#inbox.getCurrentResult().isSuccess && idle;
  }

  /** The lower of what the list and what the open conversation stand at. */
  revOf(id: string): number {
    const known = this.#inbox.getCurrentResult().data?.conversations.find((one) => one.id === id);
    return Math.min(known?.rev ?? -1, this.#timeline(id)?.rev ?? -1);
  }

  start(): void {
    this.#stops.push(this.#inbox.subscribe(({ data }) => data && this.#look(data)));
    this.#stops.push(this.#live.start());
  }

  #timeline(id: string): Timeline | undefined {
    return this.#cache.getQueryData<Timeline>(keys.timeline(id));
  }

  #look({ conversations }: ConversationList): void {
    const present = new Set(conversations.map(({ id }) => id));
    for (const [id, close] of this.#open) {
      const long = (this.#timeline(id)?.messages.length ?? 0) > longestStretch;
      // Left and joined again in one moment: what was on the screen is gone from the cache, as a page sees when it is drawn.
      const isGone = this.#cache.getQueryCache().find({ queryKey: keys.timeline(id) }) === undefined;
      if (present.has(id) && !long && !isGone) continue;
      close();
      this.#open.delete(id);
      if (long) this.#cache.removeQueries({ queryKey: keys.timeline(id) });
    }
    for (const id of present) if (!this.#open.has(id)) this.#show(id);
  }

  /** What `use-timeline` does for a conversation on the screen. */
  #show(conversationId: string): void {
    const observer = new QueryObserver(this.#cache, {
      queryKey: keys.timeline(conversationId),
      queryFn: async () => openTimeline(await this.#api.messages.page.query({ conversationId })),
      structuralSharing: false,
    });
    const marks = new QueryObserver(this.#cache, {
      queryKey: keys.marks(conversationId),
      queryFn: () => this.#api.messages.marks.query({ conversationId }),
      structuralSharing: newer,
    });
    const pinned = new QueryObserver(this.#cache, {
      queryKey: keys.pinned(conversationId),
      queryFn: () => this.#api.messages.pinned.query({ conversationId }),
      structuralSharing: newer,
    });
    const closes = [observer, marks, pinned].map((one) =>
      (one as QueryObserver).subscribe(({ isError, refetch }) => {
        if (isError) setTimeout(() => void refetch(), 1_000).unref();
      }),
    );
    this.#open.set(conversationId, () => {
      for (const close of closes) close();
    });
  }

  /** Writes down what is on the screen. */
  async finish(): Promise<void> {
    for (const known of this.#inbox.getCurrentResult().data?.conversations ?? []) {
      const timeline = this.#timeline(known.id);
      // The oracle's form of a message; which kinds there are in a run it knows.
      const shown = timeline?.messages.map((one) => stateOf(one as Message, timeline.ownReactions[one.seq] ?? []));
      const { rev, lastSeq, lastReadSeq, lastMessage } = known;
      const metadata = { rev, lastSeq, lastReadSeq, preview: lastMessage?.preview };
      this.#journal.write("tab", known.id, metadata, timeline?.rev ?? null, shown ?? []);
      this.#journal.write("settings", known.id, settingsOf(known.settings));
      const marks = this.#cache.getQueryData<MessageMarks>(keys.marks(known.id));
      this.#journal.write("kept-marks", known.id, marks?.hidden ?? null, marks?.starred ?? null);
      const pinned = this.#cache.getQueryData<PinnedMessages>(keys.pinned(known.id));
      const pins = pinned && rising(pinned.messages.map(({ seq }) => seq));
      this.#journal.write("pins", known.id, known.visibleFromSeq - 1, pins ?? null);
    }
    this.#journal.write("tab-end");
    for (const stop of [...this.#stops, ...this.#open.values()]) stop();
    this.#cache.clear();
    await this.#journal.close();
  }
}
