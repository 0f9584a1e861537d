"use client";

import dynamic from "next/dynamic";
import { type ReactNode, useCallback, useState } from "react";
import type { ProfileOf } from "#client/people/use-profile.ts";
import { ShowProfile } from "#components/profiles/show-profile.ts";

const ProfileDialog = dynamic(() =>
  import("#components/profiles/profile-dialog.tsx").then((module) => module.ProfileDialog),
);

/** The one card of a person, which every avatar and name opens. */
export function ProfileProvider({ children }: { children: ReactNode }) {
  const [who, setWho] = useState<ProfileOf | null>(null);
  const close = useCallback(() => setWho(null), []);
  return (
    <ShowProfile value={setWho}>
      {children}
      {who ? <ProfileDialog key={who.personId ?? who.query} who={who} onClose={close} /> : null}
    </ShowProfile>
  );
}
