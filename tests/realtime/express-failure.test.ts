/** The express path when its connection breaks: what was committed is answered and heard all the same. */
import { randomUUID } from "node:crypto";
import net from "node:net";
import { afterAll, expect, test } from "vitest";
import { isText, listen, textsOf } from "#tests/_listener.ts";
import { closeDatabase, makeFriends, newPerson } from "#tests/_people.ts";
import { urlOf } from "#tests/_roles.ts";
import { startAppWorker } from "#tests/realtime/_app.ts";

afterAll(closeDatabase);

/** Leads to Postgres, and breaks the connection of a call that contains `text` when it is answered: after its commit. */
async function loseAnswerTo(text: string) {
  const target = new URL(urlOf("worker"));
  let lost = 0;
  const server = net.createServer((client) => {
    const postgres = net.connect(Number(target.port), target.hostname);
    let asked = false;
    client.on("data", (chunk) => {
      asked ||= lost === 0 && chunk.includes(text);
      postgres.write(chunk);
    });
    postgres.on("data", (chunk) => {
      if (!asked || lost > 0) return client.write(chunk);
      lost += 1;
      return client.destroy();
    });
    for (const [one, other] of [
      [client, postgres],
      [postgres, client],
    ] as const) {
      one.on("error", () => {});
      one.on("close", () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as net.AddressInfo;
  const url = new URL(target);
  url.hostname = "127.0.0.1";
  url.port = String(port);
  return { url: url.href, lost: () => lost, close: () => server.close() };
}

test("a batch that loses its connection between commit and answer is answered, stored once and heard once", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  const clientId = randomUUID();
  const proxy = await loseAnswerTo(clientId);
  const worker = await startAppWorker([], { databaseUrl: proxy.url });
  const devices = [await listen(worker.port, ann), await listen(worker.port, ben)];
  try {
    const [mine] = devices;
    const input = { conversationId, clientId, content: { kind: "text", text: "lost and found" } };
    const answer = await mine?.call("messages.send", input);
    expect(proxy.lost()).toBe(1);
    expect(answer?.result?.data).toMatchObject({ outcome: "duplicate", message: { seq: 2, clientId } });
    for (const device of devices) await device.until(isText("lost and found"));
    const next = { conversationId, clientId: randomUUID(), content: { kind: "text", text: "after it" } };
    expect((await mine?.call("messages.send", next))?.result?.data).toMatchObject({ outcome: "stored" });
    for (const device of devices) {
      await device.until(isText("after it"));
      expect(textsOf(device, conversationId)).toEqual(["lost and found", "after it"]);
    }
  } finally {
    for (const device of devices) device.close();
    await worker.close();
    proxy.close();
  }
});
