import { hostname } from "node:os";
import type { Command } from "#examples/cli/command.ts";
import { explain } from "#examples/cli/failure.ts";
import { askPassword } from "#examples/cli/password.ts";
import { forgetToken, keepToken } from "#examples/cli/session-file.ts";

export const signIn: Command = async ({ url, signal, connect }, [login = ""]) => {
  const password = await askPassword(login, signal);
  const answer = await connect().accounts.signIn.mutate({ login, password, label: `cli on ${hostname()}` });
  await keepToken(url, login, answer.token);
  console.log(`Signed in as ${answer.person.displayName} (${answer.person.handle}).`);
};

/** The server forgets the token first: a token that is only deleted here would still open the door. */
export const signOut: Command = async ({ url, enter }) => {
  const api = await enter();
  await api.accounts.signOut.mutate().catch((error: unknown) => {
    if (explain(error)?.reason !== "unauthenticated") throw error;
  });
  await forgetToken(url);
  console.log("Signed out.");
};
