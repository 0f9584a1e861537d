/** Laravel Echo as in a Laravel page, with the authorization answers of Laravel and none of our code in between. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import Echo from "laravel-echo";
import PusherClient from "pusher-js";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Worker } from "#realtime/worker.ts";
import { closeDatabase } from "#tests/_people.ts";
import { backendOf, newApp, startAppWorker } from "#tests/realtime/_app.ts";

const app = newApp();
let worker: Worker;
let laravel: Server;
const pages: Echo<"pusher">[] = [];

/** `/broadcasting/auth` for the user in the bearer token: "7 Ann" is user 7 with the name Ann. */
function answer(form: URLSearchParams, bearer: string): string {
  const [id = "", name = ""] = bearer.replace("Bearer ", "").split(" ");
  const [socketId = "", channel = ""] = [form.get("socket_id") ?? "", form.get("channel_name") ?? ""];
  // Laravel sends the model's numeric key as text.
  const member = channel.startsWith("presence-") ? { user_id: id, user_info: { name } } : undefined;
  return JSON.stringify(backendOf(app, worker.port).authorizeChannel(socketId, channel, member));
}

beforeAll(async () => {
  worker = await startAppWorker([app]);
  laravel = createServer((request, response) => {
    let form = "";
    request.on("data", (chunk) => {
      form += chunk;
    });
    request.on("end", () => response.end(answer(new URLSearchParams(form), request.headers.authorization ?? "")));
  });
  await new Promise<void>((resolve) => laravel.listen(0, "127.0.0.1", resolve));
});
afterEach(() => {
  for (const page of pages.splice(0)) page.disconnect();
});
afterAll(async () => {
  laravel.close();
  await worker.close();
  await closeDatabase();
});

function echoOf(user: string): Echo<"pusher"> {
  const page = new Echo({
    broadcaster: "pusher",
    Pusher: PusherClient,
    key: app.key,
    cluster: "self",
    wsHost: "127.0.0.1",
    wsPort: worker.port,
    forceTLS: false,
    enabledTransports: ["ws"],
    authEndpoint: `http://127.0.0.1:${(laravel.address() as AddressInfo).port}/broadcasting/auth`,
    bearerToken: user,
    // Echo writes the token into its defaults, which two instances in one program would share.
    auth: { headers: {} },
  });
  pages.push(page);
  return page;
}

const subscribed = (channel: { subscribed(callback: () => void): unknown }) =>
  new Promise<void>((resolve) => channel.subscribed(() => resolve()));

test("public and private channels receive Laravel's broadcasts", async () => {
  const page = echoOf("7 Ann");
  const received: unknown[] = [];
  const [orders, mine] = [page.channel("orders"), page.private("App.Models.User.7")];
  orders.listen(".order.shipped", (data: unknown) => received.push(["orders", data]));
  mine.listen("OrderShipped", (data: unknown) => received.push(["mine", data]));
  await Promise.all([subscribed(orders), subscribed(mine)]);
  await backendOf(app, worker.port).trigger("orders", "order.shipped", { id: 1 });
  await backendOf(app, worker.port).trigger("private-App.Models.User.7", "App\\Events\\OrderShipped", { id: 2 });
  await expect
    .poll(() => received)
    .toEqual([
      ["orders", { id: 1 }],
      ["mine", { id: 2 }],
    ]);
});

test("a presence channel reports here, joining and leaving, and passes whispers to the others", async () => {
  const [ann, ben] = [echoOf("7 Ann"), echoOf("8 Ben")];
  const seen: unknown[] = [];
  const room = ann.join("room");
  const whispered = new Promise((resolve) => room.listenForWhisper("typing", resolve));
  const here = new Promise((resolve) => room.here(resolve));
  room.joining((member: unknown) => seen.push(["joining", member]));
  room.leaving((member: unknown) => seen.push(["leaving", member]));
  expect(await here).toEqual([{ name: "Ann" }]);
  const other = ben.join("room");
  await subscribed(other);
  other.whisper("typing", { in: "room" });
  expect(await whispered).toEqual({ in: "room" });
  ben.leave("room");
  await expect
    .poll(() => seen)
    .toEqual([
      ["joining", { name: "Ben" }],
      ["leaving", { name: "Ben" }],
    ]);
});
