"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { useMe } from "#client/accounts/use-me.ts";
import { useDisplayNames } from "#client/friends/use-display-name.ts";
import type { People } from "#client/people/use-people.ts";
import { isolate } from "#components/people/isolate.ts";
import type { NoticeContent } from "#contracts/messages/kinds/index.ts";

/**
 * A notice in the reader's language; `who` is "me" or a name, because the sentence for "you" differs in many languages.
 */
export function useNoticeText(): (notice: NoticeContent, senderId: string, people: People) => string {
  const t = useTranslations("notices");
  const me = useMe();
  const nameIn = useDisplayNames();
  return useCallback(
    (notice, senderId, people) => {
      const naming = (id: string | undefined) => isolate(nameIn(people, id, t("someone")));
      return t(notice.notice, {
        who: senderId === me.id ? "me" : "other",
        name: naming(senderId),
        whom: notice.personId === senderId ? "self" : notice.personId === me.id ? "me" : "other",
        target: naming(notice.personId),
        title: isolate(notice.name ?? ""),
      });
    },
    [t, me.id, nameIn],
  );
}
