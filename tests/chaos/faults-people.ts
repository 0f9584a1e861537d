import { setTimeout as pause } from "node:timers/promises";
import type { Fault, Scene } from "#tests/chaos/fault.ts";

async function largeMessages({ actors, size }: Scene): Promise<string> {
  const acks = await actors.large(size === "short" ? 30 : 100);
  return `${acks} messages around and above 7,900 bytes`;
}

async function duplicates({ actors, size }: Scene): Promise<string> {
  const acks = await actors.duplicates(size === "short" ? 10 : 40, 20);
  const again = await actors.repeatAfterKick();
  return `20 copies at once over both servers: ${acks} acknowledged; after a kick: ${again}`;
}

/** Kicked members say their old subscription again on the same socket, while the place goes on talking. */
async function replaySubscription({ actors, size }: Scene): Promise<string> {
  const replays = await actors.kickAndReplay(size === "short" ? 6 : 20);
  return `${replays} replays by kicked members`;
}

async function revokeSessions({ actors, size }: Scene): Promise<string> {
  const revoked = await actors.revoke(size === "short" ? 5 : 15);
  await pause(1_200);
  await actors.signInAgain();
  return `${revoked} sessions with an open socket`;
}

async function manyKicks({ actors, size }: Scene): Promise<string> {
  const kicks = await actors.manyKicks(size === "short" ? 25 : 120);
  return `${kicks} kicks under load`;
}

async function blockFriends({ actors, size }: Scene): Promise<string> {
  const blocks = await actors.blockFriends(size === "short" ? 12 : 60);
  return `${blocks} friends blocked for a while, under load`;
}

export const peopleFaults: Fault[] = [
  { row: 10, name: "messages around and above 7,900 bytes", run: largeMessages },
  { row: 15, name: "one clientId twenty times at once", run: duplicates },
  { row: 25, name: "a kicked member repeats the subscription", run: replaySubscription },
  { row: 26, name: "sessions revoked with open sockets", run: revokeSessions },
  { row: 27, name: "kicks under load", run: manyKicks },
  { row: 29, name: "blocks under load", run: blockFriends },
];
