#!/usr/bin/env node
/**
 * A stand-in for Prisma's `schema-engine` program (7.10) that needs no download: JSON-RPC over standard input and
 * output, answered by @prisma/schema-engine-wasm, which is the same engine, over @prisma/adapter-pg.
 *
 * Started by the Prisma command line with `--datasource <json> --datamodels <file>…`, or with `cli <command>` for the
 * three commands that look after a database. Errors go back as Prisma's error codes. Exit code 0; 1 when a `cli`
 * command failed; 101 when the engine itself broke, which is what Prisma expects of a crash. Does not do `generate
 * --sql`.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import readline from "node:readline";
import { pathToFileURL } from "node:url";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import {
  adapterFactory,
  createDatabase,
  dropDatabase,
  dropShadowDatabases,
  runSql,
} from "./schema-engine-database.mjs";

const prismaCodes = {
  "3D000": "P1003",
  "28P01": "P1000",
  28000: "P1000",
  "42P04": "P1009",
  ECONNREFUSED: "P1001",
  ENOTFOUND: "P1001",
  ETIMEDOUT: "P1002",
};

const args = process.argv.slice(2);
const valuesOf = (name) => args.flatMap((arg, index) => (arg === name ? [args[index + 1]] : []));
const datasource = JSON.parse(valuesOf("--datasource")[0] ?? "{}");
const wasmDirectory = path.dirname(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm"));

function logError(fields) {
  // The command line drops the first line that it reads here, so the one that matters comes second.
  process.stderr.write(`${JSON.stringify({ level: "INFO", fields: { message: "start" } })}\n`);
  process.stderr.write(`${JSON.stringify({ level: "ERROR", target: "schema_engine::logger", fields })}\n`);
}

async function runCliCommand(command) {
  const commands = {
    "can-connect-to-database": () => runSql(datasource.url, "select 1"),
    "create-database": () => createDatabase(datasource.url),
    "drop-database": () => dropDatabase(datasource.url),
  };
  try {
    if (!commands[command]) throw new Error(`unknown command ${command}`);
    await commands[command]();
    return 0;
  } catch (error) {
    logError({ message: error.message || String(error.code), error_code: prismaCodes[error.code] });
    return 1;
  }
}

async function loadEngine() {
  const glue = await import(pathToFileURL(path.join(wasmDirectory, "schema_engine_bg.js")).href);
  const compiled = new WebAssembly.Module(readFileSync(path.join(wasmDirectory, "schema_engine_bg.wasm")));
  // The engine reports a panic to this global before it traps.
  globalThis.PRISMA_WASM_PANIC_REGISTRY = {
    set_message(message) {
      this.message = message;
    },
  };
  const instance = new WebAssembly.Instance(compiled, { "./schema_engine_bg.js": glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start?.();
  const datamodels = valuesOf("--datamodels").map((file) => [file, readFileSync(file, "utf8")]);
  return glue.SchemaEngine.new(
    { datamodels: datamodels.length > 0 ? datamodels : undefined },
    () => {},
    bindMigrationAwareSqlAdapterFactory(adapterFactory(datasource)),
  );
}

let engine;
async function callEngine(method, params) {
  engine ??= await loadEngine();
  if (typeof engine[method] !== "function") throw new Error(`the schema engine has no method ${method}`);
  return (await engine[method](params)) ?? null;
}

const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);

async function answer(method, params) {
  if (method === "createDatabase") return { databaseName: await createDatabase(datasource.url) };
  if (method === "getDatabaseVersion") return callEngine("version", params);
  if (method === "dbExecute") return runSql(datasource.url, params.script).then(() => null);
  const result = await callEngine(method, params);
  if (method === "diff" && result.stdout != null) {
    // The native engine prints the difference by asking the command line to; the WASM one only returns it.
    send({ id: `print-${Date.now()}`, method: "print", params: { content: result.stdout } });
    return { ...result, stdout: null };
  }
  return result;
}

async function handleLine(line) {
  if (!line.trim()) return;
  const request = JSON.parse(line);
  if (!request.method) return; // the reply to our own "print"
  try {
    const result = await answer(request.method, request.params);
    await dropShadowDatabases();
    send({ id: request.id, result });
  } catch (error) {
    await dropShadowDatabases();
    const data = {
      is_panic: false,
      message: error?.message ?? String(error),
      meta: error?.meta ?? null,
      error_code: error?.code ? (prismaCodes[error.code] ?? error.code) : undefined,
    };
    send({
      id: request.id,
      error: { code: 4466, message: "An error happened. Check the data field for details.", data },
    });
  }
}

function serve() {
  let queue = Promise.resolve();
  readline
    .createInterface({ input: process.stdin })
    .on("line", (line) => {
      queue = queue.then(() => handleLine(line));
    })
    .on("close", () => queue.then(() => process.exit(0)));
}

process.on("uncaughtException", (error) => {
  const panic = globalThis.PRISMA_WASM_PANIC_REGISTRY?.message ?? "";
  logError({ message: `${panic} ${error.message}`.trim(), backtrace: error.stack });
  process.exit(101);
});

if (args.includes("--version")) {
  const { version } = JSON.parse(readFileSync(path.join(wasmDirectory, "package.json"), "utf8"));
  console.log(`schema-engine-wasm ${version}`);
} else if (args.includes("cli")) {
  process.exit(await runCliCommand(args[args.indexOf("cli") + 1]));
} else {
  serve();
}
