import type { Server } from "node:http";
import type { Socket } from "node:net";

/**
 * Connections of an HTTP server that another process accepted. `node:http` serves them like its own, but neither bounds
 * their number nor waits for them when it closes.
 */
export class HandedOver {
  private readonly http: Server;
  private readonly open = new Set<Socket>();
  /** One listener for all sockets. */
  private readonly forget: (this: Socket) => void;

  constructor(http: Server) {
    this.http = http;
    const { open } = this;
    this.forget = function forget() {
      open.delete(this);
    };
  }

  /** Instead of `http.listen`. */
  begin(): void {
    this.http.emit("listening"); // starts the check of the timeouts
  }

  readonly accept = (socket: Socket): void => {
    if (this.open.size >= this.http.maxConnections) socket.destroy();
    else {
      this.open.add(socket);
      socket.once("close", this.forget);
      this.http.emit("connection", socket);
    }
  };

  /** Resolves when all are closed. */
  async closed(): Promise<void> {
    await Promise.all([...this.open].map((socket) => new Promise((resolve) => socket.once("close", resolve))));
  }
}
