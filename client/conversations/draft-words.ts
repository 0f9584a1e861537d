import { createLocalStore } from "#client/local-store.ts";
import type { DraftList } from "#contracts/drafts.ts";
import { isBlank } from "#contracts/invisible.ts";

/** The message that the composer of a conversation answers or edits. `elsewhere`: chosen on another device. */
export type ComposeTarget = { action: "reply" | "edit"; seq: number; elsewhere?: true };

/** What a draft says. Blank words are no draft, and then nothing is answered. */
export type Words = { text: string; replyTo: number | null };
export const noWords: Words = { text: "", replyTo: null };
export const sameWords = (a: Words, b: Words): boolean => a.text === b.text && a.replyTo === b.replyTo;

/** On this device, so that a reload loses nothing: the unsent text, and what the composer answers or edits. */
export const draftTexts = createLocalStore("draft/");
export const composeTargets = createLocalStore("target/");
/** What the server had, as this device last knew: what differs from it here is not stored there yet. */
const stored = createLocalStore("draft-base/");

export function readTarget(text: string): ComposeTarget | null {
  const [, action, seq, elsewhere] = /^(reply|edit) ([1-9][0-9]*)( elsewhere)?$/.exec(text) ?? [];
  if (action === undefined) return null;
  const target = { action: action === "edit" ? "edit" : "reply", seq: Number(seq) } as const;
  return elsewhere ? { ...target, elsewhere: true } : target;
}

export const writeTarget = (target: ComposeTarget | null): string =>
  target ? `${target.action} ${target.seq}${target.elsewhere ? " elsewhere" : ""}` : "";

/** What the server had of a draft, by its key of the local stores. */
export function knownWords(key: string): Words {
  const [, replyTo, text] = /^([0-9]*) (.*)$/s.exec(stored.read(key)) ?? [];
  return text === undefined ? noWords : { text, replyTo: replyTo ? Number(replyTo) : null };
}

export const writeKnown = (key: string, { text, replyTo }: Words): void =>
  stored.write(key, text === "" ? "" : `${replyTo ?? ""} ${text}`);

/** What is written here. While a message is edited, what the draft answers stays as it was. */
export function localWords(key: string): Words {
  const text = draftTexts.read(key);
  if (isBlank(text)) return noWords;
  const target = readTarget(composeTargets.read(key));
  if (target?.action === "edit") return { text, replyTo: knownWords(key).replyTo };
  return { text, replyTo: target?.seq ?? null };
}

/** Shows what another device has written. */
export function showWords(key: string, { text, replyTo }: Words): void {
  draftTexts.write(key, text);
  const target = readTarget(composeTargets.read(key));
  if (target?.action === "edit" || (target?.seq ?? null) === replyTo) return;
  composeTargets.write(key, writeTarget(replyTo === null ? null : { action: "reply", seq: replyTo, elsewhere: true }));
}

/** The conversations of a person of which this device holds a draft, or knows that the server has one. */
export const keptConversations = (meId: string): Set<string> =>
  new Set(
    [...draftTexts.keys(), ...stored.keys()].flatMap((key) =>
      key.startsWith(`${meId}/`) ? [key.slice(meId.length + 1)] : [],
    ),
  );

export const wordsIn = (list: DraftList, conversationId: string): Words => {
  const found = list.drafts.find((one) => one.conversationId === conversationId);
  return found ? { text: found.text, replyTo: found.replyTo } : noWords;
};
