import { expect, test } from "vitest";
import { errorCodeOf, listedIn, readAnswer, uploadIdOf } from "#server/media/storage/s3-answers.ts";

test("a listing is read with its entities, spaces and prefixes, and without what else stands in it", () => {
  const answer = `<?xml version="1.0" encoding="UTF-8"?>
    <s3:ListBucketResult xmlns:s3="http://s3.amazonaws.com/doc/2006-03-01/">
      <s3:Name>letters</s3:Name>
      <!-- <s3:NextContinuationToken>no</s3:NextContinuationToken> -->
      <s3:Contents a="1"><s3:Key>blobs/a&amp;b/original</s3:Key>
        <s3:LastModified>2026-01-02T03:04:05.678Z</s3:LastModified><s3:ETag>&#34;e&#34;</s3:ETag></s3:Contents>
      <s3:Contents><s3:Key><![CDATA[blobs/<c>]]></s3:Key></s3:Contents>
      <s3:NextContinuationToken>&#x31;&lt;+/=</s3:NextContinuationToken>
    </s3:ListBucketResult>`;
  const { objects, next } = listedIn(answer);
  expect(objects.map(({ key }) => key)).toEqual(["blobs/a&b/original", "blobs/<c>"]);
  expect(objects[0]?.modifiedAt.toISOString()).toBe("2026-01-02T03:04:05.678Z");
  expect(objects[1]?.modifiedAt.getTime()).toBe(Number.NaN);
  expect(next).toBe("1<+/=");
  expect(listedIn("<ListBucketResult/>")).toEqual({ objects: [], next: undefined });
});

test("an upload's id is text, also when it looks like a number", () => {
  expect(uploadIdOf("<R><UploadId>007</UploadId></R>")).toBe("007");
  expect(uploadIdOf("<R><Inner><UploadId>007</UploadId></Inner></R>")).toBe(undefined);
});

test("damaged XML, and entities that the answer defines itself, are not read", () => {
  const laughs = `<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><R><UploadId>&b;</UploadId></R>`;
  const file = `<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/hostname">]><R><UploadId>&a;</UploadId></R>`;
  const deep = "<a>".repeat(200_000) + "</a>".repeat(200_000);
  for (const answer of [laughs, file, deep, "", "no", "<R><UploadId>1</UploadId>", "<R></R><R></R>", "<R>&</R>"]) {
    expect(() => uploadIdOf(answer)).toThrow();
    expect(errorCodeOf(answer)).toBe("");
  }
});

test("an error is known by its element, not by words in the answer", () => {
  expect(errorCodeOf("<Error><Code>NoSuchUpload</Code></Error>")).toBe("NoSuchUpload");
  expect(errorCodeOf("<Error/>")).toBe("");
  expect(errorCodeOf("<CopyObjectResult><Key>&lt;Error&gt; NoSuchUpload</Key></CopyObjectResult>")).toBe(null);
});

test("an answer is read up to four megabytes, whatever its headers announce", async () => {
  const answerOf = (pieces: number) => {
    let sent = 0;
    const pull = (controller: ReadableStreamDefaultController<Uint8Array>) => {
      if (sent === pieces) return controller.close();
      sent += 1;
      controller.enqueue(new Uint8Array(1024 * 1024).fill(32));
    };
    const response = new Response(new ReadableStream({ pull }), { headers: { "content-length": "10" } });
    return { response, sent: () => sent };
  };
  expect(await readAnswer(answerOf(4).response)).toHaveLength(4 * 1024 * 1024);
  const endless = answerOf(1_000);
  await expect(readAnswer(endless.response)).rejects.toThrow("more than 4194304 bytes");
  expect(endless.sent()).toBeLessThan(20);
  expect(await readAnswer(new Response(null, { status: 204 }))).toBe("");
});
