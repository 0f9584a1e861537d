import { createHash, createHmac, randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import WebSocket from "ws";
import { isRpc } from "#contracts/rpc.ts";
import type { Worker } from "#realtime/worker.ts";
import { env } from "#server/env.ts";
import { isText, type Listener, listen } from "#tests/_listener.ts";
import { closeDatabase, makeFriends, newPerson, say } from "#tests/_people.ts";
import { newApp, startAppWorker } from "#tests/realtime/_app.ts";

const app = newApp();
let worker: Worker;
let witness: { device: Listener; sendOne: () => Promise<void> };
beforeAll(async () => {
  worker = await startAppWorker([app]);
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  const device = await listen(worker.port, ben);
  let count = 0;
  const sendOne = async () => {
    count += 1;
    await say(ann, conversationId, `still here ${count}`);
    await device.until(isText(`still here ${count}`));
  };
  witness = { device, sendOne };
});
afterAll(async () => {
  witness.device.close();
  await worker.close();
  await closeDatabase();
});

const address = (key: string) => `ws://127.0.0.1:${worker.port}/app/${key}?protocol=7`;

/** The close code after what `send` does to a fresh connection. */
function closeCodeAfter(send: (ws: WebSocket) => void, key = env().realtimeKey): Promise<number> {
  return new Promise((resolve) => {
    const ws = new WebSocket(address(key));
    ws.on("open", () => send(ws));
    ws.on("close", resolve);
    ws.on("error", () => {});
  });
}

/** A WebSocket by hand, for what no library would send. */
function openRaw(key = env().realtimeKey): Promise<Socket> {
  return new Promise((resolve) => {
    const socket = connect(worker.port, "127.0.0.1");
    socket.on("error", () => {});
    socket.write(
      `GET /app/${key}?protocol=7 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString("base64")}\r\n\r\n`,
    );
    socket.once("data", () => resolve(socket));
  });
}

function masked(firstByte: number, payload: Buffer, length = payload.length): Buffer {
  const key = Buffer.from([1, 2, 3, 4]);
  const body = payload.map((byte, at) => byte ^ (key[at % 4] ?? 0));
  const head =
    length < 126
      ? Buffer.from([firstByte, 0x80 | length])
      : Buffer.concat([Buffer.from([firstByte, 0x80 | 126]), Buffer.from([length >> 8, length & 255])]);
  return Buffer.concat([head, key, body]);
}

/** The close code that the worker answers raw bytes with; 0 for a bare end. */
async function rawCode(bytes: Buffer): Promise<number> {
  const socket = await openRaw();
  const said: Buffer[] = [];
  socket.on("data", (chunk) => said.push(chunk));
  socket.on("end", () => socket.end());
  socket.write(bytes);
  await new Promise((resolve) => socket.on("close", resolve));
  const all = Buffer.concat(said);
  const at = all.lastIndexOf(0x88); // a close frame, which is the last
  return at < 0 ? 0 : all.readUInt16BE(at + 2);
}

const text = (value: string) => Buffer.from(value);

test.each<[string, Buffer, number]>([
  ["an unmasked frame", Buffer.from([0x81, 1, 0x61]), 1002],
  ["a reserved bit", masked(0xc1, text("a")), 1002],
  ["an opcode that is none", masked(0x83, text("a")), 1002],
  ["a control frame of 126 bytes", masked(0x89, Buffer.alloc(126)), 1002],
  ["a control frame in pieces", masked(0x09, text("a")), 1002],
  ["a piece that continues nothing", masked(0x80, text("a")), 1002],
  ["a close code that is none", masked(0x88, Buffer.from([0x03, 0xe7])), 1002],
  ["bytes that are not UTF-8", masked(0x81, Buffer.from([0xc3, 0x28])), 1007],
  ["a length beyond 2^53", Buffer.from([0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 2, 3, 4]), 1009],
  ["a length of a gigabyte", Buffer.from([0x81, 0xff, 0, 0, 0, 0, 0x40, 0, 0, 0, 1, 2, 3, 4]), 1009],
  ["binary", masked(0x82, text("a")), 1003],
])("%s is closed with its code", async (_, bytes, code) => {
  expect(await rawCode(bytes)).toBe(code);
});

test("the largest frame is 64 KiB for the messenger and 16 KiB for other apps", async () => {
  const sized = (bytes: number) => `{"event":"pusher:pong","data":"${"x".repeat(bytes - 33)}"}`;
  for (const [key, most] of [[env().realtimeKey, 65_536] as const, [app.key, 16_384] as const]) {
    expect(Buffer.byteLength(sized(most))).toBe(most);
    expect(await closeCodeAfter((ws) => ws.send(sized(most + 1)), key)).toBe(1009);
    const stays = closeCodeAfter((ws) => {
      ws.send(sized(most));
      ws.send('{"event":"pusher:ping","data":{}}');
      ws.on("message", (data) => data.toString().includes("pusher:pong") && ws.close(1000));
    }, key);
    // pusher:error with "data is not JSON" may come first; the link stays until we close it.
    expect(await stays).toBe(1000);
  }
});

test("a message in a thousand pieces is one message", async () => {
  const code = closeCodeAfter((ws) => {
    const frame = '{"event":"pusher:ping","data":{"x":1}}'.padEnd(1_000, " ");
    for (const [at, character] of [...frame].entries()) ws.send(character, { fin: at === frame.length - 1 });
    ws.on("message", (data) => data.toString().includes("pusher:pong") && ws.close(1000));
  });
  expect(await code).toBe(1000);
});

test("JSON nested as deep as a frame allows closes that connection at most", async () => {
  for (const key of [env().realtimeKey, app.key]) {
    for (const deep of [
      "[".repeat(16_000),
      `{"event":"client-x","channel":"private-x","data":${"[".repeat(8_000)}${"]".repeat(8_000)}}`,
    ]) {
      await closeCodeAfter((ws) => {
        ws.send(deep);
        ws.send('{"event":"pusher:ping","data":{}}');
        ws.on("message", (data) => data.toString().includes("pusher:pong") && ws.close(1000));
      }, key);
    }
  }
  await witness.sendOne();
});

test("a flood of rubbish or of pings is closed with 4100, and others do not notice", async () => {
  const flood = closeCodeAfter((ws) => {
    for (let at = 0; at < 200; at += 1) ws.send("rubbish");
  });
  expect(await flood).toBe(4100);
  const pings = closeCodeAfter((ws) => {
    for (let at = 0; at < 5_000; at += 1) ws.send('{"event":"pusher:ping","data":{}}');
  });
  await witness.sendOne();
  expect(await pings).toBe(4100);
});

test("random bytes on an open connection end it and nothing else", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 200 }), async (bytes) => {
      const socket = await openRaw(app.key);
      socket.end(Buffer.from(bytes));
      await new Promise((resolve) => socket.on("close", resolve));
    }),
    { numRuns: 150 },
  );
  await witness.sendOne();
});

