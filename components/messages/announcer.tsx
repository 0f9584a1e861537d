"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { useMe } from "#client/accounts/use-me.ts";
import { useDisplayNames } from "#client/friends/use-display-name.ts";
import type { PendingMessage } from "#client/messages/use-outbox.ts";
import type { People } from "#client/people/use-people.ts";
import { usePreviewText } from "#components/messages/use-preview-text.ts";
import type { Message } from "#contracts/messages/message.ts";

/** Messages that come within this time are told together; from this many on, only their number. */
const gatherMs = 700;
const tooMany = 3;
/** Old lines are spoken already and only make the page heavier. */
const linesKept = 5;

/** One line: a message, or how many came at once. It has no text of its own, so nothing outlives a recall or an edit. */
type Line = { seq: number } | { upTo: number; count: number };
type AnnouncerProps = {
  messages: Message[];
  pending: PendingMessage[];
  people: People;
  /** The newest message when the conversation was opened: what is older was not sent just now. */
  openedAt: number;
};

/**
 * Tells a screen reader what comes in. The list itself is not live: paging and scrolling would be read aloud. Only
 * messages newer than those of the opening are told, and of my own only that they were sent or were not.
 */
export function Announcer({ messages, pending, people, openedAt }: AnnouncerProps) {
  const [lines, setLines] = useState<Line[]>([]);
  const t = useTranslations("messages");
  const me = useMe();
  const nameIn = useDisplayNames();
  const previewText = usePreviewText();
  const told = useRef(openedAt);
  const newest = messages.at(-1)?.seq ?? 0;

  useEffect(() => {
    const since = told.current;
    if (newest <= since) return;
    const timer = setTimeout(() => {
      told.current = newest;
      const incoming = messages.filter(({ seq, senderId }) => seq > since && senderId !== me.id);
      const more: Line[] =
        incoming.length >= tooMany ? [{ upTo: newest, count: incoming.length }] : incoming.map(({ seq }) => ({ seq }));
      setLines((old) => [...old, ...more].slice(-linesKept));
    }, gatherMs);
    return () => clearTimeout(timer);
  }, [newest, messages, me.id]);

  function textOf(line: Line): string {
    if ("count" in line) return t("announceMany", { count: line.count });
    const message = messages.find(({ seq }) => seq === line.seq);
    if (!message) return "";
    const sender = nameIn(people, message.senderId, t("someone"));
    return t("announce", { sender, text: previewText(message.content.kind, message.preview) });
  }

  return (
    <>
      <div role="log" aria-label={t("announcements")} className="sr-only">
        {lines.map((line) => (
          <p key={"seq" in line ? line.seq : `many ${line.upTo}`}>{textOf(line)}</p>
        ))}
      </div>
      <p role="status" className="sr-only">
        {useOwnStatus(pending)}
      </p>
    </>
  );
}

/** Said once when the last of what I sent has arrived, or when something could not be sent. */
function useOwnStatus(pending: PendingMessage[]): string {
  const t = useTranslations("messages");
  const [said, setSaid] = useState("");
  const before = useRef({ sending: 0, failed: 0 });
  const sending = pending.filter(({ state }) => state === "sending").length;
  const failed = pending.length - sending;
  useEffect(() => {
    if (failed > before.current.failed) setSaid(t("status.failed"));
    else if (sending > 0) setSaid("");
    else if (before.current.sending > 0 && failed === before.current.failed) setSaid(t("status.sent"));
    before.current = { sending, failed };
  }, [sending, failed, t]);
  return said;
}
