import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";

/** IMCHAT_PASSWORD, else what is typed without being shown, else the first line of a pipe. */
export async function askPassword(login: string, signal: AbortSignal): Promise<string> {
  const { IMCHAT_PASSWORD } = process.env;
  if (IMCHAT_PASSWORD) return IMCHAT_PASSWORD;
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = Boolean(process.stdin.isTTY);
  const lines = createInterface({ input: process.stdin, output: silent, terminal });
  const stop = new AbortController();
  // In this mode the terminal gives Ctrl-C and Ctrl-D to us.
  lines.on("SIGINT", () => stop.abort());
  lines.on("close", () => stop.abort());
  if (terminal) process.stderr.write(`Password of ${login}: `);
  try {
    return await lines.question("", { signal: AbortSignal.any([signal, stop.signal]) });
  } finally {
    if (terminal) process.stderr.write("\n");
    lines.close();
  }
}
