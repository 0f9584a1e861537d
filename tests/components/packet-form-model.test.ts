import { expect, test } from "vitest";
import { centsOf } from "#components/wallet/coins.ts";
import { type PacketDraft, readDraft, totalOf } from "#components/wallet/packet-form-model.ts";

test.each([
  ["8.88", 888],
  ["8,8", 880],
  ["０．０１", 1],
  [" 200 ", 20_000],
  ["5.", 500],
  ["0.1", 10],
  ["0", null],
  ["0.00", null],
  ["-1", null],
  ["1.005", null],
  ["1e3", null],
  ["1 000", null],
  ["", null],
  ["八", null],
])("%j coins are %s cents", (text, cents) => expect(centsOf(text)).toBe(cents));

const draft = (more: Partial<PacketDraft>): PacketDraft => ({
  split: "random",
  amount: "10",
  shares: "5",
  greeting: "",
  ...more,
});

test("a random amount is for all together, an equal one for each", () => {
  expect(totalOf(draft({}))).toBe(1_000);
  expect(totalOf(draft({ split: "equal" }))).toBe(5_000);
  expect(totalOf(draft({ split: "equal", shares: "" }))).toBeNull();
});

test.each([
  [{ amount: "" }, "amount", "invalid_amount"],
  [{ shares: "" }, "shares", "invalid_shares"],
  [{ shares: "101" }, "shares", "invalid_shares"],
  [{ shares: "0" }, "shares", "invalid_shares"],
  [{ amount: "0.04" }, "amount", "packet_too_small"],
  [{ amount: "1000.01" }, "amount", "packet_too_large"],
  [{ split: "equal", amount: "200.01" }, "amount", "packet_too_large"],
  [{ amount: "100.01" }, "amount", "insufficient_balance"],
] as const)("%j is refused at %s before it is sent", (more, field, reason) => {
  expect(readDraft(draft(more), "c", 10_000)).toEqual({ trouble: { field, reason } });
});

test("what is right is sent as whole cents, also while the balance is not known", () => {
  const terms = { conversationId: "c", split: "equal", total: 750, shares: 5, greeting: "福" };
  expect(readDraft(draft({ split: "equal", amount: "1.5", greeting: "福" }), "c", null)).toEqual({ terms });
});
