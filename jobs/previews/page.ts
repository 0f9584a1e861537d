import { Parser } from "htmlparser2";
import { limits } from "#contracts/limits.ts";
import { isWebAddress } from "#contracts/web-address.ts";

/** What a page says of itself. `picture` is an absolute address, not fetched yet. */
export type PageCard = { title: string; description: string; site: string; picture: string | null };

/** The first word for each; pages put what is meant for cards first. */
const titles = ["og:title", "twitter:title"];
const descriptions = ["og:description", "twitter:description", "description"];
const pictures = ["og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src"];

/** Reads the head of a page; null when it has no title, for then there is nothing to show. Plain text comes out. */
export function readPage(html: string, url: string): PageCard | null {
  const meta = new Map<string, string>();
  let title = "";
  let inTitle = false;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === "title" && title === "") inTitle = true;
      if (name !== "meta") return;
      const key = (attributes.property ?? attributes.name ?? "").toLowerCase();
      if (key !== "" && attributes.content && !meta.has(key)) meta.set(key, attributes.content);
    },
    ontext(text) {
      if (inTitle && title.length < 1_000) title += text;
    },
    onclosetag(name) {
      if (name === "title") inTitle = false;
      // The rest says nothing about the page, and may be long.
      if (name === "head") parser.pause();
    },
  });
  parser.write(html);
  const first = (keys: readonly string[]) => keys.map((key) => meta.get(key)).find((value) => value?.trim()) ?? "";
  const shown = line(first(titles) || title, limits.cardTitle.max);
  if (shown === "") return null;
  return {
    title: shown,
    description: line(first(descriptions), limits.cardText.max),
    site: line(meta.get("og:site_name") ?? new URL(url).hostname.replace(/^www\./, ""), 60),
    picture: absolute(first(pictures), url),
  };
}

/** One clean line: no controls, nothing that turns the text around, cut at whole characters. */
function line(text: string, most: number): string {
  const clean = text
    .replace(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  const points = Array.from(clean);
  return points.length > most ? `${points.slice(0, most - 1).join("")}…` : clean;
}

function absolute(address: string, base: string): string | null {
  if (address === "" || !URL.canParse(address, base)) return null;
  const { href } = new URL(address, base);
  return isWebAddress(href) ? href : null;
}

/** Each tag is read once, up to its end, so that a page of nothing but beginnings costs no more than its length. */
const metaTags = (html: string) => (html.match(/<meta[^<>]*/gi) ?? []).join("\n");

/** The page as text: by its header, else as its own meta element says, else UTF-8. */
export function decodePage(body: Buffer, charset: string): string {
  const said =
    charset || /charset=["']?([\w-]+)/i.exec(metaTags(body.subarray(0, 2_048).toString("latin1")))?.[1] || "utf-8";
  try {
    return new TextDecoder(said).decode(body);
  } catch {
    return new TextDecoder().decode(body);
  }
}
