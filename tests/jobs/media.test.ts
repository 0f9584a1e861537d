import { randomUUID } from "node:crypto";
import sharp from "sharp";
import { expect, test } from "vitest";
import type { Content } from "#contracts/messages/kinds/index.ts";
import { fileAddress } from "#server/media/address.ts";
import { sendMessage } from "#server/messages/send/send.ts";
import { makeFriends, newPerson, reasonFor } from "#tests/_people.ts";
import { uploaded, withMedia } from "#tests/jobs/_media.ts";

const media = withMedia();

/** A photo as a phone makes it: turned by EXIF, with the place where it was taken. */
const photo = () =>
  sharp({ create: { width: 640, height: 400, channels: 3, background: "#c33" } })
    .withExif({ IFD0: { Orientation: "6" }, IFD3: { GPSLatitude: "31/1 13/1 0/1", GPSLatitudeRef: "N" } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();

test("a photo is sent, seen by the other person alone, upright and without its location", async () => {
  const [ann, ben, eve] = [await newPerson("ann"), await newPerson("ben"), await newPerson("eve")];
  const conversationId = await makeFriends(ann, ben);
  const sent = await photo();
  expect((await sharp(sent).metadata()).exif).toBeDefined();
  const { fileId, outcome } = await uploaded(media.base, ann, sent);
  expect(outcome).toBe("ready");
  const wanted = { fileId, variant: "original" as const };
  expect(await reasonFor(fileAddress(ben, wanted, media.base))).toBe("not_found");

  const draft = { kind: "image" as const, pictures: [{ fileId }], caption: "" };
  const { message } = await sendMessage(ann, { conversationId, clientId: randomUUID(), content: draft });
  expect((message.content as Content & { kind: "image" }).pictures).toMatchObject([
    { fileId, width: 400, height: 640, type: "image/jpeg", animated: false },
  ]);
  const { url } = await fileAddress(ben, wanted, media.base);
  const response = await fetch(url);
  expect(response.headers.get("content-type")).toBe("image/jpeg");
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  const served = await sharp(Buffer.from(await response.arrayBuffer())).metadata();
  expect([served.width, served.height, served.exif]).toEqual([400, 640, undefined]);
  for (const variant of ["display", "thumb"] as const) {
    const small = await fetch((await fileAddress(ben, { fileId, variant }, media.base)).url);
    expect(small.headers.get("content-type")).toBe("image/webp");
  }
  expect(await reasonFor(fileAddress(eve, wanted, media.base))).toBe("not_found");
});
