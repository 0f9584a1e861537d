/** Next calls this once per process, before it answers. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startWeb } = await import("#server/auth/start-web.ts");
  startWeb();
}
