import { createListeners } from "#client/listeners.ts";
import type { Typing } from "#contracts/realtime.ts";

/** Who is typing in which conversation, by the events of the last seconds. */
export type TypingBoard = {
  receive(typing: Typing): void;
  /** The person's message arrived, or they left. */
  stopped(typing: Typing): void;
  /** The same array until something changes. */
  inConversation(conversationId: string): readonly string[];
  subscribe(listener: () => void): () => void;
};

/** A little longer than the interval between two typing events of a person who keeps typing. */
const shownForMs = 6_000;
const none: readonly string[] = [];

export function createTypingBoard(): TypingBoard {
  const writing = new Map<string, readonly string[]>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const { notify, subscribe } = createListeners();

  function set(conversationId: string, people: readonly string[]): void {
    if (people.length > 0) writing.set(conversationId, people);
    else writing.delete(conversationId);
    notify();
  }

  function stopped({ conversationId, personId }: Typing): void {
    const key = `${conversationId} ${personId}`;
    clearTimeout(timers.get(key));
    if (!timers.delete(key)) return;
    set(
      conversationId,
      (writing.get(conversationId) ?? none).filter((one) => one !== personId),
    );
  }

  return {
    receive: (typing) => {
      const { conversationId, personId } = typing;
      const key = `${conversationId} ${personId}`;
      const isNew = !timers.has(key);
      clearTimeout(timers.get(key));
      timers.set(
        key,
        setTimeout(() => stopped(typing), shownForMs),
      );
      if (isNew) set(conversationId, [...(writing.get(conversationId) ?? none), personId]);
    },
    stopped,
    inConversation: (conversationId) => writing.get(conversationId) ?? none,
    subscribe,
  };
}
