/**
 * An address of the web as it must be written to be stored or followed: absolute, http or https, with a host, and
 * without anything that parsers drop or people cannot see. `URL.canParse` alone also takes "http:host", " http://host"
 * and tabs inside the scheme.
 */
const written = /^https?:\/\/(?![/\\?#])[^\s\p{Cc}\p{Cf}\p{Cs}\\]+$/iu;

export const isWebAddress = (text: string): boolean => written.test(text) && URL.canParse(text);

/** Two ways to write one address: escapes, the case of the host, the usual port, a missing last slash. */
export function isSameAddress(one: string, other: string): boolean {
  return URL.canParse(one) && URL.canParse(other) && new URL(one).href === new URL(other).href;
}

/** Where an address really leads, for people to see: the host with its port, names in other scripts as "xn--". */
export const hostOf = (address: string): string => (URL.canParse(address) ? new URL(address).host : "");
