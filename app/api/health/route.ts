/** Liveness: this process answers. It does not check the database or the worker. */
export function GET(): Response {
  return Response.json({ ok: true }, { headers: { "cache-control": "no-store" } });
}
