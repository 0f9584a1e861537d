import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/**
 * The id of a file, from its owner and the id that the owner's device chose. The device knows it before the server answers,
 * and no one can announce a file under the id of another person's, which would tell that it exists. Both ids in lower case.
 */
export const fileIdOf = (ownerId: string, clientId: string): string => uuidOf(`${ownerId}/${clientId}`);

/** The same UUID for the same text: version 8 (RFC 9562, 5.8), made of the first 122 free bits of SHA-256. */
export function uuidOf(text: string): string {
  const hex = bytesToHex(sha256(utf8ToBytes(text)).subarray(0, 16));
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join("-");
}
