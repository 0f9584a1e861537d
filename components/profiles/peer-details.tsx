"use client";

import { useProfile } from "#client/people/use-profile.ts";
import { ProfileView } from "#components/profiles/profile-view.tsx";
import type { Person } from "#contracts/people.ts";

/** The card of a person in the details of the conversation with them; what the conversation knows is there at once. */
export function PeerDetails({ person, conversationId }: { person: Person; conversationId: string }) {
  const profile = useProfile({ personId: person.id });
  const { communities, communityCount } = profile;
  return <ProfileView person={profile.person ?? person} {...{ communities, communityCount, conversationId }} />;
}
