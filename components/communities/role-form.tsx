"use client";

import { Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useDeleteRole, useUpdateRole } from "#client/communities/use-moderation.ts";
import { PermissionToggles } from "#components/communities/permission-toggles.tsx";
import { Button } from "#components/ui/button.tsx";
import { Confirm } from "#components/ui/dialog.tsx";
import { TextField } from "#components/ui/field.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import type { CommunityDetail } from "#contracts/communities.ts";
import { isBlank } from "#contracts/invisible.ts";
import { limits } from "#contracts/limits.ts";
import type { CommunityRole } from "#contracts/permissions.ts";

type FormProps = { detail: CommunityDetail; role: CommunityRole; onDone: () => void };

/** The name of a role and what it lets its members do. */
export function RoleForm({ detail, role, onDone }: FormProps) {
  const t = useTranslations("communities.roles");
  const app = useTranslations("app");
  const [name, setName] = useState(role.name);
  const [permissions, setPermissions] = useState(role.permissions);
  const [leaving, setLeaving] = useState(false);
  const update = useUpdateRole();
  const remove = useDeleteRole();
  const showError = useShowError();
  const which = { communityId: detail.community.id, roleId: role.id };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (isBlank(name) || update.isPending) return;
    update.mutateAsync({ ...which, name, permissions }).then(onDone, showError);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <TextField
        label={t("name")}
        value={name}
        maxLength={limits.roleName.max}
        onChange={(event) => setName(event.target.value)}
      />
      <PermissionToggles detail={detail} value={permissions} disabled={update.isPending} onChange={setPermissions} />
      <div className="flex flex-wrap justify-between gap-2">
        <Button type="button" variant="dangerSecondary" onClick={() => setLeaving(true)}>
          <Trash2 aria-hidden className="size-4" />
          {t("delete")}
        </Button>
        <Button type="submit" busy={update.isPending}>
          {app("save")}
        </Button>
      </div>
      <Confirm
        open={leaving}
        onOpenChange={() => setLeaving(false)}
        title={t("deleteTitle", { name: role.name })}
        description={t("deleteHint")}
        action={t("delete")}
        onConfirm={() => void remove.mutateAsync(which).then(onDone, showError)}
      />
    </form>
  );
}
