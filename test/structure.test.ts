import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

/** The rooms from the bottom to the top: a file imports from its own room and from lower floors. */
const FLOORS: readonly (readonly string[])[] = [
  ['src/lib'],
  ['src/model'],
  ['src/texts'],
  ['src/store'],
  ['src/claude'],
  ['src/collect', 'src/curate', 'src/write', 'src/cloud', 'src/publish'],
  ['src/pictures', 'src/ask'],
  ['src/chat', 'src/deliver'],
  ['commands'],
  ['src/config'],
  ['src/config.ts'],
  ['src/app.ts', 'src/config-edit.ts'],
  ['src/bot'],
  ['src/cli'],
  ['src/main.ts'],
];

const roomOf = (file: string) =>
  FLOORS.flat().find((room) => file === room || file.startsWith(`${room}/`));
const floorOf = (room: string) => FLOORS.findIndex((rooms) => rooms.includes(room));

async function sources(): Promise<string[]> {
  return (await Array.fromAsync(glob(['src/**/*.ts', 'commands/**/*.ts']))).toSorted();
}

function importsOf(file: string): string[] {
  const source = readFileSync(file, 'utf8');
  const named = source.matchAll(/^(?:import|export)\b[^;]*?\bfrom '(\.[^']+)'/gms);
  return [...named].map(([, target]) => path.join(path.dirname(file), target ?? ''));
}

describe('the structure', () => {
  it('has every source file in a room', async () => {
    const homeless = (await sources()).filter((file) => roomOf(file) === undefined);
    expect(homeless).toEqual([]);
  });

  it('imports downwards only', async () => {
    const upward: string[] = [];
    for (const file of await sources()) {
      const from = roomOf(file) ?? '';
      for (const target of importsOf(file)) {
        const to = roomOf(target) ?? '';
        if (from !== to && floorOf(to) >= floorOf(from)) upward.push(`${file} -> ${target}`);
      }
    }
    expect(upward).toEqual([]);
  });

  it('keeps the platforms from knowing each other', async () => {
    const platforms = ['terminal', 'telegram', 'discord'];
    const crossing: string[] = [];
    for (const file of await sources()) {
      const own = platforms.find((name) => file.startsWith(`src/chat/${name}/`));
      for (const target of importsOf(file)) {
        const other = platforms.find((name) => target.startsWith(`src/chat/${name}/`));
        const isCommand = file.startsWith('commands/');
        if (other && other !== own && (own || isCommand)) crossing.push(`${file} -> ${target}`);
      }
    }
    expect(crossing).toEqual([]);
  });

  it('keeps input and output out of the nouns', async () => {
    const files = (await sources()).filter((file) => file.startsWith('src/model/'));
    const reaching = files.filter((file) =>
      /from '(?:node:|pg|drizzle-orm|canvas|pino)/.test(readFileSync(file, 'utf8')),
    );
    expect(files.length).toBeGreaterThan(3);
    expect(reaching).toEqual([]);
  });
});
