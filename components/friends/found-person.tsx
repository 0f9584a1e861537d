"use client";

import { useTranslations } from "next-intl";
import { useFriendList } from "#client/friends/use-friend-list.ts";
import { useAcceptFriend, useUnblock } from "#client/friends/use-friend-verbs.ts";
import { conversationPath } from "#components/conversations/place.ts";
import { PlaceLink } from "#components/conversations/place-link.tsx";
import { RequestForm } from "#components/friends/request-form.tsx";
import { PersonLine } from "#components/people/person-line.tsx";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { useComplaint } from "#components/ui/use-refusal-text.ts";
import type { Person } from "#contracts/people.ts";

type Relation = "self" | "friend" | "sent" | "received" | "blocked" | "none";
type FoundProps = { found: { person: Person; relation: Relation }; onDone: () => void };

/** Who was found, and the one thing that makes sense next. */
export function FoundPerson({ found: { person, relation }, onDone }: FoundProps) {
  const t = useTranslations("friends");
  const { friends } = useFriendList();
  const accept = useAcceptFriend();
  const unblock = useUnblock();
  const complain = useComplaint();
  const friend = friends.find((one) => one.person.id === person.id);
  const answer = { onSuccess: onDone, onError: complain };
  return (
    <div className="rounded-2xl border border-line p-4">
      <PersonLine person={person} />
      {relation === "none" ? <RequestForm person={person} onDone={onDone} /> : null}
      {relation === "self" || relation === "sent" ? <p className="text-ink-soft">{t(`relation.${relation}`)}</p> : null}
      {friend ? (
        <PlaceLink
          href={conversationPath(friend.conversationId)}
          onGo={onDone}
          className={buttonClass("primary", "w-full")}
        >
          {t("message")}
        </PlaceLink>
      ) : null}
      {relation === "received" ? (
        <Button
          className="w-full"
          busy={accept.isPending}
          onClick={() => accept.mutate({ personId: person.id }, answer)}
        >
          {t("accept")}
        </Button>
      ) : null}
      {relation === "blocked" ? (
        <Button
          look="quiet"
          className="w-full"
          busy={unblock.isPending}
          onClick={() => unblock.mutate({ personId: person.id }, answer)}
        >
          {t("unblock")}
        </Button>
      ) : null}
    </div>
  );
}
