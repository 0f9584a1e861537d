"use client";

import { useTranslations } from "next-intl";
import { useAcceptFriend, useRefuseFriend, useWithdrawRequest } from "#client/friends/use-friend-verbs.ts";
import { PersonLine } from "#components/people/person-line.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { useComplaint } from "#components/ui/use-refusal-text.ts";
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
  const accept = useAcceptFriend();
  const refuse = useRefuseFriend();
  const complain = useComplaint();
  return (
    <PersonLine person={person} note={note === "" ? t("asksYou") : t("noteQuoted", { note })}>
      <Button
        look="quiet"
        busy={refuse.isPending}
        onClick={() => refuse.mutate({ personId: person.id }, { onError: complain })}
      >
        {t("refuse")}
      </Button>
      <Button busy={accept.isPending} onClick={() => accept.mutate({ personId: person.id }, { onError: complain })}>
        {t("accept")}
      </Button>
    </PersonLine>
  );
}

function Sent({ request: { person } }: { request: FriendRequest }) {
  const t = useTranslations("friends");
  const { mutate, isPending } = useWithdrawRequest();
  const complain = useComplaint();
  return (
    <PersonLine person={person} note={t("waiting")}>
      <Button look="quiet" busy={isPending} onClick={() => mutate({ personId: person.id }, { onError: complain })}>
        {t("withdraw")}
      </Button>
    </PersonLine>
  );
}
