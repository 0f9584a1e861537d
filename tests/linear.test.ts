import fc from "fast-check";
import { expect, test } from "vitest";
import { nextAddress } from "#client/accounts/next-address.ts";
import { mentionAt, mentionsIn, movePicks, suggest } from "#client/messages/mentions.ts";
import { readDegrees } from "#components/map/read-degrees.ts";
import { email, handle, mobile, password, signInInput } from "#contracts/accounts.ts";
import { isCacheChannel, isChannelName, isSocketId, kindOf } from "#contracts/channels.ts";
import { isFewEmoji } from "#contracts/emoji.ts";
import { shorten } from "#contracts/graphemes.ts";
import { isBlank } from "#contracts/invisible.ts";
import { addressesOf, parseMarkup, plainOf } from "#contracts/markup.ts";
import { beginInput } from "#contracts/media.ts";
import { previewOf, sendable } from "#contracts/messages/kinds/index.ts";
import { webAddress } from "#contracts/messages/parts.ts";
import { excerptOf } from "#contracts/search/excerpt.ts";
import { fold } from "#contracts/search/fold.ts";
import { termsOf } from "#contracts/search/terms.ts";
import { tokensOf, tokensOfTerms } from "#contracts/search/tokens.ts";
import { packInfo } from "#contracts/stickers.ts";
import { bodyText, nameLine, optionalLine, optionalText, trimMessage } from "#contracts/text.ts";
import { decodePage, readPage } from "#jobs/previews/page.ts";
import { dispositionOf } from "#server/media/serving.ts";

const people = Array.from({ length: 500 }, (_, at) => ({ id: String(at), name: `a${at}`, handle: `a${at}` }));
const picks = Array.from({ length: 50 }, (_, at) => ({ personId: "1", start: at * 3, length: 2 }));

/** Everything that reads what a stranger wrote: a text in, anything out. */
const scanners: Record<string, (text: string) => unknown> = {
  markup: (text) => {
    const blocks = parseMarkup(text);
    return [plainOf(blocks), addressesOf(blocks)];
  },
  "markup with names in it": (text) =>
    parseMarkup(text, { atoms: picks.map(({ start }) => ({ start, end: start + 2, atom: 1 })) }),
  "a preview": (text) => previewOf({ kind: "text", text }),
  "a preview of another kind": (text) => previewOf({ kind: "file", file, name: text, caption: text }),
  "a text to search in": (text) => tokensOf(fold(text).text),
  "a text to search for": (text) => tokensOfTerms(termsOf(text)),
  "an excerpt": (text) => excerptOf(text, ["a", "会会"]),
  "a shortened line": (text) => shorten(text, 140),
  "a message": (text) => sendable.safeParse({ kind: "text", text }),
  "a link": (text) => sendable.safeParse({ kind: "link", text, url: text }),
  news: (text) => sendable.safeParse({ kind: "news", title: text, description: text, url: text, picture: null }),
  "a custom kind": (text) => sendable.safeParse({ kind: "custom", type: text, payload: [text], text }),
  "an address": (text) => [webAddress.safeParse(text), webAddress.safeParse(`https://${text}`)],
  "the next address": (text) => [nextAddress(text), nextAddress(`/${text}`)],
  "mentions typed": (text) => mentionsIn(text, people),
  "mentions picked": (text) => movePicks(picks, text, `${text}x`),
  "a mention at the caret": (text) => mentionAt(text, text.length),
  "people suggested": (text) => suggest(people, text),
  "a name": (text) => nameLine(40).safeParse(text),
  "a line": (text) => optionalLine(40).safeParse(text),
  "several lines": (text) => optionalText(400).safeParse(text),
  "a body": (text) => bodyText(10_000).safeParse(text),
  "a trimmed message": trimMessage,
  "a blank text": isBlank,
  "a handle": (text) => handle.safeParse(text),
  "a mobile number": (text) => mobile.safeParse(text),
  "an e-mail address": (text) => email.safeParse(text),
  "a password": (text) => password.safeParse(text),
  "a sign-in": (text) => signInInput.safeParse({ login: text, password: text, label: text }),
  "a file's name": (text) => beginInput.safeParse({ name: text }),
  "a download's name": (text) => dispositionOf({ type: "x", name: text.replace(/\p{Cs}/gu, "?") }),
  "a sticker pack": (text) =>
    packInfo.safeParse({ id: text, size: "small", icon: `${text}.png`, assets: [`${text}.gif`, text] }),
  "a page": (text) => readPage(text, "https://a.example"),
  "a page's head": (text) =>
    readPage(`<title>${text}</title><meta name="description" content="${text}">`, "https://a.example"),
  "a page's encoding": (text) => decodePage(Buffer.from(text), ""),
  "a channel's name": (text) => [kindOf(text), isChannelName(text), isCacheChannel(text), isSocketId(text)],
  "an emoji": isFewEmoji,
  degrees: readDegrees,
};
const file = { fileId: "00000000-0000-7000-8000-000000000000", type: "x/y", bytes: 1 };

