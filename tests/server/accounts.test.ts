import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { checkSession, revokeSession } from "#server/accounts/sessions.ts";
import { sql } from "#server/db/sql.ts";
import { bearerOf, callerOf, closeDatabase, newPerson, reasonFor, someHandle, testPassword } from "#tests/_people.ts";

afterAll(closeDatabase);
const signedOut = () => callerOf(null);

test("numbers begin at 10000 and one sequence serves people and communities", async () => {
  const ann = await newPerson("ann");
  const { community } = await callerOf(ann).communities.create({ name: "Numbers" });
  expect(ann.number).toBeGreaterThanOrEqual(10_000);
  expect(community.number).toBeGreaterThan(ann.number);
});

test("one signs in with handle, number, mobile or e-mail, however written", async () => {
  const tail = String(Math.random()).slice(2, 10);
  const email = `${someHandle("ann")}@post.example`;
  const ann = await newPerson("ann", { mobile: `+4917${tail}`, email });
  const logins = [
    ann.handle,
    ann.handle.toUpperCase(),
    `@${ann.handle}`,
    String(ann.number),
    `+49 17 ${tail}`,
    email,
    ` ${email.toUpperCase()} `,
  ];
  for (const login of logins) {
    const { person } = await signedOut().accounts.signIn({ login, password: testPassword });
    expect(person.id, login).toBe(ann.personId);
  }
});

test("a wrong password and an unknown name are the same refusal", async () => {
  const ann = await newPerson("ann");
  for (const login of [
    ann.handle,
    someHandle("unknown"),
    "+4999999999",
    "10",
    "x@y.example",
    "'; drop table people; --",
  ]) {
    expect(await reasonFor(signedOut().accounts.signIn({ login, password: "wrong horse" }))).toBe(
      "invalid_credentials",
    );
  }
});

test("guessing one account's password is throttled, whatever address it comes from, and says how long to wait", async () => {
  const ann = await newPerson("ann");
  const guess = () => reasonFor(signedOut().accounts.signIn({ login: ann.handle, password: "guess" }));
  const answers = [];
  for (let at = 0; at < 12; at += 1) answers.push(await guess());
  expect(answers.slice(0, 9)).toEqual(Array(9).fill("invalid_credentials"));
  expect(answers.at(-1)).toBe("rate_limited");
});

test.each([
  [{ handle: "ab" }, "invalid_handle"],
  [{ handle: "1ab" }, "invalid_handle"],
  [{ handle: "a b c" }, "invalid_handle"],
  [{ handle: "ünï" }, "invalid_handle"],
  [{ handle: "a".repeat(33) }, "invalid_handle"],
  [{ password: "short" }, "password_too_short"],
  [{ password: "x".repeat(201) }, "password_too_long"],
  [{ password: "password" }, "password_weak"],
  [{ password: "Password1" }, "password_weak"],
  [{ password: "12345678" }, "password_weak"],
  [{ password: "１２３４５６７８" }, "password_weak"],
  [{ password: "iloveyou1" }, "password_weak"],
  [{ handle: "longhandle", password: "@LongHandle" }, "password_weak"],
  [{ displayName: "Ann of Hill", password: "ann of hill" }, "password_weak"],
  [{ email: "ann@post.example", password: "ann@post.example" }, "password_weak"],
  [{ mobile: "+49 171 234567", password: "+49171234567" }, "password_weak"],
  [{ displayName: "" }, "text_empty"],
  [{ displayName: " \u3000\n" }, "text_empty"],
  [{ displayName: "\u202e" }, "text_empty"],
  [{ displayName: "a\u0000" }, "invalid_characters"],
  [{ displayName: "\udc00" }, "invalid_characters"],
  [{ displayName: "x".repeat(41) }, "text_too_long"],
  [{ mobile: "0171 2345678" }, "invalid_mobile"],
  [{ email: "a@b.example, c@d.example" }, "invalid_email"],
  [{ email: '"e@attacker.example"@victim.example' }, "invalid_email"],
  [{ email: "not-an-address" }, "invalid_email"],
])("signing up with %j is refused as %s", async (bad, reason) => {
  const call = signedOut().accounts.signUp({
    handle: someHandle("ann"),
    password: testPassword,
    displayName: "Ann",
    ...bad,
  });
  expect(await reasonFor(call)).toBe(reason);
});

