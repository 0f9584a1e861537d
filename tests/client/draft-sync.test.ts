import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createDraftSync } from "#client/conversations/draft-sync.ts";
import { composeTargets, draftTexts } from "#client/conversations/draft-words.ts";
import type { Realtime } from "#client/realtime/realtime.ts";
import type { Api } from "#client/trpc.ts";
import type { Draft, DraftList } from "#contracts/drafts.ts";
import { noServer, refusal } from "#tests/client/_outbox.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

let people = 0;

/** A device of a person of its own, and the server with the person's drafts, which answers with these errors first. */
function device(errors: Error[] = []) {
  people += 1;
  const meId = `person${people}`;
  const saved: string[] = [];
  let list: DraftList = { rev: 0, drafts: [] };
  const store = ({ conversationId, text, replyTo }: Draft) => {
    const drafts = text === "" ? [] : [{ conversationId, text, replyTo }];
    list = { rev: list.rev + 1, drafts };
    return { rev: list.rev, draft: drafts[0] ?? null };
  };
  const mutate = async (draft: Draft) => {
    saved.push(draft.text);
    const error = errors.shift();
    if (error) throw error;
    return store(draft);
  };
  const sync = createDraftSync(
    {
      api: { conversations: { saveDraft: { mutate } } } as unknown as Api,
      realtime: { receive: async () => {} } as unknown as Realtime,
      held: () => list,
      now: () => Date.now(),
    },
    meId,
  );
  const key = `${meId}/c1`;
  return {
    sync,
    saved,
    text: () => draftTexts.read(key),
    target: () => composeTargets.read(key),
    stored: () => list.drafts,
    elsewhere: (text: string, replyTo: number | null = null) => {
      store({ conversationId: "c1", text, replyTo });
      sync.receive(list);
    },
  };
}

test("what is typed is stored after a pause, and from time to time while there is none", async () => {
  const { sync, saved } = device();
  sync.write("c1", "a");
  sync.write("c1", "ab");
  await vi.advanceTimersByTimeAsync(399);
  expect(saved).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(saved).toEqual(["ab"]);
  for (let letters = 1; letters <= 10; letters += 1) {
    sync.write("c1", "x".repeat(letters));
    await vi.advanceTimersByTimeAsync(300);
  }
  expect(saved).toEqual(["ab", "xxxxxxx"]);
});

test("an emptied draft is taken away at once, with what it answered", async () => {
  const { sync, saved, stored } = device();
  sync.write("c1", "words");
  sync.aim("c1", { action: "reply", seq: 7 });
  await vi.advanceTimersByTimeAsync(400);
  expect(stored()).toEqual([{ conversationId: "c1", text: "words", replyTo: 7 }]);
  sync.aim("c1", null);
  sync.write("c1", "");
  await vi.advanceTimersByTimeAsync(0);
  expect(saved).toEqual(["words", ""]);
  expect(stored()).toEqual([]);
});

test("a draft of another device is shown, with what it answers, and goes when it is sent there", async () => {
  const { sync, saved, elsewhere, text, target } = device();
  elsewhere("from the phone", 5);
  expect([text(), target()]).toEqual(["from the phone", "reply 5 elsewhere"]);
  elsewhere("");
  expect([text(), target()]).toEqual(["", ""]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(saved).toEqual([]);
  sync.write("c1", "mine");
  await vi.advanceTimersByTimeAsync(400);
  expect(saved).toEqual(["mine"]);
});

test("words that are not stored yet stay, and are stored over what arrived", async () => {
  const { sync, elsewhere, saved, text } = device();
  sync.write("c1", "typed here");
  elsewhere("from the phone");
  expect(text()).toBe("typed here");
  await vi.advanceTimersByTimeAsync(400);
  expect(saved).toEqual(["typed here"]);
});

test("what was just typed stays although it was stored, and an idle text gives way", async () => {
  const { sync, elsewhere, saved, text } = device();
  sync.write("c1", "typed here");
  await vi.advanceTimersByTimeAsync(400);
  elsewhere("from the phone");
  expect(text()).toBe("typed here");
  await vi.advanceTimersByTimeAsync(400);
  expect(saved).toEqual(["typed here", "typed here"]);
  await vi.advanceTimersByTimeAsync(2_000);
  elsewhere("again from the phone");
  expect(text()).toBe("again from the phone");
});

test("nothing replaces a word that an input method is composing", async () => {
  const { sync, elsewhere, text } = device();
  sync.write("c1", "ni");
  await vi.advanceTimersByTimeAsync(60_000);
  sync.compose(true);
  elsewhere("from the phone");
  expect(text()).toBe("ni");
  sync.compose(false);
  elsewhere("later");
  expect(text()).toBe("ni");
});

test("the message that is being edited is left as it is", async () => {
  const { sync, elsewhere, text, target } = device();
  elsewhere("words", 5);
  sync.aim("c1", { action: "edit", seq: 9 });
  elsewhere("other words", 6);
  expect([text(), target()]).toEqual(["other words", "edit 9"]);
});

test("without a server the draft stays here and is stored later; a refused one stays here alone", async () => {
  const { sync, saved, text } = device([noServer(), refusal("rate_limited", { retryAfter: 3 })]);
  sync.write("c1", "words");
  await vi.advanceTimersByTimeAsync(400);
  await vi.advanceTimersByTimeAsync(5_000);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(saved).toEqual(["words", "words", "words"]);
  const full = device([refusal("drafts_limit_reached")]);
  full.sync.write("c1", "words");
  await vi.advanceTimersByTimeAsync(60_000);
  expect([full.saved, full.text(), text()]).toEqual([["words"], "words", "words"]);
});

test("a text that is too long for a message is not sent to the server", async () => {
  const { sync, saved, text } = device();
  const long = "x".repeat(10_001);
  sync.write("c1", long);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(saved).toEqual([]);
  expect(text()).toBe(long);
});

test("a draft of a conversation that I left is gone here, too", async () => {
  const { sync, text } = device([refusal("not_found")]);
  sync.write("c1", "words");
  await vi.advanceTimersByTimeAsync(400);
  expect(text()).toBe("");
});
