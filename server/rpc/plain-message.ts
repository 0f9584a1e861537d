import { isBlank } from "#contracts/invisible.ts";
import { limits } from "#contracts/limits.ts";
import type { ContentOf } from "#contracts/messages/kinds/index.ts";
import { isClean, plainText } from "#contracts/text.ts";

export type PlainMessage = { conversationId: string; clientId: string; content: ContentOf<"text"> };

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/**
 * Reads the one shape that is nearly every message: text without mentions that is stored exactly as it was sent. What it
 * accepts `messageSendInput` accepts, with the same result, at a tenth of the cost; null says nothing about the rest.
 */
export function readPlainMessage(input: unknown): PlainMessage | null {
  if (!isObject(input) || Object.keys(input).length !== 3) return null;
  const { conversationId, clientId, content } = input;
  if (typeof conversationId !== "string" || typeof clientId !== "string") return null;
  if (!uuid.test(conversationId) || !uuid.test(clientId)) return null;
  if (!isObject(content) || Object.keys(content).length !== 2) return null;
  const { kind, text } = content;
  if (kind !== "text" || typeof text !== "string" || text.length > limits.messageText.max) return null;
  if (!isClean(text) || plainText(text) !== text || isBlank(text)) return null;
  return { conversationId, clientId, content: { kind, text } };
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
