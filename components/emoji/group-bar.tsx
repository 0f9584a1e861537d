"use client";

import { Apple, Clock, Dumbbell, Flag, Hash, Lightbulb, PawPrint, Plane, Smile, UserRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { Toolbar } from "radix-ui";
import type { ReactNode } from "react";
import type { EmojiGroup } from "#client/emoji/emoji-data.ts";

type Group = EmojiGroup | "recents";

const icons: Record<Group, ReactNode> = {
  recents: <Clock aria-hidden />,
  smileys: <Smile aria-hidden />,
  people: <UserRound aria-hidden />,
  animals: <PawPrint aria-hidden />,
  food: <Apple aria-hidden />,
  travel: <Plane aria-hidden />,
  activities: <Dumbbell aria-hidden />,
  objects: <Lightbulb aria-hidden />,
  symbols: <Hash aria-hidden />,
  flags: <Flag aria-hidden />,
};

type BarProps = { groups: readonly string[]; current: string | undefined; onJump: (group: string) => void };

/** Leads to a group of the grid above; the one in sight is marked. */
export function GroupBar({ groups, current, onJump }: BarProps) {
  const t = useTranslations("emoji");
  const name = useTranslations("emoji.groups");
  const known = (group: string): group is Group => Object.hasOwn(icons, group);
  return (
    <Toolbar.Root
      aria-label={t("groupsLabel")}
      className="pane-scroll flex shrink-0 justify-between gap-1 overflow-y-hidden border-line border-t px-2 py-1 sm:px-4"
    >
      {groups.filter(known).map((group) => (
        <Toolbar.Button
          key={group}
          aria-label={name(group)}
          title={name(group)}
          aria-current={group === current ? "true" : undefined}
          onClick={() => onJump(group)}
          className="tap flex min-w-8 flex-1 items-center justify-center rounded-xl text-ink-soft hover:bg-hover aria-current:bg-accent-soft aria-current:text-accent-ink [&>svg]:size-5"
        >
          {icons[group]}
        </Toolbar.Button>
      ))}
    </Toolbar.Root>
  );
}
