import type { Self, SignUpInput } from "#contracts/accounts.ts";
import { hashPassword } from "#server/accounts/password.ts";
import { insertPerson, isHandleTaken } from "#server/accounts/store.ts";
import { toSelf } from "#server/accounts/view.ts";
import { checkStrength } from "#server/accounts/weak-passwords.ts";
import { consumeRateLimit, rates } from "#server/rate.ts";
import { Refusal } from "#server/refusal.ts";

/**
 * Makes an account; the IM number comes from the sequence. Refuses `handle_taken`, `password_weak`, `rate_limited`. A
 * mobile number or an e-mail address that others have too is no obstacle, so nothing is learned about them. Does not
 * sign in.
 */
export async function signUp(address: string, input: SignUpInput): Promise<Self> {
  await consumeRateLimit(`sign-up:${address}`, rates.signUpPerAddress);
  const { mobile = null, email = null, ...account } = input;
  await checkStrength(input.password, { ...account, mobile, email });
  try {
    const row = await insertPerson({
      handle: input.handle,
      displayName: input.displayName,
      passwordHash: await hashPassword(address, input.password),
      mobile,
      email,
    });
    return toSelf(row);
  } catch (error) {
    throw isHandleTaken(error) ? new Refusal("handle_taken") : error;
  }
}
