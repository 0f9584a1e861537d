import { createListeners } from "#client/listeners.ts";
import { limits } from "#contracts/limits.ts";
import type { Message } from "#contracts/messages/message.ts";

/** The messages that are selected in one conversation, by `seq`: also those that are no longer drawn, or loaded. */
export type Selection = {
  conversationId: string;
  messages: ReadonlyMap<number, Message>;
  /** Where a range begins: the message that was selected last by itself. */
  anchor: number;
};

/** Whether a message can be selected at all. */
export const isSelectable = ({ content: { kind } }: Message): boolean => kind !== "notice" && kind !== "recalled";

/** `limit`: of messages in a selection. Those that would be too many are not selected, and the answer is false. */
export function createSelection(limit: number) {
  const { notify, subscribe } = createListeners();
  let now: Selection | null = null;
  const set = (next: Selection | null) => {
    if (next === now) return;
    now = next;
    notify();
  };

  /** Selects messages besides those that are; false when there is no room for all of them. */
  const add = (conversationId: string, wanted: readonly Message[], anchor: number): boolean => {
    const messages = new Map(now?.conversationId === conversationId ? now.messages : []);
    const fresh = wanted.filter((one) => isSelectable(one) && !messages.has(one.seq));
    const taken = fresh.slice(0, limit - messages.size);
    for (const one of taken) messages.set(one.seq, one);
    set({ conversationId, messages, anchor });
    return taken.length === fresh.length;
  };

  return {
    subscribe,
    read: () => now,
    start: (message: Message) => {
      if (isSelectable(message))
        set({
          conversationId: message.conversationId,
          messages: new Map([[message.seq, message]]),
          anchor: message.seq,
        });
    },
    toggle: (message: Message): boolean => {
      const { conversationId, seq } = message;
      if (now?.conversationId !== conversationId || !now.messages.has(seq)) return add(conversationId, [message], seq);
      const messages = new Map(now.messages);
      messages.delete(seq);
      set({ ...now, messages, anchor: seq });
      return true;
    },
    /** Selects everything between the anchor and `to`, of the messages that are `loaded`. */
    extend: (loaded: readonly Message[], to: Message): boolean => {
      const anchor = now?.conversationId === to.conversationId ? now.anchor : to.seq;
      const [first, last] = [Math.min(anchor, to.seq), Math.max(anchor, to.seq)];
      const range = loaded.filter(({ seq }) => seq >= first && seq <= last);
      // From the anchor on: what does not fit is at the far end.
      return add(to.conversationId, anchor > to.seq ? range.toReversed() : range, anchor);
    },
    /** Takes in what messages have become: a recalled one is no longer selected. */
    update: (conversationId: string, loaded: readonly Message[]) => {
      if (now?.conversationId !== conversationId) return;
      const messages = new Map(now.messages);
      let changed = false;
      for (const one of loaded) {
        const held = messages.get(one.seq);
        if (!held || held.rev >= one.rev) continue;
        changed = true;
        if (isSelectable(one)) messages.set(one.seq, one);
        else messages.delete(one.seq);
      }
      if (changed) set({ ...now, messages });
    },
    /** Leaves the selection of this conversation. */
    clear: (conversationId: string) => {
      if (now?.conversationId === conversationId) set(null);
    },
  };
}

export const selection = createSelection(limits.forward.messages);
