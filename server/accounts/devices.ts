import { randomBytes } from "node:crypto";
import { env } from "#server/env.ts";
import { readToken, writeToken } from "#server/realtime/hmac.ts";

/** Where people signed in before: their wrong guesses are counted apart from those of strangers. */
export type Device = { id: string; personIds: string[] };

/** A browser of a family or an office; the one that came first is forgotten. */
const mostPeople = 8;
const purpose = "imchat-device";

/** What a browser keeps as a cookie and a program as text: signed, so that it cannot be made up. It opens nothing. */
export function writeDevice({ id, personIds }: Device): string {
  return writeToken(env().nextauthSecret, purpose, [id, ...personIds]);
}

/** Null for what is not ours, or of an older secret: then it is a stranger's, as anybody's is at first. */
export function readDevice(token: string | undefined): Device | null {
  // Signed for this purpose by `writeDevice` alone, so it is what that wrote.
  const ids = readToken([env().nextauthSecret, undefined], purpose, token ?? "") as string[] | null;
  if (!ids) return null;
  const [id = "", ...personIds] = ids;
  return { id, personIds };
}

/** The device after a sign-in: the same one, or a new one, that knows the person. */
export function withPerson(device: Device | null, personId: string): Device {
  const others = device?.personIds.filter((known) => known !== personId) ?? [];
  return {
    id: device?.id ?? randomBytes(12).toString("base64url"),
    personIds: [...others, personId].slice(-mostPeople),
  };
}
