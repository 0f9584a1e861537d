import { describe, expect, test } from "vitest";
import { hmac, isEqual, isSigned, isSignedByKey, readToken, writeToken } from "#server/realtime/hmac.ts";

// The environment is read once, at the first use.
const previous = { realtime: "r".repeat(32), media: "m".repeat(32) };
Object.assign(process.env, { REALTIME_SECRET_PREVIOUS: previous.realtime, MEDIA_SECRET_PREVIOUS: previous.media });
const { env } = await import("#server/env.ts");
const { makeTicket, readTicket } = await import("#server/realtime/ticket.ts");
const { readSigned, signedAddress } = await import("#server/media/signature.ts");

const me = { personId: "0199-ann", sessionId: "0199-phone" };
const start = Date.parse("2026-01-01T00:00:00.000Z");

describe("a signature", () => {
  // RFC 4231, test case 2.
  const [secret, text] = ["Jefe", "what do ya want for nothing?"];

  test("is HMAC-SHA256, in hexadecimal digits or base64url", () => {
    expect(hmac(secret, text)).toBe("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    expect(hmac(secret, text, "base64url")).toBe("W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM");
  });

  test("is compared whole", () => {
    expect(isEqual("abc", "abc")).toBe(true);
    for (const other of ["", "ab", "abd", "abcd", "ABC"]) expect(isEqual("abc", other)).toBe(false);
  });

  test("is valid with the current secret and with the previous one", () => {
    expect(isSigned([secret, undefined], text, hmac(secret, text))).toBe(true);
    expect(isSigned(["new", secret], text, hmac(secret, text))).toBe(true);
    expect(isSigned(["new", undefined], text, hmac(secret, text))).toBe(false);
    expect(isSigned(["new", undefined], text, "")).toBe(false);
    expect(isSigned([secret, undefined], text, hmac(secret, text), "base64url")).toBe(false);
  });

  test("of the Pusher protocol names the key", () => {
    const signature = hmac(secret, text);
    expect(isSignedByKey("key", [secret, undefined], text, `key:${signature}`)).toBe(true);
    for (const auth of [signature, `other:${signature}`, `key${signature}`, `key:${signature}0`, "key:", ""]) {
      expect(isSignedByKey("key", [secret, undefined], text, auth)).toBe(false);
    }
  });
});

describe("a token", () => {
  const token = writeToken("secret", "lunch", { table: 7 });

  test("holds what was signed", () => {
    expect(token).toMatch(/^eyJ0YWJsZSI6N30\.[0-9a-f]{64}$/);
    expect(readToken(["secret", undefined], "lunch", token)).toEqual({ table: 7 });
  });

  test("is nothing when it was changed, or is for another purpose", () => {
    const [body = "", signature = ""] = token.split(".");
    const other = Buffer.from('{"table":8}').toString("base64url");
    for (const forged of [
      `${other}.${signature}`,
      `${body}.${hmac("secret", body)}`,
      `${body}.${signature}.`,
      `${body}.`,
      body,
      "",
    ]) {
      expect(readToken(["secret", undefined], "lunch", forged)).toBe(null);
    }
    expect(readToken(["secret", undefined], "dinner", token)).toBe(null);
    expect(readToken(["other", undefined], "lunch", token)).toBe(null);
  });
});

describe("a ticket", () => {
  test("names the person and the session until it expires", () => {
    const { ticket, expiresAt } = makeTicket(me, start);
    expect(expiresAt.toISOString()).toBe("2026-01-01T00:05:00.000Z");
    expect(readTicket(ticket, start + 299_999)).toEqual(me);
    expect(readTicket(ticket, start + 300_000)).toBe(null);
  });

  test("is valid with the previous secret, and signed with the current one", () => {
    const claims = { ...me, exp: start + 1_000 };
    expect(readTicket(writeToken(previous.realtime, "imchat-signin", claims), start)).toEqual(me);
    expect(readTicket(writeToken(env().realtimeSecret, "imchat-device", claims), start)).toBe(null);
    const { ticket } = makeTicket(me, start);
    expect(readToken([env().realtimeSecret, undefined], "imchat-signin", ticket)).toEqual({
      ...me,
      exp: start + 300_000,
    });
  });
});

describe("a signed address", () => {
  const expires = new Date(start + 60_000);
  const searchOf = (url: string) => new URL(url).search;
  const search = searchOf(signedAddress("http://media", "GET", "/files/1", { type: "a b" }, expires));

  test("says what was signed until it expires", () => {
    const read = readSigned("GET", "/files/1", search, start);
    expect(read?.parameters.get("type")).toBe("a b");
    expect(read?.expires.toISOString()).toBe("2026-01-01T00:01:00.000Z");
    expect(readSigned("GET", "/files/1", search, start + 60_000)).toBe(null);
    expect(readSigned("PUT", "/files/1", search, start)).toBe(null);
    expect(readSigned("GET", "/files/2", search, start)).toBe(null);
  });

  test("is valid with the previous secret", () => {
    const said = `exp=${expires.getTime() / 1_000}`;
    const signature = hmac(previous.media, `GET /files/1?${said}`, "base64url");
    expect(readSigned("GET", "/files/1", `?${said}&sig=${signature}`, start)).not.toBe(null);
    expect(
      readSigned("GET", "/files/1", `?${said}&sig=${hmac("guessed", `GET /files/1?${said}`, "base64url")}`, start),
    ).toBe(null);
  });
});
