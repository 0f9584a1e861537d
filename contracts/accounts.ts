import * as z from "zod/mini";
import { limits } from "#contracts/limits.ts";
import { gender, person } from "#contracts/people.ts";
import { count, countCodePoints, id, isClean, nameLine, optionalLine, positive, time } from "#contracts/text.ts";
import { foldTyped } from "#contracts/typed.ts";

const lowered = z.transform((text: string) => foldTyped(text).toLowerCase());
const emptyIsNull = z.transform((text: string) => (text.trim() === "" ? null : text.trim()));

/** A letter first, then letters, digits and underscores; capitals are folded. */
export const handle = z.pipe(
  z.pipe(z.string(), lowered),
  z.string().check(z.regex(/^[a-z][a-z0-9_]{2,31}$/, { error: "invalid_handle" })),
);
/** An IM number as typed, with or without spaces and dashes. */
export const imNumber = z.pipe(
  z.pipe(
    z.string(),
    z.transform((text: string) => foldTyped(text).replace(/[\s-]/g, "")),
  ),
  z.pipe(z.string().check(z.regex(/^[1-9][0-9]{4,9}$/)), z.pipe(z.transform(Number), positive)),
);
/** E.164. Spaces, dashes and brackets are dropped before the check. */
export const mobile = z.pipe(
  z.pipe(
    z.string(),
    z.transform((text: string) => foldTyped(text).replace(/[\s().-]/g, "")),
  ),
  z.string().check(z.regex(/^\+[1-9][0-9]{6,14}$/, { error: "invalid_mobile" })),
);
/** One plain address: no names, lists, quotes or comments. */
export const email = z.pipe(
  z.pipe(z.string(), lowered),
  z.string().check(z.maxLength(limits.email.max, { error: "invalid_email" }), z.email({ error: "invalid_email" })),
);
/** One form for what one person types on two keyboards: é is one code point or two (NIST SP 800-63B asks for it). */
const composed = z.transform((text: string) => (text.length > limits.password.max * 4 ? text : text.normalize("NFC")));
const atMost = (error: string) =>
  z.refine<string>((text) => countCodePoints(text) <= limits.password.max, { error, abort: true });
export const password = z.pipe(
  z.pipe(z.string(), composed),
  z.string().check(
    z.refine((text) => countCodePoints(text) >= limits.password.min, { error: "password_too_short" }),
    atMost("password_too_long"),
    z.refine(isClean, { error: "invalid_characters" }),
  ),
);
/** A password to compare: one that breaks a rule is wrong, like any other. */
const typedPassword = z.pipe(z.pipe(z.string(), composed), z.string().check(atMost("invalid_credentials")));
const optionalMobile = z.optional(z.nullable(z.pipe(z.pipe(z.string(), emptyIsNull), z.nullable(mobile))));
const optionalEmail = z.optional(z.nullable(z.pipe(z.pipe(z.string(), emptyIsNull), z.nullable(email))));

export const signUpInput = z.object({
  handle,
  password,
  displayName: nameLine(limits.displayName.max),
  mobile: optionalMobile,
  email: optionalEmail,
});
export type SignUpInput = z.infer<typeof signUpInput>;

/** `login` is a handle, an IM number, a mobile number or an e-mail address. */
export const signInInput = z.object({
  login: z.string().check(z.minLength(1, { error: "text_empty" }), z.maxLength(300, { error: "invalid_credentials" })),
  password: typedPassword,
  /** What an earlier answer gave: this program signed in before, and strangers' wrong guesses do not hold it up. */
  device: z.optional(z.string().check(z.maxLength(2_000))),
  /** Shown in the list of sessions: the program's or the device's name. */
  label: z.optional(optionalLine(120)),
});
export type SignInInput = z.infer<typeof signInInput>;

/** Who is told something about me: everyone who has met me, my friends, nobody. */
export const audiences = ["everyone", "friends", "nobody"] as const;
/** How friends may add a person to communities. */
export const additions = ["friends", "ask", "nobody"] as const;
const addition = z.enum(additions);
export type Addition = z.infer<typeof addition>;

export const audience = z.enum(audiences);

/** What I see of myself. */
export const self = z.extend(person, {
  mobile: z.nullable(z.string()),
  /** Verified numbers alone find their owner; nothing in the product verifies one, a deployment may. */
  mobileVerified: z.boolean(),
  email: z.nullable(z.string()),
  findableByMobile: z.boolean(),
  acceptAutomatically: z.boolean(),
  /** Others see what I have received and read, and I see it of them. */
  sharesReceipts: z.boolean(),
  /** Who sees whether I am online and when I was. I see it of those people who see it of me. */
  presenceFor: audience,
  /** How friends may add me to communities: at once, by asking me, or not at all. */
  addedBy: addition,
  rev: count,
});
export type Self = z.infer<typeof self>;

export const bearer = z.object({
  /** `imc_…`; shown once, stored as a hash. */
  token: z.string(),
  sessionId: id,
  expiresAt: time,
  /** Keep it, also after signing out, and send it as `device` when signing in again. */
  device: z.string(),
  person: self,
});

export const updateProfileInput = z.object({
  displayName: z.optional(nameLine(limits.displayName.max)),
  gender: z.optional(gender),
  bio: z.optional(optionalLine(limits.bio.max)),
  avatarSeed: z.optional(z.int().check(z.nonnegative(), z.maximum(1_000_000))),
  /** A file of mine, uploaded as `avatar`; null for the generated face. */
  avatarId: z.optional(z.nullable(id)),
  mobile: optionalMobile,
  email: optionalEmail,
  findableByMobile: z.optional(z.boolean()),
  acceptAutomatically: z.optional(z.boolean()),
  sharesReceipts: z.optional(z.boolean()),
  presenceFor: z.optional(audience),
  addedBy: z.optional(addition),
});
export type UpdateProfileInput = z.infer<typeof updateProfileInput>;

export const changePasswordInput = z.object({
  current: typedPassword,
  next: password,
});

const sessionItem = z.object({
  id,
  kind: z.enum(["cookie", "bearer"]),
  label: z.string(),
  createdAt: time,
  lastUsedAt: time,
  expiresAt: time,
  /** The session that asked. */
  current: z.boolean(),
});
export type SessionItem = z.infer<typeof sessionItem>;
export const sessionList = z.object({ sessions: z.array(sessionItem) });
export const sessionRevokeInput = z.object({ sessionId: id });
export const done = z.object({ done: z.literal(true) });
export const revokedCount = z.object({ revoked: count });
