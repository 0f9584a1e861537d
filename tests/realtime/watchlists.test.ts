import { expect, test } from "vitest";
import type { Socket } from "#realtime/connection.ts";
import { type LoadedWatchlist, Watchlists } from "#realtime/watchlists.ts";

/** A socket that keeps what it is sent, one line per event, for example "online ann ben". */
function newSocket(): Socket & { lines: string[] } {
  const lines: string[] = [];
  const push = (text: string | Buffer) => {
    const { data }: { data: string } = JSON.parse(String(text));
    const { events }: { events: { name: string; user_ids: string[] }[] } = JSON.parse(data);
    lines.push(...events.map(({ name, user_ids }) => [name, ...user_ids].join(" ")));
  };
  return { id: "1.1", lines, push, end: () => {} };
}

const noRead = () => Promise.reject(new Error("nothing is read"));

/** A load that waits for its answer. */
function pendingLoad() {
  let answer = (_loaded: LoadedWatchlist | null) => {};
  const loaded = new Promise<LoadedWatchlist | null>((resolve) => {
    answer = resolve;
  });
  return { load: () => loaded, answer: (list: LoadedWatchlist | null) => answer(list) };
}

test("a loaded list is sent with its state, and then its changes", async () => {
  const [lists, socket] = [new Watchlists(noRead), newSocket()];
  await lists.watchLoaded(socket, async () => ({ userIds: ["ann", "ben"], onlineIds: ["ann"] }));
  lists.notify("offline", ["ann", "cleo"]);
  expect(socket.lines).toEqual(["online ann", "offline ben", "offline ann"]);
});

test("changes during the load are sent after its state, those before it and of others are not", async () => {
  const [lists, socket, other] = [new Watchlists(noRead), newSocket(), pendingLoad()];
  const earlier = lists.watchLoaded(newSocket(), other.load);
  lists.notify("online", ["ben"]);
  const { load, answer } = pendingLoad();
  const watching = lists.watchLoaded(socket, load);
  lists.notify("offline", ["ann"]);
  lists.notify("online", ["cleo"]);
  lists.notify("online", ["ann"]);
  answer({ userIds: ["ann", "ben"], onlineIds: ["ann"] });
  await watching;
  expect(socket.lines).toEqual(["online ann", "offline ben", "offline ann", "online ann"]);
  other.answer(null);
  await earlier;
});

test("a load without an answer watches nothing", async () => {
  const [lists, socket] = [new Watchlists(noRead), newSocket()];
  await lists.watchLoaded(socket, async () => null);
  lists.notify("online", ["ann"]);
  expect(socket.lines).toEqual([]);
  expect(lists.watchersOf("ann")).toEqual([]);
});
