import type { SearchInput } from "#contracts/messages/search.ts";

type Kind = NonNullable<SearchInput["kinds"]>[number];
type Part = NonNullable<SearchInput["has"]>[number];

/** Filters as they are typed, "from:mei": the names that stand before the colon, in both languages. */
export type FilterName = "from" | "in" | "kind" | "has" | "after" | "before";

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

const pattern = new RegExp(`(^|\\s)(${Object.keys(spoken).join("|")})[:：]("[^"]*"?|\\S*)`, "giu");

/** The beginning of a day in the reader's zone, "2026-03-01"; undefined for what is no day. */
function dayOf(value: string): string | undefined {
  const [, year, month, day] = (/^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(value) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const date = new Date(year, month - 1, day);
  return date.getMonth() === month - 1 && date.getDate() === day ? date.toISOString() : undefined;
}

/** Takes a filter into what was read; false when its value means nothing. */
function take(read: TypedSearch, name: FilterName, value: string): boolean {
  const lower = value.toLowerCase();
  if (value === "") return false;
  if (name === "from" || name === "in") return read[name].push(value) > 0;
  if (name === "kind") return kinds[lower] !== undefined && read.kinds.push(kinds[lower]) > 0;
  if (name === "has") return parts[lower] !== undefined && read.has.push(parts[lower]) > 0;
  const day = dayOf(value);
  if (day === undefined) return false;
  read[name === "after" ? "since" : "until"] = day;
  return true;
}

/** Reads the filters out of what was typed. One whose value means nothing is words, unless it is still being typed. */
export function readTyped(typed: string): TypedSearch {
  const read: TypedSearch = { words: "", from: [], in: [], kinds: [], has: [], unfinished: null };
  let done = 0;
  for (const { index, 0: whole, 1: before = "", 2: said = "", 3: raw = "" } of typed.matchAll(pattern)) {
    const name = spoken[said.toLowerCase()];
    if (!name) continue;
    const value = raw.replaceAll('"', "").trim();
    const end = index + whole.length;
    const isOpen = end === typed.length && !/^".*"$/.test(raw);
    if (isOpen) read.unfinished = { name, value, start: index + before.length };
    if (!take(read, name, value) && !isOpen) continue;
    read.words += `${typed.slice(done, index)} `;
    done = end;
  }
  read.words = (read.words + typed.slice(done)).trim();
  return read;
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
  if (holds(typed, filter)) return ` ${typed.trimEnd()} `.replace(` ${filter} `, " ").trimStart();
  return `${[typed.trim(), filter].filter((part) => part !== "").join(" ")} `;
}
