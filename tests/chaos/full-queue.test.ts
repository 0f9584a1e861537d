import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import postgres from "postgres";
import { expect, test } from "vitest";
import { sendHeartbeat } from "#server/realtime/heartbeat.ts";
import { PostgresHost } from "#tests/chaos/postgres-host.ts";

test("a NOTIFY queue that was full is of use again once the listener that held it is gone", async () => {
  const home = mkdtempSync(path.join(os.tmpdir(), "imchat-queue-"));
  const host = await PostgresHost.start(home, randomUUID());
  try {
    const sitter = postgres(host.url, { max: 1, onnotice: () => {} });
    await sitter`listen held`;
    await sitter.unsafe("begin; select 1").simple();
    const fill = async () => {
      for (let n = 0; n < 400; n += 1) await host.admin`select pg_notify('held', repeat('x', 7000) || ${n}::text)`;
    };
    await expect(fill()).rejects.toMatchObject({ code: "54000" });
    await sitter.end({ timeout: 0 });
    // The beat that meets the full queue is lost; the next one finds room.
    await sendHeartbeat(host.admin, "a worker", 1).catch(() => {});
    await sendHeartbeat(host.admin, "a worker", 2);
  } finally {
    await host.stop(home);
  }
});
