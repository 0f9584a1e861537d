"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useDisplayName } from "#client/friends/use-display-name.ts";
import { fileAddress } from "#client/media/file-address.ts";
import { Avatar } from "#components/people/avatar.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { Person } from "#contracts/people.ts";

/** A chosen picture can be seen large; a generated one shows nothing more then. */
export function ProfilePicture({ person }: { person: Person }) {
  const t = useTranslations("profiles");
  const name = useDisplayName()(person);
  const [open, setOpen] = useState(false);
  if (!person.avatarId) return <Avatar person={person} size={96} />;
  return (
    <>
      <button
        type="button"
        aria-label={t("enlarge", { name })}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
        className="cursor-zoom-in rounded-full"
      >
        <Avatar person={person} size={96} />
      </button>
      <Dialog open={open} onOpenChange={setOpen} title={t("pictureOf", { name })}>
        {/* biome-ignore lint/performance/noImgElement: variants are made once, on upload; nothing is left to optimise. */}
        <img
          src={fileAddress(person.avatarId, "display")}
          alt={t("pictureOf", { name })}
          className="mx-auto max-h-[70dvh] w-full rounded-2xl bg-sunken object-contain"
        />
      </Dialog>
    </>
  );
}