test("names keep every script and emoji, lose bidi overrides, and HTML is only text", async () => {
  for (const [typed, kept] of [
    ["👩‍🚀 林小梅 مي", "👩‍🚀 林小梅 مي"],
    ["\u202eevil\u202c", "evil"],
    ["<b>Bold</b>", "<b>Bold</b>"],
    ["  two\n lines ", "two lines"],
  ]) {
    const made = await signedOut().accounts.signUp({
      handle: someHandle("ann"),
      password: testPassword,
      displayName: typed ?? "",
    });
    expect(made.displayName).toBe(kept);
  }
});

test("a handle is one person's whatever the capitals, also for two at the same moment", async () => {
  const handle = someHandle("ann");
  const sign = (name: string) =>
    reasonFor(signedOut().accounts.signUp({ handle: name, password: testPassword, displayName: "X" }));
  const twice = await Promise.all([sign(handle), sign(handle.toUpperCase())]);
  expect(twice.toSorted()).toEqual(["handle_taken", "no refusal"]);
});

test("a mobile number or e-mail address that others have is no obstacle and tells nothing; changing them is throttled", async () => {
  const tail = String(Math.random()).slice(2, 10);
  const [mobile, email] = [`+4917${tail}`, `${someHandle("a")}@post.example`];
  await newPerson("ann", { mobile, email });
  const hidden = await newPerson("eve", { mobile, email });
  expect(await callerOf(hidden).accounts.me()).toMatchObject({ mobile, email, mobileVerified: false });
  const eve = callerOf(await newPerson("eve")).accounts;
  expect(await reasonFor(eve.updateProfile({ mobile, email }))).toBe("no refusal");
  // The same again is no change.
  for (let at = 0; at < 10; at += 1) expect(await reasonFor(eve.updateProfile({ mobile }))).toBe("no refusal");
  const answers = [];
  for (let at = 0; at < 6; at += 1)
    answers.push(await reasonFor(eve.updateProfile({ mobile: `+4930${1_000_000 + at}` })));
  expect(answers[0]).toBe("no refusal");
  expect(answers.at(-1)).toBe("rate_limited");
});

test("a verified number stays one person's, and a new one is unverified", async () => {
  const mobile = `+4917${String(Math.random()).slice(2, 10)}`;
  const [ann, eve] = [await newPerson("ann", { mobile }), await newPerson("eve", { mobile })];
  const verify = (personId: string) => sql()`update people set mobile_verified_at = now() where id = ${personId}`;
  await verify(ann.personId);
  expect(await reasonFor(verify(eve.personId))).toContain("people_verified_mobile_key");
  expect((await callerOf(ann).accounts.updateProfile({ mobile })).mobileVerified).toBe(true);
  expect((await callerOf(ann).accounts.updateProfile({ mobile: "+4930123456" })).mobileVerified).toBe(false);
});

test("a bearer token is kept as a hash and ends when revoked", async () => {
  const ann = await newPerson("ann");
  const { token, sessionId } = await signedOut().accounts.signIn({
    login: ann.handle,
    password: testPassword,
    label: "cli",
  });
  expect(token).toMatch(/^imc_[\w-]{43}$/);
  const [stored] = await sql()`select to_jsonb(s)::text as row from sessions s where id = ${sessionId}`;
  expect(stored?.row).not.toContain(token);
  expect(await checkSession({ token })).toEqual({ personId: ann.personId, sessionId });
  expect(await checkSession({ token: `${token}x` })).toBeNull();
  // A bearer session's id is no cookie.
  expect(await checkSession({ cookieSessionId: sessionId })).toBeNull();
  expect(await callerOf(ann).accounts.sessions.revoke({ sessionId })).toEqual({ revoked: 1 });
  expect(await checkSession({ token })).toBeNull();
});

test("sessions that are checked at the same moment are told apart, whatever stands between them", async () => {
  const people = await Promise.all(Array.from({ length: 8 }, () => newPerson("crowd")));
  const bearers = await Promise.all(people.map(bearerOf));
  await revokeSession(
    { personId: people[3]?.personId ?? "", sessionId: "" },
    { sessionId: bearers[3]?.sessionId ?? "" },
  );
  const answers = await Promise.all([
    checkSession({ cookieSessionId: "no id" }),
    checkSession({ cookieSessionId: bearers[0]?.sessionId ?? "" }),
    ...people.map(({ sessionId }) => checkSession({ cookieSessionId: sessionId })),
    ...bearers.map(({ token }) => checkSession({ token })),
  ]);
  expect(answers.slice(0, 2)).toEqual([null, null]);
  expect(answers.slice(2, 10).map((me) => me?.personId)).toEqual(people.map(({ personId }) => personId));
  expect(answers.slice(10).map((me) => me?.personId)).toEqual(
    people.map(({ personId }, at) => (at === 3 ? undefined : personId)),
  );
});