test("whatever a backend with the right secret posts is answered with a documented status", async () => {
  const near = fc.record(
    {
      name: fc.string({ maxLength: 210 }),
      data: fc.oneof(fc.string({ unit: "binary", maxLength: 200 }), fc.anything({ maxDepth: 2 })),
      channels: fc.array(fc.oneof(fc.constant("lobby"), fc.string({ unit: "binary", maxLength: 170 })), {
        maxLength: 3,
      }),
      channel: fc.string(),
      socket_id: fc.string(),
      info: fc.string(),
    },
    { requiredKeys: ["name", "data"] },
  );
  const body = fc.oneof(
    fc.json(),
    near.map((one) => JSON.stringify(one, (_, value) => (typeof value === "bigint" ? 0 : value))),
  );
  const path = fc.constantFrom("events", "batch_events", "channels/x/users", "users/%00/terminate_connections");
  await fc.assert(
    fc.asyncProperty(body, path, async (said, where) => {
      const query = `auth_key=${app.key}&auth_timestamp=${Math.floor(Date.now() / 1_000)}&auth_version=1.0&body_md5=${createHash("md5").update(said).digest("hex")}`;
      const target = `/apps/${app.id}/${where}`;
      const signature = createHmac("sha256", app.secret).update(`POST\n${target}\n${query}`).digest("hex");
      const response = await fetch(`http://127.0.0.1:${worker.port}${target}?${query}&auth_signature=${signature}`, {
        method: "POST",
        body: said,
      });
      expect([200, 400, 404, 413]).toContain(response.status);
      await response.text();
    }),
    { numRuns: 300 },
  );
  await witness.sendOne();
});

test("every call over the socket gets a result, a documented refusal or useHttp", async () => {
  const paths = fc.oneof(
    fc.constantFrom(
      "messages.send",
      "messages.page",
      "conversations.changesSince",
      "conversations.markRead",
      "conversations.heads",
      "messages.recall",
      "messages.react",
    ),
    fc.string({ maxLength: 100 }),
  );
  const input = fc.oneof(
    fc.anything({ maxDepth: 3 }),
    fc.record(
      {
        conversationId: fc.oneof(fc.uuid(), fc.string()),
        clientId: fc.oneof(fc.uuid(), fc.anything()),
        content: fc.oneof(
          fc.constant({ kind: "text", text: "x\u0000" }),
          fc.constant({ kind: "text", text: "\ud800" }),
          fc.anything(),
        ),
        emoji: fc.oneof(fc.constant("👍"), fc.anything()),
        reacted: fc.oneof(fc.boolean(), fc.anything()),
        seq: fc.oneof(fc.integer(), fc.double(), fc.constant(2 ** 31)),
        rev: fc.oneof(fc.integer(), fc.double()),
      },
      { requiredKeys: [] },
    ),
  );
  const plain = (value: unknown) =>
    JSON.parse(JSON.stringify(value, (_, one) => (typeof one === "bigint" ? 0 : one)) ?? "null");
  await fc.assert(
    fc.asyncProperty(paths, input, async (path, value) => {
      const { error, result, useHttp } = await witness.device.call(path, plain(value));
      if (error) expect(["internal_error", "unavailable"]).not.toContain(error.message);
      else if (isRpc(path)) expect(result).toBeDefined();
      else expect(useHttp).toBe(true);
    }),
    { numRuns: 400 },
  );
  await witness.sendOne();
});
