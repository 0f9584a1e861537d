"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useMe } from "#client/accounts/use-me.ts";
import { useCommunityList } from "#client/communities/use-community-list.ts";
import { useDisplayName } from "#client/friends/use-display-name.ts";
import { useFriendList } from "#client/friends/use-friend-list.ts";
import { CommunityIcon } from "#components/communities/community-icon.tsx";
import type { AttachmentMenuProps } from "#components/messages/attachment-menu.tsx";
import { CardFace } from "#components/messages/kinds/card/card-face.tsx";
import { SendPreview } from "#components/messages/send-preview.tsx";
import { Avatar } from "#components/people/avatar.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextField } from "#components/ui/field.tsx";
import type { ContentOf } from "#contracts/messages/kinds/index.ts";

/** Whom I may hand around: myself, my friends and the communities I am in. Shown as it will be before it is sent. */
export function CardComposer({ open, onOpenChange, onSend }: AttachmentMenuProps) {
  const t = useTranslations("messages.card");
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("send")}>
      <CardForm
        onSend={(card) => {
          onSend({ kind: "card", of: card.of, id: card.id }, card);
          onOpenChange(false);
        }}
      />
    </Dialog>
  );
}

function CardForm({ onSend }: { onSend: (card: ContentOf<"card">) => void }) {
  const t = useTranslations("messages.card");
  const [chosen, setChosen] = useState<ContentOf<"card"> | null>(null);
  if (!chosen) return <Choice onChoose={setChosen} />;
  return (
    <div className="flex flex-col gap-3 pt-1">
      <SendPreview>
        <div className="w-64 max-w-full">
          <CardFace card={chosen} />
        </div>
      </SendPreview>
      {/* The press that chose took the list away, and the focus with it. */}
      <Button autoFocus onClick={() => onSend(chosen)}>
        {t("sendIt")}
      </Button>
      <Button variant="secondary" onClick={() => setChosen(null)}>
        {t("another")}
      </Button>
    </div>
  );
}

function Choice({ onChoose }: { onChoose: (card: ContentOf<"card">) => void }) {
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
              onClick={() => onChoose(card)}
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
