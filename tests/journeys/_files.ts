/** Files as people have them, made when they are needed. */
import http from "node:http";
import type { Page } from "@playwright/test";
import sharp from "sharp";

type Picked = { name: string; mimeType: string; buffer: Buffer };

/** A photo with the place where it was taken in it. */
export async function photo(name: string, width: number, height: number, colour: string): Promise<Picked> {
  const half = {
    input: { create: { width, height: height >> 1, channels: 3 as const, background: "#fff8" } },
    top: 0,
    left: 0,
  };
  const buffer = await sharp({ create: { width, height, channels: 3, background: colour } })
    .composite([half])
    .withExif({ IFD3: { GPSLatitude: "31/1 13/1 0/1", GPSLatitudeRef: "N" } })
    .jpeg()
    .toBuffer();
  return { name, mimeType: "image/jpeg", buffer };
}

export const pdf = (name: string): Picked => ({
  name,
  mimeType: "application/pdf",
  buffer: Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"),
});

/** A second of a turning colour, recorded by the browser itself. */
export async function film(page: Page, name: string): Promise<Picked> {
  const base64 = await page.evaluate(async () => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [320, 180];
    const context = canvas.getContext("2d");
    const recorder = new MediaRecorder(canvas.captureStream(15), { mimeType: "video/webm" });
    const chunks: Blob[] = [];
    recorder.ondataavailable = ({ data }) => chunks.push(data);
    const stopped = new Promise((resolve) => recorder.addEventListener("stop", resolve));
    recorder.start();
    for (let frame = 0; frame < 20; frame += 1) {
      if (context) context.fillStyle = `hsl(${frame * 18} 70% 50%)`;
      context?.fillRect(0, 0, canvas.width, canvas.height);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    recorder.stop();
    await stopped;
    const bytes = new Uint8Array(await new Blob(chunks).arrayBuffer());
    let text = "";
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
  });
  return { name, mimeType: "video/webm", buffer: Buffer.from(base64, "base64") };
}

/** A page of another site, with a picture, for link cards. */
export async function putUpPage(port: number) {
  const { buffer } = await photo("cover.jpg", 1200, 630, "#547");
  const html = `<title>Plain</title><meta property="og:title" content="Ten teas &amp; a pot">
    <meta property="og:description" content="What to drink when it rains."><meta property="og:site_name" content="The Tea Page">
    <meta property="og:image" content="/cover.jpg">`;
  const server = http.createServer((request, response) => {
    if (request.url === "/cover.jpg") response.setHeader("content-type", "image/jpeg").end(buffer);
    else response.setHeader("content-type", "text/html; charset=utf-8").end(html);
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return { address: `http://127.0.0.1:${port}/tea`, stop: () => server.close() };
}
