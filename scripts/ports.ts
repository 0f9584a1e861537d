/** Ports of this machine: a free one, and whether one is taken. Loopback only; nothing is left listening. */
import net from "node:net";

function listen(port: number, host: string): Promise<net.Server> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once("error", reject);
    server.listen({ port, host, exclusive: true }, () => resolve(server));
  });
}

function close(server: net.Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

/** A free port. `preferred` when it is free, so that addresses stay the same. */
export async function freePort(preferred?: number): Promise<number> {
  if (preferred && !(await isTaken(preferred))) return preferred;
  const server = await listen(0, "127.0.0.1");
  const address = server.address();
  await close(server);
  if (address === null || typeof address === "string") throw new Error("The system gave no port.");
  return address.port;
}

/**
 * Whether something listens already. Both are asked, because a listener on all addresses does not exclude one on
 * loopback everywhere.
 */
export async function isTaken(port: number): Promise<boolean> {
  for (const host of ["127.0.0.1", "0.0.0.0", "::"]) {
    try {
      await close(await listen(port, host));
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (code === "EADDRINUSE" || code === "EACCES") return true;
      // Anything else (EAFNOSUPPORT, EADDRNOTAVAIL) says that the machine lacks IPv6, not that the port is taken.
    }
  }
  return false;
}
