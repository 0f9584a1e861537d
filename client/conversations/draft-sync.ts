import {
  type ComposeTarget,
  composeTargets,
  draftTexts,
  keptConversations,
  knownWords,
  localWords,
  noWords,
  sameWords,
  showWords,
  type Words,
  wordsIn,
  writeKnown,
  writeTarget,
} from "#client/conversations/draft-words.ts";
import { createGather } from "#client/conversations/gather.ts";
import type { Realtime } from "#client/realtime/realtime.ts";
import { isRetryable, reasonOf } from "#client/refusal.ts";
import type { Api } from "#client/trpc.ts";
import type { DraftList } from "#contracts/drafts.ts";
import { limits } from "#contracts/limits.ts";
import { countCodePoints } from "#contracts/text.ts";

/** Keeps the drafts of this device and those of the server alike. */
export type DraftSync = {
  /** The person writes: on this device at once, on the server after a pause. */
  write(conversationId: string, text: string): void;
  /** The person chooses what the composer answers or edits. */
  aim(conversationId: string, target: ComposeTarget | null): void;
  /** An input method composes a word: until it ends, no other text may replace what is in the field. */
  compose(composing: boolean): void;
  /** The drafts of the server have changed, or were fetched. */
  receive(list: DraftList): void;
  start(): () => void;
};

/** `now` in milliseconds, for times between moments alone. */
type Parts = { api: Api; realtime: Realtime; held: () => DraftList | undefined; now?: () => number };

/** A text is stored after a pause in the typing, and from time to time while there is none. */
const gatherMs = { pause: 400, longest: 2_000 };
/** So long after a key what another device has written does not replace the text: the person is at it. */
const typingMs = 2_000;
/** Retries even without a reconnect event. */
const retryMs = 5_000;

/**
 * The last device to store a draft wins. Words that are not stored yet, or that are being typed, stay: they are stored
 * over what arrived. `held` is the list in the query cache, which events number and change.
 */
export function createDraftSync(
  { api, realtime, held, now = () => performance.now() }: Parts,
  meId: string,
): DraftSync {
  const keyOf = (conversationId: string) => `${meId}/${conversationId}`;
  const typedAt = new Map<string, number>();
  const busy = new Set<string>();
  let composing = false;
  const gather = createGather(gatherMs, (conversationId) => void save(conversationId));

  const isUnsaved = (key: string) => !sameWords(localWords(key), knownWords(key));
  const isTyped = (conversationId: string) =>
    composing || now() - (typedAt.get(conversationId) ?? Number.NEGATIVE_INFINITY) < typingMs;

  function touch(conversationId: string): void {
    const key = keyOf(conversationId);
    // A draft that was sent or emptied leaves the other devices at once.
    if (isUnsaved(key)) gather.later(conversationId, sameWords(localWords(key), noWords) ? 0 : undefined);
  }

  function meet(conversationId: string, list: DraftList): void {
    const key = keyOf(conversationId);
    const theirs = wordsIn(list, conversationId);
    const known = knownWords(key);
    if (!sameWords(theirs, known)) {
      const mayReplace = sameWords(localWords(key), known) && !isTyped(conversationId);
      if (mayReplace) showWords(key, theirs);
      writeKnown(key, theirs);
    }
    touch(conversationId);
  }

  async function save(conversationId: string): Promise<void> {
    const key = keyOf(conversationId);
    const words = localWords(key);
    if (busy.has(conversationId) || !isUnsaved(key)) return;
    // What is too long for a message stays here alone until it is shorter.
    if (countCodePoints(words.text) > limits.messageText.max) return;
    busy.add(conversationId);
    const outcome = await store({ api, realtime }, conversationId, words).finally(() => busy.delete(conversationId));
    const list = held();
    if (outcome === "stored" && list) meet(conversationId, list);
    else if (outcome === "stored") writeKnown(key, words);
    else if (outcome === "gone") forget(key);
    else if (outcome !== "refused" && isUnsaved(key)) gather.later(conversationId, outcome.waitMs);
  }

  function saveAll(): void {
    for (const conversationId of keptConversations(meId)) void save(conversationId);
  }

  return {
    write: (conversationId, text) => {
      typedAt.set(conversationId, now());
      draftTexts.write(keyOf(conversationId), text);
      touch(conversationId);
    },
    aim: (conversationId, target) => {
      composeTargets.write(keyOf(conversationId), writeTarget(target));
      touch(conversationId);
    },
    compose: (now) => {
      composing = now;
    },
    receive: (list) => {
      const ids = list.drafts.map((one) => one.conversationId);
      for (const id of new Set([...ids, ...keptConversations(meId)])) meet(id, list);
    },
    start: () => {
      const stop = realtime.subscribe(() => realtime.status() === "connected" && saveAll());
      const hide = () => document.visibilityState === "hidden" && saveAll();
      document.addEventListener("visibilitychange", hide);
      return () => {
        document.removeEventListener("visibilitychange", hide);
        stop();
        gather.close();
      };
    },
  };
}

/** I am not in the conversation any more. */
function forget(key: string): void {
  showWords(key, noWords);
  writeKnown(key, noWords);
}

/** `refused`: asked again when the words change. */
type Outcome = "stored" | "gone" | "refused" | { waitMs: number };

async function store(
  { api, realtime }: Pick<Parts, "api" | "realtime">,
  conversationId: string,
  words: Words,
): Promise<Outcome> {
  try {
    const { rev, draft } = await api.conversations.saveDraft.mutate({ conversationId, ...words });
    // Applied as its event: where the worker is down, none comes.
    const event = { scope: "person", type: "draft.changed", rev, conversationId, draft } as const;
    await realtime.receive(event).catch(() => {});
    return "stored";
  } catch (error) {
    const { reason, params } = reasonOf(error);
    if (reason === "rate_limited") return { waitMs: Number(params.retryAfter ?? 1) * 1_000 };
    if (reason === "not_found") return "gone";
    return isRetryable(reason) ? { waitMs: retryMs } : "refused";
  }
}
