"use client";

import { useTranslations } from "next-intl";
import { rightsOf } from "#client/communities/rights.ts";
import { Toggle } from "#components/ui/toggle.tsx";
import type { CommunityDetail } from "#contracts/communities.ts";
import { type Permission, permissions } from "#contracts/permissions.ts";

type TogglesProps = {
  detail: CommunityDetail;
  value: readonly Permission[];
  disabled: boolean;
  onChange: (value: Permission[]) => void;
};

/** Each permission with what it means. One that I do not have can be taken away, not given. */
export function PermissionToggles({ detail, value, disabled, onChange }: TogglesProps) {
  const t = useTranslations("communities.permissions");
  const { may } = rightsOf(detail);
  return (
    <ul className="flex flex-col gap-1">
      {permissions.map((one) => (
        <li key={one}>
          <Toggle
            label={t(`${one}.name`)}
            hint={t(`${one}.hint`)}
            checked={value.includes(one)}
            disabled={disabled || !(may(one) || value.includes(one))}
            onChange={(has) => onChange(permissions.filter((each) => (each === one ? has : value.includes(each))))}
          />
        </li>
      ))}
    </ul>
  );
}
