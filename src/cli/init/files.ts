import * as fs from 'node:fs/promises';

import type { Owners } from '../../chat/settings.ts';
import type { FirstTopic } from './topic.ts';

/** The text of a `chorus.yaml` with one topic. */
export function yamlOf(topic: FirstTopic, owners: Owners): string {
  const { key, title, language, timeZone, postAt } = topic;
  // Strings in JSON's quotation marks are YAML too, and `no` stays Norwegian.
  const words = (value: string) => JSON.stringify(value);
  const ids = (of: readonly string[]) => `[${of.map(words).join(', ')}]`;
  const hour = 'when its digest is posted; without it, never by itself';
  return [
    '# The settings of Dawn Chorus; the README has them all. Tokens and keys are in .env.',
    'chats:',
    '  owners: # ids of the accounts that decide which chats may use the bot',
    `    telegram: ${ids(owners.telegram)}`,
    `    discord: ${ids(owners.discord)}`,
    'topics:',
    `  ${key}: # its name in commands and files`,
    `    title: ${words(title)} # its name for people`,
    `    language: ${words(language)} # of the reports`,
    `    time_zone: ${words(timeZone)} # where its days begin and end`,
    postAt === null
      ? `    # post_at: "10:00" # ${hour}`
      : `    post_at: ${words(postAt)} # ${hour}`,
    '',
  ].join('\n');
}

/**
 * The text of a `.env` in which variables are set: their lines are replaced (what was set twice stands
 * once), new ones come last, every other line stays as it is. Values must need no quotation marks.
 */
export function envWith(text: string, variables: ReadonlyMap<string, string>): string {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const left = new Map(variables);
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  const kept = lines.flatMap((line) => {
    const [, name = ''] = /^\s*(?:export\s+)?(\w+)\s*=/.exec(line) ?? [];
    if (!variables.has(name)) return [line];
    const value = left.get(name);
    left.delete(name);
    return value === undefined ? [] : [`${name}=${value}`];
  });
  const added = [...left].map(([name, value]) => `${name}=${value}`);
  return [...kept, ...added].map((line) => line + end).join('');
}

export type NewFile = { readonly file: string; readonly text: string; readonly mode: number };

/** Writes files whole or not at all: none is in its place before all of them are written. */
export async function placeFiles(files: readonly NewFile[]): Promise<void> {
  const halves = files.map(({ file }) => `${file}.${process.pid}.new`);
  try {
    for (const [index, { text, mode }] of files.entries()) {
      await fs.writeFile(halves[index] ?? '', text, { mode, flag: 'wx' });
    }
    for (const [index, { file }] of files.entries()) await fs.rename(halves[index] ?? '', file);
  } finally {
    for (const half of halves) await fs.rm(half, { force: true });
  }
}
