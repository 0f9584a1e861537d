"use client";

import { useTranslations } from "next-intl";
import { useMe } from "#client/accounts/use-me.ts";
import { useDisplayNames } from "#client/friends/use-display-name.ts";
import { usePeople } from "#client/people/use-people.ts";
import type { Person } from "#contracts/people.ts";

/** Faces and names of everyone whom a packet is about; I am "You". */
export function usePacketPeople(ids: (string | null)[]) {
  const t = useTranslations("wallet.packet");
  const me = useMe();
  const nameIn = useDisplayNames();
  const people = usePeople(ids.filter((id) => id !== null));
  const personOf = (id: string): Person | undefined => people.get(id);
  const named = (id: string | null): string => {
    if (id === me.id) return t("you");
    return nameIn(people, id, t("someone"));
  };
  return { me, personOf, named };
}
