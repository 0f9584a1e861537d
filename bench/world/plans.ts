/**
 * Judges the plan of a statement that ran: does it read what it returns, or does it search? Rows are counted per table,
 * because a statement that returns one row of a list reads one of each table that the row is made from.
 */

import { tables } from "#prisma/grants.ts";

/** A node as `explain (analyze, buffers, format json)` prints it; there are many more fields. */
export type PlanNode = {
  "Node Type": string;
  "Parent Relationship"?: string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Actual Rows"?: number;
  "Actual Loops"?: number;
  "Rows Removed by Filter"?: number;
  "Rows Removed by Index Recheck"?: number;
  "Shared Hit Blocks"?: number;
  "Shared Read Blocks"?: number;
  Plans?: PlanNode[];
};

export type ExplainedPlan = { query: string; plan: PlanNode };

/** Tables that stay small however large the installation is: their rows are deleted within minutes. */
const small = new Set(["realtime_workers", "_prisma_migrations", "notify_outbox", "oversized_events"]);
/** Of the product; what Postgres and the queue of jobs read of their own tables is theirs. */
const growing = new Set(Object.keys(tables).filter((table) => !small.has(table)));

/** Rows that a statement may read of a table for each that it returns. */
const perRow = 5;
/** Blocks of a table and its indexes for each row read or looked for: the levels of an index and the row itself. */
const blocksPerRow = 8;
/** What it may read more than that. */
export type Allowance = { rows: number; blocks: number };
const anyway: Allowance = { rows: 20, blocks: 30 };

function* nodesOf(node: PlanNode): Generator<PlanNode> {
  yield node;
  for (const child of node.Plans ?? []) yield* nodesOf(child);
}

const loopsOf = (node: PlanNode) => node["Actual Loops"] ?? 0;
const rowsOf = (node: PlanNode) => (node["Actual Rows"] ?? 0) * loopsOf(node);
const removedBy = (node: PlanNode) =>
  ((node["Rows Removed by Filter"] ?? 0) + (node["Rows Removed by Index Recheck"] ?? 0)) * loopsOf(node);
const ownBlocks = (node: PlanNode) => {
  const blocks = (one: PlanNode) => (one["Shared Hit Blocks"] ?? 0) + (one["Shared Read Blocks"] ?? 0);
  return blocks(node) - (node.Plans ?? []).reduce((sum, child) => sum + blocks(child), 0);
};

/**
 * What a statement returns: rows to its caller, rows that it writes, rows that it adds up to one, and values that it was
 * given to look up.
 */
function returnedBy(plan: PlanNode): number {
  const nodes = [...nodesOf(plan)];
  const inputs = (type: string) =>
    nodes.filter((node) => node["Node Type"] === type).flatMap((node) => (node.Plans ?? []).slice(0, 1));
  const counted = [
    plan,
    ...inputs("ModifyTable"),
    ...inputs("Aggregate"),
    // An array that the statement makes.
    ...nodes.filter((node) => node["Parent Relationship"] === "InitPlan"),
    ...nodes.filter((node) => ["Function Scan", "Values Scan"].includes(node["Node Type"])),
  ];
  return Math.max(...counted.map(rowsOf));
}

/** The rows of a ModifyTable are read by the scans below it; a range of blocks is as long as the statement says. */
const exempt = ["ModifyTable", "Tid Range Scan"];

/** The scans of tables that grow; a bitmap's index scans, which have no table of their own, belong to the scan above. */
function scansOf(plan: PlanNode): { table: string; scan: PlanNode; blocks: number }[] {
  return [...nodesOf(plan)].flatMap((scan) => {
    const table = scan["Relation Name"] ?? "";
    if (!growing.has(table) || exempt.includes(scan["Node Type"]) || loopsOf(scan) === 0) return [];
    const bitmaps = [...nodesOf(scan)].filter((node) => node["Node Type"] === "Bitmap Index Scan");
    return [{ table, scan, blocks: [scan, ...bitmaps].reduce((sum, node) => sum + ownBlocks(node), 0) }];
  });
}

/** What is wrong with a plan; empty when it reads about as much as it returns. */
export function faultsOf({ plan }: ExplainedPlan, allowance = anyway): string[] {
  const returned = returnedBy(plan);
  return scansOf(plan).flatMap(({ table, scan, blocks }) => {
    const rows = Math.round(rowsOf(scan) + removedBy(scan));
    const looks = rows + loopsOf(scan);
    return [
      ...(scan["Node Type"] === "Seq Scan" ? [`reads all of ${table}`] : []),
      ...(rows > perRow * returned + allowance.rows ? [`reads ${rows} rows of ${table} and returns ${returned}`] : []),
      ...(blocks > blocksPerRow * looks + allowance.blocks
        ? [`reads ${blocks} blocks of ${table} for ${rows} rows`]
        : []),
    ];
  });
}

/** A plan in a few lines, for the message of a failure. */
export function outlineOf(node: PlanNode, depth = 0): string {
  const of = [node["Relation Name"], node["Index Name"]].filter((name) => name !== undefined).join(" by ");
  const figures = `rows ${rowsOf(node)}, removed ${removedBy(node)}, loops ${loopsOf(node)}, blocks ${ownBlocks(node)}`;
  const line = `${"  ".repeat(depth)}${node["Node Type"]} ${of} (${figures})`;
  return [line, ...(node.Plans ?? []).map((child) => outlineOf(child, depth + 1))].join("\n");
}
