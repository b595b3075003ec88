import { createReadStream } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { UserError } from '../../model/errors.ts';

/** The beginning of a file; `complete` when it is the whole file. */
export type Head = { readonly bytes: Buffer; readonly complete: boolean };

const HEAD_SIZE = 1024 * 1024;
const CHUNK_SIZE = 256 * 1024;
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * The first megabyte of a file, without a byte order mark.
 *
 * @throws UserError `input` when the file is missing, a folder or not to be read.
 */
export async function readHead(path: string, size = HEAD_SIZE): Promise<Head> {
  return inWords(path, async () => {
    // Opening a named pipe would wait for a writer, perhaps for ever: look before.
    const kind = await stat(path);
    if (kind.isDirectory()) throw new UserError('input', `${path} is a folder: name a file in it.`);
    if (!kind.isFile()) throw new UserError('input', `${path} is not a regular file.`);
    const file = await open(path);
    try {
      const bytes = await readUpTo(file, Math.min(size, kind.size));
      return { bytes: withoutBom(bytes), complete: bytes.length >= kind.size };
    } finally {
      await file.close();
    }
  });
}

async function readUpTo(file: FileHandle, size: number): Promise<Buffer> {
  const buffer = Buffer.alloc(size);
  let length = 0;
  while (length < size) {
    const { bytesRead } = await file.read(buffer, length, size - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return buffer.subarray(0, length);
}

/** The bytes of a file from its beginning, without a byte order mark, in pieces. */
export async function* readChunks(
  path: string,
  { signal, onBytes }: { signal?: AbortSignal; onBytes?: (count: number) => void } = {},
): AsyncGenerator<Buffer> {
  const stream = createReadStream(path, { highWaterMark: CHUNK_SIZE });
  try {
    let isFirst = true;
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      signal?.throwIfAborted();
      onBytes?.(chunk.length);
      yield isFirst ? withoutBom(chunk) : chunk;
      isFirst = false;
    }
  } catch (error) {
    throw worded(path, error);
  } finally {
    stream.destroy();
  }
}

function withoutBom(bytes: Buffer): Buffer {
  return bytes.subarray(0, BOM.length).equals(BOM) ? bytes.subarray(BOM.length) : bytes;
}

async function inWords<T>(path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw worded(path, error);
  }
}

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'There is no file %.',
  ENOTDIR: 'There is no file %.',
  ERR_INVALID_ARG_VALUE: 'There is no file %.', // a NUL byte in the path
  EISDIR: '% is a folder: name a file in it.',
  EACCES: '% may not be read: its permissions forbid it.',
  EPERM: '% may not be read: its permissions forbid it.',
};

/** A failure of the file system in plain words; anything else as it is. */
function worded(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (error instanceof UserError || !/^E[A-Z_]+$/.test(code)) return error;
  const sentence = WORDS[code] ?? `% cannot be read (${code}).`;
  return new UserError(
    'input',
    sentence.replace('%', () => path),
    { cause: error },
  );
}
