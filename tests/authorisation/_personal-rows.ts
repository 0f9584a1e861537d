/** What belongs to a person: their account, friends, files and stickers. */
import { randomUUID } from "node:crypto";
import { someHandle } from "#tests/_people.ts";
import { everyone, none, type Row, row } from "#tests/authorisation/_row.ts";
import { newFile, type World } from "#tests/authorisation/_world.ts";

const all = (reason: string) => `– ${Array(6).fill(reason).join(" ")}`;
const anyone = "✓ ✓ ✓ ✓ ✓ ✓ ✓";

const account = () => ({ handle: someHandle("guest"), password: "a long password", displayName: "Guest" });

const accounts: Row[] = [
  row("accounts.signUp", "new", anyone, account),
  row("accounts.signIn", "none", all("invalid_credentials").replace("–", "invalid_credentials"), () => ({
    login: someHandle("none"),
    password: "a long password",
  })),
  row("accounts.me", "mine", everyone),
  row("accounts.signOut", "mine", everyone),
  row("accounts.updateProfile", "mine", everyone, () => ({ bio: "kites" })),
  row("accounts.changePassword", "with a wrong password", all("incorrect_password"), () => ({
    current: "not the password",
    next: "another long password",
  })),
  row("accounts.sessions.list", "mine", everyone),
  row("accounts.sessions.revoke", "foreign, which stays", everyone, ({ friend }) => ({ sessionId: friend.sessionId })),
  row("accounts.sessions.revokeOthers", "mine", everyone),
  row("realtime.authorize", "mine", everyone, () => ({})),
  row("people.get", "strangers", everyone, ({ friend }) => ({ ids: [friend.personId] })),
  row("people.profile", "a stranger, who is null", everyone, ({ friend }) => ({ personId: friend.personId })),
  row("people.lastSeen", "a stranger, who is null", everyone, ({ friend }) => ({ personId: friend.personId })),
];

const friendId = ({ friend }: World) => ({ personId: friend.personId });

const friends: Row[] = [
  row("friends.list", "mine", everyone),
  row("friends.find", "none", everyone, () => ({ query: someHandle("none") })),
  row("friends.request", "the owner's friend", "– ✓ ✓ ✓ ✓ ✓ already_friends", friendId),
  row("friends.request", "none", none, () => ({ personId: randomUUID() })),
  row(
    "friends.accept",
    "who asked the stranger",
    "– ✓ request_not_found request_not_found request_not_found request_not_found ✓",
    friendId,
  ),
  row("friends.refuse", "who asked the stranger", all("request_not_found").replace("request_not_found", "✓"), friendId),
  row("friends.withdraw", "nothing asked", all("request_not_found"), friendId),
  row(
    "friends.alias",
    "the owner's friend",
    "– not_friends not_friends not_friends not_friends not_friends ✓",
    (world) => ({
      ...friendId(world),
      alias: "Kite",
    }),
  ),
  row(
    "friends.remove",
    "the owner's friend",
    "– not_friends not_friends not_friends not_friends not_friends ✓",
    friendId,
  ),
  row("friends.block", "the owner's friend", everyone, friendId),
  row("friends.unblock", "the owner's friend", everyone, friendId),
];

const fileOf = ({ fileId }: World) => ({ fileId });

const files: Row[] = [
  row("media.begin", "mine", everyone, newFile),
  row("media.usage", "mine", everyone),
  row("media.complete", "the owner's", "– × × × × × upload_incomplete", (world) => ({ ...fileOf(world), parts: [] })),
  row("media.status", "the owner's", everyone, ({ fileId }) => ({ fileIds: [fileId] })),
  row("media.cancel", "the owner's, which stays for others", everyone, fileOf),
  row("media.address", "the owner's", none, (world) => ({ ...fileOf(world), variant: "original" })),
  row("links.preview", "nowhere", everyone, () => ({ url: "http://127.0.0.1:1/" })),
];

const stickers: Row[] = [
  row("stickers.list", "mine", everyone),
  ...["stickers.pack", "stickers.installPack"].map((path) => row(path, "none", none, () => ({ packId: randomUUID() }))),
  row("stickers.removePack", "none", everyone, () => ({ packId: randomUUID() })),
  row("stickers.addPack", "of no files", all("invalid_id"), () => ({})),
  row("stickers.favourite", "none", none, () => ({ stickerId: randomUUID() })),
  row("stickers.unfavourite", "none", everyone, () => ({ stickerId: randomUUID() })),
];

export const personalRows: Row[] = [...accounts, ...friends, ...files, ...stickers];
