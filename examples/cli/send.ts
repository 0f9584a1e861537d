import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";
import type { Message } from "#contracts/messages/message.ts";
import type { Api } from "#examples/cli/api.ts";
import type { Command } from "#examples/cli/command.ts";
import { explain, isPassing } from "#examples/cli/failure.ts";
import { backOff, pause } from "#examples/cli/patience.ts";

/** With the waits between them, about half a minute. */
const mostAttempts = 8;

/**
 * Sends one text once. The `clientId` is made before the first attempt and stays: when an answer is lost, the next
 * attempt brings the message that was stored, and never a second one.
 */
export async function sendText(
  api: Api,
  conversationId: string,
  text: string,
  signal: AbortSignal,
  onRetry: () => void = () => {},
): Promise<Message> {
  const input = { conversationId, clientId: randomUUID(), content: { kind: "text" as const, text } };
  for (let failures = 0; ; failures += 1) {
    try {
      return (await api.messages.send.mutate(input)).message;
    } catch (error) {
      const explained = explain(error);
      if (!explained || !isPassing(explained) || signal.aborted || failures + 1 >= mostAttempts) throw error;
      onRetry();
      await pause(Math.max(explained.retryAfterMs, backOff(failures)), signal);
    }
  }
}

/** The words as one message, or without words (or with `-`) each line of the input that is not blank. */
export const send: Command = async ({ signal, enter }, [conversationId = "", ...words]) => {
  const api = await enter();
  const say = async (text: string) => {
    const message = await sendText(api, conversationId, text, signal, () => console.error("No answer; trying again …"));
    console.log(message.seq);
  };
  if (words.length > 0 && !(words.length === 1 && words[0] === "-")) return say(words.join(" "));
  // One after the other: the order of the lines is the order of the messages.
  for await (const line of createInterface({ input: process.stdin, signal })) if (line.trim() !== "") await say(line);
  signal.throwIfAborted();
};
