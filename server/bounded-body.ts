/** What a request's body is read as: its bytes, or too large. */
export type BoundedBody = { bytes: Uint8Array<ArrayBuffer> } | "too_large";

/**
 * Reads the body of `request`, `maxBytes` at most. The bytes are counted as they come: a chunked body announces no
 * length, and an announced one is the client's word. What is too large is not read further.
 */
export async function readBoundedBody(request: Request, maxBytes: number): Promise<BoundedBody> {
  const announced = Number(request.headers.get("content-length") ?? 0);
  if (announced > maxBytes) return "too_large";
  // HTTP itself holds a client to a length that it announced.
  if (announced > 0) return { bytes: new Uint8Array(await request.arrayBuffer()) };
  const reader = request.body?.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > maxBytes) {
      // Not awaited: a stream may end only after all that its client wants to send.
      void reader.cancel().catch(() => {});
      return "too_large";
    }
    chunks.push(value);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return { bytes };
}
