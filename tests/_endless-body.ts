/** A client that posts without end: what a server that trusts announced lengths reads to its last byte. */
import { connect } from "node:net";

const chunk = Buffer.alloc(64 * 1024, "x");
const mostBytes = 150_000_000;

/**
 * Posts `path` in chunks, 150 MB at most, until an answer comes or the connection is closed. Resolves with the answer's
 * first bytes (empty when there was none) and the bytes that were handed to the system by then.
 */
export function postWithoutEnd(
  base: string,
  path: string,
  contentType: string,
): Promise<{ answer: string; sent: number }> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let answer = "";
    let sent = 0;
    const more = () => {
      while (sent < mostBytes && !socket.destroyed) {
        sent += chunk.length;
        socket.write(`${chunk.length.toString(16)}\r\n`);
        socket.write(chunk);
        if (!socket.write("\r\n")) return void socket.once("drain", more);
      }
      if (!socket.destroyed) socket.write("0\r\n\r\n");
    };
    socket.on("data", (data) => {
      answer += data.toString();
      socket.destroy();
    });
    // Being cut off in the middle of a write is a fine end, too.
    socket.on("error", () => {});
    socket.on("close", () => resolve({ answer, sent }));
    socket.write(`POST ${path} HTTP/1.1\r\nhost: ${hostname}:${port}\r\ncontent-type: ${contentType}\r\n`);
    socket.write("transfer-encoding: chunked\r\n\r\n");
    more();
  });
}
