import { type InfiniteData, QueryClient, QueryObserver } from "@tanstack/react-query";
import { describe, expect, test } from "vitest";
import { itemsOf, placeAfter } from "#client/messages/media-items.ts";
import { applyConversationEvent, applyPersonEvent } from "#client/realtime/apply-event.ts";
import { askAnew } from "#client/realtime/apply-media.ts";
import type { Conversation, ConversationList } from "#contracts/conversations.ts";
import type { ConversationEvent } from "#contracts/events.ts";
import { type MediaPage, mediaGroups } from "#contracts/messages/media.ts";
import type { Message } from "#contracts/messages/message.ts";
import { queryKeys } from "#tests/_query-keys.ts";
import { untouched } from "#tests/_settings.ts";

const picture = (fileId: string) => ({
  fileId,
  type: "image/jpeg",
  bytes: 1,
  width: 4,
  height: 3,
  thumbhash: "",
  animated: false,
});
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
const message = (seq: number, content: Message["content"], editedAt: string | null = null): Message => ({
  conversationId: "room",
  seq,
  rev: seq,
  senderId: "ben",
  clientId: `c${seq}`,
  content,
  preview: "",
  sentAt: "2026-01-01T00:00:00.000Z",
  editedAt,
  reactions: [],
});
const album = (seq: number, ...files: number[]) =>
  message(seq, { kind: "image", pictures: files.map((n) => picture(uuid(n))), caption: "sea" });

function cache() {
  const queryClient = new QueryClient();
  const page = (...messages: Message[]): InfiniteData<MediaPage> => ({
    pages: [{ messages, hasOlder: false, hasNewer: false }],
    pageParams: [{}],
  });
  for (const of of mediaGroups) queryClient.setQueryData(queryKeys.media("room", of), page());
  queryClient.setQueryData(queryKeys.media("room", "pictures"), page(album(3, 1)));
  queryClient.setQueryData(queryKeys.media("hall", "pictures"), page(album(3, 1)));
  const asked = () =>
    [...mediaGroups, "hall"].filter((name) => {
      const of = mediaGroups.find((group) => group === name);
      const key = of ? queryKeys.media("room", of) : queryKeys.media("hall", "pictures");
      return queryClient.getQueryState(key)?.isInvalidated;
    });
  const held = { queryClient, keys: queryKeys, meId: "ann" };
  const pictures = () =>
    queryClient.getQueryData<InfiniteData<MediaPage>>(queryKeys.media("room", "pictures"))?.pages[0]?.messages;
  const at = { scope: "conversation", conversationId: "room", rev: 9 } as const;
  const apply = (event: ConversationEvent) => applyConversationEvent(held, event);
  return {
    ...{ queryClient, held, asked, pictures, apply },
    send: (one: Message) => apply({ ...at, type: "message.sent", message: one }),
    change: (one: Message) => apply({ ...at, type: "message.changed", message: one }),
  };
}

