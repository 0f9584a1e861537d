import type { Self, SignUpInput } from "#contracts/accounts.ts";
import { hashPassword } from "#server/accounts/password.ts";
import { insertPerson, takenReason } from "#server/accounts/store.ts";
import { toSelf } from "#server/accounts/view.ts";
import { rates, spend } from "#server/rate.ts";

/**
 * Makes an account; the IM number comes from the sequence. Refuses `handle_taken`, `mobile_taken`, `email_taken`,
 * `too_fast`. Does not sign in.
 */
export async function signUp(address: string, input: SignUpInput): Promise<Self> {
  await spend(`sign-up:${address}`, rates.signUpPerAddress);
  try {
    const row = await insertPerson({
      handle: input.handle,
      displayName: input.displayName,
      passwordHash: await hashPassword(input.password),
      mobile: input.mobile ?? null,
      email: input.email ?? null,
    });
    return toSelf(row);
  } catch (error) {
    throw takenReason(error) ?? error;
  }
}
