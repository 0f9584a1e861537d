/**
 * The product for programs that use it from outside: its API on a real HTTP server and a real worker, both in this
 * process and each able to go away and come back at its own address.
 */
import { startWorker, type Worker } from "#realtime/worker.ts";
import { handleTrpc } from "#server/trpc/http.ts";
import { type HttpServer, serve } from "#tests/_http.ts";
import { closeDatabase } from "#tests/_people.ts";
import { urlOf } from "#tests/_roles.ts";

type Part = { stop(): Promise<void>; start(): Promise<void> };

export type Messenger = {
  url: string;
  web: Part;
  worker: Part;
  /** Called with each request before it is served; throwing after serving it loses the answer. */
  around: (request: Request, serveIt: () => Promise<Response>) => Promise<Response>;
  close(): Promise<void>;
};

/** Must be called before anything reads `env()`, which is read once: the worker's address becomes REALTIME_URL. */
export async function startMessenger(): Promise<Messenger> {
  const workerOn = (port: number) =>
    startWorker({
      port,
      path: "",
      key: process.env.REALTIME_KEY ?? "",
      databaseUrl: urlOf("worker"),
      databaseUrlDirect: urlOf("worker"),
      origins: [],
      id: "1",
      apps: [],
    });
  let worker: Worker | null = await workerOn(0);
  const workerPort = worker.port;
  process.env.REALTIME_URL = `ws://127.0.0.1:${workerPort}`;
  const answer = (request: Request) => messenger.around(request, () => handleTrpc(request));
  let web: HttpServer | null = await serve(answer);
  const { url, port } = web;
  const messenger: Messenger = {
    url,
    around: (_, serveIt) => serveIt(),
    web: {
      stop: async () => {
        await web?.close();
        web = null;
      },
      start: async () => {
        web ??= await serve(answer, port);
      },
    },
    worker: {
      stop: async () => {
        await worker?.close();
        worker = null;
      },
      start: async () => {
        worker ??= await workerOn(workerPort);
      },
    },
    close: async () => {
      await messenger.web.stop();
      await messenger.worker.stop();
      await closeDatabase();
    },
  };
  return messenger;
}
