/** tRPC over plain HTTP, spoken by hand: batches, a bearer token, a limit in time. */
import http from "node:http";

export type Call = { path: string; input: unknown; query?: boolean };
export type Answer = { data: unknown } | { reason: string; retryAfter: number };

/** Nothing came back, or nothing that says whether it was done. */
export class Unanswered extends Error {}

/** Reasons that are no answer: the work may have been done or not. */
const unknowing = new Set(["unavailable", "internal_error"]);

type Wire = { result?: { data: unknown }; error?: { message: string; data?: { params?: { retryAfter?: number } } } };

const agent = new http.Agent({ keepAlive: true, maxSockets: 64, scheduling: "fifo" });

export const closeApi = () => agent.destroy();

/** All of one kind: tRPC puts queries into the address and mutations into the body. */
export async function callApi(port: number, token: string, calls: readonly Call[], patience: number): Promise<string> {
  const paths = calls.map((call) => call.path).join(",");
  const inputs = JSON.stringify(Object.fromEntries(calls.map((call, at) => [at, call.input])));
  const query = calls[0]?.query ?? false;
  const path = `/api/trpc/${paths}?batch=1${query ? `&input=${encodeURIComponent(inputs)}` : ""}`;
  return new Promise((resolve, reject) => {
    const request = http.request({
      agent,
      port,
      host: "127.0.0.1",
      path,
      method: query ? "GET" : "POST",
      headers: { authorization: `Bearer ${token}`, ...(query ? {} : { "content-type": "application/json" }) },
    });
    const timer = setTimeout(() => request.destroy(new Unanswered("too late")), patience);
    const fail = (error: Error) => {
      clearTimeout(timer);
      reject(new Unanswered(error.message));
    };
    request.once("error", fail);
    request.once("response", (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
      });
      response.once("error", fail);
      response.once("aborted", () => fail(new Error("cut")));
      response.once("end", () => {
        clearTimeout(timer);
        resolve(text);
      });
    });
    request.end(query ? undefined : inputs);
  });
}

/** One entry for each call; an `Unanswered` for those with an unknown result. */
export function readAnswers(text: string, count: number): (Answer | Unanswered)[] {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    read = null;
  }
  // A batch is answered by a list; one object is the refusal of the whole batch.
  const list = (Array.isArray(read) ? read : Array.from({ length: count }, () => read)) as (Wire | null)[];
  return Array.from({ length: count }, (_, at) => readOne(list[at] ?? null));
}

/** The frame `im:result` answers one call in the shape of HTTP. */
/** Throws when the worker says that the answer has to be asked for over HTTP. */
export function readLane(raw: string): Answer | Unanswered {
  const { data } = JSON.parse(raw) as { data: Wire & { useHttp?: true } };
  if (data.useHttp) throw new Unanswered("use HTTP");
  return readOne(data);
}

function readOne(one: Wire | null): Answer | Unanswered {
  if (one?.result) return { data: one.result.data };
  if (!one?.error || unknowing.has(one.error.message)) return new Unanswered(one?.error?.message ?? "unreadable");
  return { reason: one.error.message, retryAfter: one.error.data?.params?.retryAfter ?? 1 };
}