test("the list of sessions is mine, and ends mine only", async () => {
  const [ann, eve] = [await newPerson("ann"), await newPerson("eve")];
  const phone = await signedOut().accounts.signIn({ login: ann.handle, password: testPassword, label: "phone" });
  const { sessions } = await callerOf(ann).accounts.sessions.list();
  expect(sessions.map((one) => [one.label, one.current]).toSorted()).toEqual([
    ["", true],
    ["phone", false],
  ]);
  expect(await callerOf(eve).accounts.sessions.revoke({ sessionId: phone.sessionId })).toEqual({ revoked: 0 });
  expect(await callerOf(ann).accounts.sessions.revokeOthers()).toEqual({ revoked: 1 });
  expect(await checkSession({ token: phone.token })).toBeNull();
  expect(await checkSession({ cookieSessionId: ann.sessionId })).not.toBeNull();
});

test("hundreds of sessions end in one call", async () => {
  const ann = await newPerson("ann");
  await sql()`
    insert into sessions (person_id, kind, expires_at)
    select ${ann.personId}, 'cookie', now() + interval '1 day' from generate_series(1, 450)`;
  expect(await callerOf(ann).accounts.sessions.revokeOthers()).toEqual({ revoked: 450 });
});

test("an expired session is over, and gone with the next sign-in", async () => {
  const ann = await newPerson("ann");
  await sql()`update sessions set expires_at = now() - interval '1 second' where id = ${ann.sessionId}`;
  expect(await checkSession({ cookieSessionId: ann.sessionId })).toBeNull();
  await signedOut().accounts.signIn({ login: ann.handle, password: testPassword });
  expect(await sql()`select id from sessions where id = ${ann.sessionId}`).toHaveLength(0);
});

test("changing the password needs the old one and ends the other sessions", async () => {
  const ann = await newPerson("ann");
  const phone = await signedOut().accounts.signIn({ login: ann.handle, password: testPassword });
  const change = (current: string) => callerOf(ann).accounts.changePassword({ current, next: "a better password" });
  expect(await reasonFor(change("wrong"))).toBe("incorrect_password");
  for (const next of ["qwertyuiop", ann.handle]) {
    const call = callerOf(ann).accounts.changePassword({ current: testPassword, next });
    expect(await reasonFor(call), next).toBe("password_weak");
  }
  expect(await change(testPassword)).toEqual({ revoked: 1 });
  expect(await checkSession({ token: phone.token })).toBeNull();
  expect(await reasonFor(signedOut().accounts.signIn({ login: ann.handle, password: testPassword }))).toBe(
    "invalid_credentials",
  );
  expect((await signedOut().accounts.signIn({ login: ann.handle, password: "a better password" })).person.id).toBe(
    ann.personId,
  );
});

test("a mobile number and an e-mail address are seen by their owner only", async () => {
  const tail = String(Math.random()).slice(2, 10);
  const [ann, ben] = [
    await newPerson("ann", { mobile: `+4917${tail}`, email: `${someHandle("a")}@post.example` }),
    await newPerson("ben"),
  ];
  await callerOf(ben).friends.request({ personId: ann.personId });
  await callerOf(ann).friends.accept({ personId: ben.personId });
  const seen = JSON.stringify([
    await callerOf(ben).friends.list(),
    await callerOf(ben).conversations.list(),
    await callerOf(ben).people.get({ ids: [ann.personId] }),
    await callerOf(ben).friends.find({ query: ann.handle }),
  ]);
  expect(seen).toContain(ann.handle);
  expect(seen).not.toContain(tail);
  expect(seen).not.toContain("@post.example");
  expect(seen).not.toContain("passwordHash");
  expect((await callerOf(ann).accounts.me()).mobile).toBe(`+4917${tail}`);
});

test("people one never met are left out of people.get", async () => {
  const [ann, eve] = [await newPerson("ann"), await newPerson("eve")];
  expect(await callerOf(eve).people.get({ ids: [ann.personId, randomUUID(), eve.personId] })).toMatchObject({
    people: [{ id: eve.personId }],
  });
});
