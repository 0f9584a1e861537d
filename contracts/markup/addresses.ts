import { type Neighbour, neighbourAfter, neighbourBefore } from "#contracts/markup/edges.ts";
import { isCommonDomain } from "#contracts/markup/top-domains.ts";
import { unspaced } from "#contracts/unspaced.ts";

/** An address in a text, half-open, and the absolute address that it means. */
export type Found = { start: number; end: number; url: string };

/** Where a word stands that may be an address, or begin one. */
export type Word = { at: number; wordEnd: number; end: number; before: Neighbour };

/** Whether a run of marks ends something that was opened around the address. */
export type Stops = (mark: string, after: Neighbour) => boolean;

/** Letters of scripts without spaces belong to the sentence around a bare address, not to it. */
export const unspacedRun = new RegExp(`[${unspaced}]+`, "uy");
const spaced = (more: string) => `(?:(?![${unspaced}])[\\p{L}\\p{N}\\p{M}${more}])`;
/** A word with the signs that names of hosts and mail boxes have; and the part of it up to an underscore. */
export const wordAt = new RegExp(`${spaced("._%+-")}+`, "uy");
export const wordPart = new RegExp(`${spaced(".%+-")}+`, "uy");

const mailHost = new RegExp(`${spaced(".-")}+`, "uy");
const topLetters = /^(?:xn--[a-z0-9-]+|\p{L}[\p{L}\p{M}]+)$/iu;
const label = /^[\p{L}\p{N}_](?:[\p{L}\p{N}\p{M}_-]*[\p{L}\p{N}\p{M}_])?$/u;

/** The address that begins with, or within, this word. Looks at no more than the word and the address itself. */
export function addressAt(text: string, word: Word, stops: Stops): Found | null {
  const { at, wordEnd, end } = word;
  if (wordEnd < end) {
    const last = text.slice(Math.max(at, wordEnd - 6), wordEnd).toLowerCase();
    if (text.startsWith("://", wordEnd)) {
      const scheme = last.endsWith("https") ? 5 : last.endsWith("http") ? 4 : 0;
      return scheme === 0 ? null : webAddress(text, wordEnd - scheme, wordEnd + 3, end, stops);
    }
    if (text[wordEnd] === ":" && last === "mailto") {
      const mail = mailAddress(text, { ...word, at: wordEnd + 1, wordEnd: endOf(wordAt, text, wordEnd + 1) });
      if (mail) return { start: wordEnd - 6, end: mail.end, url: text.slice(wordEnd - 6, mail.end) };
    }
    if (text[wordEnd] === "@") return mailAddress(text, word);
  }
  return bareAddress(text, word, stops);
}

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

