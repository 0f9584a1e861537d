import { expect, test } from "vitest";
import { hearsNotifications, pooledBecause } from "#scripts/listen-check.ts";

test("the address of a pooler is recognised, and a direct one is not", () => {
  expect(pooledBecause("postgresql://a:b@ep-cool-pooler.eu.example.com/chat")).toContain("-pooler");
  expect(pooledBecause("postgresql://a:b@db.example.com:6543/chat")).toContain("6543");
  expect(pooledBecause("postgresql://a:b@db.example.com:6432/chat")).toContain("6432");
  expect(pooledBecause("postgresql://a:b@db.example.com/chat?pgbouncer=true")).toContain("pgbouncer");
  expect(pooledBecause("postgresql://a:b@db.example.com:5432/chat")).toBeUndefined();
});

test("a direct connection hears what is notified", async () => {
  expect(await hearsNotifications(process.env.DATABASE_URL ?? "")).toBe(true);
});
