import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AddressRefused, isPublic } from "#jobs/previews/address.ts";
import { type FetchOptions, fetchGuarded } from "#jobs/previews/fetch.ts";
import { decodePage, readPage } from "#jobs/previews/page.ts";

const asked: string[] = [];
const routes: Record<string, (response: http.ServerResponse) => void> = {
  "/page": (response) => response.setHeader("content-type", "text/html; charset=utf-8").end("<title>Hello</title>"),
  "/long": (response) => response.setHeader("content-type", "text/html").end("x".repeat(100_000)),
  "/packed": (response) =>
    response.writeHead(200, { "content-type": "text/html", "content-encoding": "gzip" }).end("whatever"),
  "/film": (response) => response.setHeader("content-type", "video/mp4").end("film"),
  "/gone": (response) => response.writeHead(404, { "content-type": "text/html" }).end("no"),
  "/to-page": (response) => response.writeHead(302, { location: "/page" }).end(),
  "/loop": (response) => response.writeHead(302, { location: "/loop" }).end(),
  "/to-secret": (response) => response.writeHead(302, { location: `http://127.0.0.1:${secretPort}/secret` }).end(),
  "/to-metadata": (response) => response.writeHead(307, { location: "http://169.254.169.254/latest" }).end(),
  "/to-file": (response) => response.writeHead(301, { location: "file:///etc/passwd" }).end(),
  "/silent": () => {},
};
const outside = http.createServer((request, response) => {
  asked.push(request.url ?? "");
  (routes[request.url ?? ""] ?? routes["/gone"])?.(response);
});
const secret = http.createServer((request, response) => {
  asked.push(`secret ${request.url}`);
  response.setHeader("content-type", "text/html").end("<title>secret</title>");
});
let port = 0;
let secretPort = 0;

const listen = (server: http.Server) =>
  new Promise<number>(
    (resolve) => server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)), // TCP: it has one
  );
beforeAll(async () => {
  port = await listen(outside);
  secretPort = await listen(secret);
});
afterAll(() => {
  for (const server of [outside, secret]) {
    server.closeAllConnections();
    server.close();
  }
});

const options = (more: Partial<FetchOptions> = {}): FetchOptions => ({
  // Our stand-in for the public internet is on loopback; everything else on loopback is what must not be reached.
  inside: [`127.0.0.1:${port}`],
  accept: "text/html,application/xhtml+xml",
  maxBytes: 10_000,
  cut: true,
  signal: AbortSignal.timeout(5_000),
  ...more,
});
const fetchHere = (path: string, more?: Partial<FetchOptions>) =>
  fetchGuarded(`http://127.0.0.1:${port}${path}`, options(more));

describe("an address that leads inside is not connected to", () => {
  test.each([
    "http://127.0.0.1/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://0/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[::7f00:1]/",
    "http://[::a9fe:a9fe]/",
    "http://[100::1]/",
    "http://[4000::1]/",
    "http://[fe80::1]/",
    "http://[fd00::1]/",
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://100.64.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://localhost/",
    "http://LOCALHOST/",
    "http://example.com:8080/",
    "http://user:word@example.com/",
    "ftp://example.com/",
    "file:///etc/passwd",
    "gopher://example.com/",
  ])("%s", async (address) => {
    await expect(fetchGuarded(address, options())).rejects.toThrow(AddressRefused);
  });

  test.each(["/to-secret", "/to-metadata", "/to-file"])("not by a redirect either: %s", async (path) => {
    await expect(fetchHere(path)).rejects.toThrow(AddressRefused);
    expect(asked.filter((one) => one.startsWith("secret"))).toEqual([]);
  });

  test("a name counts as where it leads, not as what it says", async () => {
    // "localhost" stands for every name that resolves to an internal address.
    const open = options({ inside: [] });
    await expect(fetchGuarded(`http://localhost:${port}/page`, open)).rejects.toThrow(AddressRefused);
    await expect(fetchGuarded("http://localhost/page", open)).rejects.toThrow(AddressRefused);
  });

  test("public addresses are public", () => {
    for (const address of ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"]) expect(isPublic(address)).toBe(true);
    for (const text of ["", "example.com", "::"]) expect(isPublic(text)).toBe(false);
  });
});

describe("what an answer may be", () => {
  test("a page, also behind a redirect, at the address where it was found", async () => {
    const page = await fetchHere("/to-page");
    expect(page).toMatchObject({ url: `http://127.0.0.1:${port}/page`, type: "text/html", charset: "utf-8" });
    expect(page?.body.toString()).toBe("<title>Hello</title>");
  });

  test("a long page is cut, a long picture refused", async () => {
    expect((await fetchHere("/long"))?.body.length).toBe(10_000);
    expect(await fetchHere("/long", { cut: false })).toBeNull();
  });

  test.each(["/film", "/gone", "/packed", "/loop"])("%s is no page", async (path) => {
    expect(await fetchHere(path)).toBeNull();
  });

  test("a server that does not answer is given up", async () => {
    await expect(fetchHere("/silent", { signal: AbortSignal.timeout(200) })).rejects.toThrow();
  });
});

describe("what a page says of itself", () => {
  const read = (html: string) => readPage(html, "https://www.example.com/a/b");

  test("the words for cards come first, then the title", () => {
    const html = `<html><head><title>Plain</title><meta property="og:title" content="Fish &amp; chips">
      <meta name="description" content="Second"><meta property="og:description" content="First">
      <meta property="og:image" content="../pic.png"><meta property="og:site_name" content="The Site"></head>`;
    expect(read(html)).toEqual({
      title: "Fish & chips",
      description: "First",
      site: "The Site",
      picture: "https://www.example.com/pic.png",
    });
    expect(read("<title> 一个\n  标题 </title>")).toMatchObject({
      title: "一个 标题",
      site: "example.com",
      picture: null,
    });
  });

  test("nothing in it is more than text, however long or turned around", () => {
    const card = read(`<title>${"x".repeat(5_000)}</title><meta name="description" content="a\u202eb\u0000c">`);
    expect(Array.from(card?.title ?? "")).toHaveLength(200);
    expect(card?.description).toBe("a b c");
    expect(read(`<meta property="og:title" content="<script>alert(1)</script>">`)?.title).toBe(
      "<script>alert(1)</script>",
    );
    expect(read(`<title>t</title><meta property="og:image" content="javascript:alert(1)">`)?.picture).toBeNull();
    expect(read("<p>no title</p>")).toBeNull();
    expect(read("")).toBeNull();
  });

  test("a page is read in its own encoding", () => {
    const gbk = Buffer.from([0xc4, 0xe3, 0xba, 0xc3]);
    expect(decodePage(gbk, "gbk")).toBe("你好");
    expect(decodePage(Buffer.concat([Buffer.from('<meta charset="gb18030">'), gbk]), "")).toContain("你好");
    expect(decodePage(Buffer.from("plain"), "no-such-charset")).toBe("plain");
  });
});
