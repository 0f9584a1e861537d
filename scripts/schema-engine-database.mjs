/**
 * How schema-engine.mjs reaches Postgres: the three commands about whole databases, and Prisma's driver adapter with
 * faults of @prisma/adapter-pg 7.10 worked around (each named at its place).
 */
import { randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import pg from "pg";

const identifier = (name) => `"${name.replaceAll('"', '""')}"`;

export async function runSql(url, sql) {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** The address of another database on the same server. */
function withDatabase(url, database) {
  const address = new URL(url);
  address.pathname = `/${encodeURIComponent(database)}`;
  address.searchParams.delete("schema");
  return address.toString();
}

const databaseOf = (url) => decodeURIComponent(new URL(url).pathname.slice(1));

export async function createDatabase(url) {
  await runSql(withDatabase(url, "postgres"), `create database ${identifier(databaseOf(url))}`);
  return databaseOf(url);
}

export async function dropDatabase(url) {
  await runSql(withDatabase(url, "postgres"), `drop database if exists ${identifier(databaseOf(url))} with (force)`);
}

/** The adapter cannot map the catalog type "char" (oid 18), which the engine reads; it is presented as text (25). */
function mapCharColumns(adapter) {
  const performIO = adapter.performIO.bind(adapter);
  const queryRaw = adapter.queryRaw.bind(adapter);
  const startTransaction = adapter.startTransaction?.bind(adapter);
  let charColumns = [];
  adapter.performIO = async (query) => {
    const result = await performIO(query);
    charColumns = (result.fields ?? []).flatMap((field, index) => (field.dataTypeID === 18 ? [index] : []));
    for (const index of charColumns) result.fields[index].dataTypeID = 25;
    return result;
  };
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query);
    // Told apart from text again here: the engine panics on a "char" that arrives as text.
    for (const index of charColumns) result.columnTypes[index] = ColumnTypeEnum.Character;
    return result;
  };
  if (startTransaction) adapter.startTransaction = async (level) => mapCharColumns(await startTransaction(level));
  return adapter;
}

/**
 * The adapter cuts a migration at each semicolon, also inside functions and comments. Postgres takes a script whole, in
 * one implicit transaction, which is what the native engine does.
 */
function runScriptsWhole(adapter) {
  adapter.executeScript = async (script) => {
    await adapter.underlyingDriver().query(script);
  };
}

function repaired(adapter) {
  runScriptsWhole(adapter);
  return mapCharColumns(adapter);
}

const shadows = [];

export async function dropShadowDatabases() {
  for (const drop of shadows.splice(0)) await drop();
}

/**
 * A fresh database in which migrations are replayed. The adapter's own way ignores the name when it was given an
 * address, and so replays them on the real database; and it drops the database before it closes its connections to it.
 */
async function connectToShadow(url) {
  const name = `prisma_migrate_shadow_db_${randomUUID()}`;
  await runSql(url, `create database ${identifier(name)} template template0`);
  const adapter = await new PrismaPg({ connectionString: withDatabase(url, name) }).connect();
  shadows.push(async () => {
    await adapter.dispose().catch(() => {});
    await runSql(url, `drop database if exists ${identifier(name)} with (force)`).catch(() => {});
  });
  return repaired(adapter);
}

export function adapterFactory({ url, shadowDatabaseUrl }) {
  const schema = url ? (new URL(url).searchParams.get("schema") ?? undefined) : undefined;
  const factory = new PrismaPg({ connectionString: url }, { schema });
  const connect = factory.connect.bind(factory);
  factory.connect = async () => repaired(await connect());
  factory.connectToShadowDb = async () => {
    if (!shadowDatabaseUrl) return connectToShadow(url);
    const adapter = repaired(await new PrismaPg({ connectionString: shadowDatabaseUrl }).connect());
    await adapter.executeScript("drop schema if exists public cascade; create schema public;");
    return adapter;
  };
  return factory;
}
