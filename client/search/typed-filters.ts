import type { SearchInput } from "#contracts/messages/search.ts";

type Kind = NonNullable<SearchInput["kinds"]>[number];
type Part = NonNullable<SearchInput["has"]>[number];

/** Filters as they are typed, "from:mei": the names that stand before the colon, in both languages. */
export const filterNames = ["from", "in", "kind", "has", "after", "before"] as const;
export type FilterName = (typeof filterNames)[number];

const spoken: Record<string, FilterName> = {
  from: "from",
  来自: "from",
  in: "in",
  在: "in",
  kind: "kind",
  类型: "kind",
  has: "has",
  含: "has",
  after: "after",
  晚于: "after",
  before: "before",
  早于: "before",
};

const kinds: Record<string, Kind> = {
  text: "text",
  文字: "text",
  picture: "image",
  图片: "image",
  video: "video",
  视频: "video",
  file: "file",
  文件: "file",
  voice: "voice",
  语音: "voice",
  link: "link",
  链接: "link",
  place: "location",
  位置: "location",
  card: "card",
  名片: "card",
  record: "record",
  聊天记录: "record",
};
const parts: Record<string, Part> = {
  link: "link",
  链接: "link",
  file: "file",
  文件: "file",
  picture: "picture",
  图片: "picture",
};

/** What a field says: words, and filters with the names in them as they were typed. Days begin in the reader's zone. */
export type TypedSearch = {
  words: string;
  from: string[];
  in: string[];
  kinds: Kind[];
  has: Part[];
  since?: string;
  until?: string;
  /** The filter at the end that is still being typed. */
  unfinished: { name: FilterName; value: string; start: number } | null;
};

const pattern = new RegExp(`(^|\\s)(${Object.keys(spoken).join("|")})[:：](?:"([^"]*)"?|(\\S*))`, "giu");

/** "2026-03-01" as the beginning of that day, or of one after it; undefined for what is no day. */
function dayOf(value: string, days = 0): string | undefined {
  const [, year, month, day] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(value) ?? [];
  const date = new Date(Number(year), Number(month) - 1, Number(day) + days);
  const exists = date.getMonth() === new Date(Number(year), Number(month) - 1, Number(day)).getMonth() || days > 0;
  return Number.isNaN(date.getTime()) || !exists || Number(month) > 12 || Number(day) > 31
    ? undefined
    : date.toISOString();
}

/** Reads the filters out of what was typed. A value that means nothing is words, so that nothing is left out silently. */
export function readTyped(typed: string): TypedSearch {
  const read: TypedSearch = { words: "", from: [], in: [], kinds: [], has: [], unfinished: null };
  let done = 0;
  for (const match of typed.matchAll(pattern)) {
    const [whole, before = "", spokenName = "", quoted, bare = ""] = match;
    const name = spoken[spokenName.toLowerCase()];
    const value = (quoted ?? bare).trim();
    const end = match.index + whole.length;
    const isOpen =
      end === typed.length &&
      !(quoted !== undefined && whole.endsWith('"') && whole.length > 1 && !whole.endsWith(':"'));
    if (!name) continue;
    if (isOpen) read.unfinished = { name, value, start: match.index + before.length };
    if (!take(read, name, value)) {
      if (isOpen) {
        read.words += typed.slice(done, match.index);
        done = end;
      }
      continue;
    }
    read.words += `${typed.slice(done, match.index)} `;
    done = end;
  }
  read.words = (read.words + typed.slice(done)).trim();
  return read;
}

function take(read: TypedSearch, name: FilterName, value: string): boolean {
  const lower = value.toLowerCase();
  if (value === "") return false;
  if (name === "from" || name === "in") read[name].push(value);
  else if (name === "kind") {
    const kind = kinds[lower];
    if (!kind) return false;
    read.kinds.push(kind);
  } else if (name === "has") {
    const part = parts[lower];
    if (!part) return false;
    read.has.push(part);
  } else {
    const day = dayOf(value);
    if (!day) return false;
    if (name === "after") read.since = day;
    else read.until = day;
  }
  return true;
}

/** A filter as it is typed; names with blanks stand in quotation marks. */
export const filterText = (name: FilterName, value: string): string =>
  `${name}:${/[\s"]/.test(value) ? `"${value.replaceAll('"', "")}"` : value}`;

const holds = (typed: string, filter: string) => ` ${typed} `.includes(` ${filter} `);
/** Whether the field has this filter. */
export const hasFilter = (typed: string, name: FilterName, value: string): boolean =>
  holds(typed, filterText(name, value));

/** What the field says with the filter, or without it when it has it. */
export function toggleFilter(typed: string, name: FilterName, value: string): string {
  const filter = filterText(name, value);
  if (holds(typed, filter)) return ` ${typed} `.replace(` ${filter} `, " ").trimStart();
  return `${[typed.trim(), filter].filter((part) => part !== "").join(" ")} `;
}
