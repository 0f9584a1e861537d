import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { limits } from "#contracts/limits.ts";
import type { Message } from "#contracts/messages/message.ts";
import { createCommunity } from "#server/communities/create.ts";
import { joinCommunity } from "#server/communities/join.ts";
import { removeFromCommunity } from "#server/communities/leave.ts";
import { type Messenger, startMessenger } from "#tests/_messenger.ts";
import { makeFriends, newPerson, say, type TestPerson, testPassword } from "#tests/_people.ts";
import { type Program, runProgram } from "#tests/examples/_program.ts";

/** Each program takes a second to start on a busy machine, and some tests wait for one that waits by itself. */
vi.setConfig({ testTimeout: 60_000 });

let messenger: Messenger;
let folder: string;
const programs: Program[] = [];
beforeAll(async () => {
  messenger = await startMessenger();
  folder = await mkdtemp(path.join(tmpdir(), "imchat-cli-"));
});
afterEach(async () => {
  messenger.around = (_, serveIt) => serveIt();
  for (const program of programs.splice(0)) {
    program.interrupt();
    await program.exit;
  }
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await messenger.close();
});

/** Port 1 of this machine: nothing listens there. */
const nowhere = "http://127.0.0.1:1";
const configOf = (name: string) => path.join(folder, `${name}.json`);
function cli(name: string, ...args: string[]): Program {
  const environment = { IMCHAT_URL: messenger.url, IMCHAT_CONFIG: configOf(name), IMCHAT_PASSWORD: testPassword };
  const program = runProgram(args, environment);
  programs.push(program);
  return program;
}

async function outcome(program: Program): Promise<{ code: number | null; out: string; said: string }> {
  program.input("");
  const code = await program.exit;
  return { code, out: program.lines.join("\n"), said: program.errors.join("\n") };
}

/** Signed in in the program as well: `me.handle` names the configuration. */
async function newUser(name: string): Promise<TestPerson> {
  const me = await newPerson(name);
  expect(await outcome(cli(me.handle, "sign-in", me.handle))).toMatchObject({ code: 0 });
  return me;
}

const noSuch = "There is no such conversation, or you are not in it.";
const messagesOf = (program: Program) => program.lines.map((line) => JSON.parse(line) as Message);
const textsOf = (program: Program) => messagesOf(program).flatMap(({ content }) => content.text ?? []);
const holds = (text: string) => (line: string) => line.includes(text);

