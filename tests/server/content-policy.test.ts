import { NextRequest } from "next/server";
import { afterEach, expect, test, vi } from "vitest";
import { proxy } from "#proxy.ts";

afterEach(() => vi.unstubAllEnvs());

function sourcesOf(directive: string, settings: Record<string, string>): string[] {
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  const request = new NextRequest("https://chat.example/chats", { headers: { host: "chat.example" } });
  const policy = proxy(request).headers.get("content-security-policy") ?? "";
  const [, ...sources] = (policy.split("; ").find((one) => one.startsWith(`${directive} `)) ?? "").split(" ");
  return sources;
}

test("pages show files of the media server, and of the bucket where there is one", () => {
  const [disk, bucket] = [
    { MEDIA_STORAGE: "disk", MEDIA_URL: "https://media.example/files", S3_ENDPOINT: "https://bucket.example" },
    { MEDIA_STORAGE: "s3", MEDIA_URL: "https://media.example", S3_ENDPOINT: "https://bucket.example" },
  ];
  expect(sourcesOf("media-src", disk)).toEqual(["'self'", "blob:", "https://media.example"]);
  for (const directive of ["media-src", "img-src", "connect-src"]) {
    expect(sourcesOf(directive, bucket).slice(-2)).toEqual(["https://media.example", "https://bucket.example"]);
  }
  expect(sourcesOf("media-src", { ...bucket, MEDIA_URL: "", JOBS_PORT: "6002" }).slice(-3)).toEqual([
    "http://chat.example:6002",
    "https://chat.example:6002",
    "https://bucket.example",
  ]);
});
