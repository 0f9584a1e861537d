import type { Self } from "#contracts/accounts.ts";
import { foldTyped } from "#contracts/typed.ts";
import { Refusal } from "#server/refusal.ts";

/** Loaded with the first password that is chosen: 49,000 words, the commonest of leaked lists. */
let common: Promise<Set<string>> | undefined;

async function loadCommon(): Promise<Set<string>> {
  const { dictionary } = await import("@zxcvbn-ts/language-common");
  return new Set(dictionary["passwords-common"]);
}

const fold = (text: string) => foldTyped(text).toLowerCase();

/** Refuses `password_weak` for what guessing begins with: a common password, or what the account says of itself. */
export async function checkStrength(
  password: string,
  account: Pick<Self, "handle" | "displayName" | "mobile" | "email">,
): Promise<void> {
  common ??= loadCommon();
  const folded = fold(password);
  const own = [account.handle, account.displayName, account.mobile ?? "", account.email ?? ""].map(fold);
  if (own.includes(folded.replace(/^@/, "")) || (await common).has(folded)) throw new Refusal("password_weak");
}
