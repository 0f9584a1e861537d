import * as z from "zod/mini";
import { notice } from "#contracts/kinds/notice.ts";
import { text } from "#contracts/kinds/text.ts";

/** One line per kind: validation, storage, the wire and the preview follow from it. */
export const kinds = { text, notice } as const;

/** What a person may send. Notices are written by the product only. */
export const sendable = z.discriminatedUnion("kind", [text.schema]);
export type Sendable = z.infer<typeof sendable>;

export const content = z.discriminatedUnion("kind", [text.schema, notice.schema]);
export type Content = z.infer<typeof content>;
export type NoticeContent = z.infer<typeof notice.schema>;

const previewLength = 140;

/** One line that says what a message is, in the list, in notifications, and for tabs that do not know its kind. */
export function previewOf(message: Content): string {
  const whole = message.kind === "text" ? text.preview(message) : notice.preview(message);
  const points = Array.from(whole.replace(/\s+/g, " ").trim());
  return points.length > previewLength ? `${points.slice(0, previewLength - 1).join("")}…` : points.join("");
}
