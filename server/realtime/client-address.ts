import { isIPv4 } from "node:net";
import ipaddr from "ipaddr.js";

/**
 * The address that limits are counted by. Each proxy appends the address it saw to X-Forwarded-For, so entries are
 * trusted from the right, one per trusted proxy; without a proxy only the socket's own address counts. IPv6 addresses
 * are cut to their /64, because one subscriber can use all addresses of it.
 */
export function clientAddress(
  socketAddress: string | undefined,
  forwardedFor: string | null | undefined,
  trustedProxies: number,
): string {
  const own = socketAddress || "unknown";
  if (trustedProxies === 0 || !forwardedFor) return network(own);
  const hops = forwardedFor
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
  return network([...hops, own].at(-1 - trustedProxies) ?? hops[0] ?? own);
}

const longest = 64;

/** How a socket that listens on IPv6 reports an address of IPv4. */
const mapped = "::ffff:";

function network(text: string): string {
  // Nearly every address, and the parser below takes 3 % of the time of a reconnect.
  const plain = text.startsWith(mapped) ? text.slice(mapped.length) : text;
  if (isIPv4(plain)) return plain;
  // Some proxies write the port, and brackets around IPv6.
  const host = /^\[([^\]]*)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
  if (!ipaddr.isValid(host)) return text.slice(0, longest).toLowerCase();
  const address = ipaddr.process(host);
  if (address.kind() === "ipv4") return address.toString();
  return `${address.toNormalizedString().split(":").slice(0, 4).join(":")}::/64`;
}
