import { headers } from "next/headers";
import { createContext } from "#server/trpc/context.ts";
import { createCallerFactory } from "#server/trpc/init.ts";
import { appRouter } from "#server/trpc/root.ts";

const createCaller = createCallerFactory(appRouter);

/** The router for server components, with the session of the page's viewer. */
export async function serverCaller() {
  return createCaller(createContext(new Headers(await headers()), true));
}
