/**
 * Next calls this once per process, before it answers. A wrong or missing setting ends the process here, with a sentence,
 * instead of failing each call.
 */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { watchRequests } = await import("#server/auth/watch-requests.ts");
  watchRequests();
}
