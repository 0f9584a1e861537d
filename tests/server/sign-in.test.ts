import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { changePassword } from "#server/accounts/change-password.ts";
import { FairQueue } from "#server/accounts/fair-queue.ts";
import { openBearer } from "#server/accounts/sessions.ts";
import { readLogin, signInForCookie, signInForToken } from "#server/accounts/sign-in.ts";
import { sql } from "#server/db/sql.ts";
import { callerOf, closeDatabase, newPerson, reasonFor, someHandle, testPassword } from "#tests/_people.ts";

afterAll(closeDatabase);

/** A try from an address of its own. */
const signIn = (login: string, password: string, device?: string) =>
  signInForToken({ address: randomUUID() }, { login, password, device });
const guess = (login: string, device?: string) => reasonFor(signIn(login, "not the password", device));

async function guessUntilTooFast(logins: readonly string[], most: number): Promise<number> {
  for (let at = 0; at < most; at += 1) {
    if ((await guess(logins[at % logins.length] ?? "")) === "rate_limited") return at;
  }
  return most;
}

test("however a handle or number is written, it is one person with one bucket of guesses", async () => {
  const ann = await newPerson("ann");
  const { handle, number } = ann;
  const wide = String(number).replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
  const logins = [handle, `@ ${handle}`, `＠${handle}`, handle.toUpperCase(), `${handle}\u200b`, String(number), wide];
  for (const login of logins) expect((await signIn(login, testPassword)).person.id, login).toBe(ann.personId);
  expect(await guessUntilTooFast(logins, 20)).toBe(10);
  for (const login of logins) expect(await guess(login), login).toBe("rate_limited");
});

test("a mobile number has one bucket however it is written, and unknown logins have theirs", async () => {
  const tail = String(Math.random()).slice(2, 10);
  await newPerson("ann", { mobile: `+4417${tail}` });
  const of = (number: string) => [`+44 17 ${number}`, `+44-17-${number}`, `+44‑17‑${number}`, `＋4417${number}`];
  expect(await guessUntilTooFast(of(tail), 20)).toBe(10);
  expect(await guessUntilTooFast(of(tail.split("").reverse().join("")), 20)).toBe(10);
  const unknown = someHandle("unknown");
  expect(await guessUntilTooFast([unknown, `@${unknown}`, ` ${unknown.toUpperCase()}`], 20)).toBe(10);
  expect(await guessUntilTooFast(["!? no login", "  !? No Login\u2060"], 20)).toBe(10);
});

test("guesses by the mobile number count for the account, and do not tell which account it is", async () => {
  const mobile = `+4417${String(Math.random()).slice(2, 10)}`;
  const ann = await newPerson("ann", { mobile });
  for (let at = 0; at < 10; at += 1) expect(await guess(mobile)).toBe("invalid_credentials");
  expect(await guess(ann.handle)).toBe("rate_limited");
  const ben = await newPerson("ben", { mobile: `${mobile}1` });
  expect(await guessUntilTooFast([ben.handle], 20)).toBe(10);
  // Not even the right password, or guessing would go on; and the answer is the one of any number.
  expect(await reasonFor(signIn(`${mobile}1`, testPassword))).toBe("invalid_credentials");
});

test("only failures count", async () => {
  const ann = await newPerson("ann");
  for (let at = 0; at < 12; at += 1) {
    expect(await reasonFor(signInForCookie({ address: "one" }, { login: ann.handle, password: testPassword }))).toBe(
      "no refusal",
    );
  }
  for (let at = 0; at < 7; at += 1) {
    const input = { current: testPassword, next: testPassword };
    expect(await reasonFor(changePassword(ann, input))).toBe("no refusal");
  }
});

test("guesses that are made at once count like any others", async () => {
  const ann = await newPerson("ann");
  const answers = await Promise.all(Array.from({ length: 15 }, () => guess(ann.handle)));
  expect(answers.filter((answer) => answer === "invalid_credentials")).toHaveLength(10);
});

