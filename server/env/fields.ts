/** How the text of one environment variable is read, and what is said when it cannot be. */
import { isIP } from "node:net";
import * as z from "zod/mini";

export const digits = (what: string) => z.string().check(z.regex(/^\d+$/, `must be ${what}`));

const whole = (least: number, most: number, what: string) =>
  z.pipe(
    digits(what),
    z.pipe(
      z.transform(Number),
      z.number().check(z.minimum(least, `must be ${what}`), z.maximum(most, `must be ${what}`)),
    ),
  );
export const number = (fallback: number, least: number, most: number, what: string) =>
  z._default(whole(least, most, what), fallback);
const bytes = whole(0, Number.MAX_SAFE_INTEGER, "a whole number of bytes");
export const byteCount = (fallback: number) => z._default(bytes, fallback);
export const optionalByteCount = z.optional(bytes);
export const port = (fallback: number) => number(fallback, 0, 65_535, "a port number");

export const text = (fallback: string) => z._default(z.string(), fallback);
export const optionalText = z.optional(z.string());

export const address = (what: string, protocols: string[]) =>
  z
    .string(`is missing; it must be ${what}`)
    .check(z.refine((text) => isAddress(text) && protocols.includes(new URL(text).protocol), `must be ${what}`));
/** With two slashes and without spaces: "https:chat.example.com" parses, and leads elsewhere. */
const isAddress = (text: string) => /^[a-z]+:\/\/[^\s\p{Cc}\\]+$/iu.test(text) && URL.canParse(text);

export const databaseUrl = address(
  "the address of a Postgres database, postgresql://user:password@host:port/database",
  ["postgresql:", "postgres:"],
);
export const webAddress = (example: string) => z.optional(address(example, ["https:", "http:"]));

export const ipAddress = z.optional(
  z.string().check(z.refine((text) => isIP(text) !== 0, "must be an IP address, like 127.0.0.1 or ::")),
);

/** As long as 32 random hexadecimal digits, which is where guessing ends. */
export const secret = (least: number) => {
  const advice = `must be at least ${least} characters; "openssl rand -hex 32" makes a good one`;
  return z.string(`is missing; it ${advice}`).check(z.minLength(least, advice));
};

function splitList(text: string): string[] {
  return text
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}

export const list = z._default(z.pipe(z.string(), z.transform(splitList)), []);

/** Exact origins: scheme, host and port, nothing after. "https://a.example/" would never equal what a browser sends. */
export const origins = z._default(
  z.pipe(
    z
      .string()
      .check(
        z.refine(
          (text) => splitList(text).every((origin) => URL.canParse(origin) && new URL(origin).origin === origin),
          "must be origins with commas between them, like https://chat.example.com,http://localhost:5173",
        ),
      ),
    z.transform(splitList),
  ),
  [],
);
