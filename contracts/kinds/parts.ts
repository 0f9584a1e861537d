import * as z from "zod/mini";
import { limits } from "#contracts/limits.ts";
import { nameLine, optionalLine, optionalText } from "#contracts/text.ts";

/** What several kinds are made of. */
export const caption = optionalText(limits.caption.max);
export const cardTitle = nameLine(limits.cardTitle.max);
export const cardText = optionalLine(limits.cardText.max);

/** Absolute, http or https, without a user name in it. */
export const webAddress = z
  .string()
  .check(
    z.maxLength(limits.linkAddress.max, { error: "address_malformed", abort: true }),
    z.refine(isWebAddress, { error: "address_malformed" }),
  );

function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === "https:" || protocol === "http:") && username === "" && password === "";
}
