/** What the environment limits; it is read once, so this file sets it before the product is loaded. */
import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";

process.env.MESSAGE_RATE_LIMIT = "1";
process.env.COMMUNITIES_PER_PERSON = "2";
process.env.WALLET_INITIAL_BALANCE = "0";
process.env.CORS_ORIGINS = "https://other.example";
const { callerOf, closeDatabase, makeFriends, newPerson, reasonFor } = await import("#tests/_people.ts");
const { handleTrpc } = await import("#server/trpc/http.ts");
afterAll(closeDatabase);

test("a person founds as many communities as the setting says, and a dissolved one makes room", async () => {
  const mine = callerOf(await newPerson("ann")).communities;
  const [first] = [await mine.create({ name: "One" }), await mine.create({ name: "Two" })];
  expect(await reasonFor(mine.create({ name: "Three" }))).toBe("communities_limit_reached");
  await mine.dissolve({ communityId: first.community.id });
  expect(await reasonFor(mine.create({ name: "Three" }))).toBe("no refusal");
});

test("without an initial balance a wallet begins empty and sends nothing", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  const mine = callerOf(ann).wallet;
  expect(await mine.get()).toEqual({ balance: 0 });
  expect(await mine.history({})).toEqual({ entries: [], nextCursor: null });
  const terms = { split: "equal" as const, total: 1, shares: 1, greeting: "" };
  expect(await reasonFor(mine.sendPacket({ conversationId, clientId: randomUUID(), ...terms }))).toBe(
    "insufficient_balance",
  );
});

test("sending faster than the setting is refused after the burst, and nothing of it is stored", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  const send = () =>
    reasonFor(
      callerOf(ann).messages.send({ conversationId, clientId: randomUUID(), content: { kind: "text", text: "x" } }),
    );
  const answers = await Promise.all(Array.from({ length: 14 }, send));
  const stored = answers.filter((answer) => answer === "no refusal").length;
  expect(stored).toBeGreaterThanOrEqual(10);
  expect(answers).toContain("rate_limited");
  expect((await callerOf(ann).messages.page({ conversationId })).head.lastSeq).toBe(stored + 1);
});

test("a frontend of an allowed origin calls with a bearer token, and never with our cookie", async () => {
  const ann = await newPerson("ann");
  const { encode } = await import("next-auth/jwt");
  const cookie = `imchat.session=${await encode({
    token: { sub: ann.personId, sid: ann.sessionId },
    secret: process.env.NEXTAUTH_SECRET ?? "",
  })}`;
  const me = (headers: Record<string, string>, method = "GET") =>
    handleTrpc(
      new Request("http://chat.example/api/trpc/accounts.me", {
        method,
        headers: { host: "chat.example", ...headers },
      }),
    );
  expect((await me({ cookie })).status).toBe(200);
  expect((await me({ cookie, origin: "http://chat.example" })).status).toBe(200);
  expect((await me({ cookie, origin: "https://other.example" })).status).toBe(401);
  expect((await me({ cookie, origin: "https://evil.example" })).status).toBe(403);
  const preflight = await me({ origin: "https://other.example", "access-control-request-method": "POST" }, "OPTIONS");
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get("access-control-allow-origin")).toBe("https://other.example");
  expect(preflight.headers.get("access-control-allow-credentials")).toBeNull();
  const { token } = await callerOf(null).accounts.signIn({ login: ann.handle, password: "correct horse" });
  const answer = await me({ origin: "https://other.example", authorization: `Bearer ${token}` });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("access-control-allow-origin")).toBe("https://other.example");
});

test("a cookie that is forged, or of an ended session, is signed out", async () => {
  const ann = await newPerson("ann");
  const { encode } = await import("next-auth/jwt");
  const me = async (secret: string) => {
    const token = await encode({ token: { sub: ann.personId, sid: ann.sessionId }, secret });
    const headers = { host: "chat.example", cookie: `imchat.session=${token}` };
    return (await handleTrpc(new Request("http://chat.example/api/trpc/accounts.me", { headers }))).status;
  };
  expect(await me("another secret, as long as one should be")).toBe(401);
  expect(await me(process.env.NEXTAUTH_SECRET ?? "")).toBe(200);
  await callerOf(ann).accounts.signOut();
  expect(await me(process.env.NEXTAUTH_SECRET ?? "")).toBe(401);
});
