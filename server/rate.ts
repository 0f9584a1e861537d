import { sql, type Tx } from "#server/db/sql.ts";
import { Refusal } from "#server/refusal.ts";

/** So many at once, and so many per minute for ever after. */
export type Rate = { burst: number; perMinute: number };

export const rates = {
  /** Guessing one account's password: ten tries, then one every 30 s. */
  signInPerLogin: { burst: 10, perMinute: 2 },
  /** The same for a browser or program that signed in before. */
  signInPerDevice: { burst: 10, perMinute: 2 },
  /** One address may be a whole office behind a router. */
  signInPerAddress: { burst: 60, perMinute: 30 },
  signUpPerAddress: { burst: 20, perMinute: 5 },
  /** Looking people up is what an enumerator does; a person does it a few times a day. */
  find: { burst: 20, perMinute: 6 },
  request: { burst: 20, perMinute: 4 },
  community: { burst: 20, perMinute: 6 },
  /** Links made, and friends added: a whole list of friends at once. */
  invite: { burst: 60, perMinute: 20 },
  /** One address may be a whole office behind a router; guessing 128 bits needs no limit, the database does. */
  invitePreview: { burst: 60, perMinute: 60 },
  /** Each preview causes an outbound request. */
  preview: { burst: 30, perMinute: 20 },
  /** New files: a folder of pictures at once, or a sticker pack; then one a second. */
  upload: { burst: 400, perMinute: 60 },
  /** A pack may be 120 rows, which stay when it is removed: messages point to them. */
  pack: { burst: 30, perMinute: 0.1 },
  /** Reactions: a person who taps through a page of messages. */
  edit: { burst: 30, perMinute: 30 },
  /** Calls, each to many conversations; what they send counts as sent besides. */
  forward: { burst: 30, perMinute: 30 },
  /** Scheduled and scheduled anew; how many wait is limited besides. */
  schedule: { burst: 60, perMinute: 30 },
  /** A person who goes through a bad evening's messages. */
  report: { burst: 20, perMinute: 2 },
  reaction: { burst: 60, perMinute: 120 },
  /** Drafts, of all devices: one a second from one that writes without a pause. */
  draft: { burst: 60, perMinute: 120 },
  /** A search after each pause of a hand that types; then one a second. */
  search: { burst: 60, perMinute: 60 },
  /** Each tells all members, with a notice. */
  pin: { burst: 60, perMinute: 20 },
  /** Stars, and messages deleted for oneself: many at once in one call. */
  mark: { burst: 60, perMinute: 120 },
  password: { burst: 5, perMinute: 1 },
  /** A new mobile number or e-mail address: people rarely change theirs. */
  address: { burst: 5, perMinute: 0.2 },
  /** Who sees when I am online: workers read again what all my friends see. */
  presence: { burst: 10, perMinute: 2 },
} satisfies Record<string, Rate>;

/** One call in so many clears away the buckets that are full again; they say nothing any more. */
const sweepOneIn = 500;

/** Blocks of the table that one sweep reads; five hundred new rows take six. */
const sweptBlocks = 32;

/**
 * Deletes full buckets in a part of the table, at a place by chance, so that it takes as long however many there are.
 * Skips locked rows, because waiting for them could deadlock.
 */
export async function sweep(tx: Tx): Promise<void> {
  await tx`
    with part as materialized (
      select greatest(0, floor(random() * (blocks + ${sweptBlocks} - 1)) - ${sweptBlocks} + 1)::bigint as first
      from (select pg_relation_size('rate_limits') / current_setting('block_size')::bigint as blocks) as s
    )
    delete from rate_limits where key = any(array(
      select key from rate_limits
      where ctid >= (select format('(%s,0)', first)::tid from part)
        and ctid < (select format('(%s,0)', first + ${sweptBlocks})::tid from part) and tat < now()
      for update skip locked))
  `;
}

/**
 * Takes one from the bucket `key` and answers 0, or takes nothing and answers the seconds to wait. The generic cell rate
 * algorithm: the row holds the time at which the bucket would be full again, so one upsert both asks and takes.
 */
export async function take(key: string, rate: Rate): Promise<number> {
  const interval = 60 / rate.perMinute;
  const tolerance = interval * (rate.burst - 1);
  const [row] = await sql()<{ allowed: boolean; wait: number }[]>`
    with asked as (
      insert into rate_limits as bucket (key, tat)
      values (${key}, now() + make_interval(secs => ${interval}))
      on conflict (key) do update
        set tat = greatest(bucket.tat, now()) + make_interval(secs => ${interval})
        where bucket.tat <= now() + make_interval(secs => ${tolerance})
      returning true as allowed
    )
    select
      exists (select 1 from asked) as allowed,
      coalesce((
        select extract(epoch from tat - now())::float8 - ${tolerance}::float8 from rate_limits where key = ${key}
      ), 0)::float8 as wait
  `;
  if (Math.random() * sweepOneIn < 1) await sweep(sql());
  return !row || row.allowed ? 0 : Math.max(1, Math.ceil(row.wait));
}

/** Takes one from the bucket `key`, or refuses with `rate_limited` and the seconds to wait (`retryAfter`). */
export async function consumeRateLimit(key: string, rate: Rate): Promise<void> {
  const retryAfter = await take(key, rate);
  if (retryAfter > 0) throw new Refusal("rate_limited", { retryAfter });
}

/** Puts back what was taken from the bucket `key`. */
export async function giveBack(key: string, rate: Rate): Promise<void> {
  await sql()`
    update rate_limits set tat = tat - make_interval(secs => ${60 / rate.perMinute}) where key = ${key}
  `;
}

/** What counts as a guess. Anything else (a queue that is full, a dependency that is away) tells nothing. */
const wrong = new Set(["invalid_credentials", "incorrect_password"]);

/**
 * Counts failures only: each bucket is charged before `work`, so that guesses made at once count too, and gets it back
 * unless `work` refuses with a wrong password. Refuses `rate_limited` when a bucket is empty.
 */
export async function countFailures<T>(buckets: readonly [string, Rate][], work: () => Promise<T>): Promise<T> {
  const taken: [string, Rate][] = [];
  let failed = false;
  try {
    for (const bucket of buckets) {
      await consumeRateLimit(...bucket);
      taken.push(bucket);
    }
    return await work();
  } catch (error) {
    failed = error instanceof Refusal && wrong.has(error.reason);
    throw error;
  } finally {
    if (!failed) for (const bucket of taken) await giveBack(...bucket);
  }
}
