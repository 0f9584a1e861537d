import { handle, imNumber, mobile } from "#contracts/accounts.ts";
import { foldTyped } from "#contracts/typed.ts";

/** Parses the text of "find": an IM number, else a handle, else a mobile number. */
export function readQuery(query: string): { number: number | null; handle: string | null; mobile: string | null } {
  const text = foldTyped(query).replace(/^@/, "");
  return {
    number: imNumber.safeParse(text).data ?? null,
    handle: handle.safeParse(text).data ?? null,
    mobile: mobile.safeParse(text).data ?? null,
  };
}
