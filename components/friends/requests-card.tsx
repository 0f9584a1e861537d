"use client";

import { useTranslations } from "next-intl";
import { useRefuseFriend, useWithdrawRequest } from "#client/friends/use-friend-mutations.ts";
import { useAccept } from "#components/friends/use-accept.ts";
import { PersonRow } from "#components/people/person-row.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import type { FriendRequest } from "#contracts/friends.ts";

export function RequestsCard({ requests }: { requests: FriendRequest[] }) {
  const t = useTranslations("friends");
  return (
    <Card title={t("requests")} count={requests.length}>
      <ul className="divide-y">
        {requests.map((request) => (
          <li key={request.person.id}>
            {request.direction === "received" ? <Received request={request} /> : <Sent request={request} />}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Received({ request: { person, note } }: { request: FriendRequest }) {
  const t = useTranslations("friends");
  const accept = useAccept();
  const refuse = useRefuseFriend();
  const showError = useShowError();
  return (
    <PersonRow person={person} note={note === "" ? t("asksYou") : t("noteQuoted", { note })}>
      <Button
        variant="secondary"
        busy={refuse.isPending}
        onClick={() => refuse.mutate({ personId: person.id }, { onError: showError })}
      >
        {t("refuse")}
      </Button>
      <Button busy={accept.isPending} onClick={() => accept.accept(person)}>
        {t("accept")}
      </Button>
    </PersonRow>
  );
}

function Sent({ request: { person } }: { request: FriendRequest }) {
  const t = useTranslations("friends");
  const { mutate, isPending } = useWithdrawRequest();
  const showError = useShowError();
  return (
    <PersonRow person={person} note={t("waiting")}>
      <Button
        variant="secondary"
        busy={isPending}
        onClick={() => mutate({ personId: person.id }, { onError: showError })}
      >
        {t("withdraw")}
      </Button>
    </PersonRow>
  );
}
