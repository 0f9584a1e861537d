import { maxRpcIdLength, rpcEvents } from "#contracts/rpc.ts";
import { type PlainMessage, readPlainMessage } from "#server/rpc/plain-message.ts";

const callBeginning = `{"event":"${rpcEvents.call}"`;

/** A call of `messages.send` with a plain message; null for every other frame, which the session reads. */
export function readPlainCall(text: string): { id: string; plain: PlainMessage } | null {
  if (!text.startsWith(callBeginning)) return null;
  let frame: { event?: unknown; data?: { id?: unknown; path?: unknown; input?: unknown } | null };
  try {
    frame = JSON.parse(text);
  } catch {
    return null;
  }
  // A key that comes twice counts as JSON.parse has it, here and in the session.
  const { event, data } = frame;
  if (event !== rpcEvents.call || Object.keys(frame).length !== 2 || !data) return null;
  const { id, path, input } = data;
  if (path !== "messages.send" || typeof id !== "string" || id.length < 1 || id.length > maxRpcIdLength) return null;
  const plain = readPlainMessage(input);
  return plain && { id, plain };
}
