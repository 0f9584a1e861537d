import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { parseXml, XmlElement } from "@rgrove/parse-xml";

/** A page of a thousand objects is about 300 KB, every other answer less than one. */
const maxAnswerBytes = 4 * 1024 * 1024;

/**
 * The text of an answer, counted as it comes: an announced length says nothing of what a compressed body becomes.
 * Throws when it is too large.
 */
export async function readAnswer(response: Response): Promise<string> {
  if (!response.body) return "";
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const body = Readable.fromWeb(response.body as ReadableStream<Uint8Array>); // the same, by another name
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > maxAnswerBytes) throw new Error(`the storage answered more than ${maxAnswerBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/**
 * The element that the answer consists of. The parser is strict: damaged XML throws, and so does an entity that XML
 * itself does not define, so that nothing is fetched or expanded. Storages send spaces ahead of a late answer.
 */
function rootOf(answer: string): XmlElement {
  const { root } = parseXml(answer.trim());
  if (!root) throw new Error("the storage answered without an element");
  return root;
}

/** Namespace prefixes differ from storage to storage. */
const isNamed = ({ name }: XmlElement, wanted: string) => name.slice(name.indexOf(":") + 1) === wanted;

const childrenOf = (parent: XmlElement, name: string): XmlElement[] =>
  parent.children.filter((child): child is XmlElement => child instanceof XmlElement && isNamed(child, name));

const textOf = (parent: XmlElement, name: string): string | undefined => childrenOf(parent, name)[0]?.text || undefined;

/**
 * The code of an error, which some calls answer with status 200; null for an answer of another kind. What is no XML, a
 * proxy's page or a damaged answer, is an error without a code.
 */
export function errorCodeOf(answer: string): string | null {
  try {
    const root = rootOf(answer);
    return isNamed(root, "Error") ? (textOf(root, "Code") ?? "") : null;
  } catch {
    return "";
  }
}

/** The id of a multipart upload that was begun. */
export const uploadIdOf = (answer: string): string | undefined => textOf(rootOf(answer), "UploadId");

/** One page of a listing: its objects in the order of their keys, and the token of the next page. */
export function listedIn(answer: string): { objects: { key: string; modifiedAt: Date }[]; next: string | undefined } {
  const root = rootOf(answer);
  const objects = childrenOf(root, "Contents").map((entry) => ({
    key: textOf(entry, "Key") ?? "",
    modifiedAt: new Date(textOf(entry, "LastModified") ?? ""),
  }));
  return { objects, next: textOf(root, "NextContinuationToken") };
}
