"use client";

import { useTranslations } from "next-intl";
import { useAcceptJoin, useRefuseJoin, useWithdrawJoin } from "#client/communities/use-community-mutations.ts";
import { CommunityRow } from "#components/communities/community-row.tsx";
import { PersonRow } from "#components/people/person-row.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import type { JoinRequest } from "#contracts/communities.ts";

/** Who wants into my communities, and where I want in. */
export function JoinRequestsCard({ requests }: { requests: JoinRequest[] }) {
  const t = useTranslations("communities");
  const pending = requests.filter(({ status }) => status === "pending");
  if (pending.length === 0) return null;
  return (
    <Card title={t("requests")} count={pending.length}>
      <ul className="divide-y">
        {pending.map((request) => (
          <li key={`${request.community.id} ${request.person.id}`}>
            {request.direction === "received" ? <Received request={request} /> : <Sent request={request} />}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Received({ request: { community, person, note } }: { request: JoinRequest }) {
  const t = useTranslations("communities");
  const accept = useAcceptJoin();
  const refuse = useRefuseJoin();
  const showError = useShowError();
  const who = { communityId: community.id, personId: person.id };
  const wish = note === "" ? t("wantsIn", { name: community.name }) : t("wantsInNote", { name: community.name, note });
  return (
    <PersonRow person={person} note={wish}>
      <Button variant="secondary" busy={refuse.isPending} onClick={() => refuse.mutate(who, { onError: showError })}>
        {t("refuse")}
      </Button>
      <Button busy={accept.isPending} onClick={() => accept.mutate(who, { onError: showError })}>
        {t("accept")}
      </Button>
    </PersonRow>
  );
}

function Sent({ request: { community } }: { request: JoinRequest }) {
  const t = useTranslations("communities");
  const { mutate, isPending } = useWithdrawJoin();
  const showError = useShowError();
  return (
    <CommunityRow community={community} note={t("waiting")}>
      <Button
        variant="secondary"
        busy={isPending}
        onClick={() => mutate({ communityId: community.id }, { onError: showError })}
      >
        {t("withdraw")}
      </Button>
    </CommunityRow>
  );
}
