import { isUuid } from "#contracts/text.ts";
import { readSigned, signedAddress } from "#server/media/signature.ts";
import type { Serving } from "#server/media/storage/storage.ts";

/** One session reading one file: what the media server asks about, again and again, while the address is used. */
export type Reading = { personId: string; sessionId: string; fileId: string; blobId: string };

/** What an address of the media server says. `reading` is null for what everybody may see. */
export type FileUrl = { blobId: string; variant: string; serving: Serving; reading: Reading | null; expires: Date };

export function signFileUrl(base: string, { blobId, variant, serving, reading, expires }: FileUrl): string {
  const { type, name } = serving;
  const reader: Record<string, string> = reading
    ? { person: reading.personId, session: reading.sessionId, file: reading.fileId }
    : { for: "all" };
  const said = { type, ...(name === null ? {} : { name }), ...reader };
  return signedAddress(base, "GET", `/files/${blobId}/${variant}`, said, expires);
}

/**
 * The address as it was signed; null when it is forged or over. One that does not say who reads is null too, unless it
 * says that all may.
 */
export function readFileUrl(pathname: string, search: string): FileUrl | null {
  const signed = readSigned("GET", pathname, search);
  if (!signed) return null;
  const { parameters, expires } = signed;
  const said = (name: string) => parameters.get(name) ?? "";
  const [, , blobId = "", variant = ""] = pathname.split("/");
  const reading = { personId: said("person"), sessionId: said("session"), fileId: said("file"), blobId };
  const isOpen = said("for") === "all";
  if (!isOpen && !Object.values(reading).every((id) => isUuid(id))) return null;
  const serving = { type: said("type"), name: parameters.get("name") };
  return { blobId, variant, serving, reading: isOpen ? null : reading, expires };
}
