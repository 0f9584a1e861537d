import { hostOf } from "#contracts/web-address.ts";

/** Where a card leads, whole, and then what the page calls itself, which may be anything. */
export function SiteRow({ url, site }: { url: string; site: string }) {
  const host = hostOf(url);
  const named = site !== "" && site !== host && `www.${site}` !== host;
  return (
    <span className="block font-medium text-accent-ink text-xs">
      <bdi dir="ltr" className="break-all">
        {host}
      </bdi>
      {named ? <bdi className="line-clamp-1 text-ink-soft">{site}</bdi> : null}
    </span>
  );
}
