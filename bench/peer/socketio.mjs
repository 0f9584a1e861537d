/**
 * The peer: Socket.IO 4 doing the same durable work per message: a row in Postgres, a number without gaps in its
 * conversation, the acknowledgement after the commit, then the message to everyone in the room. One statement and one round
 * trip, prepared, through a pool of 16: as good as it gets without batching.
 *
 * ADAPTER=1 adds `@socket.io/postgres-adapter`, for several processes side by side. DATABASE_URL is a database in which
 * the tables `peer_conversations` and `peer_messages` exist. Says its port to its parent; "join" and "send" are the events.
 */
import { createServer } from "node:http";
import { createAdapter } from "@socket.io/postgres-adapter";
import pg from "pg";
import { Server } from "socket.io";

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 16 });
const http = createServer();
const io = new Server(http, { transports: ["websocket"], perMessageDeflate: false, serveClient: false });
if (process.env.ADAPTER === "1") io.adapter(createAdapter(pool));

const store = {
  name: "store",
  text: `
    with counted as (
      update peer_conversations set last_seq = last_seq + 1 where id = $1 returning last_seq
    )
    insert into peer_messages (conversation_id, seq, sender_id, client_id, content)
    select $1, last_seq, $2, $3, $4 from counted returning seq, sent_at`,
};

io.on("connection", (socket) => {
  socket.on("join", (rooms, acknowledge) => {
    socket.join(rooms);
    acknowledge(true);
  });
  socket.on("send", async ({ conversationId, senderId, clientId, content }, acknowledge) => {
    const values = [conversationId, senderId, clientId, JSON.stringify(content)];
    const { rows } = await pool.query({ ...store, values });
    const message = { conversationId, senderId, clientId, content, seq: rows[0].seq, sentAt: rows[0].sent_at };
    io.to(conversationId).emit("message", message);
    acknowledge({ seq: message.seq });
  });
});

process.on("message", () => {});
process.once("SIGTERM", () => process.exit(0));
http.listen(0, "127.0.0.1", 4_096, () => process.send({ ready: http.address().port }));
