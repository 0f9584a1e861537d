"use client";

import { useTranslations } from "next-intl";
import { useFriendList } from "#client/friends/use-friend-list.ts";
import { useUnblock } from "#client/friends/use-friend-mutations.ts";
import { ChatLink } from "#components/conversations/chat-link.tsx";
import { conversationPath } from "#components/conversations/chat-route.ts";
import { RequestForm } from "#components/friends/request-form.tsx";
import { useAccept } from "#components/friends/use-accept.ts";
import { PersonRow } from "#components/people/person-row.tsx";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import type { Person } from "#contracts/people.ts";

type Relation = "self" | "friend" | "sent" | "received" | "blocked" | "none";
type FoundProps = { found: { person: Person; relation: Relation }; onDone: () => void };

/** Who was found, and the one thing that makes sense next. */
export function FoundPerson({ found: { person, relation }, onDone }: FoundProps) {
  const t = useTranslations("friends");
  const { friends } = useFriendList();
  const accept = useAccept(onDone);
  const unblock = useUnblock();
  const showError = useShowError();
  const friend = friends.find((one) => one.person.id === person.id);
  const answer = { onSuccess: onDone, onError: showError };
  return (
    <div className="rounded-2xl border border-line p-4">
      <PersonRow person={person} opens={false} />
      {relation === "none" ? <RequestForm person={person} onDone={onDone} /> : null}
      {relation === "self" || relation === "sent" ? <p className="text-ink-soft">{t(`relation.${relation}`)}</p> : null}
      {friend ? (
        <ChatLink
          href={conversationPath(friend.conversationId)}
          onGo={onDone}
          className={buttonClass("primary", "w-full")}
        >
          {t("message")}
        </ChatLink>
      ) : null}
      {relation === "received" ? (
        <Button className="w-full" busy={accept.isPending} onClick={() => accept.accept(person)}>
          {t("accept")}
        </Button>
      ) : null}
      {relation === "blocked" ? (
        <Button
          variant="secondary"
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
