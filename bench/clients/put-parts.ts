/** A client that sends a file in parts, two at a time, as the browser does. */
import http from "node:http";

const atOnce = 2;
const agent = new http.Agent({ keepAlive: true, maxSockets: atOnce });

export type PartToSend = { url: string; body: () => Buffer };

export async function putParts(parts: readonly PartToSend[]): Promise<void> {
  const queue = [...parts];
  const sendNext = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) await put(next);
  };
  await Promise.all(Array.from({ length: atOnce }, sendNext));
}

/** On plain `http`: what the generator itself costs must not be what is measured. */
function put({ url, body }: PartToSend): Promise<void> {
  return new Promise((resolve, reject) => {
    const bytes = body();
    const headers = { "content-length": bytes.length };
    const request = http.request(url, { method: "PUT", agent, headers }, (response) => {
      response.resume();
      response.once("end", () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`a part was answered ${response.statusCode}`));
      });
    });
    request.once("error", reject);
    request.end(bytes);
  });
}
