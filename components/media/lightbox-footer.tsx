"use client";

import { useTranslations } from "next-intl";
import { useMe } from "#client/accounts/use-me.ts";
import { useDisplayNames } from "#client/friends/use-display-name.ts";
import type { MediaItem } from "#client/messages/media-items.ts";
import type { People } from "#client/people/use-people.ts";
import { useTimes } from "#components/ui/use-times.ts";

/** Who sent it, when, and what they wrote under it. It swallows no press: a picture is closed and moved through it. */
export function LightboxFooter({ item: { source, caption, film }, people }: { item: MediaItem; people: People }) {
  const t = useTranslations("messages");
  const meId = useMe().id;
  const nameIn = useDisplayNames();
  const { whole } = useTimes();
  if (!source && caption === "") return null;
  return (
    // Above the controls of a film.
    <div
      className={`safe-bottom pointer-events-none absolute inset-x-0 bottom-0 flex justify-center ${film ? "mb-16" : ""}`}
    >
      <div className="m-3 max-w-2xl rounded-2xl bg-black/65 px-4 py-2 text-white">
        {source ? (
          <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
            <bdi className="max-w-full truncate font-medium">
              {source.senderId === meId ? t("you") : nameIn(people, source.senderId, t("someone"))}
            </bdi>
            <time dateTime={source.sentAt} className="text-white/80 text-xs">
              {whole(source.sentAt)}
            </time>
          </p>
        ) : null}
        {caption === "" ? null : (
          <p dir="auto" className="line-clamp-4 whitespace-pre-wrap break-words">
            {caption}
          </p>
        )}
      </div>
    </div>
  );
}
