import type { Envelope } from "#contracts/bus.ts";
import { limits } from "#contracts/limits.ts";

/**
 * Packs envelopes in order into payloads of at most `limits.notifyBytes` bytes, which is what NOTIFY counts. An envelope
 * that is too large alone travels without its event.
 */
export function packPayloads(envelopes: readonly Envelope[]): string[] {
  const payloads: string[] = [];
  let open = "";
  let size = 0;
  for (const envelope of envelopes) {
    const text = encodeEnvelope(envelope);
    const bytes = Buffer.byteLength(text);
    if (open !== "" && size + bytes + 1 > limits.notifyBytes - 2) {
      payloads.push(`[${open}]`);
      open = "";
      size = 0;
    }
    open += open === "" ? text : `,${text}`;
    size += bytes + 1;
  }
  if (open !== "") payloads.push(`[${open}]`);
  return payloads;
}

function encodeEnvelope(envelope: Envelope): string {
  const whole = JSON.stringify(envelope);
  if (Buffer.byteLength(whole) <= limits.notifyBytes - 2) return whole;
  return JSON.stringify({ ...envelope, event: undefined });
}
