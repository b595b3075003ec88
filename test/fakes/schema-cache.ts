import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

const GENERATOR = 'node_modules/ts-json-schema-generator';
const CACHE = 'node_modules/.cache/dawn-chorus';

/**
 * A schema that is generated from the types of an installed package. Generation takes seconds, and many
 * processes of a test run want it: it is kept in a file, until the package or the generator changes.
 *
 * @param edition To be raised when what is made of the types changes.
 */
export async function cachedSchema<Document>(
  { name, folder, edition }: { name: string; folder: string; edition?: number },
  generate: () => Promise<Document>,
): Promise<Document> {
  const versions = await Promise.all([folder, GENERATOR].map(versionOf));
  const parts = [name, ...versions, ...(edition === undefined ? [] : [edition])];
  const file = path.resolve(CACHE, `${parts.join('-')}.json`);
  const kept = await readFile(file, 'utf8').catch(() => null);
  if (kept !== null) return JSON.parse(kept) as Document;
  const document = await generate();
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(draft, JSON.stringify(document));
  await rename(draft, file);
  return document;
}

async function versionOf(folder: string): Promise<string> {
  const text = await readFile(path.resolve(folder, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