test("two people talk through two terminals", async () => {
  const [ann, ben] = await Promise.all([newUser("ann"), newUser("ben")]);
  const id = await makeFriends(ann, ben);
  await say(ben, id, "before");
  const tails = [ann, ben].map((me) => cli(me.handle, "tail", id, "--json", "--from", "1"));
  await Promise.all(tails.map((tail) => tail.until(holds("[live]"))));
  expect(await outcome(cli(ann.handle, "send", id, "hello", "你好 🎐"))).toMatchObject({ code: 0, out: "3" });
  const lines = cli(ben.handle, "send", id, "-");
  lines.input("first line\n\n  مرحبا\nlast line");
  expect(await lines.exit).toBe(0);
  await Promise.all(tails.map((tail) => tail.until(holds("last line"))));
  for (const tail of tails) {
    tail.interrupt();
    expect(await tail.exit).toBe(0);
    expect(textsOf(tail)).toEqual(["before", "hello 你好 🎐", "first line", "  مرحبا", "last line"]);
    expect(messagesOf(tail).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
  }
  expect((await outcome(cli(ann.handle, "list"))).out).toBe(`${id}\t3\tben\tlast line`);
});

test("for people, tail begins with the last messages and says who speaks", async () => {
  const [ann, ben] = [await newUser("ann"), await newPerson("ben")];
  const id = await makeFriends(ann, ben);
  for (let at = 0; at < 12; at += 1) await say(ben, id, `line ${at}\nsecond`);
  const tail = cli(ann.handle, "tail", id);
  await tail.until(holds("line 11"));
  expect(tail.lines[0]).toMatch(/^4 {2}\S+Z {2}ben: line 2$/);
  expect(tail.lines[1]).toBe("    second");
});

test("the worker and the server go away and come back: tail shows everything once and in order", async () => {
  const [ann, ben] = [await newUser("ann"), await newPerson("ben")];
  const id = await makeFriends(ann, ben);
  const tail = cli(ann.handle, "tail", id, "--json", "--from", "2");
  await tail.until(holds("[live]"));
  await messenger.worker.stop();
  await say(ben, id, "without the worker");
  await tail.until(holds("without the worker"));
  await messenger.web.stop();
  // So many that the server does not tell each change any more: the conversation is opened afresh.
  const many = limits.changes.reset + 20;
  for (let at = 1; at <= many; at += 1) await say(ben, id, `without anything ${at}`);
  await messenger.worker.start();
  await messenger.web.start();
  await tail.until(holds(`without anything ${many}`));
  await say(ben, id, "the very last");
  await tail.until(holds("the very last"));
  expect(messagesOf(tail).map(({ seq }) => seq)).toEqual(Array.from({ length: many + 2 }, (_, at) => at + 2));
});

test("tail ends when its person is removed from the community", async () => {
  const [ann, ben] = [await newUser("ann"), await newPerson("ben")];
  const { community } = await createCommunity(ben, { name: "Kites", joinPolicy: "open" });
  await joinCommunity(ann, { communityId: community.id });
  const tail = cli(ann.handle, "tail", community.id, "--json");
  await tail.until(holds("[live]"));
  await say(ben, community.id, "goodbye");
  await tail.until(holds("goodbye"));
  await removeFromCommunity(ben, { communityId: community.id, personId: ann.personId });
  await say(ben, community.id, "without you");
  expect(await tail.exit).toBe(1);
  expect(textsOf(tail)).toEqual(["goodbye"]);
  expect(tail.errors.at(-1)).toBe(noSuch);
});

test("a message with a lost answer is sent again and stored once", async () => {
  const [ann, ben] = [await newUser("ann"), await newPerson("ben")];
  const id = await makeFriends(ann, ben);
  let attempts = 0;
  messenger.around = async (request, serveIt) => {
    const answer = await serveIt();
    if (request.url.includes("messages.send") && ++attempts === 1) throw new Error("lost on the way");
    return answer;
  };
  expect(await outcome(cli(ann.handle, "send", id, "once"))).toMatchObject({ code: 0, out: "2" });
  expect(attempts).toBe(2);
  expect((await say(ben, id, "next")).message.seq).toBe(3);
});

test("sending waits for a server that restarts", async () => {
  const [ann, ben] = [await newUser("ann"), await newPerson("ben")];
  const id = await makeFriends(ann, ben);
  await messenger.web.stop();
  const sending = cli(ann.handle, "send", id, "patient");
  await sending.until(holds("trying again"));
  await messenger.web.start();
  expect(await outcome(sending)).toMatchObject({ code: 0, out: "2" });
});

test("refusals are one sentence and exit code 1, wrong usage is 2", async () => {
  const [ann, ben, eve] = [await newUser("ann"), await newPerson("ben"), await newPerson("eve")];
  const strangers = await makeFriends(ben, eve);
  const refusals = [
    { program: cli(ann.handle, "tail", strangers), said: noSuch },
    { program: cli(ann.handle, "send", strangers, "hi"), said: noSuch },
    {
      program: cli(ann.handle, "send", "nonsense", "hi"),
      said: "This is not the id of a conversation. `list` shows them.",
    },
    { program: cli("nobody", "list"), said: `You are not signed in at ${messenger.url}. Use sign-in <login>.` },
    { program: cli("nobody", "sign-in", "ann", "--url", nowhere), said: `Nothing answers at ${nowhere}.` },
  ];
  for (const { program, said } of refusals) expect(await outcome(program)).toEqual({ code: 1, out: "", said });
  const nonsense = [[], ["dance"], ["tail"], ["list", "more"], ["tail", strangers, "--from", "0"]];
  for (const program of nonsense.map((args) => cli("nobody", ...args))) {
    expect(await outcome(program)).toMatchObject({ code: 2, said: expect.stringContaining("Usage") });
  }
});

test("a wrong password leaves nothing behind; the token is in a file that only its owner reads", async () => {
  const ann = await newPerson("ann");
  const wrong = runProgram(["sign-in", ann.handle, "--url", messenger.url], { IMCHAT_CONFIG: configOf("wrong") });
  wrong.input("not the password\n");
  expect(await wrong.exit).toBe(1);
  expect(wrong.errors).toEqual(["The sign-in name or the password is not right."]);
  await expect(stat(configOf("wrong"))).rejects.toThrow("ENOENT");

  const typed = runProgram(["sign-in", ann.handle, "--url", messenger.url], { IMCHAT_CONFIG: configOf("typed") });
  typed.input(`${testPassword}\n`);
  expect(await typed.exit).toBe(0);
  const { mode } = await stat(configOf("typed"));
  if (process.platform !== "win32") expect(mode & 0o777).toBe(0o600);
});

test("sign-out makes the token useless and ends a tail that uses it", async () => {
  const [ann, ben] = [await newUser("ann"), await newPerson("ben")];
  const id = await makeFriends(ann, ben);
  const { [messenger.url]: session } = JSON.parse(await readFile(configOf(ann.handle), "utf8"));
  const asAnn = () =>
    fetch(`${messenger.url}/api/trpc/accounts.me`, { headers: { authorization: `Bearer ${session.token}` } });
  expect((await asAnn()).status).toBe(200);
  const tail = cli(ann.handle, "tail", id);
  await tail.until(holds("[live]"));
  expect(await outcome(cli(ann.handle, "sign-out"))).toMatchObject({ code: 0 });
  expect((await asAnn()).status).toBe(401);
  expect(await tail.exit).toBe(1);
  expect(tail.errors.at(-1)).toBe("You are signed out. Sign in again.");
  expect(await outcome(cli(ann.handle, "list"))).toMatchObject({ code: 1 });
});
