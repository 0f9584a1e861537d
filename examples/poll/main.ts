/**
 * Polls in a terminal: a kind of message that this server has never heard of, with a face of its own.
 *
 *   node --import tsx examples/poll/main.ts ask <conversationId> <question> <option> <option> …
 *   node --import tsx examples/poll/main.ts vote <conversationId> <seq of the poll> <number of the option>
 *   node --import tsx examples/poll/main.ts show <conversationId>
 *
 * Signs in as the terminal client does (`npm run cli -- sign-in <login>` first); IMCHAT_URL names the server. Other
 * frontends show each of these messages as its text. Exit code 1 with a sentence when something is refused.
 */
import { randomUUID } from "node:crypto";
import { type Api, createApi } from "#examples/cli/api.ts";
import { Failure, sentenceFor } from "#examples/cli/failure.ts";
import { readToken } from "#examples/cli/session-file.ts";
import { askContent, drawPoll, pollsOf, voteContent } from "#examples/poll/poll.ts";

const url = process.env.IMCHAT_URL || "http://localhost:3000";

/** The newest hundred messages: polls are of today. */
async function recent(api: Api, conversationId: string) {
  return pollsOf((await api.messages.page.query({ conversationId, limit: 100 })).messages);
}

async function run([command = "", conversationId = "", ...words]: string[]): Promise<void> {
  const api = createApi(url, { token: await readToken(url) });
  const send = (content: ReturnType<typeof askContent> | ReturnType<typeof voteContent>) =>
    api.messages.send.mutate({ conversationId, clientId: randomUUID(), content });
  const [first = "", ...others] = words;
  if (command === "ask" && others.length >= 2) {
    const { message } = await send(askContent({ question: first, options: others }));
    return console.log(message.seq);
  }
  const polls = await recent(api, conversationId);
  if (command === "show") return console.log(polls.map(drawPoll).join("\n\n"));
  const [poll, option] = [polls.find(({ seq }) => seq === Number(first)), Number(others[0]) - 1];
  const label = poll?.options[option];
  if (command !== "vote" || !poll || label === undefined)
    throw new Failure("There is no such poll, or no such option.");
  await send(voteContent({ poll: poll.seq, option }, label));
}

run(process.argv.slice(2)).catch((error: unknown) => {
  console.error(sentenceFor(error, url) ?? error);
  process.exitCode = 1;
});