const userPart = /[^\s\p{C}/?#@\\<>"`*|]{1,200}@/uy;
const hostPart = /\[[\da-f:.]{2,45}\]|(?:[\p{L}\p{N}\p{M}_-]|\.(?=[\p{L}\p{N}_-]))+/iuy;
/** "example.com看": such a mixture is no name of a top-level domain, so the sentence goes on there. */
const mixedEnd = new RegExp(`^([a-z0-9-]+)(?=[${unspaced}])`, "iu");

function webAddress(text: string, start: number, from: number, end: number, stops: Stops): Found | null {
  const userEnd = endOf(userPart, text, from);
  let hostEnd = endOf(hostPart, text, userEnd);
  if (hostEnd === userEnd) return null;
  const lastLabel = userEnd + text.slice(userEnd, hostEnd).lastIndexOf(".") + 1;
  const mixed = mixedEnd.exec(text.slice(lastLabel, hostEnd))?.[1];
  if (mixed) hostEnd = lastLabel + mixed.length;
  while (hostEnd > userEnd && /[_-]/.test(text[hostEnd - 1] ?? "")) hostEnd -= 1;
  const to = Math.min(tailEnd(text, hostEnd, end, stops), end);
  const url = text.slice(start, to);
  return hostEnd > userEnd && URL.canParse(url) ? { start, end: to, url } : null;
}

/** Without a scheme: `www.`, or a top-level domain that is common and no ending of files. */
function bareAddress(text: string, { at, wordEnd, end, before }: Word, stops: Stops): Found | null {
  if (!text.slice(at, wordEnd).includes(".") || (before !== undefined && /[/\\@#$%&._=-]/.test(before))) return null;
  let hostEnd = wordEnd;
  while (hostEnd > at && /[._-]/.test(text[hostEnd - 1] ?? "")) hostEnd -= 1;
  const host = text.slice(at, hostEnd);
  const labels = host.length <= 253 ? host.split(".") : [];
  const top = labels.at(-1) ?? "";
  const isWww = labels.length > 2 && labels[0]?.toLowerCase() === "www" && topLetters.test(top);
  if (labels.length < 2 || !(isWww || isCommonDomain(top)) || !labels.every((one) => label.test(one))) return null;
  const next = text[hostEnd];
  if (hostEnd < end && (next === "(" || next === "@" || next === "\\")) return null;
  const to = hostEnd === wordEnd ? Math.min(tailEnd(text, hostEnd, end, stops), end) : hostEnd;
  const url = `http://${text.slice(at, to)}`;
  return URL.canParse(url) ? { start: at, end: to, url } : null;
}

function mailAddress(text: string, { at, wordEnd, end, before }: Word): Found | null {
  const box = text.slice(at, wordEnd);
  if (box === "" || box.length > 64 || box.endsWith(".") || box.includes("..") || text[wordEnd] !== "@") return null;
  if (before === "@" || before === "/") return null;
  let hostEnd = Math.min(endOf(mailHost, text, wordEnd + 1), end);
  if (text[hostEnd] === "@") return null;
  while (hostEnd > wordEnd + 1 && /[.-]/.test(text[hostEnd - 1] ?? "")) hostEnd -= 1;
  const host = text.slice(wordEnd + 1, hostEnd);
  const labels = host.length <= 253 ? host.split(".") : [];
  if (labels.length < 2 || !topLetters.test(labels.at(-1) ?? "") || !labels.every((one) => label.test(one)))
    return null;
  return { start: at, end: hostEnd, url: `mailto:${text.slice(at, hostEnd)}` };
}

const port = /:\d{1,5}(?![\d])/y;
/** What a path holds without a doubt. Joiners are letters' business; other format characters turn the line around. */
const pathPart =
  /(?:[^\s\p{Cc}\p{Cf}\p{Cs}\p{Z}<>"`\\*_~|()[\]{}\u2018-\u201f\u2026\u3001-\u3003\u3008-\u3011\u3014-\u301f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]|[\u200c\u200d])+/uy;
const closes: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };
/** What ends a sentence ends the address before it. */
const sentenceEnd = /[.,:;!?'([{\u200c\u200d]/;

/** Where the port, the path, the query and the fragment behind a host end. Brackets are part of it in pairs. */
function tailEnd(text: string, hostEnd: number, end: number, stops: Stops): number {
  const portEnd = endOf(port, text, hostEnd);
  if (portEnd >= end || !/[/?#]/.test(text[portEnd] ?? "")) return portEnd;
  const brackets: string[] = [];
  let at = portEnd;
  while (at < end) {
    const next = endOf(pathPart, text, at);
    const unit = text[next] ?? "";
    at = next;
    if (at >= end) break;
    if (/[*_~|]/.test(unit)) {
      let to = at + 1;
      while (to < end && text[to] === unit) to += 1;
      if (stops(text.slice(at, to), neighbourAfter(text, to, end))) break;
      at = to;
    } else if (Object.hasOwn(closes, unit)) {
      brackets.push(closes[unit] ?? "");
      at += 1;
    } else if (unit !== "" && unit === brackets.at(-1)) {
      brackets.pop();
      at += 1;
    } else break;
  }
  at = Math.min(at, end);
  while (at > portEnd && sentenceEnd.test(neighbourBefore(text, at, portEnd) ?? "")) at -= 1;
  return at;
}
