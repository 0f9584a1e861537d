"use client";

import { ArrowDown, ArrowUp, Pencil } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { rightsOf } from "#client/communities/rights.ts";
import { useChangeRules, useCreateRole, useOrderRoles } from "#client/communities/use-moderation.ts";
import { PermissionToggles } from "#components/communities/permission-toggles.tsx";
import { RoleForm } from "#components/communities/role-form.tsx";
import { Button, IconButton } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextField } from "#components/ui/field.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import type { CommunityDetail } from "#contracts/communities.ts";
import { isBlank } from "#contracts/invisible.ts";
import { limits } from "#contracts/limits.ts";
import { lowestRank, rankOf } from "#contracts/permissions.ts";

type RolesProps = { detail: CommunityDetail; onClose: () => void };

/** The roles of a community in their order, one of them to be changed, and what every member may do. */
export function RolesDialog({ detail, onClose }: RolesProps) {
  const t = useTranslations("communities.roles");
  const [chosenId, setChosenId] = useState<string | null>(null);
  const chosen = detail.rules.roles.find(({ id }) => id === chosenId);
  if (chosen) {
    return (
      <Dialog open onOpenChange={() => setChosenId(null)} title={t("edit", { name: chosen.name })}>
        <RoleForm detail={detail} role={chosen} onDone={() => setChosenId(null)} />
      </Dialog>
    );
  }
  return (
    <Dialog open onOpenChange={onClose} title={t("title")} description={t("hint")}>
      <RoleList detail={detail} onChoose={setChosenId} />
      <NewRole detail={detail} onMade={setChosenId} />
      <EveryMember detail={detail} />
    </Dialog>
  );
}

function RoleList({ detail, onChoose }: { detail: CommunityDetail; onChoose: (id: string) => void }) {
  const t = useTranslations("communities.roles");
  const order = useOrderRoles();
  const showError = useShowError();
  const { rank } = rightsOf(detail);
  const { roles } = detail.rules;
  const ids = roles.map(({ id }) => id);
  const isBelow = (at: number) => rankOf({ role: "member", roleIds: [ids[at] ?? ""] }, detail.rules) > rank;
  const swap = (at: number) => {
    const roleIds = ids.with(at, ids[at + 1] ?? "").with(at + 1, ids[at] ?? "");
    order.mutate({ communityId: detail.community.id, roleIds }, { onError: showError });
  };
  return (
    <ul aria-label={t("title")} className="mb-4 flex flex-col divide-y">
      {roles.map(({ id, name }, at) => (
        <li key={id} className="flex items-center gap-1 py-1">
          <span className="min-w-0 flex-1 truncate">
            <bdi>{name}</bdi>
          </span>
          <IconButton
            label={t("up", { name })}
            disabled={at === 0 || !isBelow(at) || !isBelow(at - 1)}
            onClick={() => swap(at - 1)}
          >
            <ArrowUp aria-hidden />
          </IconButton>
          <IconButton
            label={t("down", { name })}
            disabled={at === roles.length - 1 || !isBelow(at)}
            onClick={() => swap(at)}
          >
            <ArrowDown aria-hidden />
          </IconButton>
          <IconButton label={t("edit", { name })} disabled={!isBelow(at)} onClick={() => onChoose(id)}>
            <Pencil aria-hidden />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}

function NewRole({ detail, onMade }: { detail: CommunityDetail; onMade: (id: string) => void }) {
  const t = useTranslations("communities.roles");
  const [name, setName] = useState("");
  const create = useCreateRole();
  const showError = useShowError();
  const max = limits.communityRoles;
  if (rightsOf(detail).rank >= lowestRank) return null;
  if (detail.rules.roles.length >= max) return <p className="text-ink-soft text-sm">{t("full", { max })}</p>;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (isBlank(name) || create.isPending) return;
    const roleId = crypto.randomUUID();
    const made = () => {
      setName("");
      onMade(roleId);
    };
    const role = { communityId: detail.community.id, roleId, name, permissions: [] };
    create.mutateAsync(role).then(made, showError);
  };
  return (
    <form onSubmit={submit} className="flex items-end gap-2">
      <div className="min-w-0 flex-1">
        <TextField
          label={t("new")}
          value={name}
          maxLength={limits.roleName.max}
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      <Button type="submit" busy={create.isPending}>
        {t("create")}
      </Button>
    </form>
  );
}

/** What a member without a role may do. */
function EveryMember({ detail }: { detail: CommunityDetail }) {
  const t = useTranslations("communities.roles");
  const change = useChangeRules();
  const showError = useShowError();
  const communityId = detail.community.id;
  return (
    <section className="mt-6 flex flex-col gap-2">
      <h3 className="font-medium">{t("everyMember")}</h3>
      <PermissionToggles
        detail={detail}
        value={detail.rules.memberPermissions}
        disabled={change.isPending || rightsOf(detail).rank >= lowestRank}
        onChange={(memberPermissions) => change.mutate({ communityId, memberPermissions }, { onError: showError })}
      />
    </section>
  );
}
