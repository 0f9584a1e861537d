import { expect, test } from "vitest";
import { readOwnAddress } from "#client/qr/own-address.ts";

const origin = "https://im.example";
const code = "AbCdEfGhIjKlMnOp";

test.each([
  ["https://im.example/u/mei", { to: "person", handle: "mei" }],
  ["https://im.example/u/Mei_2", { to: "person", handle: "mei_2" }],
  ["https://im.example/u/mei?x=1#y", { to: "person", handle: "mei" }],
  [`https://im.example/join/${code}`, { to: "community", code }],
])("%s is of this site", (text, address) => expect(readOwnAddress(text, origin)).toEqual(address));

test.each([
  "",
  "mei",
  "https://im.example",
  "https://im.example/u/",
  "https://im.example/u/a",
  "https://im.example/u/mei/more",
  "https://im.example/u/%2e%2e",
  "https://im.example/settings",
  "https://im.example/join/short",
  `https://im.example/join/${code}/more`,
  "http://im.example/u/mei",
  "https://im.example:8443/u/mei",
  "https://im.example@evil.example/u/mei",
  "https://mei@im.example/u/mei",
  "https://im.example.evil.example/u/mei",
  "javascript:alert(1)//im.example/u/mei",
  "blob:https://im.example/u/mei",
  "WIFI:T:WPA;S:im.example;P:u;;",
  `https://im.example/u/${"a".repeat(10_000)}`,
])("%s is not opened", (text) => expect(readOwnAddress(text, origin)).toBeNull());