/** What makes scanners look twice: openings without ends, ends without openings, and runs of what may be either. */
const pieces = [
  ..."*_~|`\\ \n\t.,:;@#/?&=+-%'\"()[]{}<>a1é字ก",
  ..."\u00a0\u0301\u200d\u202e😀🇩",
  "**", "***", "~~", "||", "```", "```a\n", "\n```", "> ", "\n> ", "a*", "*a", " *a", "a* ", " **a", "||a", "(*",
  "http://", "https://a", "http://a.", "http://[", "http://a@", "http://a/(", "www.", "a.com", ".com", "a@", "@a", "@a1",
  "mailto:", "a_", "_a", "a-", "xn--", "`a", "``", "\\*", "\\`", "<meta", "<meta charset", "<title", "<a b", "&#", "<!--",
  ".png", "\ud800", "presence-", "private-", "1.", "+1", "31.2",
]; // biome-ignore format: a table
const repeated = (unit: string, length: number) => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);

/** Of this process, so that what else the machine does is not counted. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** Milliseconds of the quickest of several runs over each text, in turn: warming up and collecting garbage only add. */
function quickest(scan: (text: string) => unknown, texts: readonly string[], runs: number): number[] {
  const best = texts.map(() => Number.POSITIVE_INFINITY);
  for (let run = 0; run < runs; run += 1) {
    for (const [at, text] of texts.entries()) {
      const began = cpuMs();
      scan(text);
      best[at] = Math.min(best[at] ?? 0, cpuMs() - began);
    }
  }
  return best;
}

const rows = JSON.stringify(Array.from({ length: 9_000 }, (_, at) => ({ at, text: `a${at}` })));

/**
 * How much slower than a quick machine this one is now, by two walks of known cost: 3 ms each there. A core that is
 * shared with others answers differently from minute to minute, and what makes many objects suffers more than what
 * counts.
 */
function slowness(): number {
  const [walk = 0] = quickest((text) => text.replace(/[^a]/g, "b"), [repeated("ab", 100_000)], 5);
  const [objects = 0] = quickest((text) => JSON.parse(text), [rows], 5);
  return Math.max(1, walk / 3, objects / 3);
}

const length = 10_000;
const mostMs = 5;

/** Null when a text of this shape is read in time that grows with its length, else what was measured. */
function findSlow(scan: (text: string) => unknown, shape: (length: number) => string): string | null {
  const texts = [shape(length), shape(2 * length), shape(4 * length)];
  let said = "";
  // A measurement that something else disturbed is made again; a scanner that is slow stays slow.
  for (const runs of [1, 2, 4, 8, 16, 32]) {
    const [once = 0, twice = 0, fourTimes = 0] = quickest(scan, texts, runs);
    // Below this the clock and the collector of garbage say more than the scanner.
    // Where noise met one of the lengths, the next one decides: what is not linear takes sixteen times as long there. A text
    // that is cut at another place may be another thing, code without an end or words: then the last step decides.
    const isLinear = twice <= 2.5 * once || fourTimes <= 2.5 * 2.5 * once || fourTimes <= 2.5 * twice || twice < 1;
    if (isLinear && (once <= mostMs || once <= mostMs * slowness())) return null;
    said = `${once.toFixed(2)} ms, twice as long ${twice.toFixed(2)} ms`;
    // No neighbour on the machine does that; asking on would take minutes.
    if (once > 100 * mostMs) break;
  }
  return said;
}

test.each(Object.entries(scanners))(
  "%s is read in time that grows with its length",
  (_, scan) => {
    const slow: string[] = [];
    const ask = (unit: string, before = "", after = "") => {
      const measured = findSlow(scan, (most) => before + repeated(unit, most - before.length - after.length) + after);
      if (measured) slow.push(`${JSON.stringify([before, unit, after])}: ${measured}`);
      return measured === null;
    };
    for (const piece of pieces) ask(piece);
    for (const piece of pieces) ask(piece, "a", "!");
    expect(slow).toEqual([]);
    const some = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 4 }).map((parts) => parts.join(""));
    const edge = fc.constantFrom("", ...pieces);
    fc.assert(fc.property(some, edge, edge, ask), { numRuns: 40, endOnFailure: true });
  },
  60_000,
);
