import { lookup as resolve } from "node:dns";
import type { LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";

/** An address that a preview must not lead to, however it was written or wherever it was resolved. */
export class AddressRefused extends Error {
  override name = "AddressRefused";
}

/**
 * Only addresses of the public internet: not this machine, not the networks behind it, not what stands for either
 * (IPv4 in IPv6, NAT64, 6to4, link-local metadata services).
 */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const judged = ipaddr.process(address);
  if (judged.range() !== "unicast") return false;
  // What else is unassigned, or stands for IPv4 in a way of its own (::/96): all that is given out today is in
  // 2000::/3.
  return judged.kind() === "ipv4" || judged.match(givenOut);
}

const givenOut = ipaddr.IPv6.parseCIDR("2000::/3");

/** `inside`: hosts, with their port, that the operator lets previews reach although they are not public. */
export type Bounds = { inside: readonly string[] };

const ports = new Map([
  ["http:", "80"],
  ["https:", "443"],
]);

/**
 * Refuses what can be refused by looking: other protocols, other ports, names in the address, and hosts that are
 * numbers. `URL` has already turned 2130706433, 0x7f.1 and 0177.0.0.1 into 127.0.0.1.
 */
export function checkAddress(url: URL, { inside }: Bounds): void {
  const usual = ports.get(url.protocol);
  if (!usual || url.username !== "" || url.password !== "") throw new AddressRefused(`not fetched: ${url.protocol}`);
  if (inside.includes(url.host)) return;
  if (url.port !== "" && url.port !== usual) throw new AddressRefused("only the usual ports");
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (ipaddr.isValid(host) && !isPublic(host)) throw new AddressRefused("not on the public internet");
}

/**
 * Names are resolved here and nowhere else, and connected to by the very address that was judged, so an answer that
 * changes between the question and the connection changes nothing. One bad address among good ones refuses them all.
 */
export function guardedLookup(url: URL, { inside }: Bounds): LookupFunction {
  const free = inside.includes(url.host);
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, "", 4);
      const [first] = addresses;
      if (!first) return callback(new AddressRefused("the name has no address"), "", 4);
      if (!free && !addresses.every(({ address }) => isPublic(address))) {
        return callback(new AddressRefused("not on the public internet"), "", 4);
      }
      if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}
