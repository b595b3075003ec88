import { badRequest } from './telegram-refused.ts';

export type Upload = { readonly name: string; readonly bytes: Buffer };
export type Part = {
  readonly name: string;
  /** Null where the part is a value, not a file. */
  readonly filename: string | null;
  readonly bytes: Buffer;
};

const CRLF = Buffer.from('\r\n');
const HEADERS_END = Buffer.from('\r\n\r\n');
/** RFC 2046 allows at most 70 characters. */
const BOUNDARY = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;",]{1,70}))\s*(?:;|$)/i;

/** Reads a `multipart/form-data` body (RFC 7578). @throws Refused where its form is broken. */
export function readMultipart(body: Buffer, contentType: string): Part[] {
  const [, quoted, plain] = BOUNDARY.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) throw badRequest('no boundary in the multipart content type');
  const delimiter = Buffer.from(`--${boundary}`);
  const parts: Part[] = [];
  let at = startOf(body, delimiter);
  while (body.toString('latin1', at, at + 2) !== '--') {
    if (!body.subarray(at, at + 2).equals(CRLF)) throw broken('a boundary is followed by garbage');
    const next = body.indexOf(Buffer.concat([CRLF, delimiter]), at);
    if (next === -1) throw broken('the last boundary is missing');
    parts.push(readPart(body.subarray(at + 2, next)));
    at = next + CRLF.length + delimiter.length;
  }
  return parts;
}

function broken(what: string) {
  return badRequest(`can't parse multipart body: ${what}`);
}

/** Where the first delimiter ends, which begins the body or a line of it. */
function startOf(body: Buffer, delimiter: Buffer): number {
  const isFirst = body.subarray(0, delimiter.length).equals(delimiter);
  if (isFirst) return delimiter.length;
  const at = body.indexOf(Buffer.concat([CRLF, delimiter]));
  if (at === -1) throw broken('the boundary is not in it');
  return at + CRLF.length + delimiter.length;
}

function readPart(bytes: Buffer): Part {
  const end = bytes.indexOf(HEADERS_END);
  if (end === -1) throw broken('a part has no headers');
  const headers = bytes.toString('utf8', 0, end).split('\r\n');
  const disposition = headers.find((header) => /^content-disposition:\s*form-data\b/i.test(header));
  const [, name] = /;\s*name="([^"]*)"/i.exec(disposition ?? '') ?? [];
  if (name === undefined) throw broken('a part has no name');
  const [, filename = null] = /;\s*filename="([^"]*)"/i.exec(disposition ?? '') ?? [];
  return { name, filename, bytes: bytes.subarray(end + HEADERS_END.length) };
}
