import type { Message } from "#contracts/messages/message.ts";
import type { Api } from "#examples/cli/api.ts";
import type { Command } from "#examples/cli/command.ts";
import { followConversation } from "#examples/cli/follow.ts";
import { nameBook } from "#examples/cli/names.ts";

/** Without --from the last few messages come first. */
const shownBefore = 10;

export const tail: Command = async ({ signal, options, enter }, [conversationId = ""]) => {
  const api = await enter();
  const nameOf = nameBook(api);
  const from = options.from ?? (await newest(api, conversationId));
  const onStatus = (status: string) => console.error(`[${status}]`);
  const { done } = followConversation(api, { conversationId, from, signal, onStatus }, async (message) => {
    console.log(options.json ? JSON.stringify(message) : lineOf(message, await nameOf(message.senderId)));
  });
  await done;
};

async function newest(api: Api, conversationId: string): Promise<number> {
  const { head } = await api.messages.page.query({ conversationId, limit: 1 });
  return Math.max(1, head.lastSeq - shownBefore + 1);
}

/** A kind that this program does not know shows itself by its preview. Later lines of a text are set in. */
function lineOf({ seq, sentAt, content, preview }: Message, name: string): string {
  const text = content.kind === "text" && typeof content.text === "string" ? content.text : `(${preview})`;
  return `${seq}  ${sentAt}  ${name}: ${text.replaceAll("\n", "\n    ")}`;
}
