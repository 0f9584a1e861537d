/**
 * The process that parses bytes of strangers: one request at a time from the jobs process (pool.ts), one answer each. It
 * has no secrets in its environment and opens no connection. Whatever a file does to it, the jobs process kills it, and
 * goes on with a new one.
 */
import { writeFileSync } from "node:fs";
import { FileRejected } from "#jobs/media/rejected.ts";
import { operations } from "#jobs/sandbox/operations.ts";
import { type Answer, memoryBytes, type Request } from "#jobs/sandbox/protocol.ts";
import { startWatch } from "#jobs/sandbox/watch.ts";

async function work({ operation, input }: Request): Promise<Answer> {
  try {
    const run = operations[operation] as (input: unknown) => Promise<unknown>; // the input of this very operation
    return { result: "done", output: await run(input) };
  } catch (error) {
    if (error instanceof FileRejected) {
      return { result: "refused", reason: error.reason, message: String(error.cause ?? error.message) };
    }
    return { result: "failed", message: String(error) };
  }
}

try {
  // When the machine runs out of memory, the kernel ends this process rather than the one that serves.
  writeFileSync("/proc/self/oom_score_adj", "1000");
} catch {
  // Not Linux, or not allowed: our own watch is what is left.
}
startWatch(memoryBytes);
process.on("disconnect", () => process.exit(0));
process.on("message", (request: Request) => {
  void work(request).then((answer) => process.send?.(answer));
});
process.send?.("ready");
