"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useDisplayName } from "#client/friends/use-display-name.ts";
import { Avatar } from "#components/people/avatar.tsx";
import { OnlineDot } from "#components/people/online-dot.tsx";
import { useShowProfile } from "#components/profiles/show-profile.ts";
import type { Person } from "#contracts/people.ts";

type PersonLineProps = {
  person: Person;
  note?: ReactNode;
  /** False where the row is part of what the card shows itself. */
  opens?: boolean;
  children?: ReactNode;
};

/** A person in a list: face, name, one more line, and what can be done. */
export function PersonRow({ person, note, opens = true, children }: PersonLineProps) {
  const t = useTranslations("people");
  const show = useShowProfile();
  const nameOf = useDisplayName();
  return (
    <div className="flex flex-wrap items-center justify-end gap-x-3 gap-y-2 py-2">
      <div className="relative flex min-w-36 flex-1 items-center gap-3 rounded-xl has-[button:hover]:bg-hover">
        <span className="relative inline-flex shrink-0">
          <Avatar person={person} />
          <OnlineDot personId={person.id} />
        </span>
        <div className="min-w-0 flex-1">
          <p className="truncate font-medium">
            {opens ? (
              <button
                type="button"
                aria-haspopup="dialog"
                onClick={() => show({ personId: person.id })}
                // All of the row but its actions is pressed.
                className="max-w-full truncate after:absolute after:inset-0"
              >
                <bdi>{nameOf(person)}</bdi>
              </button>
            ) : (
              <bdi>{nameOf(person)}</bdi>
            )}
          </p>
          {/* A note is read to its end; a handle only tells people apart. */}
          <p
            className={`text-ink-soft text-sm ${note === undefined ? "truncate" : "whitespace-pre-line break-words"}`}
            dir="auto"
          >
            {note ?? t("handle", { handle: person.handle })}
          </p>
        </div>
      </div>
      {children ? <div className="flex shrink-0 items-center gap-2">{children}</div> : null}
    </div>
  );
}
