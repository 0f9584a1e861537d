"use client";

import { useTranslations } from "next-intl";
import { useDisplayName } from "#client/friends/use-display-name.ts";
import { useFriendList } from "#client/friends/use-friend-list.ts";
import { FriendActions } from "#components/friends/friend-actions.tsx";
import { Avatar } from "#components/people/avatar.tsx";
import { DescriptionItem, DescriptionList } from "#components/people/description-list.tsx";
import { useTimes } from "#components/ui/use-times.ts";
import type { Person } from "#contracts/people.ts";

/** A person's visible profile, with the actions on them. */
export function PersonDetails({ person }: { person: Person }) {
  const t = useTranslations("people");
  const nameOf = useDisplayName();
  const { date } = useTimes();
  const { friends } = useFriendList();
  const friend = friends.find((one) => one.person.id === person.id);
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-col items-center gap-1 text-center">
        <Avatar person={person} size={96} />
        <h2 className="mt-2 max-w-full font-semibold text-lg">
          <bdi>{nameOf(person)}</bdi>
        </h2>
        {friend?.alias ? <p className="text-ink-soft text-sm">{person.displayName}</p> : null}
        {person.bio ? (
          <p className="text-pretty text-ink-soft" dir="auto">
            {person.bio}
          </p>
        ) : null}
      </div>
      <DescriptionList>
        <DescriptionItem label={t("handleLabel")} value={t("handle", { handle: person.handle })} />
        <DescriptionItem label={t("number")} value={String(person.number)} copy />
        {person.gender === "unset" ? null : (
          <DescriptionItem label={t("gender")} value={t(`genders.${person.gender}`)} />
        )}
        {friend ? <DescriptionItem label={t("friendsSince")} value={date(friend.since)} /> : null}
      </DescriptionList>
      <FriendActions person={person} />
    </div>
  );
}
