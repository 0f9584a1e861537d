import { expect, test } from "vitest";
import { createUploads } from "#client/media/uploads.ts";
import type { Api } from "#client/trpc.ts";

const refusal = (reason: string, params = {}) => Object.assign(new Error(reason), { data: { reason, params } });

/** A server that answers `begin` with these in turn, and has every file ready after that. */
function serverWith(answers: Error[]): Api {
  const begin = async () => {
    const answer = answers.shift();
    if (answer) throw answer;
    return { state: "ready", partBytes: 1, parts: [] };
  };
  const status = async ({ fileIds }: { fileIds: string[] }) => ({
    files: fileIds.map((fileId) => ({ fileId, state: "ready", reason: null })),
  });
  // The two calls of an upload when the server has the bytes already.
  return { media: { begin: { mutate: begin }, status: { query: status } } } as unknown as Api;
}

test("an upload that comes too fast waits as long as the server says, and is no failure", async () => {
  const states = new Set<string>();
  const uploads = createUploads(
    serverWith([refusal("rate_limited", { retryAfter: 0.01 }), refusal("rate_limited", { retryAfter: 0.01 })]),
    "ann",
  );
  const fileId = uploads.add(new Blob(["x"]), "x", "file");
  uploads.subscribe(() => states.add(uploads.get(fileId)?.state ?? ""));
  await expect.poll(() => uploads.get(fileId)?.state).toBe("ready");
  expect(states.has("failed")).toBe(false);
});

test("what the product refuses ends an upload with its reason", async () => {
  const uploads = createUploads(serverWith([refusal("quota_exceeded")]), "ann");
  const fileId = uploads.add(new Blob(["x"]), "x", "file");
  await expect.poll(() => uploads.get(fileId)).toMatchObject({ state: "failed", reason: "quota_exceeded" });
});
