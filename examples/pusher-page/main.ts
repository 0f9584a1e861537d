/**
 * A page and its backend that know nothing of IMChat: `pusher-js` in the browser, `pusher` here, and between them a worker
 * that serves their app (PUSHER_APPS, see docs/pusher.md).
 *
 *   APP_ID=42 APP_KEY=… APP_SECRET=… WORKER_PORT=6001 node --import tsx examples/pusher-page/main.ts
 *
 * PORT: where the page is served, 4000 by default. Only for trying out: anybody may take any name.
 */
import { readFile } from "node:fs/promises";
import http from "node:http";
import { fileURLToPath } from "node:url";
import Pusher from "pusher";

const { APP_ID = "", APP_KEY = "", APP_SECRET = "", WORKER_PORT = "6001", PORT = "4000" } = process.env;
const wsHost = "127.0.0.1";
const pusher = new Pusher({ appId: APP_ID, key: APP_KEY, secret: APP_SECRET, host: wsHost, port: WORKER_PORT });

const library = fileURLToPath(import.meta.resolve("pusher-js/dist/web/pusher.min.js"));
const page = fileURLToPath(import.meta.resolve("./index.html"));

async function formOf(request: http.IncomingMessage): Promise<URLSearchParams> {
  let body = "";
  for await (const chunk of request) body += chunk;
  return new URLSearchParams(body);
}

type Answer = { type: string; body: string | Buffer };
const json = (value: unknown): Answer => ({ type: "application/json", body: JSON.stringify(value) });

/** `METHOD path` → what it answers. */
const routes: Record<string, (form: URLSearchParams) => Promise<Answer>> = {
  "GET /": async () => ({ type: "text/html", body: await readFile(page) }),
  "GET /pusher.js": async () => ({ type: "text/javascript", body: await readFile(library) }),
  "GET /settings": async () => json({ key: APP_KEY, wsHost, wsPort: Number(WORKER_PORT) }),
  "POST /auth": async (form) => {
    const name = form.get("name") ?? "";
    const member = { user_id: name, user_info: { name } };
    return json(pusher.authorizeChannel(form.get("socket_id") ?? "", form.get("channel_name") ?? "", member));
  },
  "POST /say": async (form) => {
    await pusher.trigger("presence-board", "said", { name: form.get("name"), text: form.get("text") });
    return json({});
  },
};

const server = http.createServer(async (request, response) => {
  const { pathname } = new URL(request.url ?? "/", "http://page");
  const route = routes[`${request.method} ${pathname}`];
  if (!route) return response.writeHead(404).end();
  try {
    const { type, body } = await route(await formOf(request));
    response.writeHead(200, { "content-type": type }).end(body);
  } catch (error) {
    response.writeHead(502).end(error instanceof Error ? error.message : "");
  }
});
server.listen(Number(PORT), wsHost, () => {
  const address = server.address();
  if (address && typeof address === "object") console.log(`http://${wsHost}:${address.port}`);
});
