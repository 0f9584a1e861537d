"use client";

import { Plus, UserRoundPlus, UsersRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { DropdownMenu } from "radix-ui";
import { useState } from "react";
import { CreateCommunityDialog } from "#components/communities/create-community-dialog.tsx";
import { AddFriendDialog } from "#components/friends/add-friend-dialog.tsx";
import { MenuItem } from "#components/ui/menu.tsx";

/** The two ways to a new conversation, where people look for them. */
export function NewMenu() {
  const t = useTranslations("conversations");
  const [open, setOpen] = useState<"friend" | "community" | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <DropdownMenu.Root>
        <DropdownMenu.Trigger
          aria-label={t("new")}
          title={t("new")}
          className="tap inline-flex aspect-square items-center justify-center rounded-xl text-accent-ink hover:bg-hover"
        >
          <Plus aria-hidden className="size-5" />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content
            align="end"
            sideOffset={4}
            className="z-50 animate-fade rounded-2xl border border-line bg-raised p-1.5 shadow-pop"
          >
            <MenuItem icon={<UserRoundPlus aria-hidden />} onSelect={() => setOpen("friend")}>
              {t("newFriend")}
            </MenuItem>
            <MenuItem icon={<UsersRound aria-hidden />} onSelect={() => setOpen("community")}>
              {t("newCommunity")}
            </MenuItem>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      <AddFriendDialog open={open === "friend"} onOpenChange={close} />
      <CreateCommunityDialog open={open === "community"} onOpenChange={close} />
    </>
  );
}
