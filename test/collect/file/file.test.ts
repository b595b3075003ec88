import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openPostFile } from '../../../src/collect/file/file.ts';
import { UserError } from '../../../src/model/errors.ts';
import { readContent, row, scratchFile } from '../scratch.ts';

const input = (message: string | RegExp) =>
  expect.objectContaining({
    name: 'UserError',
    code: 'input',
    message: expect.stringMatching(message),
  });

describe('a file that cannot be used', () => {
  it.each([
    ['0 bytes', ''],
    ['only a byte order mark', '\ufeff'],
    ['only white space', '\n \r\n\n'],
  ])('is called empty with %s', async (_, content) => {
    await expect(readContent(content)).rejects.toEqual(input(/is empty/));
  });

  it.each([
    ['plain text', Buffer.from('Dear diary,\ntoday it rained.\n')],
    ['a packed file', gzipSync(row())],
    ['random bytes', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 0xff, 0x0a, 0x80])],
    ['NUL bytes', Buffer.alloc(5000)],
    ['UTF-16 without a mark', Buffer.from(row(), 'utf16le')],
    ['JSON of another kind', Buffer.from('{"name":"x","version":1}')],
    ['a list of numbers', Buffer.from('[1,2,3]')],
    ['a table', Buffer.from('id,author,text\n1,ada,hello\n')],
  ])('is told what is accepted when it is %s', async (_, content) => {
    await expect(readContent(content)).rejects.toEqual(
      input(/posts\.txt has no known form\. .*JSON Lines.*X API.*tweets\.js/),
    );
  });

  it.each(['utf16le', 'utf16be'] as const)(
    'is told to be saved as UTF-8 when it is %s',
    async (kind) => {
      const bytes = Buffer.from(`\ufeff${row()}`, 'utf16le');
      const content = kind === 'utf16le' ? bytes : bytes.swap16();
      await expect(readContent(content)).rejects.toEqual(input(/UTF-16: save it as UTF-8/));
    },
  );

  it('is told that another part of an archive is not its posts', async () => {
    const content =
      'window.YTD.like.part0 = [ { "like" : { "tweetId" : "1", "fullText" : "x" } } ]';
    await expect(readContent(content)).rejects.toEqual(input(/the part "like".*tweets\.js/));
  });

  it('is named when it is missing, a folder, not to be read or no path at all', async () => {
    const file = await scratchFile(row());
    const folder = dirname(file.path);
    await expect(openPostFile(join(folder, 'none'))).rejects.toEqual(
      input(/^There is no file .*none/),
    );
    await expect(openPostFile(join(file.path, 'x'))).rejects.toEqual(input(/^There is no file/));
    await expect(openPostFile(folder)).rejects.toEqual(input(/is a folder/));
    await expect(openPostFile('/dev/null')).rejects.toEqual(input(/not a regular file/));
    await expect(openPostFile('a\0b')).rejects.toEqual(input(/^There is no file/));
    await expect(openPostFile('')).rejects.toEqual(input(/^There is no file/));
    await expect(openPostFile('x'.repeat(5000))).rejects.toEqual(input(/cannot be read/));
    await file.remove();
  });
});

describe('the form of a file', () => {
  it('is known by content: a byte order mark, CRLF and blank lines do not matter', async () => {
    const { format, lines } = await readContent(`\ufeff\r\n${row()}\r\n\r\n${row()}\r\n`);
    expect(format).toBe('jsonl');
    expect(lines).toEqual([2, 4]);
  });

  it.each(['garbage', '{"id": "1", "text": "cut', '[1, 2', '[]', '42', '{"other": 1}', '{}}'])(
    'is not spoilt by the bad first row %j',
    async (bad) => {
      const { format, rows } = await readContent(`${bad}\n${row()}\n${row()}`);
      expect(format).toBe('jsonl');
      expect(rows.map((found) => found.kind)).toEqual(['problem', 'post', 'post']);
    },
  );

  it('is not spoilt by a page of the X API whose line was cut', async () => {
    const page = JSON.stringify({
      data: [{ id: '1', author_id: '7', text: 'x', created_at: '2026-03-01T08:30:00Z' }],
    });
    const { format, rows } = await readContent(`${page.slice(0, -20)}\n${page}\n`);
    expect(format).toBe('x-api');
    expect(rows.map((found) => found.kind)).toEqual(['problem', 'post']);
  });

  it('makes problems of the rows that have another', async () => {
    const page = '{"data":[{"id":"1","text":"x"}]}';
    const { rows } = await readContent(
      `${row()}\n${page}\n{"tweet":{"id_str":"1","full_text":"x"}}`,
    );
    expect(rows.slice(1)).toEqual([
      { kind: 'problem', line: 2, reason: 'of another form (x-api) than the file (jsonl)' },
      { kind: 'problem', line: 3, reason: 'of another form (x-archive) than the file (jsonl)' },
    ]);
  });

  it('may be ours in a list', async () => {
    const { format, posts } = await readContent(`[${row()},\n${row()}]`);
    expect(format).toBe('jsonl');
    expect(posts).toHaveLength(2);
  });
});

