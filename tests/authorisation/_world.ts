/** One community with a person in each relation to it, made anew for each row of the table. */
import { createHash, randomUUID } from "node:crypto";
import { insertPeople } from "#bench/people.ts";
import { hashPassword } from "#server/accounts/password.ts";
import { sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { callerOf, makeFriends, say, testPassword } from "#tests/_people.ts";

/** `invited` has asked to join and is not answered; `former` left; `banned` was removed by the owner. */
export const actors = ["anonymous", "stranger", "invited", "former", "banned", "member", "owner"] as const;
export type Actor = (typeof actors)[number];
type Person = Exclude<Actor, "anonymous">;

export type World = {
  people: Record<Person, Me>;
  communityId: string;
  inviteCode: string;
  /** The owner's link with that code. */
  inviteId: string;
  /** A message of each who was ever in it; strangers have none and name the owner's. */
  seqOf: Record<Actor, number>;
  /** One of the owner's that was recalled. */
  recalledSeq: number;
  /** A poll of the owner's with two options, which is not anonymous. */
  pollSeq: number;
  packetId: string;
  /** The client id of a message of the owner's to the community that waits for its time. */
  scheduledId: string;
  /** A folder of the owner's. */
  folderId: string;
  /** The owner's file, of which no part was sent yet. */
  fileId: string;
  /** The owner's friend, who has asked the stranger to be one, too. */
  friend: Me;
  friendConversationId: string;
};

/** Made once: a hash takes as long as a hundred calls. */
const passwordHash = hashPassword("made for a test", testPassword);

export const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString();

/** A file that its owner is about to send. */
export const newFile = () => ({
  clientId: randomUUID(),
  name: "kites.txt",
  bytes: 5,
  sha256: createHash("sha256").update("kites").digest("hex"),
  purpose: "file" as const,
});

export async function makeWorld(): Promise<World> {
  const [stranger, invited, former, banned, member, owner, friend] = (await insertPeople(sql(), 7)) as [
    Me,
    Me,
    Me,
    Me,
    Me,
    Me,
    Me,
  ];
  await sql()`update people set password_hash = ${await passwordHash} where password_hash = ''`;
  const people = { stranger, invited, former, banned, member, owner };
  const { communities, wallet, messages } = callerOf(owner);
  const { community } = await communities.create({ name: "Kites", joinPolicy: "open" });
  const communityId = community.id;
  const inside = [former, banned, member];
  for (const one of inside) await callerOf(one).communities.join({ communityId });
  const said = async (me: Me) => (await say(me, communityId, "hello")).message.seq;
  const ofOwner = await said(owner);
  const seqOf: Record<Actor, number> = {
    anonymous: ofOwner,
    stranger: ofOwner,
    invited: ofOwner,
    former: await said(former),
    banned: await said(banned),
    member: await said(member),
    owner: ofOwner,
  };
  const recalledSeq = await said(owner);
  await messages.recall({ conversationId: communityId, seq: recalledSeq });
  const poll = { kind: "poll" as const, question: "Kites?", options: ["Yes", "No"], closesAt: null };
  const { message: asked } = await messages.send({
    conversationId: communityId,
    clientId: randomUUID(),
    content: { ...poll, multiple: false, anonymous: false },
  });
  await wallet.get();
  const packet = { split: "equal" as const, total: 50, shares: 10, greeting: "" };
  const { message } = await wallet.sendPacket({ conversationId: communityId, clientId: randomUUID(), ...packet });
  const scheduledId = randomUUID();
  const later = { content: { kind: "text" as const, text: "later" }, sendAt: tomorrow() };
  await messages.schedule({ conversationId: communityId, clientId: scheduledId, ...later });
  const folderId = randomUUID();
  await callerOf(owner).conversations.createFolder({ folderId, name: "Kites" });
  await callerOf(former).communities.leave({ communityId });
  await communities.ban({ communityId, personId: banned.personId });
  await communities.update({ communityId, joinPolicy: "approval" });
  const { code: inviteCode, invite } = await communities.createInvite({ communityId });
  await callerOf(invited).communities.join({ communityId });
  await callerOf(friend).friends.request({ personId: stranger.personId });
  return {
    people,
    communityId,
    inviteCode,
    inviteId: invite.id,
    seqOf,
    recalledSeq,
    pollSeq: asked.seq,
    scheduledId,
    folderId,
    packetId: String(message.content.packetId),
    fileId: (await callerOf(owner).media.begin(newFile())).fileId,
    friend,
    friendConversationId: await makeFriends(owner, friend),
  };
}
