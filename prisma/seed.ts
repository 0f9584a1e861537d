/**
 * A small demo, so that the first screen is not empty: three people, their friendships, a community, some talk.
 * Written through the same verbs that people use. Does nothing when anybody has an account; refuses in production.
 * Writes the accounts to `.data/demo.json` for `npm start` to print. Run: `npm start`, or `node --import tsx prisma/seed.ts`.
 */
import { randomInt } from "node:crypto";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { SignUpInput } from "#contracts/accounts.ts";
import type { Sendable } from "#contracts/messages/kinds/index.ts";
import { writePrivately } from "#scripts/private-file.ts";
import { signUp } from "#server/accounts/sign-up.ts";
import { updateProfile } from "#server/accounts/update-profile.ts";
import { createCommunity } from "#server/communities/create.ts";
import { joinCommunity } from "#server/communities/join.ts";
import { closePrisma, prisma } from "#server/db/prisma.ts";
import { closeSql } from "#server/db/sql.ts";
import { readEnv } from "#server/env.ts";
import { acceptFriend } from "#server/friends/accept.ts";
import { requestFriend } from "#server/friends/request.ts";
import type { Me } from "#server/me.ts";
import { sendMessage } from "#server/messages/send/send.ts";
import { sendPacket } from "#server/wallet/send-packet.ts";

/** Random for each database, so that others on the network of a first try do not know it. */
const password = `demo-${randomInt(1e8).toString().padStart(8, "0")}`;
const noSession = "00000000-0000-0000-0000-000000000000";

type Account = { handle: string; password: string };

export async function seed(): Promise<Account[]> {
  if (readEnv("seed").production) throw new Error("The seed makes demo accounts and does not run in production.");
  if ((await prisma().person.count()) > 0) return [];
  const mei = await join({ handle: "mei", displayName: "林小梅", password }, "慢慢来，比较快");
  const tomo = await join({ handle: "tomo", displayName: "Tomo Ferreira", password }, "Out on the water");
  const zahra = await join({ handle: "zahra", displayName: "زهرة", password }, "صباح الخير");

  const withTomo = await befriend(mei, tomo, "你好 Tomo，我是小梅");
  await talk(withTomo, [
    [mei, "Tomo! 你到了吗？"],
    [tomo, "Just off the train 🚆 The map says ten minutes on foot."],
    [mei, "路上小心，茶已经泡好了 🍵"],
    [tomo, "See you soon. Here is the trail for Sunday: https://trails.example/north-ridge"],
    [tomo, { kind: "location", latitude: 46.5582, longitude: 8.5614, name: "North ridge hut" }],
    [mei, "> ten minutes on foot\n**Twenty**, with your bag 😄 ||我做了蛋糕||"],
  ]);
  const withZahra = await befriend(mei, zahra, "We met at the reading club");
  await talk(withZahra, [
    [zahra, "مساء الخير يا مي! هل قرأتِ الفصل الثالث؟"],
    [mei, "Almost. The part with the lighthouse is wonderful."],
  ]);
  await talk(withTomo, [[mei, { kind: "card", of: "person", id: zahra.personId }]]);
  await requestFriend(tomo, { personId: zahra.personId, note: "Mei says you know the best bookshops" });

  const { community } = await createCommunity(mei, {
    name: "周末徒步 Weekend Trails",
    icon: "⛰️",
    category: "interests",
    description: "每周日早上八点出发。Slow walkers welcome.",
  });
  await joinCommunity(tomo, { communityId: community.id });
  await joinCommunity(zahra, { communityId: community.id });
  await talk(community.id, [
    [mei, "这周日去北山，天气很好 ☀️"],
    [tomo, "Count me in. Who brings the coffee?"],
    [zahra, "أنا أحضر القهوة ☕"],
    [mei, "太好了！八点，老地方见。"],
  ]);
  await sendPacket(mei, {
    conversationId: community.id,
    clientId: crypto.randomUUID(),
    split: "random",
    total: 888,
    shares: 3,
    greeting: "周日见",
  });
  return ["mei", "tomo", "zahra"].map((handle) => ({ handle, password }));
}

async function join(account: SignUpInput, bio: string): Promise<Me> {
  const person = await signUp("seed", account);
  const me = { personId: person.id, sessionId: noSession };
  await updateProfile(me, { bio });
  return me;
}

async function befriend(asker: Me, accepter: Me, note: string): Promise<string> {
  await requestFriend(asker, { personId: accepter.personId, note });
  return (await acceptFriend(accepter, { personId: asker.personId })).conversationId;
}

async function talk(conversationId: string, lines: [Me, string | Sendable][]): Promise<void> {
  for (const [sender, said] of lines) {
    const content: Sendable = typeof said === "string" ? { kind: "text", text: said } : said;
    await sendMessage(sender, { conversationId, clientId: crypto.randomUUID(), content });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const accounts = await seed();
  if (accounts.length > 0) {
    const directory = path.join(path.dirname(fileURLToPath(import.meta.url)), "../.data");
    await mkdir(directory, { recursive: true });
    writePrivately(path.join(directory, "demo.json"), JSON.stringify(accounts, null, 2));
  }
  await closeSql();
  await closePrisma();
}
