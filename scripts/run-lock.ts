/**
 * `.data/processes-<mode>.json`: which processes a run consists of, so that the next run recognises them. It refuses to
 * start beside a living run of its kind, and stops what a killed run left behind: only processes that began at the
 * moment which was written down, because ids alone are used again.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isAlive, type ProcessRecord, recordOf, stopProcess } from "#scripts/process-identity.ts";

export type Mode = "start" | "dev";
type Entry = ProcessRecord & { name: string };
type Run = { owner: ProcessRecord; url: string; children: Entry[] };

export class RunLock {
  #file: string;
  #url: string;

  constructor(dataDirectory: string, mode: Mode, url: string) {
    this.#file = path.join(dataDirectory, `processes-${mode}.json`);
    this.#url = url;
  }

  /** Throws when such a run lives; stops what is left of one that does not. */
  async claim(): Promise<void> {
    const found: Run | undefined = existsSync(this.#file) ? JSON.parse(readFileSync(this.#file, "utf8")) : undefined;
    if (found && isAlive(found.owner)) {
      throw new Error(
        `It runs already: ${found.url} (process ${found.owner.pid}). Stop that one first, with Ctrl-C where it runs.`,
      );
    }
    for (const child of found?.children.filter(isAlive) ?? []) {
      console.log(`Stopping ${child.name} (process ${child.pid}), left behind by a run that was killed.`);
      await stopProcess(child, { group: true });
    }
    this.write([]);
  }

  write(children: { name: string; record: ProcessRecord | undefined }[]): void {
    const owner = recordOf(process.pid);
    if (!owner) return;
    const entries = children.flatMap(({ name, record }) => (record ? [{ name, ...record }] : []));
    mkdirSync(path.dirname(this.#file), { recursive: true });
    writeFileSync(this.#file, `${JSON.stringify({ owner, url: this.#url, children: entries }, null, 2)}\n`);
  }

  release(): void {
    rmSync(this.#file, { force: true });
  }
}
