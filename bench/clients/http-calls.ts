/** Calls of the API as another frontend makes them: JSON over connections that stay open, with a bearer token. */
import http from "node:http";

const agent = new http.Agent({ keepAlive: true, maxSockets: 256, noDelay: true });

export const closeConnections = () => agent.destroy();

/** Resolves with the body when the answer is 200. */
export function postCall(port: number, path: string, token: string, input: unknown): Promise<string> {
  const body = JSON.stringify(input);
  const headers = {
    authorization: `Bearer ${token}`,
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
  };
  return ask({ port, method: "POST", path: `/api/trpc/${path}`, headers }, body);
}

/** A GET of a route; resolves with the body when the answer is 200. */
export const getCall = (port: number, path: string): Promise<string> => ask({ port, method: "GET", path });

function ask({ path, ...more }: http.RequestOptions, body?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { agent, host: "127.0.0.1", path, ...more };
    const request = http.request(options, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () =>
        response.statusCode === 200
          ? resolve(text)
          : reject(new Error(`${path} answered ${response.statusCode}: ${text}`)),
      );
    });
    request.on("error", reject);
    request.end(body);
  });
}
