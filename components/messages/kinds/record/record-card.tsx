"use client";

import { useTranslations } from "next-intl";
import { useRecordTitle } from "#components/messages/kinds/record/record-title.ts";
import { usePreviewText } from "#components/messages/use-preview-text.ts";
import type { ContentOf } from "#contracts/messages/kinds/index.ts";

type CardProps = { record: ContentOf<"record">; tabIndex?: number; onOpen: () => void };

/** The title of a record and its first lines. */
export function RecordCard({ record, tabIndex, onOpen }: CardProps) {
  const t = useTranslations("messages.record");
  const previewText = usePreviewText();
  const title = useRecordTitle()(record);
  return (
    <button
      type="button"
      tabIndex={tabIndex}
      aria-label={t("open", { title, count: record.count })}
      onClick={onOpen}
      className="block w-64 max-w-full px-3 pt-2 pb-1.5 text-start hover:bg-hover"
    >
      <bdi className="line-clamp-2 font-medium leading-snug">{title}</bdi>
      <span className="mt-1 block border-line border-b pb-1.5 text-ink-soft text-sm leading-5">
        {record.lines.map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a record never change.
          <span key={at} className="block truncate">
            <bdi>{line.name}</bdi>: <bdi>{previewText(line.kind, line.preview)}</bdi>
          </span>
        ))}
      </span>
      <span className="block pt-1 text-ink-soft text-xs">{t("count", { count: record.count })}</span>
    </button>
  );
}
