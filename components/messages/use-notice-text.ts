"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { useMe } from "#client/accounts/use-me.ts";
import { useNameOf } from "#client/friends/use-name-of.ts";
import { isolate } from "#components/people/isolate.ts";
import type { NoticeContent } from "#contracts/kinds/index.ts";
import type { Person } from "#contracts/people.ts";

/** A notice in the reader's language; `who` is "me" or somebody, because languages bend the sentence for "you". */
export function useNoticeText(): (notice: NoticeContent, senderId: string, people: Map<string, Person>) => string {
  const t = useTranslations("notices");
  const me = useMe();
  const nameOf = useNameOf();
  return useCallback(
    (notice, senderId, people) => {
      const naming = (id: string | undefined) => {
        const person = id === undefined ? undefined : people.get(id);
        return person ? isolate(nameOf(person)) : t("somebody");
      };
      return t(notice.notice, {
        who: senderId === me.id ? "me" : "other",
        name: naming(senderId),
        whom: notice.personId === senderId ? "self" : notice.personId === me.id ? "me" : "other",
        target: naming(notice.personId),
        title: isolate(notice.name ?? ""),
      });
    },
    [t, me.id, nameOf],
  );
}
