"use client";

import { useTranslations } from "next-intl";
import { useFriendList } from "#client/friends/use-friend-list.ts";
import { useRelation } from "#client/people/use-profile.ts";
import { MediaLink } from "#components/conversations/media/media-link.tsx";
import { DescriptionItem, DescriptionList } from "#components/people/description-list.tsx";
import { usePresenceText } from "#components/people/use-presence-text.ts";
import { AliasLine } from "#components/profiles/alias-line.tsx";
import { type Common, CommonCommunities } from "#components/profiles/common-communities.tsx";
import { MuteToggle } from "#components/profiles/mute-toggle.tsx";
import { NextStep } from "#components/profiles/next-step.tsx";
import { ProfileActions } from "#components/profiles/profile-actions.tsx";
import { ProfilePicture } from "#components/profiles/profile-picture.tsx";
import { useTimes } from "#components/ui/use-times.ts";
import type { Person } from "#contracts/people.ts";

type ProfileViewProps = Common & {
  person: Person;
  /** In the details of the conversation with them, which needs no way to it. */
  conversationId?: string;
  onLeave?: (() => void) | undefined;
};

/** Who a person is to me, and what I can do about it. */
export function ProfileView({ person, conversationId, onLeave, ...common }: ProfileViewProps) {
  const t = useTranslations("people");
  const { date } = useTimes();
  const { friends } = useFriendList();
  const relation = useRelation(person.id);
  const friend = friends.find((one) => one.person.id === person.id);
  const presence = usePresenceText(person.id);
  const mediaOf = conversationId ?? friend?.conversationId;
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-col items-center gap-1 text-center">
        <ProfilePicture person={person} />
        {friend ? (
          <AliasLine friend={friend} />
        ) : (
          <h2 className="mt-2 max-w-full font-semibold text-lg">
            <bdi>{person.displayName}</bdi>
          </h2>
        )}
        {presence ? <p className="text-ink-soft text-sm">{presence}</p> : null}
        {person.bio ? (
          <p className="max-w-full text-pretty break-words text-ink-soft" dir="auto">
            {person.bio}
          </p>
        ) : null}
      </div>
      <NextStep {...{ person, relation, inConversation: conversationId !== undefined, onLeave }} />
      {mediaOf === undefined ? null : <MediaLink conversationId={mediaOf} onGo={onLeave} />}
      <DescriptionList>
        <DescriptionItem label={t("handleLabel")} value={t("handle", { handle: person.handle })} copy />
        <DescriptionItem label={t("number")} value={String(person.number)} copy />
        {person.gender === "unset" ? null : (
          <DescriptionItem label={t("gender")} value={t(`genders.${person.gender}`)} />
        )}
        {friend ? <DescriptionItem label={t("friendsSince")} value={date(friend.since)} /> : null}
      </DescriptionList>
      <CommonCommunities {...common} onLeave={onLeave} />
      {friend ? <MuteToggle conversationId={friend.conversationId} /> : null}
      <ProfileActions person={person} relation={relation} />
    </div>
  );
}
