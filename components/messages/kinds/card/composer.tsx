"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useMe } from "#client/accounts/use-me.ts";
import { useCommunityList } from "#client/communities/use-community-list.ts";
import { useDisplayName } from "#client/friends/use-display-name.ts";
import { useFriendList } from "#client/friends/use-friend-list.ts";
import { CommunityIcon } from "#components/communities/community-icon.tsx";
import type { AttachmentMenuProps } from "#components/messages/attachment-menu.tsx";
import { Avatar } from "#components/people/avatar.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextField } from "#components/ui/field.tsx";
import type { ContentOf } from "#contracts/messages/kinds/index.ts";

/** Whom I may hand around: myself, my friends and the communities I am in. A press sends. */
export function CardComposer({ open, onOpenChange, onSend }: AttachmentMenuProps) {
  const t = useTranslations("messages.card");
  const send = (card: ContentOf<"card">) => {
    onSend({ kind: "card", of: card.of, id: card.id }, card);
    onOpenChange(false);
  };
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("send")}>
      <Choice onSend={send} />
    </Dialog>
  );
}

function Choice({ onSend }: { onSend: (card: ContentOf<"card">) => void }) {
  const t = useTranslations("messages.card");
  const [wanted, setWanted] = useState("");
  const cards = useCards().filter(({ card, shown }) => contains(shown, wanted) || contains(card.name, wanted));
  return (
    <>
      <TextField
        label={t("find")}
        type="search"
        value={wanted}
        autoComplete="off"
        onChange={(event) => setWanted(event.target.value)}
      />
      <ul className="mt-2 flex min-h-40 flex-col">
        {cards.map(({ card, shown, icon }) => (
          <li key={card.id}>
            <button
              type="button"
              onClick={() => onSend(card)}
              className="flex w-full items-center gap-3 rounded-2xl px-2 py-2 text-start hover:bg-hover"
            >
              {icon}
              <span className="min-w-0 flex-1">
                <bdi className="block truncate font-medium">{shown}</bdi>
                <span className="block text-ink-soft text-sm">{t(card.of)}</span>
              </span>
            </button>
          </li>
        ))}
        {cards.length === 0 ? <li className="py-8 text-center text-ink-soft">{t("none")}</li> : null}
      </ul>
    </>
  );
}

const contains = (text: string, wanted: string) => text.toLocaleLowerCase().includes(wanted.trim().toLocaleLowerCase());

function useCards() {
  const me = useMe();
  const nameOf = useDisplayName();
  const { friends } = useFriendList();
  const { communities } = useCommunityList();
  const people = [me, ...friends.map(({ person }) => person)].map((person) => ({
    card: {
      kind: "card" as const,
      of: "person" as const,
      id: person.id,
      number: person.number,
      name: person.displayName,
    },
    shown: nameOf(person),
    icon: <Avatar person={person} size={40} />,
  }));
  const groups = communities.map(({ community }) => ({
    card: {
      kind: "card" as const,
      of: "community" as const,
      id: community.id,
      number: community.number,
      name: community.name,
    },
    shown: community.name,
    icon: <CommunityIcon community={community} size={40} />,
  }));
  return [...people, ...groups];
}
