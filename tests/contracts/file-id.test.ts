import { expect, test } from "vitest";
import { fileIdOf } from "#contracts/file-id.ts";

const owner = "5a2a1b4e-2b1e-4a73-9d0e-27c6f6f8a001";
const chosen = "0d4cf4c6-77e0-4a31-9f3c-2f9d1f8e0002";

// printf OWNER/CHOSEN | sha256sum: 6491947144af9dd4efc7c103408453e9…, then the version and the variant of RFC 9562.
test("a file's id is a UUID of version 8, made of its owner's and of the device's choice", () => {
  expect(fileIdOf(owner, chosen)).toBe("64919471-44af-8dd4-afc7-c103408453e9");
  expect(fileIdOf(chosen, owner)).not.toBe(fileIdOf(owner, chosen));
});
