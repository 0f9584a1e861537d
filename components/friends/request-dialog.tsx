"use client";

import { useTranslations } from "next-intl";
import { RequestForm } from "#components/friends/request-form.tsx";
import { PersonLine } from "#components/people/person-line.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { Person } from "#contracts/people.ts";

export function RequestDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const t = useTranslations("friends");
  return (
    <Dialog open onOpenChange={onClose} title={t("add")}>
      <PersonLine person={person} />
      <RequestForm person={person} onDone={onClose} />
    </Dialog>
  );
}
