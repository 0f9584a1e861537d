"use client";

import { useMe } from "#client/accounts/use-me.ts";
import { ConversationIcon } from "#components/conversations/conversation-icon.tsx";
import { useSpokenText } from "#components/messages/use-preview-text.ts";
import { ExcerptText } from "#components/search/excerpt-text.tsx";
import type { FoundMessageItem } from "#components/search/use-search-groups.ts";
import { useTimes } from "#components/ui/use-times.ts";

type FoundProps = { label: string; target: FoundMessageItem["target"] };

/** A message among the results: where it was said, when and by whom, and the words around what was looked for. */
export function FoundMessage({ label, target: { conversation, message, excerpt, sender } }: FoundProps) {
  const { brief } = useTimes();
  const meId = useMe().id;
  const spoken = useSpokenText()(message, message.senderId === meId);
  return (
    <>
      <ConversationIcon conversation={conversation} size={36} />
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline gap-2">
          <span className="min-w-0 flex-1 truncate font-medium">
            <bdi>{label}</bdi>
          </span>
          <time dateTime={message.sentAt} className="shrink-0 text-ink-soft text-xs">
            {brief(message.sentAt)}
          </time>
        </div>
        <p className="line-clamp-2 break-words text-ink-soft text-sm">
          <bdi className="font-medium text-ink">{sender}</bdi>
          {": "}
          {excerpt.found.length > 0 ? <ExcerptText excerpt={excerpt} /> : <bdi>{spoken}</bdi>}
        </p>
      </div>
    </>
  );
}
