import type { IncomingMessage, ServerResponse } from 'node:http';

import { refuse } from './discord-refused.ts';

/** A file of a multipart request: `files[0]` has the id `0`. */
export type Upload = {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
};

export type Body = { readonly json: unknown; readonly uploads: readonly Upload[] };

/** The body of a request: JSON, or multipart with `payload_json` and `files[n]`. @throws Refused */
export async function bodyOf(request: IncomingMessage): Promise<Body> {
  const bytes = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>));
  const type = request.headers['content-type'] ?? '';
  if (bytes.length === 0) return { json: undefined, uploads: [] };
  if (type.startsWith('multipart/form-data')) return multipartOf(bytes, type);
  return { json: parse(bytes.toString('utf8')), uploads: [] };
}

async function multipartOf(bytes: Buffer, type: string): Promise<Body> {
  const form = await new Response(new Uint8Array(bytes), {
    headers: { 'content-type': type },
  }).formData();
  const uploads: Upload[] = [];
  for (const [field, value] of form.entries()) {
    const [, id] = /^files\[(\d+)\]$/.exec(field) ?? [];
    if (id === undefined || typeof value === 'string') continue;
    const file = Buffer.from(await value.arrayBuffer());
    uploads.push({ id, name: value.name, type: value.type, bytes: file });
  }
  const payload = form.get('payload_json');
  return { json: typeof payload === 'string' ? parse(payload) : {}, uploads };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refuse(50109);
  }
}

/** What a route answers. */
export type Answer = {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

export function send(response: ServerResponse, { status, body, headers }: Answer): void {
  if (body === undefined || Buffer.isBuffer(body)) {
    response.writeHead(status, { ...headers });
    response.end(body);
    return;
  }
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}
