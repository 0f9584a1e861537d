import { busChannel, type Envelope } from "#contracts/bus.ts";
import { limits } from "#contracts/limits.ts";
import type { Tx } from "#server/db/sql.ts";

/**
 * Tells every worker, inside the transaction that made the change: the notification leaves at commit, in commit
 * order, or not at all. The only caller of `pg_notify`. Envelopes are packed in order into payloads of at most
 * `limits.notifyBytes`; an envelope that is too large alone travels as a reference (without its event).
 */
export async function tell(tx: Tx, envelopes: readonly Envelope[]): Promise<void> {
  const payloads = packPayloads(envelopes);
  if (payloads.length === 0) return;
  await tx`select pg_notify(${busChannel}, payload) from unnest(${payloads}::text[]) with ordinality as p(payload, n) order by n`;
}

/** Bytes, not characters, because NOTIFY counts bytes. */
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
