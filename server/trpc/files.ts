import { variants } from "#contracts/media.ts";
import { isUuid } from "#contracts/text.ts";
import { fileAddress, mediaBaseFor } from "#server/media/address.ts";
import { Refusal } from "#server/refusal.ts";
import { createContext } from "#server/trpc/context.ts";
import { nameError } from "#server/trpc/name-error.ts";
import { callerOf } from "#server/trpc/origin.ts";

/** Shorter than the lifetime of the target address, so that a cached redirect still works. */
const keptSeconds = 600;

/**
 * `/api/media/<fileId>/<variant>`: redirects to where the bytes are when the viewer may see the file, and answers 404
 * to everyone else. The address in the page never changes, so the browser keeps what it has. `?download`: under its own
 * name.
 */
export async function handleFile(request: Request, { fileId, variant }: { fileId: string; variant: string }) {
  const known = variants.find((one) => one === variant);
  // A picture in a page of another origin comes without our cookie, whatever the browser sends along.
  const context = createContext(request.headers, callerOf(request.headers) === "own");
  if (!known || !isUuid(fileId)) return nothing();
  try {
    const me = await context.findMe();
    if (!me) return nothing();
    const download = new URL(request.url).searchParams.has("download");
    const { url } = await fileAddress(me, { fileId, variant: known, download }, mediaBaseFor(request.headers));
    const headers = {
      location: url,
      "cache-control": `private, max-age=${download ? 0 : keptSeconds}`,
      vary: "cookie",
    };
    return new Response(null, { status: 302, headers });
  } catch (error) {
    if (error instanceof Refusal) return nothing();
    const { requestId } = context;
    const { reason } = nameError(error, { path: "media", requestId });
    const headers = { "cache-control": "private, no-store" };
    return Response.json({ reason, requestId }, { status: reason === "unavailable" ? 503 : 500, headers });
  }
}

const nothing = () => new Response(null, { status: 404, headers: { "cache-control": "private, no-store" } });
