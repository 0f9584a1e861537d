/** Where to go after signing in: only a path on this site, never another host or a scheme. */
export function nextAddress(wanted: unknown): string {
  if (typeof wanted !== "string" || !wanted.startsWith("/")) return "/c";
  // A browser reads `//host` and `/\host` as another host, and skips tabs and newlines on the way.
  const base = "https://here.invalid";
  if (!URL.canParse(wanted, base)) return "/c";
  const url = new URL(wanted, base);
  if (url.origin !== base || url.pathname.startsWith("//")) return "/c";
  return url.pathname + url.search + url.hash;
}
