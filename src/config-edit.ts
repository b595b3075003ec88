import { readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { type Document, isCollection, isMap, isSeq, parseDocument, visit } from 'yaml';

import { complaintsAboutTopic, DEFAULT_TOPIC, TOPIC_KEY, TOPIC_KEY_FORM } from './config/file.ts';
import { type Config, loadConfig } from './config.ts';
import { settingOf, sourceFrom } from './collect/settings.ts';
import { readTyped, type Typed } from './collect/typed.ts';
import { withFileLock } from './lib/file-lock.ts';
import { UserError } from './model/errors.ts';
import { sourceKey } from './model/source.ts';
import type { TopicChange, TopicEdit } from './model/topic.ts';

/**
 * Edits the topics of `chorus.yaml`, which alone says what there is; its comments stay. Nothing is
 * written unless all of it is right then.
 *
 * @throws UserError that names each thing that is wrong.
 */
export async function editTopics(
  { file, folder }: Pick<Config, 'file' | 'folder'>,
  edit: TopicEdit,
): Promise<TopicChange> {
  const mistakes = mistakesIn(edit);
  if (mistakes.length > 0) throw refused(mistakes);
  return withFileLock(`${file}.lock`, async () => {
    const before = await readOrNothing(file);
    const document = parseDocument(before);
    if (document.errors.length > 0) {
      throw new UserError('config', `${file} cannot be read: correct it first (chorus doctor).`);
    }
    if (before !== '') checkConfig(file, folder);
    prepare(document);
    const change = edit.kind === 'add' ? add(document, edit) : remove(document, edit);
    const itself = await realpath(file).catch(() => file); // where a link leads
    await replace(itself, folder, document.toString({ nullStr: '' }));
    return change;
  });
}

/** What is wrong with a wish whatever the file holds: each word that cannot be taken, and why. */
function mistakesIn(edit: TopicEdit): string[] {
  const { key } = edit;
  const isKey = edit.kind === 'remove' || TOPIC_KEY.test(key);
  return [
    ...(isKey ? [] : [`"${key}" is no name for a topic: one ${TOPIC_KEY_FORM}`]),
    ...edit.sources.flatMap((words) => {
      const read = readTyped(words);
      return read.kind === 'mistake' ? [`"${words}" is no source: ${read.why}`] : [];
    }),
    ...(edit.kind === 'add' ? complaintsAboutTopic(edit.settings) : []),
  ];
}

function refused(mistakes: readonly string[]): UserError {
  const [only = '', ...others] = mistakes;
  const words = others.length === 0 ? ` ${only}.` : mistakes.map((one) => `\n  ${one}`).join('');
  return new UserError('usage', `Nothing is changed:${words}`);
}

/** The sources of a wish in which there is no mistake. */
function typedIn({ sources }: TopicEdit): (Typed & { kind: 'source' })[] {
  return sources.map(readTyped).filter((read) => read.kind === 'source');
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

function add(document: Document, edit: TopicEdit & { kind: 'add' }): TopicChange {
  const { key, settings } = edit;
  const gone = topicsIn(document) === 0 && key !== DEFAULT_TOPIC.key ? DEFAULT_TOPIC.key : null;
  const own = ['topics', key];
  if (!document.hasIn(own)) setInBlock(document, own, null);
  const list = [...own, 'sources'];
  const before = new Set(keysIn(document, list).filter((one) => one !== null));
  const named = new Map(typedIn(edit).map((one) => [one.key, one.spec]));
  const fresh = [...named].filter(([name]) => !before.has(name));
  const entries = Object.entries(settings);
  if (entries.length + fresh.length > 0) makeRoom(document, own, {});
  for (const [name, value] of entries) document.setIn([...own, name], value);
  if (fresh.length > 0) makeRoom(document, list, []);
  for (const [, spec] of fresh) {
    const { kind, what } = settingOf(spec);
    document.addIn(list, document.createNode({ [kind]: what }));
  }
  const added = fresh.map(([name]) => name);
  return { added, known: [...named.keys()].filter((name) => before.has(name)), gone };
}

/** Puts an empty collection where nothing is, or one that is written in brackets: `{}`. */
function makeRoom(document: Document, at: readonly string[], empty: object): void {
  const node = document.getIn(at, true);
  if (!isCollection(node) || node.items.length === 0) setInBlock(document, at, empty);
}

/** Sets a value in what is written line by line, not in brackets. */
function setInBlock(document: Document, at: readonly string[], value: unknown): void {
  const parent = at.slice(0, -1);
  if (parent.length > 0) makeRoom(document, parent, {});
  document.setIn(at, document.createNode(value));
}

function remove(document: Document, edit: TopicEdit & { kind: 'remove' }): TopicChange {
  const { key } = edit;
  const nothing = { added: [], known: [], gone: null };
  if (!document.hasIn(['topics', key])) {
    throw new UserError('usage', `chorus.yaml names no topic "${key}".`);
  }
  if (edit.sources.length === 0) {
    if (topicsIn(document) === 1) {
      throw new UserError('usage', `"${key}" is the only topic: add another one before.`);
    }
    document.deleteIn(['topics', key]);
    return nothing;
  }
  const list = ['topics', key, 'sources'];
  const named = typedIn(edit).map((one) => one.key);
  const known = keysIn(document, list);
  const strange = named.filter((name) => !known.includes(name));
  if (strange.length > 0) {
    const there = known.length > 0 ? `it has ${known.join(', ')}` : 'it has none';
    throw refused(strange.map((name) => `"${key}" has no source ${name}: ${there}`));
  }
  for (const name of new Set(named)) {
    document.deleteIn([...list, keysIn(document, list).indexOf(name)]);
  }
  return nothing;
}

function topicsIn(document: Document): number {
  const topics = document.get('topics', true);
  return isMap(topics) ? topics.items.length : 0;
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

/** Puts the new text in place of the file, once the program can read it; who may read it stays. */
async function replace(file: string, folder: string, text: string): Promise<void> {
  const half = `${file}.new`;
  try {
    const mode = (await stat(file).catch(() => null))?.mode ?? 0o600;
    await rm(half, { force: true }); // of one that was killed
    await writeFile(half, text, { flag: 'wx', mode: mode & 0o777 });
    checkEdited(half, folder);
    await rename(half, file);
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError('config', `${file} cannot be written: see who may write there.`, { cause });
  } finally {
    await rm(half, { force: true }).catch(() => {});
  }
}

function checkConfig(file: string, folder: string): void {
  try {
    loadConfig({ CHORUS_CONFIG: file }, folder);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const words = error.message.replaceAll(file, path.basename(file));
    throw new UserError(error.code, words, { cause: error });
  }
}

/** What is wrong with what was never put in place stands in no line that anybody could look at. */
function checkEdited(half: string, folder: string): void {
  try {
    loadConfig({ CHORUS_CONFIG: half }, folder);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const [, ...lines] = error.message.split('\n');
    throw refused(lines.map((line) => line.trim().slice(line.trim().indexOf(': ') + 2)));
  }
}
