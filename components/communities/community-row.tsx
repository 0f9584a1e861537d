"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { CommunityIcon } from "#components/communities/community-icon.tsx";
import type { Community } from "#contracts/communities.ts";

type LineProps = { community: Community; note?: ReactNode; children?: ReactNode };

/** A community in a list: icon, name, one more line, and what can be done. */
export function CommunityRow({ community, note, children }: LineProps) {
  const t = useTranslations("communities");
  return (
    <div className="flex flex-wrap items-center justify-end gap-x-3 gap-y-2 py-2">
      <div className="flex min-w-36 flex-1 items-center gap-3">
        <CommunityIcon community={community} />
        <div className="min-w-0 flex-1">
          <p className="truncate font-medium">
            <bdi>{community.name}</bdi>
          </p>
          <p className="truncate text-ink-soft text-sm" dir="auto">
            {note ?? t(`categories.${community.category}`)}
          </p>
        </div>
      </div>
      {children ? <div className="flex shrink-0 items-center gap-2">{children}</div> : null}
    </div>
  );
}
