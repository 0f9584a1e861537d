import { expect, test } from "vitest";
import { comparedKeys } from "#client/realtime/catch-up.ts";
import { queryKeys } from "#tests/_query-keys.ts";

test("an answer about anything with a rev is compared with what was told while it travelled", () => {
  expect(comparedKeys(queryKeys).map(([name]) => name)).toEqual([
    "inbox",
    "marks",
    "friends",
    "communities",
    "folders",
    "drafts",
    "scheduled",
    "pinned",
    "timeline",
    "members",
  ]);
});
