/**
 * What the code of a process does to each table, read from its statements, against what its role may do. Rough on
 * purpose: a statement is found by its words and its table's name, columns are left out.
 */
import { readFileSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { functions, type Role, tables } from "#prisma/grants.ts";
import { closeSql, sql } from "#server/db/sql.ts";
import { codeOf } from "#tests/_process-code.ts";

afterAll(closeSql);

const models = [
  ...readFileSync("prisma/schema.prisma", "utf8").matchAll(/model (\w)(\w*) \{[\s\S]*?@@map\("(\w+)"\)/g),
].map(([, first = "", rest = "", table = ""]) => ({ model: first.toLowerCase() + rest, table }));
const prismaVerbs = {
  create: "insert",
  find: "select",
  count: "select",
  update: "update",
  delete: "delete",
  upsert: "update",
};
const lock = String.raw`for (?:no key update|key share|update|share)\b`;

/** `select people`, `insert messages`, …: from here to the end of a template or of a statement of a function. */
function usesIn(text: string): Set<string> {
  const code = text.toLowerCase().replaceAll('"', "");
  const uses = new Set<string>();
  for (const table of Object.keys(tables)) {
    const found = (verb: string, pattern: string) => new RegExp(pattern).test(code) && uses.add(`${verb} ${table}`);
    found("insert", String.raw`\binsert into ${table}\b`);
    found("update", String.raw`\bupdate ${table}\b`);
    found("update", String.raw`\binsert into ${table}\b[^\`;]*on conflict[^\`;]*do update`);
    found("update", String.raw`\b(from|join) ${table}\b[^\`;]{0,600}\b${lock}`);
    found("delete", String.raw`\bdelete from ${table}\b`);
    found("select", String.raw`(?<!delete )\b(from|join|using) ${table}\b`);
    found("select", String.raw`, ${table} [a-z]\b`);
    // A part of a statement, which stands after the \`from\` of another template.
    found("select", String.raw`\`\s*${table} [a-z]\s+(left |cross )?join\b`);
    found("select", String.raw`\binsert into ${table}\b[^\`;]*(returning|on conflict)`);
    found("select", String.raw`\b(update|delete from) ${table}\b`);
  }
  for (const { model, table } of models) {
    for (const [start, verb] of Object.entries(prismaVerbs)) {
      if (new RegExp(String.raw`prisma\d*\(\)\.${model}\.${start}`).test(text)) uses.add(`${verb} ${table}`);
    }
  }
  return uses;
}

async function bodies(): Promise<Map<string, string>> {
  const rows = await sql()<{ name: string; body: string }[]>`
    select proname as name, string_agg(prosrc, ';') as body from pg_proc where pronamespace = 'public'::regnamespace group by 1`;
  return new Map(rows.map(({ name, body }) => [name, body]));
}

/** What these functions do, they do with the rights of their owner. */
const definers = new Set(["add_job_as_owner", "presence_online", "queue_for_search"]);

/** The functions that code calls, and those that they call. */
function called(code: string, all: Map<string, string>, found = new Set<string>()): Set<string> {
  for (const [name, body] of all) {
    if (found.has(name) || !new RegExp(String.raw`\b${name}\(`).test(code)) continue;
    found.add(name);
    if (!definers.has(name)) called(body, all, found);
  }
  return found;
}

const rowsOf = (role: Role) =>
  Object.entries(tables).flatMap(([table, of]) => {
    const list = (of[role] ?? "").replace(/\([^)]*\)/g, "");
    return list.split(",").flatMap((verb) => (verb.trim() === "" ? [] : [`${verb.trim()} ${table}`]));
  });

/** A trigger reads what was inserted, and numbers come from a default. */
const implied = (uses: Set<string>) => {
  if (uses.has("insert ledger_entries")) uses.add("select ledger_entries");
  return uses;
};

test.each(["web", "worker", "jobs"] as const)(
  "%s may do to each table what its statements do, and no more",
  async (role) => {
    const all = await bodies();
    const code = await codeOf(role);
    const names = called(code, all);
    const uses = usesIn(code);
    for (const name of names) {
      if (!definers.has(name)) for (const use of usesIn(all.get(name) ?? "")) uses.add(use);
    }
    expect([...implied(uses)].sort()).toEqual(rowsOf(role).sort());
    // Its index is made by the function, with the rights of the role that writes.
    if (uses.has("insert message_search")) names.add("search_keys");
    const mayCall = Object.entries(functions).flatMap(([name, of]) => (of[role] ? [name] : []));
    // The number of a new person is a default of its column.
    expect([...names].sort()).toEqual(mayCall.filter((name) => name !== "next_im_number" || names.has(name)).sort());
  },
);
