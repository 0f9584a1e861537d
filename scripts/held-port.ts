/**
 * A port that stays open while the process that serves it is started anew. We bind it and never listen ourselves; each
 * child gets it as an inherited file descriptor and listens on it. When the child is killed, the socket goes on
 * listening, because ours is a second reference to it, and the system keeps connections in its queue for the next
 * child.
 */
import net from "node:net";

export type HeldPort = { fd: number; port: number; close(): void };

/**
 * Of Node, not in its documentation: what the cluster module opens shared sockets with. Gives an error number or a
 * handle.
 */
type CreateHandle = (
  address: string,
  port: number,
  addressType: 4 | 6,
) => number | { fd: number; close(): void; getsockname(out: { port?: number }): number };

/**
 * Undefined where it cannot be done, as on Windows: the child then opens the port itself. `address` is an IP address.
 */
export function holdPort(address: string, port: number): HeldPort | undefined {
  // The types do not know what the documentation does not name; it is looked for before it is used.
  const { _createServerHandle: create } = net as typeof net & { _createServerHandle?: CreateHandle };
  if (process.platform === "win32" || typeof create !== "function") return undefined;
  const handle = create(address, port, net.isIPv6(address) ? 6 : 4);
  if (typeof handle === "number" || !(handle.fd > 2)) return undefined;
  const name: { port?: number } = {};
  handle.getsockname(name);
  return { fd: handle.fd, port: name.port ?? port, close: () => handle.close() };
}