describe('the rows of a file', () => {
  it('tell in our words what is no JSON, and where', async () => {
    const bad = [
      '{"id": tru}',
      '{"id" 1}',
      '{"id": "1',
      '{"id": "a\u0001b"}',
      'nonsense',
      '7',
      'null',
    ];
    const { problems } = await readContent([row(), ...bad].join('\n'));
    expect(problems).toEqual([
      'not valid JSON: unexpected "}"',
      'not valid JSON: unexpected "1" at character 7',
      'not valid JSON: it ends too early',
      'not valid JSON: unexpected "\\u0001" at character 10',
      'not valid JSON: unexpected "o"',
      'not a post: 7',
      'not a post: null',
    ]);
  });

  it('skip a giant line', async () => {
    const giant = row({ text: 'x'.repeat(17 * 1024 * 1024) });
    const { rows } = await readContent(`${row()}\n${giant}\n${row()}`);
    expect(rows[1]).toEqual({ kind: 'problem', line: 2, reason: 'the line is longer than 16 MB' });
    expect(rows[2]?.kind).toBe('post');
  });

  it('can be read twice', async () => {
    const file = await scratchFile(`${row()}\n${row()}`);
    const { rows } = await openPostFile(file.path);
    expect(await Array.fromAsync(rows)).toEqual(await Array.fromAsync(rows));
    await file.remove();
  });

  it('can be left in the middle', async () => {
    const file = await scratchFile(`${row()}\n`.repeat(5000));
    const seen: string[] = [];
    for await (const found of (await openPostFile(file.path)).rows) {
      seen.push(found.kind);
      if (seen.length === 3) break;
    }
    expect(seen).toHaveLength(3);
    await file.remove();
  });

  it('end with the reason of the signal that stops them', async () => {
    const file = await scratchFile(`${row()}\n`.repeat(20_000));
    const stop = new AbortController();
    const { rows } = await openPostFile(file.path, { signal: stop.signal });
    const reading = (async () => {
      for await (const _ of rows) stop.abort(new UserError('cancelled', 'Stopped.'));
    })();
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
    await expect(openPostFile(file.path, { signal: stop.signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
    await file.remove();
  });

  it('say so when the file has gone meanwhile', async () => {
    const file = await scratchFile(row());
    const { rows } = await openPostFile(file.path);
    await file.remove();
    await expect(Array.fromAsync(rows)).rejects.toEqual(input(/^There is no file/));
  });
});

/** What a file gives that no file may give. */
async function outcome(path: string): Promise<unknown[]> {
  try {
    const rows = await Array.fromAsync((await openPostFile(path, { author: 'ada_reads' })).rows);
    return rows.filter((found) =>
      found.kind === 'problem'
        ? !/^.{1,160}$/su.test(found.reason)
        : !found.post.text.isWellFormed() || found.post.id === '',
    );
  } catch (error) {
    return error instanceof UserError ? [] : [error];
  }
}

describe('any file', () => {
  const tweets =
    'window.YTD.tweets.part0 = [ {"tweet":{"id_str":"1","full_text":"x"}},\n {"tweet":{} }]';
  const page =
    '{"data":[{"id":"1","text":"x","entities":{"urls":[{}]}}],"includes":{"users":[{}]}}';
  const seeds = [row(), `${row()}\n${row()}`, tweets, page, `[${page}]`].map((text) =>
    Buffer.from(text),
  );

  /** Bytes of any kind, or a good file with a part replaced by any bytes. */
  const anyFile = fc.oneof(
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value))),
    fc
      .tuple(
        fc.constantFrom(...seeds),
        fc.nat(300),
        fc.nat(20),
        fc.oneof(
          fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes)),
          fc
            .constantFrom('{', '}', '[', ']', '"', '\\', ',', '\n', 'null', '1e999')
            .map((text) => Buffer.from(text)),
        ),
      )
      .map(([seed, at, length, middle]) =>
        Buffer.concat([seed.subarray(0, at), middle, seed.subarray(at + length)]),
      ),
  );

  it('either is refused in words or gives rows', async () => {
    const folder = await scratchFile('');
    const path = join(dirname(folder.path), 'any');
    await fc.assert(
      fc.asyncProperty(anyFile, async (content) => {
        await writeFile(path, content);
        expect(await outcome(path)).toEqual([]);
      }),
      { numRuns: 600 },
    );
    await folder.remove();
  });

  it('with hostile fields gives rows', async () => {
    const field = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.string());
    const names = [
      'id',
      'author',
      'text',
      'created_at',
      'data',
      'includes',
      'tweet',
      'errors',
      'users',
      'urls',
    ];
    const value = fc.dictionary(
      fc.constantFrom(...names),
      fc.oneof(field, fc.dictionary(fc.constantFrom(...names), field)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(value, { maxLength: 4 }), async (values) => {
        const text = [row(), ...values.map((one) => JSON.stringify(one))].join('\n');
        const { rows } = await readContent(text);
        expect(rows[0]?.kind).toBe('post');
        expect(rows.length).toBeGreaterThanOrEqual(values.length);
      }),
      { numRuns: 150 },
    );
  });

  it('is not followed into folders that look like one', async () => {
    const file = await scratchFile('x');
    await rm(file.path);
    await mkdir(file.path);
    await expect(openPostFile(file.path)).rejects.toBeInstanceOf(UserError);
    await file.remove();
  });
});
