/** The addresses of this site that a QR code may hold: a person's card and an invitation. */
import { handle } from "#contracts/accounts.ts";
import { communityInviteInput } from "#contracts/communities.ts";

export const profilePath = (of: string) => `/u/${of}`;
export const invitePath = (code: string) => `/join/${code}`;

export type OwnAddress = { to: "person"; handle: string } | { to: "community"; code: string };

/**
 * What a text read from a QR code leads to; null for everything but these two kinds of address on `origin`: codes are
 * pasted over others, and what a stranger wrote is not opened.
 */
export function readOwnAddress(text: string, origin: string): OwnAddress | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.origin !== origin || url.username !== "" || url.password !== "") return null;
  const [, place, name, ...rest] = url.pathname.split("/");
  if (name === undefined || rest.length > 0) return null;
  const person = place === "u" ? handle.safeParse(name).data : undefined;
  if (person !== undefined) return { to: "person", handle: person };
  const invite = place === "join" ? communityInviteInput.safeParse({ code: name }).data : undefined;
  return invite ? { to: "community", code: invite.code } : null;
}
