import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { limits } from "#contracts/limits.ts";
import type { Me } from "#server/me.ts";
import { callerOf, closeDatabase, makeFriends, newPerson, reasonFor } from "#tests/_people.ts";
import { envelopesOf, expectParity } from "#tests/parity/_event-recorder.ts";

afterAll(closeDatabase);

const of = (me: Me) => callerOf(me).conversations;
const shown = async (me: Me) =>
  (await of(me).folders()).folders.map(({ name, conversationIds }) => [name, ...conversationIds].join(" "));

async function withFolders(...names: string[]) {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  const ids = names.map(() => randomUUID());
  for (const [at, name] of names.entries()) await of(ann).createFolder({ folderId: ids[at] ?? "", name });
  const put = (folderId: string | undefined, inside = true, id = conversationId) =>
    of(ann).fileConversation({ folderId: folderId ?? "", conversationId: id, inside });
  return { ann, ben, conversationId, ids, put };
}

test("folders are mine alone, in my order, and repeating says nothing", async () => {
  const { ann, ben, conversationId, ids, put } = await withFolders("Work", "Family");
  const [work = "", family = ""] = ids;
  await put(work);
  const heard = await envelopesOf(async () => {
    await put(work);
    await of(ann).createFolder({ folderId: work, name: "Work again" });
    await of(ann).renameFolder({ folderId: work, name: "Work" });
    await of(ann).orderFolders({ folderIds: [work, randomUUID(), work] });
    await of(ann).deleteFolder({ folderId: randomUUID() });
    await of(ann).orderFolders({ folderIds: [family] });
  });
  expect(heard).toMatchObject([{ personId: ann.personId, event: { folders: [{ name: "Family" }, { name: "Work" }] } }]);
  expect(await shown(ann)).toEqual(["Family", `Work ${conversationId}`]);
  expect(await shown(ben)).toEqual([]);
});

test("every change agrees with the list, also leaving a conversation in a folder", async () => {
  const { ann, ben, conversationId, ids, put } = await withFolders("Work", "Family");
  const [work = "", family = ""] = ids;
  const { community } = await callerOf(ben).communities.create({ name: "Kites", joinPolicy: "open" });
  await callerOf(ann).communities.join({ communityId: community.id });
  const agree = (act: () => Promise<unknown>) => expectParity([ann, ben], [conversationId], act);
  await agree(() => put(work));
  await agree(() => put(family, true, community.id));
  await agree(() => put(work, true, community.id));
  await agree(() => put(work, false));
  await agree(() => of(ann).renameFolder({ folderId: work, name: "Play" }));
  await agree(() => of(ann).orderFolders({ folderIds: [family, work] }));
  await agree(() => of(ann).createFolder({ folderId: randomUUID(), name: "New" }));
  await agree(() => callerOf(ann).communities.leave({ communityId: community.id }));
  expect(await shown(ann)).toEqual(["Family", "Play", "New"]);
  await agree(() => of(ann).deleteFolder({ folderId: family }));
});

test("a folder that is not mine, a conversation that I am not in and too many folders are refused", async () => {
  const { ann, ben, conversationId, ids, put } = await withFolders("Work");
  const elsewhere = await makeFriends(ben, await newPerson("cleo"));
  expect(await reasonFor(put(randomUUID()))).toBe("not_found");
  expect(await reasonFor(put(ids[0], true, elsewhere))).toBe("not_found");
  expect(await reasonFor(of(ben).fileConversation({ folderId: ids[0] ?? "", conversationId, inside: true }))).toBe(
    "not_found",
  );
  expect(await reasonFor(of(ann).createFolder({ folderId: randomUUID(), name: " \n" }))).toBe("text_empty");
  expect(await reasonFor(of(ann).createFolder({ folderId: randomUUID(), name: "x".repeat(21) }))).toBe("text_too_long");
  const many = Array.from({ length: limits.folders }, (_, n) =>
    reasonFor(of(ann).createFolder({ folderId: randomUUID(), name: `folder ${n}` })),
  );
  expect((await Promise.all(many)).filter((reason) => reason !== "no refusal")).toEqual(["folders_limit_reached"]);
});
