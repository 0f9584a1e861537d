import { expect, test } from "vitest";
import { type Content, content } from "#contracts/messages/kinds/index.ts";
import {
  fromSeedFrame,
  type SeedContent,
  type SeedFrame,
  seedFrame,
  seedMedia,
  toSeedFrames,
} from "#contracts/seed.ts";

const envelope = { id: 1, userid: 2, cmd: 10, dstid: 3 };
/** The nine examples of the seed's README, mistakes in their addresses included. */
const examples: Record<string, SeedFrame> = {
  text: { ...envelope, media: 1, content: "hello" },
  news: {
    ...envelope,
    media: 2,
    content: "标题",
    pic: "http://www.baidu.com/a/log,jpg",
    url: "http://www.a,com/dsturl",
    memo: "这是描述",
  },
  voice: { ...envelope, media: 3, url: "http://www.a,com/dsturl.mp3", amount: 40 },
  image: { ...envelope, media: 4, url: "http://www.baidu.com/a/log.jpg" },
  redPacket: {
    ...envelope,
    media: 5,
    url: "http://www.baidu.com/a/b/c/redpackageaddress?id=100000",
    amount: 300,
    memo: "恭喜发财",
  },
  sticker: { ...envelope, media: 6, content: "cry" },
  link: { ...envelope, media: 7, url: "http://www.a.com/dsturl.html" },
  video: { ...envelope, media: 8, pic: "http://www.baidu.com/a/log,jpg", url: "http://www.a,com/a.mp4" },
  card: { ...envelope, media: 9, content: "10086", pic: "http://www.baidu.com/a/avatar,jpg", memo: "胡大力" },
};

const ids = new Map<string, string>();
/** The same id for the same thing. */
const idOf = (key: string) => {
  const id = ids.get(key) ?? `00000000-0000-7000-8000-${String(ids.size + 1).padStart(12, "0")}`;
  ids.set(key, id);
  return id;
};
const keyOf = (id: string) => [...ids].find(([, known]) => known === id)?.[0] ?? "";
const lookup = { file: idOf, sticker: idOf, person: (number: number) => idOf(String(number)) };

const stored = (fileId: string) => ({ fileId, type: "x/y", bytes: 1 });
const picture = (fileId: string) => ({ ...stored(fileId), width: 4, height: 3, thumbhash: "", animated: false });

/**
 * What the server would store for what a frame asks, with the metadata that the frame does not tell from `frame` itself.
 */
function settled(asked: SeedContent, frame: SeedFrame): Content {
  switch (asked.kind) {
    case "news":
      return { ...asked, picture: asked.picture && picture(asked.picture.fileId) };
    case "voice":
      return { ...asked, voice: { ...stored(asked.voice.fileId), durationMs: (frame.amount ?? 0) * 1_000 } };
    case "image":
      return { ...asked, pictures: asked.pictures.map(({ fileId }) => picture(fileId)) };
    case "video":
      return {
        ...asked,
        video: { ...stored(asked.video.fileId), durationMs: 1, width: 4, height: 3 },
        poster: asked.poster && picture(asked.poster.fileId),
      };
    case "red_packet":
      return {
        kind: "red_packet",
        packetId: idOf(frame.url ?? ""),
        greeting: asked.greeting,
        split: "equal",
        shares: 1,
      };
    case "reminder":
      return { ...asked, line: null };
    case "sticker":
      return { ...asked, packId: idOf("pack"), label: keyOf(asked.stickerId), picture: picture(idOf("sticker")) };
    case "card":
      return { ...asked, number: Number(frame.content), name: frame.memo ?? "" };
    case "link":
      return { ...asked, title: "", description: "", site: "", picture: null };
    case "file":
      return { ...asked, file: stored(asked.file.fileId), name: "file" };
    case "poll":
    case "signup":
      throw new Error("the seed has none");
    case "text":
    case "location":
    case "custom":
      return asked;
  }
}

test.each(Object.entries(examples))("the seed's example of %s goes in and comes out as it was", (_, frame) => {
  expect(seedFrame.parse(frame)).toEqual(frame);
  const asked = fromSeedFrame(frame, lookup);
  if (!asked) throw new Error("the frame was not read");
  const addresses = {
    file: (fileId: string) => keyOf(fileId),
    packet: (packetId: string) => ({ url: keyOf(packetId), amount: frame.amount ?? 0 }),
    face: () => frame.pic ?? "",
  };
  expect(toSeedFrames(envelope, settled(asked, frame), addresses)).toEqual([frame]);
});

test("a link of the seed beside its address becomes a text that shows the address", () => {
  const url = "https://a.example/x";
  const asked = (content: string) => fromSeedFrame({ ...envelope, media: 7, content, url }, lookup);
  expect(asked("look")).toEqual({ kind: "link", text: `look\n${url}`, url });
  expect(asked(`see ${url}`)).toEqual({ kind: "link", text: `see ${url}`, url });
});

test("a heartbeat, an unknown number and what is not here are nothing", () => {
  const nowhere = { file: () => null, sticker: () => null, person: () => null };
  expect(fromSeedFrame({ userid: 2, cmd: 0 }, lookup)).toBeNull();
  expect(fromSeedFrame({ ...envelope, media: 42, content: "?" }, lookup)).toBeNull();
  for (const name of ["voice", "image", "sticker", "video", "card"]) {
    expect(fromSeedFrame(examples[name] ?? { userid: 1, cmd: 10 }, nowhere), name).toBeNull();
  }
});

test("an album is a frame for each picture, and what is ours alone has a frame all the same", () => {
  const addresses = { file: (id: string) => `f:${id}`, packet: () => ({ url: "", amount: 0 }), face: () => "" };
  const [a, b] = [idOf("a"), idOf("b")];
  const album = { kind: "image" as const, pictures: [picture(a), picture(b)], caption: "two" };
  expect(toSeedFrames(envelope, album, addresses)).toMatchObject([{ url: `f:${a}`, memo: "two" }, { url: `f:${b}` }]);
  const custom = { kind: "custom" as const, type: "com.example.poll", payload: { a: [1] }, text: "A poll" };
  const [frame] = toSeedFrames(envelope, custom, addresses);
  expect(frame?.media).toBe(100);
  expect(frame && fromSeedFrame(frame, lookup)).toEqual(custom);
  expect(fromSeedFrame({ ...envelope, media: 100, content: "own thing" }, lookup)).toMatchObject({ text: "own thing" });
});

test("every kind has the seed's number", () => {
  const kinds = content.def.left.def.options.map((option) => option.shape.kind.def.values[0]);
  expect(Object.keys(seedMedia).sort()).toEqual([...kinds].sort());
});
