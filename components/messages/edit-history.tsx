"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { stateOf } from "#client/query-state.ts";
import { useTRPC } from "#client/trpc.ts";
import { RichText } from "#components/messages/rich-text.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { QueryView } from "#components/ui/query-view.tsx";
import { useTimes } from "#components/ui/use-times.ts";
import { content, wordsOf } from "#contracts/messages/kinds/index.ts";
import type { Message } from "#contracts/messages/message.ts";

type HistoryProps = { message: Message; open: boolean; onOpenChange: (open: boolean) => void };

/** What a message said before it was edited, the present words first. */
export function EditHistory({ message, open, onOpenChange }: HistoryProps) {
  const t = useTranslations("messages.edit");
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("history")}>
      <Versions message={message} />
    </Dialog>
  );
}

function Versions({ message }: { message: Message }) {
  const { conversationId, seq, editedAt, sentAt } = message;
  const { whole } = useTimes();
  const query = useQuery({ ...useTRPC().messages.edits.queryOptions({ conversationId, seq }), gcTime: 0 });
  const { status, retry } = stateOf(query);
  const earlier = query.data?.versions ?? [];
  const versions = [...earlier, { content: message.content, writtenAt: editedAt ?? sentAt }].reverse();
  return (
    <QueryView status={status} retry={retry}>
      <ol className="flex flex-col gap-3">
        {versions.map((version) => (
          <li key={version.writtenAt} className="rounded-2xl bg-sunken px-4 py-2.5">
            <time dateTime={version.writtenAt} className="block text-ink-soft text-xs">
              {whole(version.writtenAt)}
            </time>
            <p dir="auto" className="whitespace-pre-wrap break-words">
              <RichText text={textOf(version.content)} />
            </p>
          </li>
        ))}
      </ol>
    </QueryView>
  );
}

function textOf(stored: unknown): string {
  const known = content.safeParse(stored);
  return known.success ? (wordsOf(known.data) ?? "") : "";
}