describe("pages of media are asked for anew", () => {
  test("when a message of their group is sent, and not for other messages", () => {
    const { send, asked } = cache();
    send(message(9, { kind: "text", text: "plain" }));
    send(message(9, { kind: "invented" }));
    expect(asked()).toEqual([]);
    send(message(9, { kind: "text", text: "https://a.example/" }));
    expect(asked()).toEqual(["links"]);
    send(album(9, 2));
    expect(asked()).toEqual(["pictures", "links"]);
  });

  test("when a message of theirs was recalled, or a text got an address", () => {
    const { change, asked } = cache();
    change(message(5, { kind: "recalled" }));
    expect(asked()).toEqual([]);
    change(message(3, { kind: "recalled" }));
    expect(asked()).toEqual(["pictures"]);
    change(message(5, { kind: "text", text: "https://a.example/" }, "2026-01-02T00:00:00.000Z"));
    expect(asked()).toEqual(["pictures", "links"]);
  });

  test("not for a reaction: the message is replaced", () => {
    const { change, asked, pictures } = cache();
    const reactions = [{ emoji: "🎉", count: 1, personIds: ["ann"] }];
    change({ ...album(3, 1), reactions });
    expect(asked()).toEqual([]);
    expect(pictures()).toMatchObject([{ seq: 3, reactions }]);
  });

  test("when I delete messages for me, of this conversation alone, and when that was missed", () => {
    const { held, queryClient, asked } = cache();
    queryClient.setQueryData(queryKeys.marks("room"), { rev: 5, hidden: [], starred: [] });
    const event = { scope: "person", rev: 6, conversationId: "room", hidden: true } as const;
    applyPersonEvent(held, { ...event, type: "hidden_messages.changed", seqs: [3], settings: untouched });
    expect(asked()).toEqual([...mediaGroups]);
    applyPersonEvent(held, { scope: "person", type: "person.rev_changed", rev: 9 });
    expect(asked()).toEqual([...mediaGroups, "hall"]);
  });

  test("after a gap, with what else the conversation missed", () => {
    const { queryClient, apply } = cache();
    const conversation = { id: "room", rev: 5 } as Conversation; // what the comparison reads
    queryClient.setQueryData<ConversationList>(queryKeys.inbox, { rev: 1, conversations: [conversation] });
    const bare = { scope: "conversation", type: "conversation.rev_changed", conversationId: "room" } as const;
    expect(apply({ ...bare, rev: 5 }).has("media")).toBe(false);
    expect(apply({ ...bare, rev: 7 }).has("media")).toBe(true);
  });

  test("also while the first answer is on its way, which may be older", async () => {
    const queryClient = new QueryClient();
    const answers: ((answer: string) => void)[] = [];
    const queryFn = () => new Promise<string>((resolve) => answers.push(resolve));
    const observer = new QueryObserver(queryClient, { queryKey: ["media", "room"], queryFn });
    const stop = observer.subscribe(() => {});
    const asked = askAnew(queryClient, ["media"]);
    expect(answers).toHaveLength(2);
    answers[0]?.("before");
    answers[1]?.("after");
    await asked;
    expect(observer.getCurrentResult().data).toBe("after");
    stop();
  });
});

test("they are gone with the conversation", () => {
  const { held, queryClient, pictures } = cache();
  applyPersonEvent(held, { scope: "person", type: "conversation.removed", rev: 6, conversationId: "room" });
  expect(pictures()).toBeUndefined();
  expect(queryClient.getQueryData(queryKeys.media("hall", "pictures"))).toBeDefined();
});

describe("the lightbox", () => {
  test("shows the pictures of an album one by one, then the film; what it does not know is passed over", () => {
    const film = { fileId: uuid(8), type: "video/mp4", bytes: 1, width: 4, height: 3, durationMs: 1_000 };
    const video = message(4, { kind: "video", video: film, poster: null, caption: "" });
    const items = itemsOf([album(3, 1, 2), message(5, { kind: "image", pictures: "?" }), video]);
    expect(items.map(({ key, caption, picture, film }) => [key, caption, picture?.fileId, film?.fileId])).toEqual([
      [`3/${uuid(1)}`, "sea", uuid(1), undefined],
      [`3/${uuid(2)}`, "sea", uuid(2), undefined],
      [`4/${uuid(8)}`, "", undefined, uuid(8)],
    ]);
  });

  test("stays at its picture when others come or go, and goes on when it was recalled", () => {
    const items = itemsOf([album(3, 1, 2), album(5, 3), album(7, 4)]);
    expect(placeAfter(items, { key: `5/${uuid(3)}`, seq: 5 })).toBe(2);
    expect(placeAfter(items, { key: `4/${uuid(9)}`, seq: 4 })).toBe(2);
    expect(placeAfter(items, { key: `9/${uuid(9)}`, seq: 9 })).toBe(3);
    expect(placeAfter([], { key: `9/${uuid(9)}`, seq: 9 })).toBe(-1);
  });
});
