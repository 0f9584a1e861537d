"use client";

import { useTranslations } from "next-intl";
import { RequestForm } from "#components/friends/request-form.tsx";
import { PersonRow } from "#components/people/person-row.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { Person } from "#contracts/people.ts";

export function RequestDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const t = useTranslations("friends");
  return (
    <Dialog open onOpenChange={onClose} title={t("add")}>
      <PersonRow person={person} opens={false} />
      <RequestForm person={person} onDone={onClose} />
    </Dialog>
  );
}
