import { readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { type Document, isMap, isSeq, parseDocument, visit } from 'yaml';

import { TOPIC_KEY } from './config/file.ts';
import { type Config, loadConfig } from './config.ts';
import { sourceFrom, sourceFromWords } from './collect/settings.ts';
import { withFileLock } from './lib/file-lock.ts';
import { UserError } from './model/errors.ts';
import { sourceKey } from './model/source.ts';
import type { TopicEdit } from './model/topic.ts';

/**
 * Edits the topics of `chorus.yaml`, which alone says what there is; its comments stay. Nothing is
 * written unless all of it is right then.
 *
 * @throws UserError
 */
export async function editTopics(
  { file, folder }: Pick<Config, 'file' | 'folder'>,
  edit: TopicEdit,
): Promise<void> {
  await withFileLock(`${file}.lock`, async () => {
    const document = parseDocument(await readOrNothing(file));
    if (document.errors.length > 0) {
      throw new UserError('config', `${file} cannot be read: correct it first (chorus doctor).`);
    }
    prepare(document);
    if (edit.kind === 'add') add(document, edit);
    else remove(document, edit);
    const itself = await realpath(file).catch(() => file); // where a link leads
    await replace(itself, folder, String(document));
  });
}

async function readOrNothing(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}

/** Refuses what cannot be changed: what stands in one place and counts in several, what is no map. */
function prepare(document: Document): void {
  let isShared = false;
  visit(document, {
    Alias() {
      isShared = true;
    },
  });
  if (isShared) {
    throw new UserError('config', 'chorus.yaml has aliases (*name): change it by hand.');
  }
  const topics = document.get('topics', true);
  if (document.contents !== null && !isMap(document.contents)) {
    throw new UserError('config', 'chorus.yaml is no map of settings: correct it first.');
  }
  if (topics !== undefined && !isMap(topics)) document.delete('topics'); // nothing is named there
}

function add(document: Document, { key, sources, settings }: TopicEdit & { kind: 'add' }): void {
  if (!TOPIC_KEY.test(key)) {
    throw new UserError(
      'usage',
      `"${key}" is no name for a topic: it is made of small letters, digits and _, and begins with a letter.`,
    );
  }
  const own = ['topics', key];
  if (!isMap(document.getIn(own))) document.setIn(own, document.createNode({}));
  for (const [name, value] of Object.entries(settings)) document.setIn([...own, name], value);
  const list = [...own, 'sources'];
  const known = new Set(keysIn(document, list).filter((one) => one !== null));
  for (const source of sources) {
    const { kind, what, key: sourceName } = readSource(source);
    if (known.has(sourceName)) continue;
    known.add(sourceName);
    if (!isSeq(document.getIn(list))) document.setIn(list, document.createNode([]));
    document.addIn(list, document.createNode({ [kind]: what }));
  }
}

function remove(document: Document, { key, sources }: TopicEdit & { kind: 'remove' }): void {
  if (!document.hasIn(['topics', key])) {
    throw new UserError('usage', `chorus.yaml names no topic "${key}".`);
  }
  if (sources.length === 0) {
    document.deleteIn(['topics', key]);
    return;
  }
  const list = ['topics', key, 'sources'];
  for (const source of sources) {
    const place = keysIn(document, list).indexOf(readSource(source).key);
    if (place < 0) throw new UserError('usage', `"${key}" has no source ${source}.`);
    document.deleteIn([...list, place]);
  }
}

/** What names the sources of a topic, in their order; `null` for what is none. */
function keysIn(document: Document, list: readonly string[]): (string | null)[] {
  const node = document.getIn(list);
  if (!isSeq(node)) return [];
  return node.items.map((item) => {
    const value: unknown = isMap(item) ? item.toJS(document) : null;
    const spec = sourceFrom(value);
    return spec === null ? null : sourceKey(spec);
  });
}

function readSource(words: string): { kind: string; what: string; key: string } {
  const source = sourceFromWords(words);
  if (source !== null) return { ...source, key: sourceKey(source.spec) };
  throw new UserError(
    'usage',
    `"${words}" is no source. It looks like x_user=karpathy, x_list=1234567890, "x_search=(claude OR gpt) lang:en", feed=https://…, bluesky=@alice.bsky.social, "bluesky=#ai", mastodon=@user@mastodon.social or file=./drop/*.jsonl.`,
  );
}

/** Puts the new text in place of the file, once the program can read it; who may read it stays. */
async function replace(file: string, folder: string, text: string): Promise<void> {
  const half = `${file}.new`;
  try {
    const mode = (await stat(file).catch(() => null))?.mode ?? 0o600;
    await rm(half, { force: true }); // of one that was killed
    await writeFile(half, text, { flag: 'wx', mode: mode & 0o777 });
    checkConfig(half, file, folder);
    await rename(half, file);
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError('config', `${file} cannot be written: see who may write there.`, { cause });
  } finally {
    await rm(half, { force: true }).catch(() => {});
  }
}

function checkConfig(half: string, file: string, folder: string): void {
  try {
    loadConfig({ CHORUS_CONFIG: half }, folder);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const words = error.message.replaceAll(half, path.basename(file));
    throw new UserError(error.code, words, { cause: error });
  }
}
