import http from "node:http";
import https from "node:https";
import { type Bounds, checkAddress, guardedLookup } from "#jobs/previews/address.ts";

export type Fetched = { url: string; type: string; charset: string; body: Buffer };

export type FetchOptions = Bounds & {
  accept: string;
  /** What is longer is cut (`cut`) or refused. */
  maxBytes: number;
  cut: boolean;
  signal: AbortSignal;
};

const mostRedirects = 4;

/**
 * Fetches from an address that a stranger chose. Every hop is judged anew (see address.ts), nothing is sent along that
 * says who asks, and compressed answers are not asked for, so that what is counted is what arrives. Null for an answer
 * that is not of an accepted type, or no success; throws AddressRefused, and whatever the network does.
 */
export async function fetchGuarded(address: string, options: FetchOptions): Promise<Fetched | null> {
  let url = new URL(address);
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    checkAddress(url, options);
    const answer = await request(url, options);
    if (answer.type === "redirect") url = new URL(answer.to, url);
    else return answer.type === "nothing" ? null : answer.fetched;
  }
  return null;
}

type Answer = { type: "redirect"; to: string } | { type: "nothing" } | { type: "fetched"; fetched: Fetched };

function request(url: URL, options: FetchOptions): Promise<Answer> {
  const { accept, maxBytes, cut, signal } = options;
  const { get } = url.protocol === "https:" ? https : http;
  return new Promise((resolve, reject) => {
    const headers = { accept, "accept-encoding": "identity", "user-agent": "IMChat-Preview (+link card)" };
    const lookup = guardedLookup(url, options);
    // A connection of its own: one that was kept open belongs to an address that was judged for another name.
    const asked = get(url, { headers, lookup, signal, agent: false, maxHeaderSize: 16_384 }, (response) => {
      const { statusCode = 0, headers: got } = response;
      if (statusCode >= 300 && statusCode < 400 && got.location) {
        response.destroy();
        return resolve({ type: "redirect", to: got.location });
      }
      const [type = "", ...parameters] = (got["content-type"] ?? "").toLowerCase().split(";");
      const accepted = accept
        .split(",")
        .some((one) => type.trim() === one || type.trim().startsWith(one.replace(/\*$/, "")));
      if (statusCode !== 200 || !accepted || got["content-encoding"]) {
        response.destroy();
        return resolve({ type: "nothing" });
      }
      const charset = parameters.map((one) => /charset="?([\w-]+)/.exec(one)?.[1]).find(Boolean) ?? "";
      const chunks: Buffer[] = [];
      let bytes = 0;
      const done = () =>
        resolve({
          type: "fetched",
          fetched: { url: url.href, type: type.trim(), charset, body: Buffer.concat(chunks).subarray(0, maxBytes) },
        });
      response.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        bytes += chunk.length;
        if (bytes <= maxBytes) return;
        response.destroy();
        if (cut) done();
        else resolve({ type: "nothing" });
      });
      response.on("end", done);
      response.on("error", reject);
    });
    asked.on("error", reject);
  });
}
