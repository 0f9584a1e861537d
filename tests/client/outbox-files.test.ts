import { beforeEach, describe, expect, test } from "vitest";
import { createOutbox } from "#client/messages/outbox.ts";
import { ends, noServer, openWindow, refusal, say, sayFile } from "#tests/client/_outbox.ts";

beforeEach(() => openWindow().remove);

const upload = (state: "uploading" | "ready" | "failed") => ({ state, sent: 0, bytes: 1, reason: null });
/** An outbox that was started, with the uploads of before the reload read. */
async function started(errors: Error[] = []) {
  const all = ends(errors);
  const outbox = createOutbox(all.parts, "ann");
  const stop = outbox.start();
  all.uploads.resumed();
  await Promise.resolve();
  return { ...all, outbox, stop };
}

describe("a message with a file", () => {
  test("waits for its own file only, and is sent when that is ready", async () => {
    const { outbox, stored, uploads, pending, stop } = await started();
    uploads.states.set("f1", upload("uploading"));
    sayFile(outbox, "film", "f1");
    say(outbox, "words");
    await expect.poll(() => stored).toEqual(["words"]);
    expect(pending(outbox)).toEqual(["film sending"]);
    uploads.states.set("f1", upload("ready"));
    uploads.notify();
    await expect.poll(() => stored).toEqual(["words", "film"]);
    stop();
  });

  test("with an upload that is not known here was uploaded before", async () => {
    const { outbox, stored, stop } = await started();
    sayFile(outbox, "film", "f1");
    await expect.poll(() => stored).toEqual(["film"]);
    stop();
  });

  test("waits until the interrupted uploads were read; one without does not", async () => {
    const { parts, stored, uploads } = ends();
    const outbox = createOutbox(parts, "ann");
    sayFile(outbox, "film", "f1");
    say(outbox, "words");
    await expect.poll(() => stored).toEqual(["words"]);
    const stop = outbox.start();
    // The files that wait here are those to go on with.
    expect(uploads.asked).toEqual(["f1 true", "f2 false", "f3 false"]);
    expect(stored).toEqual(["words"]);
    uploads.resumed();
    await expect.poll(() => stored).toEqual(["words", "film"]);
    stop();
  });

  test("fails with its upload, for the same reason, and lets the others go", async () => {
    const { outbox, stored, uploads, pending, stop } = await started();
    uploads.states.set("f1", { ...upload("failed"), reason: "quota_exceeded" });
    sayFile(outbox, "film", "f1");
    say(outbox, "words");
    await expect.poll(() => stored).toEqual(["words"]);
    expect(pending(outbox)).toEqual(["film failed quota_exceeded"]);
    stop();
  });
});

describe("messages of one batch", () => {
  test("are stored in order, however long their files take; others do not wait", async () => {
    const { outbox, stored, uploads, stop } = await started();
    uploads.states.set("f1", upload("uploading"));
    uploads.states.set("f2", upload("ready"));
    uploads.states.set("f3", upload("ready"));
    sayFile(outbox, "one", "f1", "b");
    sayFile(outbox, "two", "f2", "b");
    sayFile(outbox, "of another batch", "f3", "other");
    say(outbox, "of none");
    await expect.poll(() => stored).toEqual(["of another batch", "of none"]);
    uploads.states.set("f1", upload("ready"));
    uploads.notify();
    await expect.poll(() => stored).toEqual(["of another batch", "of none", "one", "two"]);
    stop();
  });

  test("carry its id only where they have one", async () => {
    const { outbox, uploads, stop } = await started();
    for (const fileId of ["f1", "f2"]) uploads.states.set(fileId, upload("uploading"));
    sayFile(outbox, "one", "f1", "b");
    sayFile(outbox, "two", "f2");
    expect(outbox.all().map((one) => ("batch" in one ? one.batch : "none"))).toEqual(["b", "none"]);
    stop();
  });
});

describe("a message that failed", () => {
  test("is sent again with its files when the person says so, and only that one", async () => {
    const { outbox, stored, uploads, pending, stop } = await started([refusal("forbidden"), refusal("forbidden")]);
    sayFile(outbox, "one", "f1");
    sayFile(outbox, "two", "f2");
    await expect.poll(() => pending(outbox)).toEqual(["one failed forbidden", "two failed forbidden"]);
    uploads.asked.length = 0;
    outbox.retry(outbox.all()[1]?.clientId ?? "");
    expect(pending(outbox)).toEqual(["one failed forbidden", "two sending"]);
    await expect.poll(() => stored).toEqual(["two"]);
    expect(uploads.asked).toEqual(["retry f2"]);
    stop();
  });

  test("is shown as sending at once, and when it is retried after a reconnect", async () => {
    const errors = Array.from({ length: 4 }, noServer);
    const { outbox, parts, connection, pending, stop } = await started(errors);
    say(outbox, "one");
    await expect.poll(() => pending(outbox)).toEqual(["one failed unavailable"]);
    const seen: string[] = [];
    outbox.subscribe(() => seen.push(...pending(outbox)));
    connection.notify();
    await expect.poll(() => outbox.all()).toEqual([]);
    expect(seen).toEqual(["one sending"]);
    expect(parts.realtime.status()).toBe("connected");
    stop();
  });

  test("is gone with its files when it is discarded, and the others stay", async () => {
    const { outbox, stored, uploads, pending, stop } = await started([refusal("forbidden"), refusal("forbidden")]);
    sayFile(outbox, "one", "f1");
    sayFile(outbox, "two", "f2");
    await expect.poll(() => pending(outbox)).toEqual(["one failed forbidden", "two failed forbidden"]);
    uploads.asked.length = 0;
    outbox.discard(outbox.all()[1]?.clientId ?? "");
    expect(uploads.asked).toEqual(["cancel f2"]);
    expect(pending(outbox)).toEqual(["one failed forbidden"]);
    expect(stored).toEqual([]);
    stop();
  });

  test("that is not there any more is neither sent nor discarded again", async () => {
    const { outbox, calls, uploads, stop } = await started();
    uploads.asked.length = 0;
    outbox.retry("gone");
    outbox.discard("gone");
    expect([calls, uploads.asked, outbox.all()]).toEqual([[], [], []]);
    stop();
  });
});
