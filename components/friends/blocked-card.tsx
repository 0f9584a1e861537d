"use client";

import { useTranslations } from "next-intl";
import { useUnblock } from "#client/friends/use-friend-verbs.ts";
import { PersonLine } from "#components/people/person-line.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { useComplaint } from "#components/ui/use-refusal-text.ts";
import type { Person } from "#contracts/people.ts";

export function BlockedCard({ blocked }: { blocked: Person[] }) {
  const t = useTranslations("friends");
  return (
    <Card title={t("blocked")} count={blocked.length}>
      <ul className="divide-y">
        {blocked.map((person) => (
          <li key={person.id}>
            <BlockedLine person={person} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function BlockedLine({ person }: { person: Person }) {
  const t = useTranslations("friends");
  const { mutate, isPending } = useUnblock();
  const complain = useComplaint();
  return (
    <PersonLine person={person}>
      <Button look="quiet" busy={isPending} onClick={() => mutate({ personId: person.id }, { onError: complain })}>
        {t("unblock")}
      </Button>
    </PersonLine>
  );
}
