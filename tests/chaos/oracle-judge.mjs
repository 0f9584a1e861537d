/** The verdict over one run: tables first, then the driver, then each device, then calls without an answer. */
import { judgeChanges } from "./oracle-changes.mjs";
import { scanDevice } from "./oracle-device.mjs";
import { readDriver } from "./oracle-driver.mjs";
import { ReceiptsJudge } from "./oracle-receipts.mjs";
import { readTables } from "./oracle-tables.mjs";
import { digestOf } from "./oracle-text.mjs";

/** What is wrong, counted by kind, with a few examples of each. */
class Book {
  violations = {};
  samples = [];
  counts = {};

  wrong(kind, about) {
    this.violations[kind] = (this.violations[kind] ?? 0) + 1;
    if (this.violations[kind] <= 3) this.samples.push(`${kind}: ${about}`);
  }

  count(name, by = 1) {
    this.counts[name] = (this.counts[name] ?? 0) + by;
  }
}

export async function judge({ tables, driver, devices, demands }) {
  const book = new Book();
  const world = await readTables(tables(), book);
  const receipts = new ReceiptsJudge(world, book);
  const seen = await readDriver(driver(), world, book, receipts);
  /** What was sent and never acknowledged, by `conversation sender client`. */
  const open = new Map();
  /** Changes of messages that were asked for, by `conversation seq person emoji`. */
  const changes = new Map();
  /** Recalled texts in answers: { recalled, since, where }. */
  const sightings = [];
  for (const lines of devices) {
    book.count("devices");
    await scanDevice(lines(), { world, seen, book, open, changes, sightings, receipts });
  }
  receipts.finish();
  judgeChanges({ world, book, changes, seen: sightings });
  await explainRest(tables(), { world, book, open });
  for (const [name, least] of Object.entries(demands)) {
    const found = book.counts[name] ?? 0;
    if (found < least) book.wrong("too few", `${name}: ${found} of at least ${least}`);
  }
  const { violations, samples, counts } = book;
  return { violations, samples, counts, recovery: seen.recovery };
}

/** Each stored message was acknowledged, or comes from an attempt without an answer. */
async function explainRest(tables, { world, book, open }) {
  let place;
  for await (const batch of tables) {
    for (const row of batch) {
      if (row.is === "conversation") place = world.places.get(row.id);
      if (row.is !== "message" || !place) continue;
      const said = row.earlier[0]?.said ?? row.said;
      if (said.startsWith("notice:") || place.answered[row.seq]) continue;
      const intent = open.get(`${place.id} ${row.sender} ${row.client}`);
      const where = `${place.id} ${row.seq}`;
      if (!intent) book.wrong("stored, but never sent", where);
      else if (
        digestOf(row.seq, row.sender, row.client, intent.text) !== digestOf(row.seq, row.sender, row.client, said)
      )
        book.wrong("stored with another text", where);
      else if (!intent.unanswered && intent.refused) book.wrong("refused, and stored all the same", where);
      else book.count("storedWithoutAnswer");
    }
  }
}
