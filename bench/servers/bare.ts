/**
 * The floor under everything that travels over `ws`: handshakes, echoes, and a broadcast of one frame that is made once
 * and written to every socket as bytes. No protocol, no sign-in, no database.
 *
 * A text "room <n> <body>" goes to everyone, n times in one turn; anything else comes back as it is.
 */
import type { Duplex } from "node:stream";
import { WebSocket, WebSocketServer } from "ws";
import { answerParent } from "#bench/program.ts";

const wss = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false, backlog: 4_096 });
const streams = new Set<Duplex>();

function frameOf(payload: Buffer): Buffer {
  const head = payload.length < 126 ? Buffer.from([0x81, payload.length]) : Buffer.from([0x81, 126, 0, 0]);
  if (head.length === 4) head.writeUInt16BE(payload.length, 2);
  return Buffer.concat([head, payload]);
}

function broadcast(text: string): void {
  const space = text.indexOf(" ", 5);
  const frame = frameOf(Buffer.from(text.slice(space + 1)));
  for (let times = Number(text.slice(5, space)); times > 0; times -= 1) {
    for (const stream of streams) stream.write(frame);
  }
}

wss.on("connection", (socket, request) => {
  const stream: Duplex = request.socket;
  streams.add(stream);
  socket.on("close", () => streams.delete(stream));
  socket.on("error", () => socket.terminate());
  socket.on("message", (data) => {
    const text = data.toString();
    if (text.startsWith("room ")) broadcast(text);
    else if (socket.readyState === WebSocket.OPEN) socket.send(text);
  });
});
wss.on("listening", () => {
  const address = wss.address();
  answerParent(typeof address === "object" && address ? address.port : 0, async () => {});
});
