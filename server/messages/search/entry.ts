import { addressesOf, parseMarkup } from "#contracts/markup.ts";
import type { Content } from "#contracts/messages/kinds/index.ts";
import { searchedTextOf } from "#contracts/messages/kinds/index.ts";
import type { searchedParts } from "#contracts/messages/search.ts";
import { fold } from "#contracts/search/fold.ts";
import { hashOf, tokensOf } from "#contracts/search/tokens.ts";

type Part = (typeof searchedParts)[number];

/** Tokens that are no words: no folded text has the character that they begin with. */
export const senderToken = (personId: string) => `\0from ${personId}`;
export const kindToken = (kind: Content["kind"]) => `\0kind ${kind}`;
export const partToken = (part: Part) => `\0has ${part}`;

export function partsOf(content: Content): Part[] {
  switch (content.kind) {
    case "link":
    case "news":
      return content.picture ? ["link", "picture"] : ["link"];
    case "image":
      return ["picture"];
    case "file":
      return ["file"];
    case "text":
      return addressesOf(parseMarkup(content.text)).length > 0 ? ["link"] : [];
    default:
      return [];
  }
}

/** The hashes of all tokens of a message; null for one that is not found. */
export function hashesOf({ senderId, content }: { senderId: string; content: Content }): number[] | null {
  const text = searchedTextOf(content);
  if (text === null) return null;
  const tokens = tokensOf(fold(text).text);
  tokens.add(senderToken(senderId)).add(kindToken(content.kind));
  for (const part of partsOf(content)) tokens.add(partToken(part));
  return [...new Set([...tokens].map(hashOf))];
}
