import { parseArgs } from "node:util";
import { createApi } from "#examples/cli/api.ts";
import type { Command, Surroundings } from "#examples/cli/command.ts";
import { sentenceFor } from "#examples/cli/failure.ts";
import { list } from "#examples/cli/list.ts";
import { send } from "#examples/cli/send.ts";
import { readToken } from "#examples/cli/session-file.ts";
import { signIn, signOut } from "#examples/cli/sign-in.ts";
import { tail } from "#examples/cli/tail.ts";

const usage = `Usage:
  sign-in <login>                         the password comes from a prompt or from IMCHAT_PASSWORD
  sign-out
  list                                    id, unread, name and last message of each conversation
  send <conversationId> [text … | -]      the text, or each line of the input, as a message
  tail <conversationId> [--json] [--from <seq>]
Options:
  --url <address>   the server; else IMCHAT_URL, else http://localhost:3000
Exit codes: 0 done, 1 refused or failed, 2 wrong usage.`;

/** `words`: how many the command needs at least, and how many it takes at most. */
const commands: Record<string, { run: Command; words: [least: number, most: number] }> = {
  "sign-in": { run: signIn, words: [1, 1] },
  "sign-out": { run: signOut, words: [0, 0] },
  list: { run: list, words: [0, 0] },
  send: { run: send, words: [1, Number.POSITIVE_INFINITY] },
  tail: { run: tail, words: [1, 1] },
};

type Request = { run: Command; words: string[]; url: string; options: Surroundings["options"] };

/** Null when the arguments make no sense. */
function readArguments(args: string[]): Request | null {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { url: { type: "string" }, from: { type: "string" }, json: { type: "boolean", default: false } },
    });
    const [name = "", ...words] = positionals;
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    const url = values.url ?? (process.env.IMCHAT_URL || "http://localhost:3000");
    const from = values.from === undefined ? null : Number(values.from);
    if (!command || words.length < command.words[0] || words.length > command.words[1]) return null;
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) return null;
    if (from !== null && !(Number.isInteger(from) && from >= 1)) return null;
    return { run: command.run, words, url: url.replace(/\/+$/, ""), options: { json: values.json, from } };
  } catch {
    return null;
  }
}

async function main(): Promise<number> {
  const request = readArguments(process.argv.slice(2));
  if (!request) {
    console.error(usage);
    return 2;
  }
  const { run, words, url, options } = request;
  const stop = new AbortController();
  const { signal } = stop;
  // Only the first one: a second Ctrl-C ends a program that does not stop.
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stop.abort());
  // The reader of our output has closed it (`tail … | head`).
  process.stdout.on("error", () => stop.abort());
  const enter = async () => createApi(url, { token: await readToken(url), signal });
  try {
    await run({ url, signal, options, connect: () => createApi(url, { signal }), enter }, words);
    return 0;
  } catch (error) {
    if (signal.aborted) return 1;
    const sentence = sentenceFor(error, url);
    if (sentence === null) throw error;
    console.error(sentence);
    return 1;
  }
}

const code = await main();
// pusher-js keeps timers for up to half a minute after the worker closed it; what was written goes out first.
process.stdout.write("", () => process.exit(code));
