"use client";

import { useTranslations } from "next-intl";
import { useUnblock } from "#client/friends/use-friend-mutations.ts";
import { PersonRow } from "#components/people/person-row.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
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
  const showError = useShowError();
  return (
    <PersonRow person={person}>
      <Button
        variant="secondary"
        busy={isPending}
        onClick={() => mutate({ personId: person.id }, { onError: showError })}
      >
        {t("unblock")}
      </Button>
    </PersonRow>
  );
}
