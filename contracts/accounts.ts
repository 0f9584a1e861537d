import * as z from "zod/mini";
import { limits } from "#contracts/limits.ts";
import { gender, person } from "#contracts/people.ts";
import { count, id, isClean, nameLine, optionalLine, time } from "#contracts/text.ts";

const lowered = z.transform((text: string) => text.trim().toLowerCase());
const emptyIsNull = z.transform((text: string) => (text.trim() === "" ? null : text.trim()));

/** A letter first, then letters, digits and underscores; capitals are folded. */
export const handle = z.pipe(
  z.pipe(z.string(), lowered),
  z.string().check(z.regex(/^[a-z][a-z0-9_]{2,31}$/, { error: "handle_malformed" })),
);
/** E.164. Spaces, dashes and brackets are dropped before the check. */
export const mobile = z.pipe(
  z.pipe(
    z.string(),
    z.transform((text: string) => text.replace(/[\s().-]/g, "")),
  ),
  z.string().check(z.regex(/^\+[1-9][0-9]{6,14}$/, { error: "mobile_malformed" })),
);
/** One plain address: no names, lists, quotes or comments. */
export const email = z.pipe(
  z.pipe(z.string(), lowered),
  z.string().check(z.maxLength(limits.email.max, { error: "email_malformed" }), z.email({ error: "email_malformed" })),
);
export const password = z
  .string()
  .check(
    z.minLength(limits.password.min, { error: "password_too_short" }),
    z.maxLength(limits.password.max, { error: "password_too_long" }),
    z.refine(isClean, { error: "text_unclean" }),
  );
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
  login: z.string().check(z.minLength(1, { error: "text_empty" }), z.maxLength(300, { error: "credentials_wrong" })),
  password: z.string().check(z.maxLength(limits.password.max, { error: "credentials_wrong" })),
  /** Shown in the list of sessions: the program's or the device's name. */
  label: z.optional(optionalLine(120)),
});
export type SignInInput = z.infer<typeof signInInput>;

/** What I see of myself. */
export const self = z.extend(person, {
  mobile: z.nullable(z.string()),
  email: z.nullable(z.string()),
  findableByMobile: z.boolean(),
  acceptAutomatically: z.boolean(),
  rev: count,
});
export type Self = z.infer<typeof self>;

export const bearer = z.object({
  /** `imc_…`; shown once, stored as a hash. */
  token: z.string(),
  sessionId: id,
  expiresAt: time,
  person: self,
});

export const updateProfileInput = z.object({
  displayName: z.optional(nameLine(limits.displayName.max)),
  gender: z.optional(gender),
  memo: z.optional(optionalLine(limits.memo.max)),
  avatarSeed: z.optional(z.int().check(z.nonnegative(), z.maximum(1_000_000))),
  /** A file of mine, uploaded as `avatar`; null for the generated face. */
  avatarId: z.optional(z.nullable(id)),
  mobile: optionalMobile,
  email: optionalEmail,
  findableByMobile: z.optional(z.boolean()),
  acceptAutomatically: z.optional(z.boolean()),
});
export type UpdateProfileInput = z.infer<typeof updateProfileInput>;

export const changePasswordInput = z.object({
  current: z.string().check(z.maxLength(limits.password.max, { error: "credentials_wrong" })),
  next: password,
});

export const sessionItem = z.object({
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
