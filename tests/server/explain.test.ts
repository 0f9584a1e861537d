import { expect, test } from "vitest";
import { explain } from "#server/trpc/explain.ts";

test.each([
  ["53100", "no room on the disk"],
  ["53300", "too many connections"],
  ["58030", "the disk fails"],
  ["57P03", "starting up"],
  ["40P01", "a deadlock"],
])("a Postgres that says %s (%s) is away, and asked again later", (code, message) => {
  expect(explain(Object.assign(new Error(message), { code })).reason).toBe("unavailable");
});

test("a Postgres that restarts is away, also in the words of Prisma", () => {
  const cause = { kind: "postgres", originalCode: "57P03", originalMessage: "the database system is starting up" };
  const meta = { modelName: "Session", driverAdapterError: { name: "DriverAdapterError", cause } };
  expect(explain(Object.assign(new Error("Database error"), { code: "P2039", meta })).reason).toBe("unavailable");
  expect(explain(new Error("Connection terminated unexpectedly")).reason).toBe("unavailable");
  expect(explain(new Error("timeout exceeded when trying to connect")).reason).toBe("unavailable");
});

test("a statement that is wrong is a bug", () => {
  expect(explain(Object.assign(new Error("column does not exist"), { code: "42703" })).reason).toBe("internal_error");
});
