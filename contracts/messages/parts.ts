import * as z from "zod/mini";
import { limits } from "#contracts/limits.ts";
import { nameLine, optionalLine, optionalText } from "#contracts/text.ts";
import { isWebAddress } from "#contracts/web-address.ts";

/** What several kinds are made of. */
export const caption = optionalText(limits.caption.max);
/** The words of a message that can be edited where they are a caption. */
export const captionWords = {
  read: ({ caption }: { caption: string }) => caption,
  write: <Of extends { kind: string }>(content: Of, { text }: { text: string }) => ({ ...content, caption: text }),
};
export const cardTitle = nameLine(limits.cardTitle.max);
export const cardText = optionalLine(limits.cardText.max);

/** Absolute, http or https, without a user name in it. */
export const webAddress = z
  .string()
  .check(
    z.maxLength(limits.linkAddress.max, { error: "invalid_address", abort: true }),
    z.refine(isWebAddress, { error: "invalid_address", abort: true }),
    z.refine(isWithoutUser, { error: "invalid_address" }),
  );

function isWithoutUser(text: string): boolean {
  const { username, password } = new URL(text);
  return username === "" && password === "";
}
