import { createServer, get } from "node:http";
import { connect, createServer as createListener, type Server } from "node:net";
import { afterEach, expect, test } from "vitest";
import { HandedOver } from "#realtime/handed-over.ts";

const http = createServer(
  { headersTimeout: 200, requestTimeout: 200, connectionsCheckingInterval: 50 },
  (_, response) => response.end("served"),
);
const handedOver = new HandedOver(http);
handedOver.begin();
let front: Server;
let open = 0;

async function listen(): Promise<number> {
  front = createListener((socket) => {
    open += 1;
    socket.once("close", () => {
      open -= 1;
    });
    handedOver.accept(socket);
  });
  await new Promise<void>((resolve) => front.listen(0, "127.0.0.1", resolve));
  const address = front.address();
  return typeof address === "object" && address ? address.port : 0;
}

afterEach(() => {
  front.close();
});

test("a connection that another server accepted is served", async () => {
  const port = await listen();
  const text = await new Promise((resolve) => {
    get({ port, host: "127.0.0.1", agent: false }, (response) => response.on("data", (data) => resolve(String(data))));
  });
  expect(text).toBe("served");
  await expect.poll(() => open).toBe(0);
});

test("one that sends no request is closed after the timeout", async () => {
  const port = await listen();
  const silent = connect(port, "127.0.0.1");
  const answer = await new Promise((resolve) => silent.on("data", (data) => resolve(String(data).split("\r\n")[0])));
  expect(answer).toBe("HTTP/1.1 408 Request Timeout");
  await handedOver.closed();
  expect(open).toBe(0);
});

test("one above the maximum is closed", async () => {
  const port = await listen();
  http.maxConnections = 1;
  const first = connect(port, "127.0.0.1");
  await expect.poll(() => open).toBe(1);
  const second = connect(port, "127.0.0.1");
  await new Promise((resolve) => second.once("close", resolve));
  expect(open).toBe(1);
  first.destroy();
  await handedOver.closed();
});