test("strangers cannot lock out a browser that signed in before, and guesses are counted all the same", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const { device } = await signIn(ann.handle, testPassword);
  expect(await guessUntilTooFast([ann.handle], 20)).toBe(10);
  expect(await reasonFor(signIn(ann.handle, testPassword))).toBe("rate_limited");
  const again = await signIn(ann.handle, testPassword, device);
  expect(again.person.id).toBe(ann.personId);
  // The address of a whole office is spent; the browser that was here before is not.
  const office = { address: randomUUID() };
  for (let at = 0; at < 60; at += 1) {
    await reasonFor(signInForToken(office, { login: `${someHandle("x")}`, password: "guess" }));
  }
  const input = { login: ann.handle, password: testPassword };
  expect(await reasonFor(signInForToken(office, input))).toBe("rate_limited");
  expect(await reasonFor(signInForToken(office, { ...input, device: again.device }))).toBe("no refusal");
  // It vouches for one person, and only as it was given.
  expect(await guessUntilTooFast([ben.handle], 20)).toBe(10);
  expect(await reasonFor(signIn(ben.handle, testPassword, device))).toBe("rate_limited");
  for (const forged of [`${device}0`, `x.${device}`, "", "rubbish", device.replace(/^./, "Q")]) {
    expect(await reasonFor(signIn(ann.handle, testPassword, forged)), forged).toBe("rate_limited");
  }
  for (let at = 0; at < 10; at += 1) expect(await guess(ann.handle, device)).toBe("invalid_credentials");
  expect(await guess(ann.handle, device)).toBe("rate_limited");
});

test("several accounts may say that a number is theirs, and each signs in with it", async () => {
  const mobile = `+4417${String(Math.random()).slice(2, 10)}`;
  const [ann, ben] = [await newPerson("ann", { mobile }), await newPerson("ben", { mobile })];
  await changePassword(ben, { current: testPassword, next: "ben's own password" });
  expect((await signIn(mobile, testPassword)).person.id).toBe(ann.personId);
  expect((await signIn(mobile, "ben's own password")).person.id).toBe(ben.personId);
  expect(await guess(mobile)).toBe("invalid_credentials");
});

test("accounts that take a number later do not push out those that had it, however old they are", async () => {
  const mobile = `+4417${String(Math.random()).slice(2, 10)}`;
  const older = [await newPerson("eve"), await newPerson("eve"), await newPerson("eve")];
  await newPerson("ann", { mobile });
  for (const eve of older) {
    await changePassword(eve, { current: testPassword, next: "eve's own password" });
    await callerOf(eve).accounts.updateProfile({ mobile });
  }
  expect(await reasonFor(signIn(mobile, testPassword))).toBe("no refusal");
});

test("a session is begun only while the password that was right still is", async () => {
  const ann = await newPerson("ann");
  const [row] = await sql()<{ passwordHash: string }[]>`select password_hash from people where id = ${ann.personId}`;
  const verified = { id: ann.personId, passwordHash: row?.passwordHash ?? "" };
  expect(await reasonFor(openBearer(verified, ""))).toBe("no refusal");
  await changePassword(ann, { current: testPassword, next: "a better password" });
  expect(await reasonFor(openBearer(verified, ""))).toBe("invalid_credentials");
});

