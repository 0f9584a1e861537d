"use client";

import { NotebookPen, Plus, UserRoundPlus, UsersRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { CreateCommunityDialog } from "#components/communities/create-community-dialog.tsx";
import { useOpenNotes } from "#components/conversations/use-open-notes.ts";
import { AddFriendDialog } from "#components/friends/add-friend-dialog.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";

/** The ways to a new conversation, where people look for them. */
export function NewMenu() {
  const t = useTranslations("conversations");
  const [open, setOpen] = useState<"friend" | "community" | null>(null);
  const close = () => setOpen(null);
  const openNotes = useOpenNotes();
  return (
    <>
      <Menu label={t("new")} icon={<Plus aria-hidden />} className="text-accent-ink">
        <MenuItem icon={<UserRoundPlus aria-hidden />} onSelect={() => setOpen("friend")}>
          {t("newFriend")}
        </MenuItem>
        <MenuItem icon={<UsersRound aria-hidden />} onSelect={() => setOpen("community")}>
          {t("newCommunity")}
        </MenuItem>
        <MenuItem icon={<NotebookPen aria-hidden />} onSelect={openNotes}>
          {t("notes")}
        </MenuItem>
      </Menu>
      <AddFriendDialog open={open === "friend"} onOpenChange={close} />
      <CreateCommunityDialog open={open === "community"} onOpenChange={close} />
    </>
  );
}
