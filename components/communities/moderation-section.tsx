"use client";

import { Tags } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { rightsOf } from "#client/communities/rights.ts";
import { useChangeRules } from "#client/communities/use-moderation.ts";
import { RolesDialog } from "#components/communities/roles-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { SelectField } from "#components/ui/field.tsx";
import { Toggle } from "#components/ui/toggle.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import type { CommunityDetail } from "#contracts/communities.ts";

/** Seconds between two messages that are offered; another one that is set stays in the list. */
const pauses = [0, 10, 30, 60, 300, 900, 3_600];

/** Who may write and how often, and the way to the roles. Nothing for members who may change neither. */
export function ModerationSection({ detail }: { detail: CommunityDetail }) {
  const t = useTranslations("communities.moderation");
  const [rolesOpen, setRolesOpen] = useState(false);
  const change = useChangeRules();
  const showError = useShowError();
  const { may } = rightsOf(detail);
  const { mutedAll, slowSeconds } = detail.rules;
  const communityId = detail.community.id;
  const nameOf = (seconds: number) => {
    if (seconds === 0) return t("off");
    return seconds % 60 === 0 ? t("minutes", { minutes: seconds / 60 }) : t("seconds", { seconds });
  };
  if (!may("mute") && !may("manage_roles")) return null;
  return (
    <div className="flex flex-col gap-3">
      <h3 className="font-medium text-sm">{t("title")}</h3>
      {may("mute") ? (
        <>
          <Toggle
            label={t("muteAll")}
            hint={t("muteAllHint")}
            checked={mutedAll}
            disabled={change.isPending}
            onChange={(next) => change.mutate({ communityId, mutedAll: next }, { onError: showError })}
          />
          <SelectField
            label={t("slow")}
            hint={t("slowHint")}
            value={slowSeconds}
            disabled={change.isPending}
            onChange={(event) =>
              change.mutate({ communityId, slowSeconds: Number(event.target.value) }, { onError: showError })
            }
          >
            {[...new Set([...pauses, slowSeconds])].map((seconds) => (
              <option key={seconds} value={seconds}>
                {nameOf(seconds)}
              </option>
            ))}
          </SelectField>
        </>
      ) : null}
      {may("manage_roles") ? (
        <Button variant="secondary" onClick={() => setRolesOpen(true)}>
          <Tags aria-hidden className="size-4" />
          {t("roles")}
        </Button>
      ) : null}
      {rolesOpen ? <RolesDialog detail={detail} onClose={() => setRolesOpen(false)} /> : null}
    </div>
  );
}