/** Calls that meet at the person's row, in this order: each waits there before the next begins. */
async function inOrderAtTheRow(personId: string, calls: readonly (() => Promise<unknown>)[]): Promise<string[]> {
  const waiting = () =>
    sql()`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  const begun: Promise<string>[] = [];
  await sql().begin(async (tx) => {
    await tx`select 1 from people where id = ${personId} for update`;
    for (const call of calls) {
      begun.push(reasonFor(call()));
      await expect.poll(async () => (await waiting()).length, { timeout: 10_000 }).toBe(begun.length);
    }
  });
  return Promise.all(begun);
}

test("whatever the order, no sign-in with the old password outlives its change", async () => {
  for (const changeAt of [0, 1, 3]) {
    const ann = await newPerson("ann");
    const calls = Array.from({ length: 3 }, () => () => signIn(ann.handle, testPassword) as Promise<unknown>);
    calls.splice(changeAt, 0, () => changePassword(ann, { current: testPassword, next: "a better password" }));
    const answers = await inOrderAtTheRow(ann.personId, calls);
    expect(answers).toEqual([
      ...Array(changeAt).fill("no refusal"),
      "no refusal",
      ...Array(3 - changeAt).fill("invalid_credentials"),
    ]);
    const { sessions } = await callerOf(ann).accounts.sessions.list();
    expect(sessions.map(({ id }) => id)).toEqual([ann.sessionId]);
  }
});

test("of two changes of a password at once one is made, and a session that was ended makes none", async () => {
  const ann = await newPerson("ann");
  const change = (next: string) => reasonFor(changePassword(ann, { current: testPassword, next }));
  expect((await Promise.all([change("one new password"), change("two new password")])).toSorted()).toEqual([
    "incorrect_password",
    "no refusal",
  ]);
  const ben = await newPerson("ben");
  await callerOf(ben).accounts.signOut();
  const late = changePassword(ben, { current: testPassword, next: "one new password" });
  expect(await reasonFor(late)).toBe("unauthenticated");
  expect(await reasonFor(signIn(ben.handle, testPassword))).toBe("no refusal");
});

test("a lane with many works waits for itself, and others take turns with it", async () => {
  const queue = new FairQueue({ atOnce: 1, atOncePerLane: 1, waiting: 100, waitingPerLane: 50 });
  const order: string[] = [];
  const work = (name: string) => queue.run(name.slice(0, 1), async () => void order.push(name));
  await Promise.all(["a1", "a2", "a3", "a4", "b1", "c1", "b2"].map(work));
  expect(order).toEqual(["a1", "b1", "c1", "a2", "b2", "a3", "a4"]);
});

test("one lane has its share of what runs at once, and a queue that is full refuses the longest lane", async () => {
  const queue = new FairQueue({ atOnce: 3, atOncePerLane: 1, waiting: 4, waitingPerLane: 3 });
  const running: string[] = [];
  const gates: (() => void)[] = [];
  const work = (name: string) =>
    reasonFor(
      queue.run(name.slice(0, 1), () => {
        running.push(name);
        return new Promise<void>((open) => gates.push(open));
      }),
    );
  const calls = ["a1", "a2", "a3", "a4", "a5", "b1", "b2", "c1", "c2"].map(work);
  await Promise.resolve();
  expect(running).toEqual(["a1", "b1", "c1"]);
  while (gates.length > 0) {
    gates.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  // a5: its lane was full. a4: the queue was, when c2 came.
  expect(await Promise.all(calls)).toEqual([
    "no refusal",
    "no refusal",
    "no refusal",
    "rate_limited",
    "rate_limited",
    ...Array(4).fill("no refusal"),
  ]);
  // A work that fails makes room like any other.
  expect(await reasonFor(queue.run("a", () => Promise.reject(new Error("internal_error"))))).toBe("internal_error");
  expect(await queue.run("a", async () => 1)).toBe(1);
});

test("while one address makes 32 guesses at once, a sign-in from another waits for a turn, not for all of them", async () => {
  const ann = await newPerson("ann");
  let finished = 0;
  const flood = Array.from({ length: 32 }, async () => {
    const input = { login: someHandle("unknown"), password: "guess" };
    await reasonFor(signInForToken({ address: "one and the same" }, input));
    finished += 1;
  });
  await expect.poll(() => finished, { interval: 1 }).toBeGreaterThan(0);
  await signIn(ann.handle, testPassword);
  const before = finished;
  await Promise.all(flood);
  expect(before).toBeLessThan(16);
});

test.each([
  ["１２３４５", { number: 12_345 }],
  ["١٢٣٤٥", { number: 12_345 }],
  ["１２ ３-４５\u200f", { number: 12_345 }],
  ["\u202a+49\u00a0(17)\u20111234567\u202c", { mobile: "+49171234567" }],
  ["+۴۹۱۷۱۲۳۴۵۶۷", { mobile: "+49171234567" }],
  ["Ａnn＿１", { handle: "ann_1" }],
  ["@\u00a0an\u00adn", { handle: "ann" }],
  ["ANN＠POST.example", { email: "ann@post.example" }],
  ["2147483648", null],
  ["ünï", null],
])("a login typed as %j is read as %j", (login, key) => {
  expect(readLogin(login)).toEqual(key);
  expect(readLogin(login.padEnd(5_000, "\u200b"))).toBeNull();
});

test("a password is the same however its accents are typed", async () => {
  const [composed, decomposed] = ["caf\u00e9 cr\u00e8me", "cafe\u0301 cre\u0300me"];
  const handle = someHandle("ann");
  const signedOut = callerOf(null).accounts;
  await signedOut.signUp({ handle, displayName: "Ann", password: decomposed });
  expect(await reasonFor(signedOut.signIn({ login: handle, password: composed }))).toBe("no refusal");
  expect(await reasonFor(signedOut.signIn({ login: handle, password: decomposed }))).toBe("no refusal");
  // Eight characters as people count them.
  expect(await reasonFor(signedOut.signUp({ handle: someHandle("x"), displayName: "X", password: "🐙🐙🐙🐙" }))).toBe(
    "password_too_short",
  );
});
