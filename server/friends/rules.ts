import { handle, mobile } from "#contracts/accounts.ts";

/** Reads what somebody typed into "find": an IM number, else a handle, else a mobile number. */
export function readQuery(query: string): { number: number | null; handle: string | null; mobile: string | null } {
  const text = query.trim().replace(/^@/, "");
  const number = /^[1-9][0-9]{4,9}$/.test(text) && Number(text) <= 2_147_483_647 ? Number(text) : null;
  const asHandle = handle.safeParse(text);
  const asMobile = mobile.safeParse(text);
  return {
    number,
    handle: asHandle.success ? asHandle.data : null,
    mobile: asMobile.success ? asMobile.data : null,
  };
}
