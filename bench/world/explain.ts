/**
 * The plans of the statements that a database runs, as Postgres ran them: those inside functions and those of foreign keys
 * included. Postgres writes them to its log, so the product's own connections are what is looked at.
 */
import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import type postgres from "postgres";
import type { ExplainedPlan } from "#bench/world/plans.ts";

const settings = {
  session_preload_libraries: "'auto_explain'",
  "auto_explain.log_min_duration": "0",
  "auto_explain.log_analyze": "on",
  "auto_explain.log_buffers": "on",
  "auto_explain.log_timing": "off",
  "auto_explain.log_triggers": "on",
  "auto_explain.log_nested_statements": "on",
  "auto_explain.log_format": "json",
  // A compiled plan is the same plan, and is slow to make.
  jit: "off",
};

/** Sessions of this database that begin after this are explained. */
export async function explainSessions(sql: postgres.Sql): Promise<void> {
  const [row] = await sql<{ name: string }[]>`select current_database() as name`;
  const database = `"${row?.name}"`;
  for (const [name, value] of Object.entries(settings)) {
    await sql.unsafe(`alter database ${database} set ${name} = ${value}`);
  }
}

/** Sessions that begin after this are not explained any more. */
export async function stopExplaining(sql: postgres.Sql): Promise<void> {
  const [row] = await sql<{ name: string }[]>`select current_database() as name`;
  for (const name of Object.keys(settings)) await sql.unsafe(`alter database "${row?.name}" reset ${name}`);
}

const entry = /LOG: {2}duration: [\d.]+ ms {2}plan:\n((?:\t.*\n)+)/g;

export class PlanLog {
  readonly #file: string;
  #at = 0;

  constructor(file: string) {
    this.#file = file;
  }

  /** `take` begins after what was written until now. */
  moveToEnd(): void {
    this.#at = statSync(this.#file).size;
  }

  /** The plans since the last call. */
  take(): ExplainedPlan[] {
    return [...this.#read().matchAll(entry)].map(([, text = ""]): ExplainedPlan => {
      const { "Query Text": query, Plan: plan } = JSON.parse(text);
      return { query, plan };
    });
  }

  #read(): string {
    const file = openSync(this.#file, "r");
    try {
      const bytes = Buffer.alloc(fstatSync(file).size - this.#at);
      const length = readSync(file, bytes, 0, bytes.length, this.#at);
      this.#at += length;
      return bytes.toString("utf8", 0, length);
    } finally {
      closeSync(file);
    }
  }
}
