"use client";

import { Ban, MessageCircle, Pencil, UserRoundMinus } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { useDisplayName } from "#client/friends/use-display-name.ts";
import { ChatLink } from "#components/conversations/chat-link.tsx";
import { conversationPath } from "#components/conversations/chat-route.ts";
import { type FriendDialogName, FriendDialogs } from "#components/friends/friend-dialogs.tsx";
import { PersonRow } from "#components/people/person-row.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import type { Friend } from "#contracts/friends.ts";

/** In the alphabet of the reader's language; in Chinese that is by pinyin. */
export function FriendsCard({ friends }: { friends: Friend[] }) {
  const t = useTranslations("friends");
  const locale = useLocale();
  const nameOf = useDisplayName();
  const sorted = useMemo(() => {
    const { compare } = new Intl.Collator(locale);
    return [...friends].sort((a, b) => compare(nameOf(a.person), nameOf(b.person)));
  }, [friends, locale, nameOf]);
  return (
    <Card title={t("all")} count={friends.length}>
      <ul className="divide-y">
        {sorted.map((friend) => (
          <li key={friend.person.id}>
            <FriendLine friend={friend} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function FriendLine({ friend: { person, alias, conversationId } }: { friend: Friend }) {
  const t = useTranslations("friends");
  const name = useDisplayName()(person);
  const [dialog, setDialog] = useState<FriendDialogName | null>(null);
  return (
    <PersonRow person={person} note={alias === "" ? undefined : person.displayName}>
      <ChatLink href={conversationPath(conversationId)} className={buttonClass("ghost")}>
        <MessageCircle aria-hidden className="size-4.5" />
        {t("message")}
      </ChatLink>
      <Menu label={t("more", { name })}>
        <MenuItem icon={<Pencil aria-hidden />} onSelect={() => setDialog("alias")}>
          {t("setAlias")}
        </MenuItem>
        <MenuItem icon={<UserRoundMinus aria-hidden />} danger onSelect={() => setDialog("remove")}>
          {t("remove")}
        </MenuItem>
        <MenuItem icon={<Ban aria-hidden />} danger onSelect={() => setDialog("block")}>
          {t("block")}
        </MenuItem>
      </Menu>
      <FriendDialogs person={person} open={dialog} onClose={() => setDialog(null)} />
    </PersonRow>
  );
}
