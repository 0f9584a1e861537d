import { open } from "node:fs/promises";
import { fileTypeFromFile } from "file-type";

/** What the first bytes say a file is; null when they say nothing. Names and headers are never asked. */
export async function sniff(path: string): Promise<string | null> {
  const found = await fileTypeFromFile(path).catch(() => undefined); // a file that breaks the reader is nothing we know
  if (found) return found.mime.replace(/;.*/, ""); // serving needs no codecs
  return (await beginsLikeMarkup(path)) ? "text/xml" : null;
}

async function beginsLikeMarkup(path: string): Promise<boolean> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, 0);
    return /^\s*<(\?xml|!doctype|svg|html)/i.test(
      buffer
        .subarray(0, bytesRead)
        .toString("utf8")
        .replace(/^\ufeff/, ""),
    );
  } finally {
    await file.close();
  }
}
