import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import type { Command, Context } from '../../src/chat/command.ts';
import { dispatch } from '../../src/chat/dispatch.ts';
import { renderTerminal } from '../../src/chat/terminal/render.ts';
import { openLog } from '../../src/lib/log.ts';
import { paragraph, root, text } from '../../src/lib/tree.ts';
import { UserError } from '../../src/model/errors.ts';
import { temporaryFolder } from '../support/program.ts';
import { aContext } from './context.ts';

const says = (sentence: string) => ({ tree: root([paragraph([text(sentence)])]) });

/** A command that everybody may give. */
const simple = { usage: '', options: {}, for: 'reader' } as const;

const commands: readonly Command[] = [
  { name: 'ask', ...simple, run: (words) => Promise.resolve(says(`asked: ${words}`)) },
  { name: 'digest', ...simple, run: (words) => Promise.resolve(says(`digest: <${words}>`)) },
  {
    name: 'section',
    ...simple,
    run: () => Promise.reject(new UserError('not-found', 'No such section, try A.')),
  },
  {
    name: 'help',
    ...simple,
    run: () => Promise.reject(new Error('password of the database: hunter2')),
  },
];

const silent = openLog({ file: '', level: 'silent', secrets: [] });
const english = aContext({ commands, language: 'en' });

async function reply(written: string, context: Context = english, log = silent): Promise<string> {
  const given = await dispatch(written, context, log);
  return renderTerminal(given?.tree ?? root([]), {
    width: 200,
    color: false,
    hyperlinks: false,
  }).trim();
}

describe('what a person writes', () => {
  it.each([
    ['/digest', 'digest: <>'],
    ['/digest yesterday', 'digest: <yesterday>'],
    ['  /DIGEST   2026-01-29 ', 'digest: <2026-01-29>'],
    ['/digest@chorus_bot', 'digest: <>'],
    ['/digest@chorus_bot 昨天', 'digest: <昨天>'],
    ['/digest\n3 days ago', 'digest: <3 days ago>'],
  ])('is a command after a slash: %j', async (written, answer) => {
    expect(await reply(written)).toBe(answer);
  });

  it.each([
    'what was said about prices?',
    '1/2 of it?',
    'see https://example.com/digest',
    '昨天？',
  ])('is a question without one: %s', async (written) => {
    expect(await reply(written)).toBe(`asked: ${written}`);
  });

  it.each([
    ['/dance now', '/dance'],
    ['/', '/'],
    ['/constructor', '/constructor'],
    ['/跳舞', '/跳舞'],
    ['/dig', '/dig'],
  ])('is refused when there is no such command: %s', async (written, name) => {
    expect(await reply(written)).toBe(`There is no command ${name}. /help shows what there is.`);
    const chinese = { ...english, language: 'zh' as const };
    expect(await reply(written, chinese)).toBe(`没有 ${name} 这个命令，输入 /help 查看全部。`);
  });

  it.each(['/digset', '/diges', '/digests', '/dgest', '/DIGEST1'])(
    'names the command that was meant where letters are wrong: %s',
    async (written) => {
      expect(await reply(written)).toBe(
        `There is no command ${written.toLowerCase()}. Did you mean /digest? /help shows what there is.`,
      );
    },
  );

  it('names no command that the person may not give', async () => {
    const allow: Command = {
      ...simple,
      name: 'allow',
      for: 'owner',
      run: () => Promise.resolve(says('allowed')),
    };
    const among = (role: 'owner' | 'reader') =>
      aContext({ commands: [...commands, allow], language: 'en', person: { id: '1', role } });
    expect(await reply('/alow', among('owner'))).toContain('Did you mean /allow?');
    expect(await reply('/alow', among('reader'))).not.toContain('/allow');
  });
});

describe('a command for owners', () => {
  const owned: readonly Command[] = [
    { name: 'takeback', ...simple, for: 'owner', run: () => Promise.resolve(says('taken')) },
  ];

  it('answers an owner', async () => {
    expect(await reply('/takeback 1', aContext({ commands: owned, role: 'owner' }))).toBe('taken');
  });

  it('is refused to a reader, in the language of the chat, and is not run', async () => {
    const reader = aContext({ commands: owned, role: 'reader' });
    expect(await reply('/takeback 1', reader)).toBe('/takeback is for owners only.');
    const chinese = { ...reader, language: 'zh' as const };
    expect(await reply('/TakeBack 1', chinese)).toBe('/takeback 只有机器人的主人可以使用。');
  });
});

describe('a command that fails', () => {
  it('answers a refusal in its own words, and logs nothing', async () => {
    const file = path.join(await temporaryFolder(), 'chorus.log');
    const log = openLog({ file, level: 'info', secrets: [] });
    expect(await reply('/section Z', english, log)).toBe('No such section, try A.');
    expect(await readFile(file, 'utf8')).toBe('');
  });

  it('answers any other failure with a sentence and a reference that the log has', async () => {
    const file = path.join(await temporaryFolder(), 'chorus.log');
    const log = openLog({ file, level: 'error', secrets: [] });
    const said = await reply('/help', english, log);
    const [, reference = ''] =
      /^That did not work\. In the log it is under ([0-9a-f]{8})\.$/.exec(said) ?? [];
    const logged: unknown = JSON.parse(await readFile(file, 'utf8'));
    expect(logged).toMatchObject({
      reference,
      command: 'help',
      msg: 'command failed',
      err: { message: 'password of the database: hunter2', stack: expect.stringContaining('at ') },
    });
    const again = await reply('/help', { ...english, language: 'zh' }, log);
    expect(again).toMatch(/^这次没有成功，日志编号 [0-9a-f]{8}。$/);
    expect(again).not.toContain(reference);
  });
});
