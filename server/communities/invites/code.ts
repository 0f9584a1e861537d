import { createHash, randomBytes } from "node:crypto";

/** 128 bits: a link is a bearer secret. */
export const newCode = (): string => randomBytes(16).toString("base64url");

/** What is stored of it. */
export const hashOfCode = (code: string): Uint8Array => new Uint8Array(createHash("sha256").update(code).digest());
