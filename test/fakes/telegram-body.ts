import type { IncomingMessage } from 'node:http';

import { readMultipart, type Upload } from './telegram-multipart.ts';
import { badRequest, Refused } from './telegram-refused.ts';
import type { Params } from './telegram-schema.ts';

/** The Bot API takes uploads of 50 MB. */
const MOST_BYTES = 50 * 1024 * 1024;
const UTF8 = new TextDecoder('utf-8', { fatal: true });

type Content = {
  readonly params: Params;
  readonly uploads: ReadonlyMap<string, Upload>;
};

/** Parameters of a request: from the address, and from a body of any of the three forms. */
export async function readContent(
  request: IncomingMessage,
  search: URLSearchParams,
): Promise<Content> {
  const bytes = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>));
  if (bytes.length > MOST_BYTES) throw new Refused(413, 'Request Entity Too Large');
  const type = request.headers['content-type'] ?? '';
  const { params, uploads } = contentOf(bytes, type);
  const all = { ...Object.fromEntries(search), ...params };
  checkStrings(all);
  return { params: all, uploads };
}

function contentOf(bytes: Buffer, type: string): Content {
  const none = new Map<string, Upload>();
  if (bytes.length === 0) return { params: {}, uploads: none };
  if (/^application\/json\b/i.test(type)) return { params: readJson(decode(bytes)), uploads: none };
  if (/^application\/x-www-form-urlencoded\b/i.test(type)) {
    const text = decode(bytes);
    decode(Buffer.from(unescape(text.replaceAll('+', ' ')), 'latin1'));
    return { params: Object.fromEntries(new URLSearchParams(text)), uploads: none };
  }
  if (/^multipart\/form-data\b/i.test(type)) return readForm(bytes, type);
  throw badRequest(`unsupported content type ${type || '(none)'}`);
}

function decode(bytes: Buffer): string {
  try {
    return UTF8.decode(bytes);
  } catch {
    throw badRequest('strings must be encoded in UTF-8');
  }
}

function readJson(text: string): Params {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw badRequest(`can't parse request JSON object: ${String(error)}`);
  }
  if (parsed instanceof Object && !Array.isArray(parsed)) return parsed as Params;
  throw badRequest("can't parse request JSON object: it is no object");
}

function readForm(bytes: Buffer, type: string): Content {
  const parts = readMultipart(bytes, type);
  const values = parts.filter(({ filename }) => filename === null);
  const files = parts.filter(({ filename }) => filename !== null);
  return {
    params: Object.fromEntries(values.map((part) => [part.name, decode(part.bytes)])),
    uploads: new Map(
      files.map((part) => [part.name, { name: part.filename ?? '', bytes: part.bytes }]),
    ),
  };
}

/** Halves of characters, which JSON can write though UTF-8 cannot. @throws Refused */
function checkStrings(value: unknown): void {
  if (typeof value === 'string' && !value.isWellFormed()) {
    throw badRequest('strings must be encoded in UTF-8');
  }
  if (value instanceof Object) for (const each of Object.values(value)) checkStrings(each);
}
