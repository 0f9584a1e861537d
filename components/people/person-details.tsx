"use client";

import { useTranslations } from "next-intl";
import { useFriendList } from "#client/friends/use-friend-list.ts";
import { useNameOf } from "#client/friends/use-name-of.ts";
import { FriendActions } from "#components/friends/friend-actions.tsx";
import { Avatar } from "#components/people/avatar.tsx";
import { Fact, Facts } from "#components/people/facts.tsx";
import { useTimes } from "#components/ui/use-times.ts";
import type { Person } from "#contracts/people.ts";

/** Everything I may know of somebody, and what I can do about them. */
export function PersonDetails({ person }: { person: Person }) {
  const t = useTranslations("people");
  const nameOf = useNameOf();
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
        {friend?.remark ? <p className="text-ink-soft text-sm">{person.displayName}</p> : null}
        {person.memo ? (
          <p className="text-pretty text-ink-soft" dir="auto">
            {person.memo}
          </p>
        ) : null}
      </div>
      <Facts>
        <Fact label={t("handleLabel")} value={t("handle", { handle: person.handle })} />
        <Fact label={t("number")} value={String(person.number)} copy />
        {person.gender === "unset" ? null : <Fact label={t("gender")} value={t(`genders.${person.gender}`)} />}
        {friend ? <Fact label={t("friendsSince")} value={date(friend.since)} /> : null}
      </Facts>
      <FriendActions person={person} />
    </div>
  );
}
