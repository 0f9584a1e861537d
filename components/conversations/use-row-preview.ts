"use client";

import { useTranslations } from "next-intl";
import { useMe } from "#client/accounts/use-me.ts";
import { useDraft } from "#client/conversations/use-draft.ts";
import { useDisplayName } from "#client/friends/use-display-name.ts";
import type { People } from "#client/people/use-people.ts";
import { useTyping } from "#client/realtime/use-typing.ts";
import { useNoticeText } from "#components/messages/use-notice-text.ts";
import { usePreviewText } from "#components/messages/use-preview-text.ts";
import { isolate } from "#components/people/isolate.ts";
import type { Conversation } from "#contracts/conversations.ts";

export type RowPreview = { is: "typing" | "draft" | "message"; text: string };

/**
 * The second line of a row: that a person is typing, else the draft (where it is not in sight anyway), else what was said last and,
 * among many, by whom.
 */
export function useRowPreview(conversation: Conversation, people: People, open: boolean): RowPreview {
  const { id, kind, lastMessage } = conversation;
  const t = useTranslations("conversations");
  const me = useMe();
  const nameOf = useDisplayName();
  const noticeText = useNoticeText();
  const previewText = usePreviewText();
  const isTyping = useTyping(id).length > 0;
  const [draft] = useDraft(id);
  const message = (text: string): RowPreview => ({ is: "message", text });
  if (isTyping) return { is: "typing", text: t("typing") };
  if (!open && draft.trim() !== "") return { is: "draft", text: draft };
  if (!lastMessage) return message(t("nothingYet"));
  const { senderId, kind: what, notice } = lastMessage;
  if (notice) return message(noticeText(notice, senderId, people));
  const preview = previewText(what, lastMessage.preview);
  if (kind === "notes") return message(preview);
  if (senderId === me.id) return message(t("previewMine", { text: preview }));
  const sender = people.get(senderId);
  if (kind !== "community" || !sender) return message(preview);
  return message(t("previewOf", { name: isolate(nameOf(sender)), text: preview }));
}
