import { readFileSync } from 'node:fs';
import process from 'node:process';

import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';

import { commands } from '../commands/index.ts';
import { buildProgram } from '../src/cli/program.ts';
import { readPost } from '../src/collect/row.ts';
import { MODEL_SETTINGS } from '../src/claude/settings.ts';
import { ENVIRONMENT } from '../src/config/environment.ts';
import { TOPIC_SETTINGS } from '../src/config/file.ts';

const readme = readFileSync('README.md', 'utf8');
const { stdout: out, stderr: err } = process;
const program = await buildProgram([], () => Promise.resolve(), { out, err });

/** The row of the README's table that begins with a cell. */
const rowOf = (cell: string) =>
  readme.split('\n').find((line) => line.startsWith(`| \`${cell}`)) ?? '';

/** The options of a verb and of the verbs below it, each once. */
function optionsOf(verb: Command): string[] {
  const own = verb.options.map((option) => option.long ?? option.flags);
  return [...new Set([...own, ...verb.commands.flatMap(optionsOf)])];
}

describe('the README', () => {
  it.each(program.commands.map((verb) => [verb.name(), verb] as const))(
    'shows the verb %s with its options, and no other',
    (name, verb) => {
      const row = rowOf(`chorus ${name}`);
      const shown = [...new Set(row.match(/--[a-z-]+/g))];
      expect(shown.toSorted()).toEqual(optionsOf(verb).toSorted());
    },
  );

  it('shows no verb that does not exist', () => {
    const shown = [...readme.matchAll(/^\| `chorus ([a-z]+)/gm)].map(([, name]) => name);
    expect(shown).toEqual(program.commands.map((verb) => verb.name()));
  });

  it.each(commands.map(({ name }) => [name]))('shows the command /%s', (name) => {
    expect(rowOf(`/${name}`)).not.toBe('');
  });

  it.each(Object.entries(ENVIRONMENT))('shows the variable %s and what it is', (name, meaning) => {
    const row = rowOf(name).replaceAll('`', '');
    expect(row).toContain(meaning.replaceAll('`', ''));
  });

  it.each([...Object.keys(TOPIC_SETTINGS), ...Object.keys(MODEL_SETTINGS)])(
    'shows the setting %s',
    (name) => {
      expect(readme).toMatch(new RegExp(`^ +${name}: `, 'm'));
    },
  );

  it('shows a row of posts that import accepts', () => {
    const row = readme.split('\n').find((line) => line.startsWith('{"id"')) ?? '';
    expect(readPost(JSON.parse(row), 1)).toMatchObject({ kind: 'post', post: { author: 'ada' } });
  });

  it('names files and scripts that exist', () => {
    const scripts = JSON.parse(readFileSync('package.json', 'utf8')) as {
      scripts: Record<string, string>;
    };
    for (const [, script] of readme.matchAll(/npm run ([a-z]+)/g)) {
      expect(scripts.scripts).toHaveProperty(script ?? '');
    }
    for (const [, file] of readme.matchAll(/\]\((?!http)([^)]+)\)/g)) {
      expect(() => readFileSync(file ?? '')).not.toThrow();
    }
  });
});
