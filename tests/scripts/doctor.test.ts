import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";
import { root } from "#scripts/settings.ts";

const doctor = (apps: string) => {
  const args = ["--import", "tsx", path.join(root, "scripts/doctor.ts")];
  // Ports of its own: those of the settings may be in use beside this test.
  const ports = { PORT: "1", WORKER_PORT: "2", JOBS_PORT: "3" };
  const options = { cwd: root, encoding: "utf8" as const, env: { ...process.env, ...ports, PUSHER_APPS: apps } };
  return spawnSync(process.execPath, args, options).stdout;
};

test("the doctor reads the apps: it counts them, warns of short secrets, and names what is wrong", () => {
  const said = doctor('[{"id":"42","key":"my-app-key","secret":"short"}]');
  expect(said).toContain("ok    1 app of other backends");
  expect(said).toContain('warn  PUSHER_APPS: app 42, field "secret": is shorter than 16 characters');
  expect(doctor('[{"id":"42","key":"my-app-key"}]')).toMatch(
    /fail {2}PUSHER_APPS has faults:\s+app 1 \(id 42\), field "secret": must be a text/,
  );
});
