/** The worker as `npm start` runs it: the bundle, in its own process, under the supervisor that holds its port. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { bundleWorker } from "#scripts/build.ts";
import { Child } from "#scripts/children.ts";
import { holdPort } from "#scripts/held-port.ts";
import { dataDirectory } from "#scripts/settings.ts";
import { waitFor } from "#scripts/wait.ts";
import { databaseOf } from "#tests/_roles.ts";

export type Bundle = {
  port: number;
  child: Child;
  /** The output so far. */
  lines: string[];
  signal(name: NodeJS.Signals): void;
  close(): Promise<void>;
};

export async function startBundle(environment: Record<string, string>): Promise<Bundle> {
  // Inside the repository, so that packages outside the bundle resolve.
  mkdirSync(dataDirectory, { recursive: true });
  const directory = mkdtempSync(path.join(dataDirectory, "bundle-"));
  const file = path.join(directory, "worker.mjs");
  await bundleWorker(file);
  const held = holdPort("127.0.0.1", 0);
  if (!held) throw new Error("this system cannot hold a port");
  const lines: string[] = [];
  const spec = {
    name: "worker",
    args: [file],
    environment: { ...databaseOf("worker"), ...environment, WORKER_PORT: "0" },
    listenFd: held.fd,
  };
  const child = new Child(spec, { onLine: (_, line) => lines.push(line) });
  child.start();
  await waitFor(`http://127.0.0.1:${held.port}/readyz`);
  return {
    port: held.port,
    child,
    lines,
    signal: (name) => {
      if (child.record) process.kill(child.record.pid, name);
    },
    close: async () => {
      await child.stop();
      held.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
