import { expect, test } from "@playwright/test";
import { postWithoutEnd } from "#tests/_endless-body.ts";
import { stack } from "#tests/_stack.ts";

const form = "application/x-www-form-urlencoded";

test("no process keeps a body of 150 MB, whatever address it is sent to", async () => {
  const { baseUrl, jobsUrl, workerUrl, web, jobs, worker } = stack();
  const doors = [
    { base: baseUrl, path: "/api/trpc/accounts.signIn", type: "application/json", of: web },
    { base: baseUrl, path: "/api/auth/callback/credentials", type: form, of: web },
    { base: baseUrl, path: "/api/auth/signout", type: form, of: web },
    { base: baseUrl, path: "/api/health", type: form, of: web },
    { base: baseUrl, path: "/", type: form, of: web },
    { base: baseUrl, path: "/c", type: "multipart/form-data; boundary=x", of: web },
    { base: jobsUrl, path: "/files/x", type: form, of: jobs },
    { base: workerUrl, path: "/apps/1/events", type: "application/json", of: worker },
  ];
  for (const { base, path, type, of } of doors) {
    const before = await of.rssBytes();
    await postWithoutEnd(base, path, type);
    expect((await of.rssBytes()) - before, path).toBeLessThan(80_000_000);
  }
  // The two that read a body say so at their limit, and read no further.
  for (const { base, path, type } of doors.slice(0, 2)) {
    const { answer, sent } = await postWithoutEnd(base, path, type);
    expect(answer, path).toMatch(/^HTTP\/1.1 413 /);
    expect(sent, path).toBeLessThan(20_000_000);
  }
});
