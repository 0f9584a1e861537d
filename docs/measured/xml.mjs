/**
 * How long a page of a bucket's listing (1,000 objects) takes to read, with three parsers in turns (decision 0014):
 * `npm install --no-save fast-xml-parser@5.12.1 && node docs/measured/xml.mjs && npm ci`
 */
import { parseXml } from "@rgrove/parse-xml";
import { XMLParser } from "fast-xml-parser";
import { parseDocument } from "htmlparser2";

const at = "2026-01-01T00:00:00.000Z";
const entries = Array.from({ length: 1_000 }, (_, index) => {
  const key = `blobs/${index}/original`;
  return `<Contents><Key>${key}</Key><LastModified>${at}</LastModified><ETag>&quot;a&quot;</ETag></Contents>`;
});
const page = `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${entries.join("")}</ListBucketResult>`;

const fast = new XMLParser({ ignoreAttributes: true, parseTagValue: false, removeNSPrefix: true });
const ways = {
  "fast-xml-parser, which checks that the XML is whole": () => fast.parse(page, true),
  "@rgrove/parse-xml, which always does": () => parseXml(page),
  "htmlparser2, which does not": () => parseDocument(page, { xmlMode: true }),
};
const times = new Map(Object.keys(ways).map((name) => [name, []]));
for (let round = 0; round < 25; round += 1) {
  for (const [name, read] of Object.entries(ways)) {
    const before = performance.now();
    read();
    times.get(name)?.push(performance.now() - before);
  }
}
for (const [name, results] of times) {
  console.log(`${name}: ${results.sort((a, b) => a - b)[12].toFixed(1)} ms for ${page.length} characters`);
}
